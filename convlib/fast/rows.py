"""Convolve by one matrix product for each row of the kernel.

Lower the columns only (see `columns`). What lies under kernel row a, for a run of output rows, is
then a matrix that is already in memory: C * KW rows, and a column for each output pixel. The
weights of kernel row a are an (O, C * KW) matrix, and the output is the sum of KH products::

    y  =  W[0] @ X[rows 0 ..]  +  W[1] @ X[rows 1 ..]  +  W[2] @ X[rows 2 ..]

The copies are KW times the image, where im2col makes KH * KW. The price is to add KH products
up, and to sort the weights by kernel row.
"""

from math import prod

import numpy as np

from convlib.fast.blocks import cut, filters_of, finish, output_of, room_for
from convlib.fast.columns import kernel_row, lower_columns
from convlib.fast.method import Method, no_obstacle
from convlib.fast.rates import multiply_adds, product
from convlib.fast.scratch import scratch
from convlib.shapes import span

BLOCK = 2**21  # numbers


def convolve(call):
    """Compute a convolution from its checked arguments.

    Parameters
    ----------
    call : ConvArguments

    Returns
    -------
    y : (N, O, HO, WO) array
    """
    y = np.empty(call.shape, call.x.dtype)
    filters, channels, height, width = call.weight.shape
    weight = np.ascontiguousarray(call.weight.transpose(2, 0, 1, 3))
    weight = weight.reshape(height, call.groups, filters // call.groups, channels * width)
    per_row = (channels * width * call.stride[0] + filters // call.groups) * call.shape[3]

    def work(block):
        out = output_of(y, call, block)
        sums = room_for(out, y.dtype)
        columns = lower_columns(call, block, y.dtype)
        groups = block.groups.stop - block.groups.start
        total = sums.reshape(groups, filters // call.groups, -1)
        product = scratch("product", total.shape, y.dtype)
        for a in range(height):
            matrix = kernel_row(columns, call, block, a).reshape(groups, channels * width, -1)
            np.matmul(weight[a, block.groups], matrix, out=product if a else total)
            if a:
                total += product
        finish(out, sums, call.bias[filters_of(call, block)])

    for block in cut(call, per_row, BLOCK):
        work(block)
    return y


def seconds(call, rates):
    """Estimate the time: columns are written, weights sorted, and products added up."""
    height = call.weight.shape[2]
    stride, dilation = call.stride[0], call.dilation[0]
    seen = (call.shape[2] - 1) * stride + span(height, dilation)
    columns = call.shape[0] * call.x.shape[1] * call.weight.shape[3] * seen * call.shape[3]
    moved = columns + 3 * call.weight.size + height * prod(call.shape)
    products = product(rates, call, multiply_adds(call))
    return products + moved / rates.PASSES + (1 + height) / rates.CALLS


METHOD = Method("rows", convolve, no_obstacle, seconds, spreads_nan=False)
