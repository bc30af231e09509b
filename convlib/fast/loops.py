"""The loops of `compiled`, in the part of Python that Numba translates.

Importing this module imports Numba. Positions are unsigned: Numba then leaves out the question
whether one counts from the end.
"""

import numpy as np
from numba import njit

from convlib.fast import piles
from convlib.fast.compiled import RUN
from convlib.fast.vectors import FEW, MANY, VECTOR, VECTORS, tile_of

OPTIONS = {"nogil": True, "fastmath": {"contract"}}
LONGEST = max(VECTORS.values()) * VECTOR  # bytes of a tile's row

lay_out, move = njit(**OPTIONS)(piles.lay_out), piles.move


def summer_of(kernels):
    """Return `sum_run` for so many kernels, a compiled function.

    It takes what `add_up` takes, and the count of sums in the place of where a tile begins.
    """
    add_up = tile_of(kernels)
    bytes_of_tile = VECTORS[kernels] * VECTOR

    @njit(**OPTIONS)
    def sum_run(sums, count, pixels, place, starts, weight, bias):
        tile = bytes_of_tile // pixels.itemsize
        for some in range(0, count, tile):
            first = np.uintp(max(min(some, count - tile), 0))  # the last ends where the run ends
            add_up(sums, first, pixels, np.uintp(place) + first, starts, weight, bias)

    return sum_run


sum_many, sum_few, sum_one = summer_of(MANY), summer_of(FEW), summer_of(1)


def convolve(x, room, pixels, pile, corner, weight, dilation, bias, y, images, groups, rows):
    """Convolve some images, groups and rows of outputs.

    Parameters
    ----------
    x : (N, C, H, W) array
    room : (channels, down, across, rows * columns) array
        Where to lay out the pixels of a group, or no channels where `x` is taken as it is.
    pixels : (P,) array
        The memory of `room`, or of `x`.
    pile : (4,) tuple of int
        The piles of a channel, down and across, and the rows and columns of a pile.
    corner : (2,) tuple of int
        Rows and columns of padding before the image.
    weight : (O, channels, KH, KW) array
    dilation : (2,) tuple of int
    bias : (O,) array
    y : (N, O, HO, WO) array
    images, groups, rows : (2,) tuples of int
        The first, and the one after the last.
    """
    filters, channels = weight.shape[:2]
    width, columns = y.shape[3], pile[3]
    channel = pile[0] * pile[1] * pile[2] * columns
    cells = weight.reshape(filters, -1)
    starts = starts_of(weight.shape[1:], pile, dilation)
    per_group = filters // (x.shape[1] // channels)
    sums = np.empty((MANY, RUN), y.dtype)
    length = (rows[1] - rows[0] - 1) * columns + width
    for n in range(*images):
        for group in range(*groups):
            c, end = group * channels, (group + 1) * per_group
            if len(room):
                top = corner[0] - rows[0] * pile[0]
                lay_out(x[n, c : c + channels], room, columns, top, corner[1], 0)
                at = 0
            else:
                at = (n * x.shape[1] + c) * channel + rows[0] * columns
            for start in range(0, length, RUN):
                start = max(min(start, length - LONGEST // pixels.itemsize), 0)
                count = min(RUN, length - start)
                o = group * per_group
                while o < end:
                    together = MANY if end - o >= MANY else FEW if per_group >= FEW else 1
                    o = min(o, end - together)
                    some, place = slice(o, o + together), at + start
                    if together == MANY:
                        sum_many(sums, count, pixels, place, starts, cells[some], bias[some])
                    elif together == FEW:
                        sum_few(sums, count, pixels, place, starts, cells[some], bias[some])
                    else:
                        sum_one(sums, count, pixels, place, starts, cells[some], bias[some])
                    for f in range(together):
                        put(sums[f], y[n, o + f], start, start + count, columns, rows[0])
                    o += together


@njit(**OPTIONS)
def starts_of(size, pile, dilation):
    """Return where the pixels under each cell of a kernel start, from those under its first on."""
    channels, height, width = size
    down, across, rows, columns = pile
    starts = np.empty(channels * height * width, np.uintp)
    for c in range(channels):
        for u in range(height):
            for v in range(width):
                i, a = divmod(u * dilation[0], down)
                j, b = divmod(v * dilation[1], across)
                row = ((c * down + a) * across + b) * rows + i
                starts[(c * height + u) * width + v] = row * columns + j
    return starts


@njit(**OPTIONS)
def put(sums, y, start, stop, columns, first):
    """Put a run of sums in its place, without those between the rows of outputs."""
    width = y.shape[1]
    out = y.reshape(-1)
    for i in range(start // columns, -(-stop // columns)):
        begin, end = max(start - i * columns, 0), min(stop - i * columns, width)
        place = (first + i) * width + begin
        move(out, place, sums, i * columns - start + begin, max(end - begin, 0), 1)
