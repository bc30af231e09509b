"""The gradients of a convolution by matrix products.

Lowered to a matrix (see `convlib.fast.im2col`), a convolution is one product, and so are its two
gradients::

    forward      y       =  filters @ patches
    backward     dfilters.T  =  patches @ dy.T      every patch, times the gradient of its output
                 dpatches    =  filters.T @ dy      every output, times the cells that made it

`dpatches` holds a gradient for each *place* a pixel was seen from; `fold` adds them up at the
pixel. That undoes the lowering, as the transposed matrix undoes a matrix.

With stride 1 there is a shorter way to the image's gradient. Pixel i is seen from the places i,
i - 1, i - 2 ... by the kernel cells 0, 1, 2 ...: a convolution of `dy` with the flipped kernel,
with zeros around it. Then all methods of `convlib.fast` can do it.
"""

from itertools import product
from math import gcd, prod

import numpy as np

from convlib.fast import conv2d
from convlib.fast.blocks import cut, filters_of, slices
from convlib.fast.columns import kernel_row, lower_columns, padded, shifted
from convlib.fast.compiled import get_ready
from convlib.fast.im2col import lower, patches_are_pixels
from convlib.fast.pooling import seen
from convlib.fast.scratch import scratch
from convlib.fast.threads import cores, for_each
from convlib.grad import fours, grouped, winograd
from convlib.shapes import span

BLOCK = 2**22  # numbers
RUN = 2**17  # numbers of images and gradients that stay in the cache
SHARE = 2**18  # numbers that are worth another thread
COLUMNS = 40  # rows of a matrix that are worth a product for each row of the kernel
FEW = 4  # products of a channel and a filter in a group that are computed one by one
HEAVY = 4  # weights for each number of the output that are too many to flip and turn
MORE = 1.3  # pixels for each place of the kernel that are too many


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
    looped = grouped.worth_looping(dy, call)
    if worth_cutting(call) and not looped:
        dweight = np.zeros(call.weight.shape, dy.dtype)
        for part, cells, _ in phases(call):
            dweight[cells] = weight_gradient(dy, part)
        return dweight
    if looped or shared_by_few(call):
        dweight = grouped.weight_gradient(dy, call) if looped else by_dots(dy, call)
        if dweight.dtype.kind != "f" or np.isfinite(dweight).all():
            return dweight  # else a zero that is no pixel's may have met an infinity
    if winograd.worth_transforming(dy, call):
        return winograd.weight_gradient(dy, call)
    if fours.worth_looping(dy, call):
        dweight = fours.weight_gradient(dy, call)
        if np.isfinite(dweight).all():
            return dweight
    if call.weight.shape[1] * call.weight.shape[3] < COLUMNS:
        return by_patches(dy, call)
    return by_rows(dy, call)


def shared_by_few(call):
    """Tell whether too few channels and filters share a group for matrix products to pay."""
    filters, channels = call.weight.shape[:2]
    return filters // call.groups * channels <= FEW


def by_patches(dy, call):
    """Multiply the patches by the output's gradient, block by block."""
    dtype = exact_dtype(call.x, dy)
    filters, per_group = len(call.weight) // call.groups, call.weight[0].size
    dweight = np.zeros((call.groups, per_group, filters), dtype)
    if dtype == call.x.dtype and patches_are_pixels(call):
        pixels = call.x.reshape(len(dy), call.groups, per_group, -1)
        gradients = dy.reshape(len(dy), call.groups, filters, -1)
        np.matmul(pixels, gradients.swapaxes(2, 3)).sum(axis=0, out=dweight)
    else:
        for block in cut(call, (per_group + filters) * call.shape[3], BLOCK):
            add_product(lower(call, block, dtype), dy, call, block, dweight[block.groups])
    return dweight.swapaxes(1, 2).reshape(call.weight.shape).astype(dy.dtype, copy=False)


def by_rows(dy, call):
    """Do the same for each row of the kernel, with only the columns lowered.

    As in `convlib.fast.rows`, that takes a copy for each column of the kernel, not for each cell,
    and smaller products.
    """
    dtype = exact_dtype(call.x, dy)
    filters, channels, height, width = call.weight.shape
    shape = height, call.groups, channels * width, filters // call.groups
    dweight = np.zeros(shape, dtype)
    per_row = (shape[2] * call.stride[0] + shape[3]) * call.shape[3]
    for block in cut(call, per_row, BLOCK):
        columns = lower_columns(call, block, dtype)
        for a in range(height):
            matrix = kernel_row(columns, call, block, a)
            matrix = matrix.reshape(-1, shape[2], prod(matrix.shape[2:]))
            add_product(matrix, dy, call, block, dweight[a, block.groups])
    dweight = dweight.reshape(height, call.groups, channels, width, -1).transpose(1, 4, 2, 0, 3)
    return dweight.reshape(call.weight.shape).astype(dy.dtype, copy=False)


def add_product(pixels, dy, call, block, total):
    """Add the products of a block's pixels and their outputs' gradients.

    Parameters
    ----------
    pixels : (G, rows, places) array
    dy : (N, O, HO, WO) array
    call : ConvArguments
    block : Block
    total : (G, rows, O/G) array
        Is added to.
    """
    gradients = matrix_of(dy, call, block, pixels.dtype)
    part = scratch("part", total.shape, total.dtype)
    np.matmul(pixels, gradients.swapaxes(1, 2), out=part)
    total += part


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
    if grouped.worth_looping(dy, call) and np.isfinite(call.weight).all():
        return grouped.image_gradient(dy, call)
    if worth_cutting(call):
        dx = np.zeros(call.x.shape, dy.dtype)
        for part, _, pixels in phases(call):
            dx[pixels] = image_gradient(dy, part)
        return dx
    if call.stride == (1, 1) and call.weight.shape[2:] != (1, 1) and worth_convolving(dy, call):
        return by_convolution(dy, call)
    return by_folding(dy, call)


def worth_convolving(dy, call):
    """Tell whether a convolution should be faster: it does more, but moves less.

    It computes a product for every pixel of the image, where folding needs one for every output;
    its matrix has only as many rows as there are channels, and is read for every filter; and the
    weights must be turned.
    """
    filters, channels = len(call.weight), call.weight.shape[1] * call.groups
    more = prod(call.x.shape[2:]) > MORE * prod(dy.shape[2:])
    few = channels**2 < 4 * filters
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
    if fours.worth_looping(dy, call):
        get_ready(dy.dtype)
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


# ---------------------------------------------------------------- with a stride


def worth_cutting(call):
    """Tell whether a convolution with a stride should be cut into some without one."""
    single = call.weight.shape[2:] == (1, 1)
    return call.stride != (1, 1) and (single or shared_by_few(call))


def phases(call):
    """Cut a convolution with a stride into convolutions without one.

    With stride 2, a kernel cell only ever sees every other pixel: always the even ones, or always
    the odd ones. So the even pixels alone, under every other cell, are a convolution with stride
    1, and the odd ones, under the other cells, are another. The output is their sum, and each has
    gradients of its own.

    Parameters
    ----------
    call : ConvArguments

    Yields
    ------
    part : ConvArguments
        With stride 1, and views of the pixels and cells that meet.
    cells, pixels : index of the weights, and of the images
    """
    rows, columns = (list(axis_phases(call, axis)) for axis in (0, 1))
    for down, across in product(rows, columns):
        cells, pixels, padding, dilation = zip(down, across)
        cells, pixels = (slice(None), slice(None), *cells), (slice(None), slice(None), *pixels)
        x, weight = call.x[pixels], call.weight[cells]
        yield (
            call._replace(x=x, weight=weight, stride=(1, 1), padding=padding, dilation=dilation),
            cells,
            pixels,
        )


def axis_phases(call, axis):
    """Yield, along one axis, the cells and the pixels that meet, with padding and dilation."""
    size, places, pixels = call.weight.shape[2 + axis], call.shape[2 + axis], call.x.shape[2 + axis]
    stride, dilation, (before, _) = call.stride[axis], call.dilation[axis], call.padding[axis]
    common = gcd(stride, dilation)
    step, apart = stride // common, dilation // common
    for first in range(min(step, size)):
        cells = slice(first, size, step)
        start, remainder = divmod(first * dilation - before, stride)
        stop = start + places + (len(range(size)[cells]) - 1) * apart
        begin, end = max(start, 0), min(stop, -(-(pixels - remainder) // stride))
        if begin < end:
            some = slice(remainder + begin * stride, remainder + (end - 1) * stride + 1, stride)
            yield cells, some, (begin - start, stop - end), apart


def share(task, count, size):
    """Share `count` pieces of work among the cores, where the `size` of all is worth it."""
    shares = min(max(size // SHARE, 1), 4 * cores())
    for_each(task, slices(count, -(-count // shares)))
