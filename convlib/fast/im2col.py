"""Convolve by one matrix product: lower every patch to a column.

The patch under the kernel, read row by row, becomes a column of a matrix; the kernel, read the
same way, a row. Then each output pixel is a row times a column, and all of them together are one
matrix product, the operation that processors and their libraries are best at::

    filters (O, C * KH * KW)  @  patches (C * KH * KW, HO * WO)  =  output (O, HO * WO)

A pixel is copied up to KH * KW times. So it is done block by block: the patches of a few output
rows at a time. The filters need no copy: in memory, they are that matrix already.

Chellapilla, Puri and Simard, High performance convolutional neural networks for document
processing, 2006.
"""

import numpy as np

from convlib.fast.blocks import cut, filters_of, finish, output_of, room_for
from convlib.fast.columns import kernel_row, lower_columns
from convlib.fast.scratch import scratch

BLOCK = 2**20  # numbers


def lower(call, block, dtype):
    """Return the patches of a block as the columns of one matrix for each group.

    Parameters
    ----------
    call : ConvArguments
    block : Block
    dtype : dtype
        Of the patches.

    Returns
    -------
    patches : (G, C/G * KH * KW, I * WO * N) array
        Scratch memory, or a view of `call.x` where each patch is a pixel.
    """
    columns = lower_columns(call, block, dtype, call.stride[0])
    groups = block.groups.stop - block.groups.start
    height = call.weight.shape[2]
    patches = kernel_row(columns, call, block, 0)
    if height > 1:
        channels, width, *places = patches.shape
        patches = scratch("patches", (channels, height, width, *places), dtype)
        for a in range(height):
            patches[:, a] = kernel_row(columns, call, block, a)
    return patches.reshape(groups, call.weight[0].size, -1)


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
    dtype = product_dtype(call)
    weight = call.weight.astype(dtype, copy=False)
    weight = weight.reshape(call.groups, -1, call.weight[0].size)
    per_row = (weight.shape[2] + weight.shape[1]) * call.shape[3]
    for block in cut(call, per_row, BLOCK):
        out = output_of(y, call, block)
        sums = room_for(out, dtype)
        patches = lower(call, block, dtype)
        products = sums.reshape(len(patches), -1, patches.shape[2])
        np.matmul(weight[block.groups], patches, out=products)
        finish(out, sums, call.bias[filters_of(call, block)])
    return y


def product_dtype(call):
    """Return float64 for integers whose sums are exact in it, else the dtype of `call.x`.

    Products of integer matrices do not go through the fast library. No sum on the way is larger
    than max|x| * sum|w| + |bias|, and float64 holds every integer up to 2**53.
    """
    if call.x.dtype.kind == "f":
        return call.x.dtype
    largest = max(int(call.x.max()), -int(call.x.min()))
    weights = np.abs(call.weight.astype(np.float64)).sum(axis=(1, 2, 3))
    bound = largest * weights.max() + np.abs(call.bias.astype(np.float64)).max()
    return np.dtype(np.float64) if bound < 2**52 else call.x.dtype
