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

from math import prod

import numpy as np

from convlib.fast.blocks import cut, filters_of, finish, output_of, room_for, slices
from convlib.fast.columns import padded, shifted
from convlib.fast.method import Method, no_obstacle
from convlib.fast.rates import multiply_adds, product
from convlib.fast.rates import patches as count_patches
from convlib.fast.scratch import scratch
from convlib.fast.threads import cores, for_each

BLOCK = 2**21  # numbers
SHARE = 2**19  # numbers that are worth another thread


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
        Scratch memory.
    """
    x = padded(call, block, dtype)
    rows, images = block.rows.stop - block.rows.start, x.shape[3]
    pixels = shifted(x, call, (rows, call.shape[3], images))
    shape = len(pixels), call.weight[0].size, -1
    pixels = pixels.reshape(-1, *pixels.shape[2:])
    patches = scratch("patches", pixels.shape, dtype)
    shares = min(max(patches.size // SHARE, 1), cores())
    parts = slices(len(pixels), -(-len(pixels) // shares))
    for_each(lambda some: np.copyto(patches[some], pixels[some]), parts)
    return patches.reshape(shape)


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
    if dtype == y.dtype and patches_are_single(call):
        for image, out in zip(call.x, y):
            multiply_pixels(weight, image, call, out)
        if call.bias.any():
            y += call.bias.reshape(-1, 1, 1)
        return y
    per_row = (weight.shape[2] + weight.shape[1]) * call.shape[3]

    def work(block):
        out = output_of(y, call, block)
        sums = room_for(out, dtype)
        patches = lower(call, block, dtype)
        products = sums.reshape(len(patches), -1, patches.shape[2])
        np.matmul(weight[block.groups], patches, out=products)
        finish(out, sums, call.bias[filters_of(call, block)])

    for block in cut(call, per_row, BLOCK):
        work(block)
    return y


def patches_are_pixels(call):
    """Tell whether every patch is one pixel, so that the image is the matrix of its patches."""
    return patches_are_single(call) and call.stride == (1, 1)


def patches_are_single(call):
    """Tell whether every patch is one pixel of the image itself."""
    return call.weight.shape[2:] == (1, 1) and not np.any(call.padding)


def multiply_pixels(weight, image, call, out):
    """Write the product with the pixels of an image that a 1x1 kernel's steps do not leave out."""
    pixels = image
    if call.stride != (1, 1):
        pixels = scratch("patches", (len(image), *call.shape[2:]), image.dtype)
        np.copyto(pixels, image[:, :: call.stride[0], :: call.stride[1]])
    pixels = pixels.reshape(call.groups, weight.shape[2], -1)
    np.matmul(weight, pixels, out=out.reshape(call.groups, weight.shape[1], -1))


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


def seconds(call, rates):
    """Estimate the time: patches are copied, and one product reads them and writes the result."""
    products = product(rates, call, multiply_adds(call), as_floats=True)
    copied = 0 if patches_are_pixels(call) else count_patches(call)
    moved = copied + prod(call.shape)
    return products + moved / rates.PASSES + 2 / rates.CALLS


METHOD = Method("im2col", convolve, no_obstacle, seconds, spreads_nan=False)
