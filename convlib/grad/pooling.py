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
from convlib.fast.pooling import counted, lowest, seen
from convlib.fast.threads import for_each
from convlib.grad import compiled, pool_loops
from convlib.shapes import span

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
    if compiled.is_worth("pools", call.x.dtype, call.x.size):
        return pool_loops.winners(call, first_cell(call))
    x = call.x
    y = alike(x, call.shape, x.dtype)
    winner = alike(x, call.shape, pool_loops.number_dtype(call))

    def compete(some, missing):
        y[some], winner[some] = lowest(x.dtype), first_cell(call)
        for number, places, pixels in cells(call):
            challenger = x[some][pixels].copy(order="K")
            best, first = y[some][places], winner[some][places]
            better = challenger > best
            if missing:
                better |= np.isnan(challenger)
            np.maximum(best, challenger, out=best)
            # Cells come in order, so the last that was better has the largest number.
            number_if = np.multiply(better.view(np.int8), number, dtype=first.dtype)
            np.maximum(first, number_if, out=first)

    def work(some):
        compete(some, missing=False)
        if x.dtype.kind == "f" and np.isnan(y[some].max()):
            compete(some, missing=True)

    for_each(work, cut(x))
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
    if compiled.is_worth("pools", dy.dtype, dy.size):
        return pool_loops.send_to_winners(dy, winner, call)
    dx = alike(winner, call.x.shape, dy.dtype)
    dx[...] = 0
    finite = dy.dtype.kind != "f" or bool(np.isfinite(dy).all())
    apart = all(s >= span(k, d) for s, k, d in zip(call.stride, call.size, call.dilation))

    def work(some):
        for number, places, pixels in cells(call):
            target, part = dx[some][pixels], dy[some][places]
            won = winner[some][places] == number
            if finite and apart:
                np.multiply(part, won, out=target)
            else:  # zero times an infinity would be NaN
                target += part * won if finite else np.where(won, part, 0)

    for_each(work, cut(dx))
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
    dx = alike(dy, call.x.shape, dy.dtype)
    dx[...] = 0
    down, across = (
        counted(*axis, count_include_pad)
        for axis in zip(call.x.shape[2:], call.size, call.stride, call.padding, call.shape[2:])
    )
    count = np.outer(down, across).astype(dy.dtype)
    rows, columns = (list(axis_cells(call, axis)) for axis in (0, 1))

    def work(some):
        share = dy[some] / count
        lines = alike(share, (*share.shape[:2], call.x.shape[2], call.shape[3]), dy.dtype)
        lines[...] = 0
        for i, down in rows:
            lines[:, :, down] += share[:, :, i]
        for j, across in columns:
            dx[some][..., across] += lines[..., j]

    for_each(work, cut(dx))
    return dx


def alike(x, shape, dtype):
    """Return an empty array whose axes lie in memory in the order of those of `x`.

    Layers pass images on with the number of the image as the last axis in memory, next to each
    other, which makes long rows of small images. `x` itself keeps the order of (N, C, H, W).
    """
    order = sorted(range(x.ndim), key=lambda axis: -x.strides[axis])
    return np.empty([shape[axis] for axis in order], dtype).transpose(np.argsort(order))


def cut(x):
    """Return indices of blocks of about `BLOCK` pixels that lie close together in memory."""
    images, channels, height, width = x.shape
    at_once = images if x.strides[0] < x.strides[1] else max(BLOCK // x[0].size, 1)
    planes = max(BLOCK // (min(at_once, images) * height * width), 1)
    return list(product(slices(images, at_once), slices(channels, planes)))


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
    places, pixels : index of outputs, and of images
    """
    both = product(axis_cells(call, 0), axis_cells(call, 1))
    for number, ((i, down), (j, across)) in enumerate(both, start=1):
        yield number, (..., i, j), (..., down, across)


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
