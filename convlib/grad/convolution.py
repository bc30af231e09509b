"""The gradients of a convolution by matrix products.

Lowered to a matrix (see `convlib.fast.im2col`), a convolution is one product, and so are its two
gradients::

    forward      y       =  filters @ patches
    backward     dfilters  =  dy @ patches.T        every patch, times what its output wants
                 dpatches  =  filters.T @ dy        every output, times the cells that made it

`dpatches` holds a gradient for each *place* a pixel was seen from; `fold` adds them up at the
pixel. That undoes the lowering, as the transposed matrix undoes a matrix.

With stride 1 there is a shorter way to the image's gradient. Pixel i is seen from the places i,
i - 1, i - 2 ... by the kernel cells 0, 1, 2 ...: a convolution of `dy` with the flipped kernel,
with zeros around it. Then all methods of `convlib.fast` can do it.
"""

from itertools import product
from math import prod

import numpy as np

from convlib.fast import conv2d
from convlib.fast.blocks import cut, filters_of, slices
from convlib.fast.columns import padded, shifted
from convlib.fast.im2col import lower, patches_are_pixels
from convlib.fast.pooling import seen
from convlib.fast.scratch import scratch
from convlib.fast.threads import cores, for_each
from convlib.shapes import span

BLOCK = 2**21  # numbers
RUN = 2**17  # numbers of images and gradients that stay in the cache
SHARE = 2**18  # numbers that are worth another thread
FEW = 4  # products of a channel and a filter in a group that are computed one by one
HEAVY = 4  # weights for each number of the output that are too many to flip and turn
MORE = 1.3  # pixels for each place of the kernel that are too many
CHANNELS = 16  # rows of a matrix that are worth a product


# ---------------------------------------------------------------- with respect to the weights


def weight_gradient(dy, call):
    """Compute the gradient of a convolution with respect to its weights.

    Parameters
    ----------
    dy : (N, O, HO, WO) array in the dtype for sums
    call : ConvArguments

    Returns
    -------
    dweight : (O, C/groups, KH, KW) array
    """
    filters, channels = call.weight.shape[:2]
    if call.stride == (1, 1) and filters // call.groups * channels <= FEW:
        dweight = by_dots(dy, call)
        if dweight.dtype.kind != "f" or np.isfinite(dweight).all():
            return dweight  # else a zero that is no pixel's may have met an infinity
    return by_patches(dy, call)


def by_patches(dy, call):
    """Multiply the output's gradient by the patches, block by block."""
    dtype = exact_dtype(call.x, dy)
    filters, per_group = len(call.weight), call.weight[0].size
    shape = call.groups, filters // call.groups, per_group
    dweight = np.zeros(shape, dtype)
    if dtype == call.x.dtype and patches_are_pixels(call):
        pixels = call.x.reshape(len(dy), call.groups, per_group, -1)
        gradients = dy.reshape(len(dy), *shape[:2], -1)
        np.matmul(gradients, pixels.swapaxes(2, 3)).sum(axis=0, out=dweight)
        return dweight.reshape(call.weight.shape).astype(dy.dtype, copy=False)
    for block in cut(call, (per_group + shape[1]) * call.shape[3], BLOCK):
        patches = lower(call, block, dtype)
        gradients = matrix_of(dy, call, block, dtype)
        total = dweight[block.groups]
        part = scratch("part", total.shape, dtype)
        np.matmul(gradients, patches.swapaxes(1, 2), out=part)
        total += part
    return dweight.reshape(call.weight.shape).astype(dy.dtype, copy=False)


def by_dots(dy, call):
    """Take one long dot product for each weight, where there are few in a group.

    With stride 1, rows of `dy` are filled with zeros to the length of the padded image's rows.
    Then each weight sees the image as one run along memory, right over the ends of the rows.
    """
    shape = call.groups, len(call.weight) // call.groups, *call.weight.shape[1:]
    dweight = np.zeros(shape, dy.dtype)
    blocks = cut(call, (shape[1] + shape[2]) * call.x.shape[3], RUN)
    results = []

    def work(block):
        x = padded(call, block, dy.dtype)
        part = dy[block.images, filters_of(call, block), block.rows].transpose(1, 2, 3, 0)
        filters, rows, places, images = part.shape
        wide = scratch("wide", (filters, rows, x.shape[2], images), dy.dtype)
        wide[:, :, :places] = part
        wide[:, :, places:] = 0
        run = wide[0].size - (x.shape[2] - places) * images
        pixels = shifted(x, call, (1, 1, run))[..., 0, 0, :]
        wide = wide.reshape(len(pixels), -1, 1, 1, 1, wide[0].size)[..., :run]
        with np.errstate(invalid="ignore"):
            results.append((block.groups, np.vecdot(pixels[:, np.newaxis], wide)))

    for_each(work, blocks)
    with np.errstate(invalid="ignore"):
        for groups, part in results:
            dweight[groups] += part
    return dweight.reshape(call.weight.shape)


def matrix_of(dy, call, block, dtype):
    """Return the output's gradient of a block as one matrix for each group.

    Returns
    -------
    gradients : (G, O/G, I * WO * N) array
    """
    part = dy[block.images, filters_of(call, block), block.rows].transpose(1, 2, 3, 0)
    groups = block.groups.stop - block.groups.start
    return part.astype(dtype, copy=False).reshape(groups, len(part) // groups, -1)


def exact_dtype(left, right):
    """Return float64 for integers whose sums of products are exact in it, else their dtype.

    No sum on the way is larger than max|left| * sum|right|.
    """
    if left.dtype.kind == "f":
        return left.dtype
    largest = max(int(left.max()), -int(left.min()))
    bound = largest * np.abs(right.astype(np.float64)).sum()
    return np.dtype(np.float64) if bound < 2**52 else left.dtype


# ---------------------------------------------------------------- with respect to the image


def image_gradient(dy, call):
    """Compute the gradient of a convolution with respect to its image.

    Parameters
    ----------
    dy : (N, O, HO, WO) array in the dtype for sums
    call : ConvArguments
        Of `call.x`, only the shape counts.

    Returns
    -------
    dx : (N, C, H, W) array
    """
    if call.stride == (1, 1) and call.weight.shape[2:] != (1, 1) and worth_convolving(dy, call):
        return by_convolution(dy, call)
    return by_folding(dy, call)


def worth_convolving(dy, call):
    """Tell whether a convolution should be faster: it does more, but moves less.

    It computes a product for every pixel of the image, where folding needs one for every output;
    its matrix has only as many rows as there are channels; and the weights must be turned.
    """
    more = prod(call.x.shape[2:]) > MORE * prod(dy.shape[2:])
    few = call.weight.shape[1] * call.groups < CHANNELS
    return not more and not few and call.weight.size <= dy.size * HEAVY


def by_convolution(dy, call):
    """Convolve the output's gradient with the flipped kernels, filters and channels exchanged."""
    filters, channels, height, width = call.weight.shape
    weight = call.weight.reshape(call.groups, -1, channels, height, width)
    flipped = weight.swapaxes(1, 2)[..., ::-1, ::-1]
    weight = flipped.reshape(-1, filters // call.groups, height, width)
    padding = []
    for axis, (before, _) in zip((2, 3), call.padding):
        size, places = call.x.shape[axis], dy.shape[axis]
        reach = span(call.weight.shape[axis], call.dilation[axis - 2]) - 1
        start = reach - before
        stop = size - places - start + reach
        # Negative: outputs that see only padding, and no pixel hears from them.
        keep = slice(max(-start, 0), places + min(stop, 0))
        dy = dy[(slice(None),) * axis + (keep,)]
        padding.append((max(start, 0), max(stop, 0)))
    return conv2d(dy, weight, padding=tuple(padding), dilation=call.dilation, groups=call.groups)


def by_folding(dy, call):
    """Multiply the output's gradient by the filters, and add up what each pixel is sent."""
    dtype = exact_dtype(dy, call.weight)
    filters, per_group = len(call.weight), call.weight[0].size
    weight = call.weight.astype(dtype, copy=False)
    weight = weight.reshape(call.groups, filters // call.groups, per_group).swapaxes(1, 2)
    dx = np.zeros(call.x.shape, dy.dtype)
    if dtype == dy.dtype and patches_are_pixels(call):
        gradients = dy.reshape(len(dy), call.groups, filters // call.groups, -1)
        np.matmul(weight, gradients, out=dx.reshape(len(dy), call.groups, per_group, -1))
        return dx
    for block in cut(call, (per_group + weight.shape[2]) * call.shape[3], BLOCK):
        gradients = matrix_of(dy, call, block, dtype)
        shape = len(gradients), per_group, gradients.shape[2]
        patches = scratch("patches", shape, dtype)
        np.matmul(weight[block.groups], gradients, out=patches)
        fold(patches, dx, call, block)
    return dx


def fold(patches, dx, call, block):
    """Add the gradients of a block's patches to those of the pixels.

    Parameters
    ----------
    patches : (G, C/G * KH * KW, I * WO * N) array
    dx : (N, C, H, W) array
        Is added to.
    call : ConvArguments
    block : Block
    """
    channels, height, width = call.weight.shape[1:]
    rows, images = block.rows.stop - block.rows.start, block.images.stop - block.images.start
    cells = patches.reshape(-1, height, width, rows, call.shape[3], images)
    first = block.groups.start * channels
    target = dx[block.images, first : first + len(cells)].transpose(1, 2, 3, 0)
    start = block.rows.start * call.stride[0] - call.padding[0][0], -call.padding[1][0]
    copied = images > 1 and target.strides[3] != target.itemsize  # images lie far apart

    def work(some):
        total, parts = target[some], cells[some]
        if copied:
            total = scratch("total", total.shape, dx.dtype)
            total[...] = 0
        for a, b in product(range(height), range(width)):
            (i, down), (j, across) = (
                seen(before + cell * d, s, places, size)
                for before, cell, d, s, places, size in zip(
                    start, (a, b), call.dilation, call.stride, parts.shape[3:], total.shape[1:]
                )
            )
            pixels = total[:, down, across]
            np.add(pixels, parts[:, a, b, i, j], out=pixels, casting="unsafe")
        if copied:
            target[some] += total

    share(work, len(cells), patches.size)


def share(task, count, size):
    """Share `count` pieces of work among the cores, where the `size` of all is worth it."""
    shares = min(max(size // SHARE, 1), 4 * cores())
    for_each(task, slices(count, -(-count // shares)))
