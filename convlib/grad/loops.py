"""The loops of the max-pool, there and back, compiled (see `convlib.fast.compiled`).

They see each pixel once, where NumPy passes over arrays of comparisons, numbers and products for
every cell of the window. To compile takes a second or two, or half a second if an earlier program
has done it. So nobody who pools a few images waits for it: NumPy does the work, until it has done
so much that compiling would have paid. Both give the same, to the last digit.

Images lie in memory in one of two orders. In planes, rows and columns come last; in runs, the
order in which layers pass images on, it is the channel and the number of the image.
"""

from functools import cache
from itertools import product
from types import SimpleNamespace

import numpy as np

from convlib.fast.blocks import slices
from convlib.fast.compiled import installed
from convlib.fast.threads import cores, for_each

ENOUGH = 2**26  # numbers that NumPy has pooled when it is time for a compiler
DTYPES = "fd"  # of the numbers that the loops take

pooled = 0


def worth_compiling(x):
    """Count the numbers of `x`, and tell whether it is time for compiled loops."""
    global pooled
    if not installed() or x.dtype.char not in DTYPES:
        return False
    pooled += x.size
    return pooled > ENOUGH


def winners(call):
    """Do what `pooling.winners` does."""
    x, (height, width) = laid_out(call.x, call.x), call.shape[2:]
    y = np.empty((len(x), height, width, *x.shape[3:]), x.dtype)
    winner = np.empty(y.shape, np.int8 if call.size[0] * call.size[1] < 127 else np.int32)
    loops = compiled()
    compete = loops.compete_in_planes if x.ndim == 3 else loops.compete_in_runs

    def work(block):
        planes, rows = block
        top, left = rows.start * call.stride[0] - call.padding[0][0], -call.padding[1][0]
        out = y[planes, rows], winner[planes, rows]
        compete(x[planes], *out, call.size, call.stride, call.dilation, (top, left))

    some_rows = height if len(x) > 1 else share(height)
    for_each(work, [*product(slices(len(x), share(len(x))), slices(height, some_rows))])
    return as_images(y, call.x, call.shape), as_images(winner, call.x, call.shape)


def send_to_winners(dy, winner, call):
    """Do what `pooling.send_to_winners` does."""
    dy, won = laid_out(dy, winner), laid_out(winner, winner)
    height, width = call.x.shape[2:]
    dx = np.empty((len(won), height * width, *won.shape[3:]), dy.dtype)
    down, across = (d * np.arange(k) for d, k in zip(call.dilation, call.size))
    ways = np.concatenate([[0], np.add.outer(down * width, across).ravel()])
    corner = -call.padding[0][0] * width - call.padding[1][0]
    where = ways, corner, (call.stride[0] * width, call.stride[1])
    loops = compiled()

    def in_planes(some):
        loops.scatter_in_planes(dy[some], won[some], dx[some], *where)

    def in_runs(some):
        loops.scatter_in_runs(dy, won, dx, *where, some.start, some.stop)

    if dx.ndim == 2:
        for_each(in_planes, slices(len(dx), share(len(dx))))
    else:
        for_each(in_runs, slices(dx.shape[2], -(-dx.shape[2] // cores())))
    return as_images(dx, winner, call.x.shape)


def share(count):
    """Return how many of so many to do at a time, for all cores to be busy to the end."""
    return -(-count // (4 * cores()))


def laid_out(x, like):
    """Return images in planes or runs, whichever is the order of `like` in memory.

    Returns
    -------
    x : (N * C, H, W) or (1, H, W, C * N) array
    """
    if images_last(like):
        return np.ascontiguousarray(x.transpose(2, 3, 1, 0)).reshape(1, *x.shape[2:], -1)
    return np.ascontiguousarray(x).reshape(-1, *x.shape[2:])


def as_images(x, like, shape):
    """Undo `laid_out`: return an (N, C, H, W) view."""
    if images_last(like):
        images, channels, height, width = shape
        return x.reshape(height, width, channels, images).transpose(3, 2, 0, 1)
    return x.reshape(shape)


def images_last(x):
    """Tell whether the number of the image is the last axis in memory."""
    return x.strides[0] < x.strides[3]


@cache
def compiled():
    """Return the loops by their names; the first call with a type of numbers compiles them."""
    from numba import njit

    loops = compete_in_planes, compete_in_runs, scatter_in_planes, scatter_in_runs
    try:
        ready = [njit(nogil=True, cache=True)(loop) for loop in loops]
    except RuntimeError:  # there is no folder to keep them in
        ready = [njit(nogil=True)(loop) for loop in loops]
    return SimpleNamespace(**{loop.__name__: fast for loop, fast in zip(loops, ready)})


def compete_in_planes(x, y, winner, size, stride, dilation, corner):
    """Let cell after cell of the windows compete, in each step for a row of windows at once.

    Parameters
    ----------
    x : (P, H, W) array
    y, winner : (P, HO, WO) arrays
        Are filled.
    size, stride, dilation : (rows, columns)
    corner : (row, column)
        Of the first window.
    """
    step = stride[1]
    for p in range(len(y)):
        for i in range(y.shape[1]):
            y[p, i] = -np.inf
            winner[p, i] = 0
            for a in range(size[0]):
                row = corner[0] + i * stride[0] + a * dilation[0]
                if not 0 <= row < x.shape[1]:
                    continue
                for b in range(size[1]):
                    start = corner[1] + b * dilation[1]
                    first = max(0, -(start // step))
                    last = min(y.shape[2], (x.shape[2] - 1 - start) // step + 1)
                    if first >= last:
                        continue
                    number = 1 + a * size[1] + b
                    best, won = y[p, i, first:last], winner[p, i, first:last]
                    pixels = x[p, row, start + first * step :]
                    if step == 2:  # where it is known, the loop is done in vectors
                        for j in range(len(best)):
                            pixel = pixels[2 * j]
                            better = (won[j] == 0) | (pixel > best[j]) | (pixel != pixel)
                            best[j] = pixel if better else best[j]
                            won[j] = number if better else won[j]
                    elif step == 1:
                        for j in range(len(best)):
                            pixel = pixels[j]
                            better = (won[j] == 0) | (pixel > best[j]) | (pixel != pixel)
                            best[j] = pixel if better else best[j]
                            won[j] = number if better else won[j]
                    else:
                        for j in range(len(best)):
                            pixel = pixels[j * step]
                            better = (won[j] == 0) | (pixel > best[j]) | (pixel != pixel)
                            best[j] = pixel if better else best[j]
                            won[j] = number if better else won[j]


def compete_in_runs(x, y, winner, size, stride, dilation, corner):
    """Do the same with one window after the other, for all numbers of a run at once.

    Parameters
    ----------
    x : (1, H, W, R) array
    y, winner : (1, HO, WO, R) arrays
        Are filled.
    size, stride, dilation, corner : as for `compete_in_planes`
    """
    for i in range(y.shape[1]):
        for j in range(y.shape[2]):
            best, won = y[0, i, j], winner[0, i, j]
            best[:] = -np.inf
            won[:] = 0
            for a in range(size[0]):
                row = corner[0] + i * stride[0] + a * dilation[0]
                for b in range(size[1]):
                    column = corner[1] + j * stride[1] + b * dilation[1]
                    if 0 <= row < x.shape[1] and 0 <= column < x.shape[2]:
                        pixels, number = x[0, row, column], 1 + a * size[1] + b
                        for r in range(len(best)):
                            pixel = pixels[r]
                            better = (won[r] == 0) | (pixel > best[r]) | (pixel != pixel)
                            best[r] = pixel if better else best[r]
                            won[r] = number if better else won[r]


def scatter_in_planes(dy, winner, dx, ways, corner, steps):
    """Add the gradient of every window to its winner's pixel, from the last window on.

    A pixel then hears first from the window whose first cell it is: NumPy's order, cell by cell.

    Parameters
    ----------
    dy, winner : (P, HO, WO) arrays
    dx : (P, H * W) array
        Is filled.
    ways : (cells + 1,) array
        How far each cell lies from the first of its window.
    corner : int
        The pixel under the first cell of the first window.
    steps : (int, int)
        How far it is to the next window, down and across.
    """
    for p in range(len(dy)):
        pixels = dx[p]
        pixels[:] = 0
        for i in range(dy.shape[1] - 1, -1, -1):
            for j in range(dy.shape[2] - 1, -1, -1):
                number = winner[p, i, j]
                if number:
                    place = corner + i * steps[0] + j * steps[1]
                    pixels[place + ways[number]] += dy[p, i, j]


def scatter_in_runs(dy, winner, dx, ways, corner, steps, first, last):
    """Do the same for a part of all runs.

    Parameters
    ----------
    dy, winner : (1, HO, WO, R) arrays
    dx : (1, H * W, R) array
        Is filled.
    ways, corner, steps : as for `scatter_in_planes`
    first, last : int
        Of the numbers of a run.
    """
    dx[0, :, first:last] = 0
    for i in range(dy.shape[1] - 1, -1, -1):
        for j in range(dy.shape[2] - 1, -1, -1):
            place = corner + i * steps[0] + j * steps[1]
            for r in range(first, last):
                number = winner[0, i, j, r]
                if number:
                    dx[0, place + ways[number], r] += dy[0, i, j, r]
