"""Pool by shifted maxima: first down the columns, then along the rows.

The largest number of a window is the largest of the largest numbers of its rows. So take the
maximum over the rows of the window, for whole image rows at a time, and then the maximum over its
columns of what is left: a 3x3 window takes 2 + 2 maxima instead of 8. Sums split in the same way,
and a mean is a sum divided by a count.

The place of the winner does not split. There, the cells of the window compete one after the other.
"""

from itertools import product

import numpy as np

from convlib.fast.blocks import overlap, slices
from convlib.fast.scratch import scratch
from convlib.fast.threads import for_each
from convlib.shapes import span

BLOCK = 2**18  # pixels


def largest(call):
    """Compute a max-pool from its checked arguments.

    Parameters
    ----------
    call : PoolArguments

    Returns
    -------
    y : (N, C, HO, WO) array
    """
    y = np.empty(call.shape, call.x.dtype)
    x, out, outside = flat(call.x), flat(y), lowest(y.dtype)

    def work(block):
        slide(np.maximum, call, pixels(x, call, block, outside), out[block])

    for_each(work, cut(call))
    return y


def mean(call, count_include_pad):
    """Compute an average pool from its checked arguments.

    Parameters
    ----------
    call : PoolArguments
        With the pixels in the dtype for sums.
    count_include_pad : bool

    Returns
    -------
    y : (N, C, HO, WO) array
    """
    y = np.empty(call.shape, call.x.dtype)
    down, across = (
        counted(*axis, count_include_pad)
        for axis in zip(call.x.shape[2:], call.size, call.stride, call.padding, call.shape[2:])
    )
    cells = np.outer(down, across).astype(y.dtype)
    x, out = flat(call.x), flat(y)

    def work(block):
        slide(np.add, call, pixels(x, call, block, 0), out[block])
        out[block] /= cells[block[1]]

    for_each(work, cut(call))
    return y


def winners(call):
    """Compute a max-pool and where each winner stands, from the checked arguments.

    Parameters
    ----------
    call : PoolArguments

    Returns
    -------
    y : (N, C, HO, WO) array
    indices : int64 array of the same shape
        ``row * W + column``; the first of equal winners, and the last NaN.
    """
    height, width = call.x.shape[2:]
    y = np.full(call.shape, lowest(call.x.dtype))
    top, left = (
        first_inside(*axis) for axis in zip(y.shape[2:], call.stride, call.padding, call.dilation)
    )
    indices = np.empty(call.shape, np.int64)
    indices[...] = top[:, np.newaxis] * width + left
    places = np.arange(height * width).reshape(height, width)

    def work(plane):
        x, best, index = call.x[plane], y[plane], indices[plane]
        for a, b in product(*map(range, call.size)):
            (i, rows), (j, columns) = (
                seen(cell * d - before, s, n, size)
                for cell, d, (before, _), s, n, size in zip(
                    (a, b), call.dilation, call.padding, call.stride, y.shape[2:], x.shape
                )
            )
            challenger = x[rows, columns]
            better = (challenger > best[i, j]) | np.isnan(challenger)
            np.copyto(best[i, j], challenger, where=better)
            np.copyto(index[i, j], places[rows, columns], where=better)

    for_each(work, np.ndindex(y.shape[:2]))
    return y, indices


def lowest(dtype):
    """Return the value, as an array of no dimensions, that no number of `dtype` falls below."""
    if dtype.kind == "f":
        return np.array(-np.inf, dtype)
    return np.array(False if dtype.kind == "b" else np.iinfo(dtype).min, dtype)


def seen(start, step, places, size):
    """Return the places whose cell lies in the image along one axis, and the pixels there.

    The cell of place i lies at ``start + i * step``; the image has pixels 0 to size - 1.
    """
    first = min(max(-(start // step), 0), places)
    last = min(max(-((start - size) // step), first), places)
    return slice(first, last), slice(start + first * step, start + last * step, step)


def first_inside(places, stride, padding, dilation):
    """Return the pixel under the first cell of each window that is not before the image."""
    first = np.arange(places) * stride - padding[0]
    return np.where(first < 0, first % dilation, first)


def counted(n, k, stride, padding, places, include_padding):
    """Count the cells of each window along one axis."""
    starts = np.arange(places) * stride - padding[0]
    stops = np.minimum(starts + k, n + padding[1])
    if include_padding:
        return stops - starts
    return np.minimum(stops, n) - np.maximum(starts, 0)


def flat(y):
    """Return images and channels as one axis."""
    return y.reshape(-1, *y.shape[2:])


def cut(call):
    """Return blocks of planes and output rows that see about `BLOCK` pixels."""
    count, rows = call.shape[0] * call.shape[1], call.shape[2]
    per_row = call.stride[0] * call.x.shape[3]
    some_rows = max(BLOCK // per_row, 1)
    planes = max(BLOCK // (per_row * rows), 1)
    return list(product(slices(count, planes), slices(rows, some_rows)))


def pixels(x, call, block, outside):
    """Return the pixels that a block sees, and `outside` around the image.

    Parameters
    ----------
    x : (planes, H, W) array
    call : PoolArguments
    block : (planes, rows)
    outside : number

    Returns
    -------
    seen : (planes, rows, columns) array
        A view of `x` where there is nothing to add.
    """
    planes, rows = block
    x = x[planes]
    starts = [rows.start * call.stride[0] - call.padding[0][0], -call.padding[1][0]]
    places = rows.stop - rows.start, call.shape[3]
    sizes = [
        (n - 1) * stride + span(k, dilation)
        for n, stride, k, dilation in zip(places, call.stride, call.size, call.dilation)
    ]
    (down, top), (across, left) = map(overlap, starts, sizes, x.shape[1:])
    if (top, left) == tuple(slice(0, size) for size in sizes):
        return x[:, down, across]
    y = scratch("pixels", (len(x), *sizes), x.dtype)
    y[...] = outside
    y[:, top, left] = x[:, down, across]
    return y


def slide(combine, call, x, out):
    """Combine the numbers of every window: its rows first, then its columns.

    Parameters
    ----------
    combine : ufunc of two numbers
    call : PoolArguments
    x : (planes, rows, columns) array
    out : (planes, I, J) array
    """
    down = scratch("down", (len(x), out.shape[1], x.shape[2]), out.dtype)
    for axis, source, target in ((1, x, down), (2, down, out)):
        size, stride = call.size[axis - 1], call.stride[axis - 1]
        dilation, places = call.dilation[axis - 1], target.shape[axis]
        starts = range(0, size * dilation, dilation)
        shifted = [
            source[(slice(None),) * axis + (slice(s, s + (places - 1) * stride + 1, stride),)]
            for s in starts
        ]
        if size == 1:
            np.copyto(target, shifted[0])
        for n in range(1, size):
            combine(shifted[0] if n == 1 else target, shifted[n], out=target)
