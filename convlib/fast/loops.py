"""The loops of `compiled`, in the part of Python that Numba translates.

Importing this module imports Numba. Positions are unsigned: Numba then leaves out the question
whether one counts from the end.
"""

import numpy as np
from numba import njit

from convlib.fast import piles
from convlib.fast.compiled import KERNELS, RUN
from convlib.fast.vectors import MANY, VECTOR, VECTORS, tile_of

OPTIONS = {"nogil": True, "fastmath": {"contract"}}
LONGEST = max(VECTORS.values()) * VECTOR  # bytes of a tile's row

lay_out, move = njit(**OPTIONS)(piles.lay_out), piles.move


def summer_of(kernels):
    """Return `sum_run` for so many kernels, a compiled function.

    It takes what `add_up` takes, and the count of sums. Where a few vectors are left at the end, it
    takes them one at a time: that is quicker than a tile if there are kernels enough to begin two
    multiply-adds in each cycle, of which each takes four.
    """
    many = VECTORS[kernels]
    few = -(-many * kernels // max(kernels, 8)) - 1
    add_tile, add_vector = tile_of(kernels, many), tile_of(kernels, 1)

    @njit(**OPTIONS)
    def sum_run(sums, to, pixels, place, starts, weight, bias, count):
        lanes = VECTOR // pixels.itemsize
        some = 0
        while some < count:
            one = count - some <= few * lanes
            size = lanes if one else many * lanes
            first = np.uintp(max(min(some, count - size), 0))  # the last ends where the run ends
            out, under = np.uintp(to) + first, np.uintp(place) + first
            if one:
                add_vector(sums, out, pixels, under, starts, weight, bias)
            else:
                add_tile(sums, out, pixels, under, starts, weight, bias)
            some += size

    return sum_run


sum_many, sum_few, sum_one = summer_of(MANY), summer_of(KERNELS), summer_of(1)


@njit(**OPTIONS)
def add_run(together, sums, to, pixels, place, kernels, count):
    """Call the `sum_run` for so many kernels; `kernels` are their starts, weights and biases."""
    starts, weight, bias = kernels
    if together == MANY:
        sum_many(sums, to, pixels, place, starts, weight, bias, count)
    elif together == KERNELS:
        sum_few(sums, to, pixels, place, starts, weight, bias, count)
    else:
        sum_one(sums, to, pixels, place, starts, weight, bias, count)


@njit(**OPTIONS)
def convolve_group(pixels, place, starts, weight, bias, y, columns, rows, sums):
    """Convolve some rows of one group of one image.

    Sums go right into their row where the vectors that fill it take no more than its pixels and
    the padding do. Else they run on over the ends of the rows, and are put in their places then.

    Parameters
    ----------
    pixels : (P,) array
    place : int
        Of the pixel under the first cell of a kernel for the first output.
    starts : (cells,) array
        Where the pixels under each cell start, from `place` on.
    weight : (filters, cells) array
    bias : (filters,) array
    y : (filters, HO, WO) array
    columns : int
        From one row of pixels to the next.
    rows : (2,) tuple of int
        The first row of outputs, and the one after the last.
    sums : (MANY, RUN) array
        Working memory.
    """
    filters, width = len(weight), y.shape[2]
    length = (rows[1] - rows[0] - 1) * columns + width
    lanes, longest = VECTOR // pixels.itemsize, LONGEST // pixels.itemsize
    by_rows = width >= longest and -(-width // lanes) * lanes <= columns
    planes = y.reshape(filters, -1)
    o = 0
    while o < filters:
        together = MANY if filters - o >= MANY else KERNELS if filters >= KERNELS else 1
        o = min(o, filters - together)
        some = slice(o, o + together)
        kernels = starts, weight[some], bias[some]
        if by_rows:
            for i in range(rows[0], rows[1]):
                under = place + (i - rows[0]) * columns
                add_run(together, planes[some], i * width, pixels, under, kernels, width)
        else:
            for start in range(0, length, RUN):
                begin, stop = max(min(start, length - longest), 0), min(start + RUN, length)
                add_run(together, sums, 0, pixels, place + begin, kernels, stop - begin)
                for f in range(together):
                    put(sums[f], y[o + f], begin, stop, columns, rows[0])
        o += together


def convolve(x, room, pixels, pile, corner, weight, dilation, bias, y, images, groups, rows):
    """Convolve some images, groups and rows of outputs.

    Parameters
    ----------
    x : (N, C, H, W) array
    room : (channels, down, across, rows * columns) array
        Where to lay out the pixels of a group, or no channels where `x` is taken as it is.
    pixels : (P,) array
        The memory of `room`, with room for a tile at its end, or of `x`.
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
    channels, columns = weight.shape[1], pile[3]
    cells = weight.reshape(len(weight), -1)
    starts = starts_of(weight.shape[1:], pile, dilation)
    filters = len(weight) * channels // x.shape[1]
    channel = pile[0] * pile[1] * pile[2] * columns
    top = corner[0] - rows[0] * pile[0]
    sums = np.empty((MANY, RUN), y.dtype)
    for n in range(*images):
        for group in range(*groups):
            first = group * channels
            if len(room):
                lay_out(x[n, first : first + channels], room, columns, top, corner[1], 0)
                place = 0
            else:
                place = (n * x.shape[1] + first) * channel + rows[0] * columns
            some = slice(group * filters, (group + 1) * filters)
            kernels = cells[some], bias[some]
            convolve_group(pixels, place, starts, *kernels, y[n, some], columns, rows, sums)


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
