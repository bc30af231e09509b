"""Lay pixels out so that whatever lies under one cell of a window is one run, for compiled loops.

With stride 2, a cell sees every other column. Dealt out in two piles, columns 0, 2, 4 ... and
1, 3, 5 ..., what it sees is a run along memory. Rows are dealt out in the same way, and there is
room for the padding, so the run goes on over the ends of all rows. What is computed there, between
the last place of a row and the first of the next, is left alone in the end::

    x0 x1 x2 x3 x4          pile 0   x0 x2 x4        under cell 0:  x0 x2,  under cell 2:  x2 x4
                            pile 1   x1 x3 --        under cell 1:  x1 x3
"""

from typing import NamedTuple

import numpy as np

from convlib.fast.scratch import scratch
from convlib.shapes import span


class Piles(NamedTuple):
    """How the pixels of a window's call are laid out."""

    rows: int  # of a pile
    columns: int
    run: int  # numbers under a cell, for all places of an image
    stride: tuple  # (rows, columns)
    dilation: tuple
    corner: tuple  # (top, left) of the padding

    def room(self, name, planes, dtype):
        """Return scratch memory for some planes: (P, stride, stride, rows * columns)."""
        return scratch(name, (planes, *self.stride, self.rows * self.columns), dtype)

    def wide(self, name, planes, places, dtype):
        """Return scratch memory for outputs, in rows as long as those of the piles."""
        return scratch(name, (planes, 1, 1, places * self.columns), dtype)


def piles_of(call, size):
    """Return how the pixels of a call are laid out for windows of a size.

    Parameters
    ----------
    call : ConvArguments or PoolArguments
    size : (rows, columns)
    """
    places = call.shape[2:]
    rows, columns = (
        n + (span(k, d) - 1) // s for n, k, d, s in zip(places, size, call.dilation, call.stride)
    )
    run = (places[0] - 1) * columns + places[1]
    corner = call.padding[0][0], call.padding[1][0]
    return Piles(rows, columns, run, call.stride, call.dilation, corner)


def lay_out(x, piles, columns, top, left, outside):
    """Deal pixels out in piles (a loop to be compiled).

    Parameters
    ----------
    x : (P, H, W) array
    piles : (P, stride of rows, stride of columns, rows * columns) array
        Is filled.
    columns : int
        Of a pile.
    top, left : int
        Rows and columns of padding before the image.
    outside : number
        For the padding.
    """
    planes, height, width = x.shape
    down, step = piles.shape[1:3]
    for p in range(planes):
        pixels = x[p].reshape(-1)
        for q in range(down):
            for r in range(step):
                pile = piles[p, q, r]
                pile[:] = outside
                first = max(-((r - left) // step), 0)
                count = max(min((width - 1 + left - r) // step + 1, columns) - first, 0)
                for i in range(len(pile) // columns):
                    row = i * down + q - top
                    if 0 <= row < height:
                        # Of unsigned numbers, the compiler knows that they count from the front.
                        target = np.uint64(i * columns + first)
                        source = np.uint64(row * width + first * step + r - left)
                        if step == 1:  # a known step is taken in vectors
                            for j in range(np.uint64(count)):
                                pile[target + j] = pixels[source + j]
                        elif step == 2:
                            for j in range(np.uint64(count)):
                                pile[target + j] = pixels[source + np.uint64(2) * j]
                        else:
                            for j in range(np.uint64(count)):
                                pile[target + j] = pixels[source + np.uint64(step) * j]


def collect(piles, x, columns, top, left):
    """Undo `lay_out`; a pixel that is in no pile becomes 0 (a loop to be compiled).

    Parameters
    ----------
    piles, columns, top, left : as for `lay_out`
    x : (P, H, W) array
        Is filled.
    """
    planes, height, width = x.shape
    down, step = piles.shape[1:3]
    for p in range(planes):
        pixels = x[p].reshape(-1)
        pixels[:] = 0
        for q in range(down):
            for r in range(step):
                pile = piles[p, q, r]
                first = max(-((r - left) // step), 0)
                count = max(min((width - 1 + left - r) // step + 1, columns) - first, 0)
                for i in range(len(pile) // columns):
                    row = i * down + q - top
                    if 0 <= row < height:
                        source = np.uint64(i * columns + first)
                        target = np.uint64(row * width + first * step + r - left)
                        if step == 1:
                            for j in range(np.uint64(count)):
                                pixels[target + j] = pile[source + j]
                        elif step == 2:
                            for j in range(np.uint64(count)):
                                pixels[target + np.uint64(2) * j] = pile[source + j]
                        else:
                            for j in range(np.uint64(count)):
                                pixels[target + np.uint64(step) * j] = pile[source + j]
