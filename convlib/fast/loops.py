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
WITHIN = {**OPTIONS, "inline": "always"}  # compiled once, as a part of its caller
PUT = 20  # multiply-adds of a kernel that take as long as to put a sum in its place,
BEGUN = 6  # and as long as to begin a sum and to end it
LONGEST = max(VECTORS.values()) * VECTOR  # bytes of a tile's row

lay_out, move = njit(**OPTIONS)(piles.lay_out), piles.move


def summer_of(kernels):
    """Return `sum_runs` for so many kernels, a compiled function.

    It takes what `add_up` takes, but `count` sums may be more than a tile, and so many `runs`, that
    are `apart` among the pixels and follow each other among the sums. What is left at the end is
    taken one vector at a time if there are few of them (see `few_of`).
    """
    many, few = VECTORS[kernels], few_of(kernels)
    add_tile, add_vector = (tile_of(kernels, vectors) for vectors in (many, 1))

    @njit(**WITHIN)
    def sum_runs(sums, to, count, pixels, place, runs, apart, starts, weight, bias):
        lanes = VECTOR // pixels.itemsize
        for run in range(runs):
            some = 0
            while some < count:
                one = count - some <= few * lanes
                size = lanes if one else many * lanes
                first = max(min(some, count - size), 0)  # the last ends where the run ends
                out = np.uintp(to + run * count + first)
                under = np.uintp(place + run * apart + first)
                wanted = np.uintp(min(size, count))
                if one:
                    add_vector(sums, out, wanted, pixels, under, starts, weight, bias)
                else:
                    add_tile(sums, out, wanted, pixels, under, starts, weight, bias)
                some += size

    return sum_runs


def few_of(kernels):
    """Return how many vectors take less time one by one than as a tile.

    Two multiply-adds begin in each cycle, and each takes four: that is, eight at a time.
    """
    return -(-VECTORS[kernels] * kernels // max(kernels, 8)) - 1


sum_many, sum_few, sum_one = map(summer_of, (MANY, KERNELS, 1))


@njit(**WITHIN)
def add_runs(together, sums, to, count, pixels, place, runs, apart, kernels):
    """Call the `sum_runs` for so many kernels; `kernels` are their starts, weights and biases."""
    starts, weight, bias = kernels
    if together == MANY:
        sum_many(sums, to, count, pixels, place, runs, apart, starts, weight, bias)
    elif together == KERNELS:
        sum_few(sums, to, count, pixels, place, runs, apart, starts, weight, bias)
    else:
        sum_one(sums, to, count, pixels, place, runs, apart, starts, weight, bias)


TILES = tuple((VECTORS[kernels], few_of(kernels)) for kernels in (MANY, KERNELS, 1))


@njit(**WITHIN)
def sums_of(together, count, lanes):
    """Return how many sums of tiles take as long as `add_runs` for so many sums."""
    many, few = TILES[0] if together == MANY else TILES[1] if together == KERNELS else TILES[2]
    rest = count % (many * lanes)
    left = -(-rest // lanes)
    return count - rest + (left * lanes * 5 // 4 if left <= few else many * lanes)


@njit(**WITHIN)
def convolve_group(pixels, laid_out, place, starts, weight, bias, y, columns, rows, sums):
    """Convolve some rows of one group of one image.

    Sums go right into their row, or run on over the ends of rows and are then put in their places.
    The first computes what is left of the last vectors, the second what lies between the rows.

    Parameters
    ----------
    pixels : (P,) array
    laid_out : bool
        Whether a tile may begin at the last pixel.
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
    spare = width >= longest or laid_out
    planes = y.reshape(filters, -1)
    o = 0
    while o < filters:
        together = MANY if filters - o >= MANY else KERNELS if filters >= KERNELS else 1
        o = min(o, filters - together)
        some = slice(o, o + together)
        kernels = starts, weight[some], bias[some]
        more = sums_of(together, width, lanes) - columns
        by_rows = spare and more * (len(starts) + BEGUN) < PUT * width
        out = planes[some] if by_rows else sums
        for start in range(0, 1 if by_rows else length, RUN):
            begin, stop = max(min(start, length - longest), 0), min(start + RUN, length)
            to, count, runs = 0, stop - begin, 1
            if by_rows:
                to, count, runs = rows[0] * width, width, rows[1] - rows[0]
            add_runs(together, out, to, count, pixels, place + begin, runs, columns, kernels)
            for f in range(0 if by_rows else together):
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
            filters_of, bias_of, out = cells[some], bias[some], y[n, some]
            spare = len(room) > 0
            convolve_group(
                pixels, spare, place, starts, filters_of, bias_of, out, columns, rows, sums
            )


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
