"""The loops of the max-pool, there and back, compiled.

They see each pixel once, where NumPy passes over arrays of comparisons, numbers and products for
every cell of the window. The results are the same, to the last digit.

Images lie in memory in one of two orders. In planes, rows and columns come last; in runs, the
order in which layers pass images on, it is the channel and the number of the image.
"""

import numpy as np

from convlib.fast.blocks import slices
from convlib.fast.piles import collect, lay_out, piles_of
from convlib.fast.threads import cores, for_each
from convlib.grad import compiled

BLOCK = 2**17  # pixels


def winners(call, first):
    """Do what `pooling.winners` does.

    Parameters
    ----------
    call : PoolArguments
    first : (HO, WO) array
        The number of the first cell of each window that sees a pixel, or 0.
    """
    x = laid_out(call.x, call.x)
    y = np.empty((len(x), *call.shape[2:], *x.shape[3:]), x.dtype)
    winner = np.empty(y.shape, number_dtype(call))
    compete = compete_in_planes if x.ndim == 3 else compete_in_runs
    compete(call, x, y, winner, first.astype(winner.dtype))
    return as_images(y, call.x, call.shape), as_images(winner, call.x, call.shape)


def compete_in_planes(call, x, y, winner, first):
    """Fill `y` and `winner`, both (N * C, HO, WO), a few planes at a time."""
    piles, loops, (height, width) = piles_of(call, call.size), compiled.ready(*LOOPS), first.shape
    first = np.pad(first, ((0, 0), (0, piles.columns - width))).ravel()

    def work(some):
        pixels = piles.room("pixels", len(x[some]), x.dtype)
        loops.lay_out(x[some], pixels, piles.columns, *piles.corner, -np.inf)
        best = piles.wide("best", len(pixels), height, y.dtype)
        won = piles.wide("won", len(pixels), height, winner.dtype)
        where = piles.columns, piles.run, call.size, call.dilation
        loops.compete_by_cells(pixels, best[:, 0, 0], won[:, 0, 0], first, *where)
        loops.collect(best, y[some], piles.columns, 0, 0)
        loops.collect(won, winner[some], piles.columns, 0, 0)

    for_each(work, slices(len(x), min(share(len(x)), max(BLOCK // x[0].size, 1))))


def compete_in_runs(call, x, y, winner, first):
    """Fill `y` and `winner`, both (1, HO, WO, C * N), a few rows at a time."""
    loops = compiled.ready(*LOOPS)

    def work(rows):
        top, left = rows.start * call.stride[0] - call.padding[0][0], -call.padding[1][0]
        out = y[0, rows], winner[0, rows], first[rows]
        loops.compete_by_places(x[0], *out, call.size, call.stride, call.dilation, (top, left))

    for_each(work, slices(len(first), share(len(first))))


def send_to_winners(dy, winner, call):
    """Do what `pooling.send_to_winners` does."""
    dy, won = laid_out(dy, winner), laid_out(winner, winner)
    height, width = call.x.shape[2:]
    dx = np.empty((len(won), height * width, *won.shape[3:]), dy.dtype)
    down, across = (d * np.arange(k) for d, k in zip(call.dilation, call.size))
    ways = np.concatenate([[0], np.add.outer(down * width, across).ravel()])
    corner = -call.padding[0][0] * width - call.padding[1][0]
    where = ways, corner, (call.stride[0] * width, call.stride[1])
    loops = compiled.ready(*LOOPS)

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


def number_dtype(call):
    """Return the type of the numbers of cells: a byte where that is enough."""
    return np.int8 if call.size[0] * call.size[1] < 127 else np.int32


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


def compete_by_cells(pixels, best, won, first, columns, run, size, dilation):
    """Let the cells of all windows compete, one after the other (a loop to be compiled).

    Parameters
    ----------
    pixels : (P, stride of rows, stride of columns, rows * columns) array
    best, won : (P, HO * columns) arrays
        Get the largest number of each window, and the number of its cell.
    first : (HO * columns,) array
        The number of the first cell that sees a pixel.
    columns : int
        Of a pile.
    run : int
        Numbers under a cell.
    size, dilation : (rows, columns)
    """
    down, step = pixels.shape[1:3]
    for p in range(len(pixels)):
        best[p] = -np.inf
        won[p] = first
        for a in range(size[0]):
            for b in range(size[1]):
                i, j = a * dilation[0], b * dilation[1]
                seen = pixels[p, i % down, j % step, i // down * columns + j // step :]
                most, number, new = best[p], won[p], 1 + a * size[1] + b
                for k in range(run):
                    better = (seen[k] > most[k]) | (seen[k] != seen[k])
                    most[k] = seen[k] if better else most[k]
                    number[k] = new if better else number[k]


def compete_by_places(x, y, winner, first, size, stride, dilation, corner):
    """Let the cells of one window after the other compete, for all numbers of a run at once.

    Parameters
    ----------
    x : (H, W, R) array
    y, winner : (HO, WO, R) arrays
        Are filled.
    first : (HO, WO) array
        The number of the first cell that sees a pixel.
    size, stride, dilation : (rows, columns)
    corner : (row, column)
        Of the first window.
    """
    for i in range(len(y)):
        for j in range(y.shape[1]):
            most, number = y[i, j], winner[i, j]
            most[:] = -np.inf
            number[:] = first[i, j]
            for a in range(size[0]):
                row = corner[0] + i * stride[0] + a * dilation[0]
                for b in range(size[1]):
                    column = corner[1] + j * stride[1] + b * dilation[1]
                    if 0 <= row < x.shape[0] and 0 <= column < x.shape[1]:
                        seen, new = x[row, column], 1 + a * size[1] + b
                        for r in range(len(most)):
                            better = (seen[r] > most[r]) | (seen[r] != seen[r])
                            most[r] = seen[r] if better else most[r]
                            number[r] = new if better else number[r]


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


LOOPS = (
    lay_out,
    collect,
    compete_by_cells,
    compete_by_places,
    scatter_in_planes,
    scatter_in_runs,
)
