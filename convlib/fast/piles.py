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
    down, across, size = piles.shape[1:]
    rows = size // columns
    pixels, room = x.reshape(-1), piles.reshape(-1)
    room[:] = outside
    for p in range(planes):
        for a in range(down):
            first_row = max(-((a - top) // down), 0)
            last_row = min(-((a - top - height) // down), rows)
            for b in range(across):
                start = min(max(-((b - left) // across), 0), columns)
                count = max(min(-((b - left - width) // across), columns) - start, 0)
                place = ((p * down + a) * across + b) * size + start
                skipped = start * across + b - left
                for i in range(first_row, last_row):
                    row = p * height + i * down + a - top
                    move(room, place + i * columns, pixels, row * width + skipped, count, across)


def move(to, place, source, start, count, step):
    """Copy so many numbers, every `step`-th from `start` on (`vectors` says how, compiled).

    Parameters
    ----------
    to : (T,) array
        Is filled from `place` on.
    place, start, count, step : int
    source : (S,) array
    """
    to[place : place + count] = source[start : start + count * step : step]


def collect(piles, x, columns, top, left):
    """Undo `lay_out`; a pixel that is in no pile becomes 0 (a loop to be compiled).

    Parameters
    ----------
    piles, columns, top, left : as for `lay_out`
    x : (P, H, W) array
        Is filled.
    """
    planes, height, width = x.shape
    down, across = piles.shape[1:3]
    for p in range(planes):
        x[p] = 0
        for a in range(down):
            for b in range(across):
                pile = piles[p, a, b]
                start = min(max(-((b - left) // across), 0), columns)
                stop = max(min(-((b - left - width) // across), columns), start)
                skipped = np.uintp(start * across + b - left)
                for i in range(len(pile) // columns):
                    row = i * down + a - top
                    if 0 <= row < height:
                        first = np.uintp(i * columns + start)
                        for j in range(np.uintp(stop - start)):
                            x[p, row, skipped + np.uintp(across) * j] = pile[first + j]
