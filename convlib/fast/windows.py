"""Convolve a view of all windows: no loop in Python, and no copy until the product.

`sliding_window_view` describes the patch under every place of the kernel without moving a pixel:
an array of six axes whose strides make rows and columns overlap::

    windows[n, c, i, j, a, b]  is  x[n, c, i * stride + a * dilation, j * stride + b * dilation]

One product then multiplies by the kernel and sums over channel, a and b, as `tensordot` does. The
view is copied into a matrix first, KH * KW times the memory of the image, so that a large image is
done by the row.
"""

from math import prod

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convlib.core import pad
from convlib.fast.blocks import cut
from convlib.fast.method import Method, no_obstacle
from convlib.fast.rates import multiply_adds, patches, product
from convlib.shapes import span

BLOCK = 2**20  # numbers


def windows(x, size, stride=(1, 1), dilation=(1, 1)):
    """Return the patches of an image as a view.

    Parameters
    ----------
    x : (..., H, W) array
    size, stride, dilation : (rows, columns)

    Returns
    -------
    view : (..., HO, WO, KH, KW) array
        Shares the memory of `x`; a copy of it takes KH * KW / (stride rows * columns) times as
        much.
    """
    view = sliding_window_view(x, tuple(map(span, size, dilation)), axis=(-2, -1))
    return view[..., :: stride[0], :: stride[1], :: dilation[0], :: dilation[1]]


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
    filters, channels, *size = call.weight.shape
    view = windows(pad(call.x, call.padding), size, call.stride, call.dilation)
    for block in cut(call, call.weight[0].size * call.shape[3], BLOCK):
        for group in range(block.groups.start, block.groups.stop):
            kernels = slice(group * filters // call.groups, (group + 1) * filters // call.groups)
            seen = slice(group * channels, (group + 1) * channels)
            patches = view[block.images, seen, block.rows].transpose(1, 4, 5, 0, 2, 3)
            weight = call.weight[kernels].reshape(-1, call.weight[0].size)
            # As tensordot does, but for its shortcut: it takes 0 * NaN of one cell for 0.
            sums = weight @ patches.reshape(weight.shape[1], -1)
            sums = sums.reshape(len(weight), *patches.shape[3:])
            sums += call.bias[kernels].reshape(-1, 1, 1, 1)
            y[block.images, kernels, block.rows] = sums.swapaxes(0, 1)
    return y


def seconds(call, rates):
    """Estimate the time: a padded copy, patches copied on one core, and one product a group."""
    moved = call.x.size + patches(call) + 2 * prod(call.shape)
    calls = 4 + call.groups
    products = product(rates, call, multiply_adds(call))
    return products + moved / rates.PASSES + calls / rates.CALLS


METHOD = Method("windows", convolve, no_obstacle, seconds, spreads_nan=False)
