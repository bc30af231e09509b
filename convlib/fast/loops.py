"""The loops of `compiled`, in the part of Python that Numba translates.

Importing this module imports Numba. Positions are unsigned: Numba then leaves out the question
whether one counts from the end.
"""

import numpy as np
from numba import njit, types
from numba.extending import intrinsic, overload

from convlib.fast import piles
from convlib.fast.compiled import RUN
from convlib.fast.registers import FEW, MANY, VECTOR, VECTORS, mover_of, tile_of

OPTIONS = {"nogil": True, "fastmath": {"contract"}}

add_up_many, add_up_few, add_up_one = tile_of(MANY), tile_of(FEW), tile_of(1)
take, take_every_second = mover_of(1), mover_of(2)


@overload(piles.move, inline="always")
def moved(to, place, source, start, count, step):
    """Copy by vectors, of which the last ends where the numbers end."""

    def move(to, place, source, start, count, step):
        lanes = VECTOR // to.itemsize
        if step > 2 or count < lanes:
            for j in range(np.uintp(count)):
                to[np.uintp(place) + j] = source[np.uintp(start) + np.uintp(step) * j]
            return
        for j in range(0, count, lanes):
            j = min(j, count - lanes)
            there, here = np.uintp(place + j), np.uintp(start + j * step)
            if step == 1:
                take(to, there, source, here)
            else:
                take_every_second(to, there, source, here)

    return move


lay_out, move = njit(**OPTIONS)(piles.lay_out), piles.move


@intrinsic
def take_long_vectors(typing):
    """Take vectors of 512 bits where there are any; left alone, the compiler takes half of that."""

    def generate(context, builder, signature, arguments):
        set.add(builder.function.attributes, '"prefer-vector-width"="512"')
        return context.get_dummy_value()

    return types.void(), generate


@njit(**OPTIONS)
def sum_run(sums, count, tile, pixels, place, starts, weight, bias):
    """Compute a run of sums for MANY kernels, for FEW or for one.

    Parameters
    ----------
    sums : (MANY, RUN) array
        Is filled.
    count, tile : int
        Sums of the run, and of a tile.
    pixels : (P,) array
    place : int
        Of the run among the pixels.
    starts : (cells,) array
        Where the pixels under each cell start, from `place` on.
    weight : (kernels, cells) array
    bias : (kernels,) array
    """
    take_long_vectors()
    for some in range(0, count, tile):
        first = np.uintp(max(min(some, count - tile), 0))  # the last tile ends where the run ends
        there = np.uintp(place) + first
        if len(bias) == MANY:
            add_up_many(sums, first, pixels, there, starts, weight, bias)
        elif len(bias) == FEW:
            add_up_few(sums, first, pixels, there, starts, weight, bias)
        else:
            add_up_one(sums, first, pixels, there, starts, weight, bias)


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
    tile = VECTORS * VECTOR // pixels.itemsize
    sums = np.empty((MANY, RUN), y.dtype)
    length = (rows[1] - rows[0] - 1) * columns + width
    for n in range(*images):
        for group in range(*groups):
            c, end = group * channels, (group + 1) * per_group
            if len(room):
                top = corner[0] - rows[0] * pile[0]
                lay_out(x[n, c : c + channels], room, columns, top, corner[1], 0)
                place = 0
            else:
                place = (n * x.shape[1] + c) * channel + rows[0] * columns
            for start in range(0, length, RUN):
                start = max(min(start, length - tile), 0)
                count = min(RUN, length - start)
                o = group * per_group
                while o < end:
                    together = MANY if end - o >= MANY else FEW if per_group >= FEW else 1
                    o = min(o, end - together)
                    few = slice(o, o + together)
                    sum_run(
                        sums, count, tile, pixels, place + start, starts, cells[few], bias[few]
                    )
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
