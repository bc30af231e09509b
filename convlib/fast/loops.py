"""The loops of `compiled`, in the part of Python that Numba translates.

Importing this module imports Numba. Positions are unsigned: Numba then leaves out the question
whether one counts from the end.
"""

import numpy as np
from numba import njit, types
from numba.extending import intrinsic
from numba.np.unsafe.ndarray import to_fixed_tuple

from convlib.fast.compiled import CELLS, KERNELS, RUN, VECTOR

OPTIONS = {"nogil": True, "fastmath": {"contract"}}


@intrinsic
def take_long_vectors(typing):
    """Take vectors of 512 bits where there are any; left alone, the compiler takes half of that."""

    def generate(context, builder, signature, arguments):
        set.add(builder.function.attributes, '"prefer-vector-width"="512"')
        return context.get_dummy_value()

    return types.void(), generate


@njit(**OPTIONS)
def add_to_four(sums, count, pixels, starts, weight):
    """Add cells of four kernels to four runs of sums; each pixel is loaded once."""
    take_long_vectors()
    first, second, third, fourth = sums[0], sums[1], sums[2], sums[3]
    for cell in range(0, len(starts), CELLS):
        some = slice(cell, cell + CELLS)
        start = to_fixed_tuple(starts[some], CELLS)
        a = to_fixed_tuple(weight[0, some], CELLS)
        b = to_fixed_tuple(weight[1, some], CELLS)
        c = to_fixed_tuple(weight[2, some], CELLS)
        d = to_fixed_tuple(weight[3, some], CELLS)
        for j in range(np.uintp(count)):
            y0, y1, y2, y3 = first[j], second[j], third[j], fourth[j]
            for n in range(CELLS):
                pixel = pixels[start[n] + j]
                y0 += a[n] * pixel
                y1 += b[n] * pixel
                y2 += c[n] * pixel
                y3 += d[n] * pixel
            first[j], second[j], third[j], fourth[j] = y0, y1, y2, y3


@njit(**OPTIONS)
def add_to_bias(sums, count, pixels, starts, weight, bias):
    """Add cells of one kernel to its bias, for a run of sums."""
    take_long_vectors()
    for cell in range(0, len(starts), CELLS):
        some = slice(cell, cell + CELLS)
        start = to_fixed_tuple(starts[some], CELLS)
        a = to_fixed_tuple(weight[some], CELLS)
        for j in range(np.uintp(count)):
            y = sums[j] if cell else bias
            for n in range(CELLS):
                y += a[n] * pixels[start[n] + j]
            sums[j] = y


def convolve(pixels, piles, first, weight, size, dilation, bias, y, per_group, rows, sums, places):
    """Convolve all images and groups of a block.

    Parameters
    ----------
    pixels : (P,) array
    piles : (4,) tuple of int
        The piles of a channel, down and across, and the rows and columns of a pile.
    first : int
        Where the pixel under the first cell for the first output stands.
    weight : (O, cells) array
        The cells of a kernel in a row, as many as a multiple of CELLS, by zeros.
    size : (3,) tuple of int
        Channels, rows and columns of a kernel.
    dilation : (2,) tuple of int
    bias : (O,) array
    y : (N, O, I, WO) array
    per_group : int
        Filters.
    rows : (2,) tuple of int
        The first of the block, and the one after its last.
    sums : (KERNELS, RUN) array
    places : (2, cells) array
        Both are working memory.
    """
    images, filters, _, width = y.shape
    channels, columns = size[0], piles[3]
    channel = piles[0] * piles[1] * piles[2] * columns
    cells, starts = places[0], places[1]
    room = len(pixels)
    count = 0
    for c in range(channels):
        for u in range(size[1]):
            row, down = divmod(u * dilation[0], piles[0])
            for v in range(size[2]):
                column, across = divmod(v * dilation[1], piles[1])
                row_of_all = (down * piles[1] + across) * piles[2] + row
                place = first + c * channel + row_of_all * columns + column
                cells[count] = place
                room = min(room, len(pixels) - place)
                count += 1
    starts[count:] = np.uintp(len(pixels) - RUN)  # there are zeros
    length = (rows[1] - rows[0]) * columns - (columns - width)
    at_once = KERNELS if per_group >= KERNELS else 1
    for n in range(images):
        for group in range(0, filters, per_group):
            seen = (n * filters + group) // per_group * channels * channel
            for start in range(0, length, RUN):
                stop = min(start + RUN, length)
                many = min(-(-(stop - start) // VECTOR) * VECTOR, room - seen - start)
                for cell in range(count):
                    starts[cell] = cells[cell] + np.uintp(seen + start)
                for o in range(group, group + per_group, at_once):
                    o = min(o, group + per_group - at_once)
                    if at_once == KERNELS:
                        for f in range(KERNELS):
                            for j in range(np.uintp(many)):
                                sums[f, j] = bias[o + f]
                        add_to_four(sums, many, pixels, starts, weight[o : o + KERNELS])
                    else:
                        add_to_bias(sums[0], many, pixels, starts, weight[o], bias[o])
                    for f in range(at_once):
                        put(sums[f], y[n, o + f], start, stop, columns, rows[0])


@njit(**OPTIONS)
def put(sums, y, start, stop, columns, first):
    """Put a run of sums in its place, without those between the rows of outputs."""
    width = y.shape[1]
    for i in range(start // columns, -(-stop // columns)):
        begin, end = max(start - i * columns, 0), min(stop - i * columns, width)
        shift = np.uintp(i * columns - start + begin)
        place = np.uintp(begin)
        for j in range(np.uintp(max(end - begin, 0))):
            y[first + i, place + j] = sums[shift + j]
