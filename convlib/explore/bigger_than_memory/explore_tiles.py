"""Explorer of the tiles of one row: where each starts, where its windows start, what it reads."""

import numpy as np

from convlib.draw import canvas, draw_grid, draw_label, listing
from convlib.draw.placement import EDGE, TITLE, text_width
from convlib.explore.engine import Explorer
from convlib.shapes import span

APART = 1.75
"""Rows from one tile to the next."""

FIRST = TITLE + APART
"""Row of the first tile."""


def explore_tiles(n, k, *, tile=(3, 6), stride=(1, 3), dilation=(1, 2)):
    """Cut one row of an image into tiles and show where windows start in each.

    Parameters
    ----------
    n, k : int
        Sizes of the image and the kernel along the row.
    tile, stride, dilation : (int, int)
        First and last value of each slider.

    Returns
    -------
    Explorer
        Sliders `tile`, the columns of a tile, `stride` and `dilation`.

    Examples
    --------
    >>> explore_tiles(11, 3).picture(tile=4, stride=2).sentence
    'Every tile starts at a multiple of 2. A window spans 3, so a tile borrows 3 − 2 = 1 column.'
    """

    def frame(tile, stride, dilation):
        reach = span(k, dilation)
        right = set(range(0, n - reach + 1, stride))
        tiles = [_starts(n, first, tile, stride, reach) for first in range(0, n, tile)]
        drawing = draw_tiles(n, tile, tiles, right, reach)
        return drawing, _tiles_text(tile, tiles, right, stride, reach)

    return Explorer(frame, tile=tile, stride=stride, dilation=dilation)


def _starts(n, first, tile, stride, reach):
    """List where windows start if a tile counts from its own first column."""
    return list(range(first, min(first + tile, n - reach + 1), stride))


def draw_tiles(n, tile, tiles, right, reach):
    """Draw a row of an image and, below it, what each of its tiles reads and computes.

    Parameters
    ----------
    n, tile : int
        Columns of the image and of a tile.
    tiles : list of list of int
        Where windows start in each tile.
    right : set of int
        Where windows start in the whole row.
    reach : int
        How many columns a window spans.

    Returns
    -------
    Panel
    """
    ax = canvas(n + 2 * EDGE, FIRST + APART * len(tiles) - 0.6)
    columns = np.arange(n)
    is_right = np.isin(columns, list(right))
    paint = {"output": is_right[np.newaxis]}
    draw_grid(ax, [columns], at=(TITLE, EDGE), title="columns of the image", paint=paint)
    for number, starts in enumerate(tiles):
        first, end = number * tile, min(number * tile + tile, n)
        last = max(end, starts[-1] + reach if starts else end)
        is_start = np.isin(columns, starts)
        row = FIRST + APART * number
        paint = {
            "kernel": np.s_[:, end - first :],
            "window": np.s_[:, : end - first],
            "output": (is_start & is_right)[np.newaxis, first:last],
            "strong": (is_start & ~is_right)[np.newaxis, first:last],
        }
        read, at = columns[np.newaxis, first:last], (row, EDGE + first)
        draw_grid(ax, read, at=at, name=f"tile {number}", paint=paint)
        _draw_title(ax, f"tile {number}, {_windows(len(starts))}", row, (first + last) / 2)
    return ax


def _windows(count):
    return f"{count} window{'s' * (count != 1)}"


def _draw_title(ax, title, row, middle):
    """Write a title above the middle of a tile, as far as the paper reaches."""
    half = text_width(title) / 2
    at = (row - 0.45, np.clip(EDGE + middle, half, ax.width - half))
    draw_label(ax, title, at=at, size="title")


def _tiles_text(tile, tiles, right, stride, reach):
    found = {start for starts in tiles for start in starts}
    if found == right:
        return _borrowing_text(stride, reach)
    first = next(number * tile for number in range(len(tiles)) if number * tile % stride)
    wrong, missing = sorted(found - right), sorted(right - found)
    says = f"A tile starts at column {first}, which is no multiple of {stride}."
    if wrong:
        says += f" Wrong starts: {listing(wrong)}."
    if missing:
        says += f" Missing: {listing(missing)}."
    return says


def _borrowing_text(stride, reach):
    borrowed = reach - stride
    if borrowed <= 0:
        says = "windows do not overlap and a tile borrows nothing."
    else:
        says = f"a tile borrows {reach} − {stride} = {borrowed} column{'s' * (borrowed != 1)}."
    where = f"at a multiple of {stride}" if stride > 1 else "where a window does"
    return f"Every tile starts {where}. A window spans {reach}, so {says}"
