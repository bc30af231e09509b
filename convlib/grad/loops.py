"""The loops of `fours`, in the part of Python that Numba translates.

Importing this module imports Numba.
"""

import numpy as np
from numba import njit

from convlib.fast.vectors import take_long_vectors
from convlib.grad.compiled import OPTIONS

RUN = 1024  # numbers of each row that stay in the nearest cache


@njit(**OPTIONS)
def add_four_rows(sums, dy, rows, pixels, starts, first, count):
    """Add the products of four rows of `dy` with the pixels of all cells, for a part of the run."""
    take_long_vectors()
    zero = dy.dtype.type(0)
    a, b, c, d = dy[rows[0], first:], dy[rows[1], first:], dy[rows[2], first:], dy[rows[3], first:]
    for cell in range(0, len(starts), 4):
        p = pixels[starts[cell] + first :]
        q = pixels[starts[cell + 1] + first :]
        r = pixels[starts[cell + 2] + first :]
        s = pixels[starts[cell + 3] + first :]
        a0 = a1 = a2 = a3 = b0 = b1 = b2 = b3 = zero
        c0 = c1 = c2 = c3 = d0 = d1 = d2 = d3 = zero
        for k in range(np.uintp(count)):
            w, x, y, z = p[k], q[k], r[k], s[k]
            sent = a[k]
            a0, a1, a2, a3 = a0 + sent * w, a1 + sent * x, a2 + sent * y, a3 + sent * z
            sent = b[k]
            b0, b1, b2, b3 = b0 + sent * w, b1 + sent * x, b2 + sent * y, b3 + sent * z
            sent = c[k]
            c0, c1, c2, c3 = c0 + sent * w, c1 + sent * x, c2 + sent * y, c3 + sent * z
            sent = d[k]
            d0, d1, d2, d3 = d0 + sent * w, d1 + sent * x, d2 + sent * y, d3 + sent * z
        found = ((a0, a1, a2, a3), (b0, b1, b2, b3), (c0, c1, c2, c3), (d0, d1, d2, d3))
        for i in range(4):
            for j in range(4):
                sums[i, cell + j] += found[i][j]


def for_weights(pixels, dy, starts, run, sums):
    """Compute the weights' gradients for some rows of one image.

    Parameters
    ----------
    pixels : (P,) array
    dy : (O, HO * columns) array
    starts : (G, cells) array
        Where the run under each cell of a group starts; as many cells as a multiple of 4.
    run : int
        Numbers under a cell.
    sums : (G, filters, cells) array
        Is filled; as many filters as a multiple of 4.
    """
    groups, filters = sums.shape[:2]
    per_group = len(dy) // groups
    sums[:] = 0
    for first in range(0, run, RUN):
        count = min(RUN, run - first)
        for g in range(groups):
            end = (g + 1) * per_group - 1
            for o in range(0, filters, 4):
                i = g * per_group + o
                rows = i, min(i + 1, end), min(i + 2, end), min(i + 3, end)
                add_four_rows(sums[g, o : o + 4], dy, rows, pixels, starts[g], first, count)
