"""The gradients of the pools: cell by cell of the window, for all places at once.

A cell of the window sees every `stride`-th pixel. So the gradient of a max-pool goes back in as
many steps as the window has cells: step (a, b) takes the outputs whose winner stands in cell
(a, b), and adds their gradients to the pixels that this cell sees. The gradient of an average
pool, divided by the count, goes to the pixels of all cells; as a sum splits into rows and
columns, so does this.

To choose by a condition costs NumPy some 4 ns a number, to multiply by it a tenth of that. So the
winner is kept as a number that only grows, and what is not meant is multiplied by zero.
"""

from itertools import product

import numpy as np

from convlib.fast.blocks import slices
from convlib.fast.pooling import counted, flat, lowest, seen
from convlib.fast.threads import for_each

BLOCK = 2**17  # pixels


def winners(call):
    """Compute a max-pool, and which cell of its window each winner stands in.

    Parameters
    ----------
    call : PoolArguments

    Returns
    -------
    y : (N, C, HO, WO) array
    winner : array of small integers of the same shape
        ``1 + a * columns + b``: the first of equal winners, and the last NaN. 0 where a window
        sees only padding.
    """
    x, count = flat(call.x), call.size[0] * call.size[1]
    y = np.full(call.shape, lowest(x.dtype))
    winner = np.empty(call.shape, np.int8 if count < 127 else np.int32)
    winner[...] = first_cell(call)
    y_planes, winner_planes = flat(y), flat(winner)

    def work(planes):
        for number, places, pixels in cells(call):
            challenger = np.ascontiguousarray(x[planes][pixels])
            best, first = y_planes[planes][places], winner_planes[planes][places]
            better = challenger > best
            if x.dtype.kind == "f":
                better |= challenger != challenger  # NaN
            np.maximum(best, challenger, out=best)
            # Cells come in order, so the last that was better has the largest number.
            np.maximum(first, np.multiply(better, number, dtype=first.dtype), out=first)

    for_each(work, planes_of(call))
    return y, winner


def send_to_winners(dy, winner, call):
    """Add the gradient of every output to the pixel that won.

    Parameters
    ----------
    dy : (N, C, HO, WO) array
    winner : array of the same shape
        From `winners`.
    call : PoolArguments

    Returns
    -------
    dx : (N, C, H, W) array of the dtype of `dy`
    """
    dx = np.zeros(call.x.shape, dy.dtype)
    dx_planes, dy_planes, winner_planes = flat(dx), flat(dy), flat(winner)
    finite = dy.dtype.kind != "f" or bool(np.isfinite(dy.sum()))

    def work(planes):
        for number, places, pixels in cells(call):
            target, part = dx_planes[planes][pixels], dy_planes[planes][places]
            won = winner_planes[planes][places] == number
            # Zero times an infinity would be NaN.
            target += part * won if finite else np.where(won, part, 0)

    for_each(work, planes_of(call))
    return dx


def send_to_all(dy, call, count_include_pad):
    """Add the share of every output's gradient to all pixels of its window.

    Parameters
    ----------
    dy : (N, C, HO, WO) array of floats
    call : PoolArguments
    count_include_pad : bool

    Returns
    -------
    dx : (N, C, H, W) array of the dtype of `dy`
    """
    dx = np.zeros(call.x.shape, dy.dtype)
    down, across = (
        counted(*axis, count_include_pad)
        for axis in zip(call.x.shape[2:], call.size, call.stride, call.padding, call.shape[2:])
    )
    count = np.outer(down, across).astype(dy.dtype)
    dx_planes, dy_planes = flat(dx), flat(dy)
    rows, columns = (list(axis_cells(call, axis)) for axis in (0, 1))

    def work(planes):
        share = dy_planes[planes] / count
        lines = np.zeros((len(share), call.x.shape[2], call.shape[3]), dy.dtype)
        for i, down in rows:
            lines[:, down] += share[:, i]
        for j, across in columns:
            dx_planes[planes][:, :, across] += lines[:, :, j]

    for_each(work, planes_of(call))
    return dx


def planes_of(call):
    """Return slices of the images' channels that have about `BLOCK` pixels each."""
    images, channels, height, width = call.x.shape
    return slices(images * channels, max(BLOCK // (height * width), 1))


def axis_cells(call, axis):
    """Yield, for each cell of the window along one axis, who sees a pixel there, and which.

    Yields
    ------
    places, pixels : slice
    """
    size, stride, dilation = call.size[axis], call.stride[axis], call.dilation[axis]
    for cell in range(size):
        start = cell * dilation - call.padding[axis][0]
        yield seen(start, stride, call.shape[2 + axis], call.x.shape[2 + axis])


def cells(call):
    """Yield each cell of the window: its number from 1 on, who sees a pixel there, and which.

    Yields
    ------
    number : int
    places, pixels : index of planes of outputs, and of images
    """
    both = product(axis_cells(call, 0), axis_cells(call, 1))
    for number, ((i, down), (j, across)) in enumerate(both, start=1):
        yield number, (slice(None), i, j), (slice(None), down, across)


def first_cell(call):
    """Return the number of the first cell of each window that sees a pixel, or 0.

    Returns
    -------
    number : (HO, WO) array
    """
    number = np.zeros(call.shape[2:], np.int64)
    for cell, (_, i, j), _ in reversed(list(cells(call))):
        number[i, j] = cell
    return number
