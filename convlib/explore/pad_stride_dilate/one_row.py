"""One row of an image with zeros around it, what each place of the window sees, and the output."""

import numpy as np

from convlib.draw import (
    beside,
    canvas,
    counted,
    draw_cells,
    draw_grid,
    draw_label,
    draw_outline,
    listing,
)
from convlib.draw.placement import EDGE, TITLE, text_width
from convlib.shapes import span

PLACES = TITLE + 1.3
"""Row of the panel where the first place stands."""


def draw_places(n, zeros, seen, room):
    """Draw a row of cells with the zeros around it and, below, what each place sees.

    Parameters
    ----------
    n : int
    zeros : (int, int)
        How many stand before and after the row.
    seen : ndarray of int, shape (places, k)
    room : (int, int, int)
        The most zeros before, cells and zeros after that the drawing must hold.

    Returns
    -------
    Panels
    """
    most_before, most_cells, most_after = room
    left = EDGE + most_before
    ax = canvas(left + most_cells + most_after + EDGE, PLACES + len(seen) + EDGE)
    cells = np.arange(-zeros[0], n + zeros[1])
    is_zero = (cells < 0) | (cells >= n)
    paint = {
        "strong": ~np.isin(cells, seen)[np.newaxis],
        "outside": is_zero[np.newaxis],
    }
    _draw_numbers(ax, cells, (TITLE, left - zeros[0]), paint)
    for place, columns in enumerate(seen):
        _draw_place(ax, PLACES + place, left, columns, f"places[{place},{{}}]", zeros[0])
    return beside(ax, _output(len(seen)))


def _output(places):
    """Draw the cell that each place fills, level with it, and the number of its column."""
    ax = canvas(text_width("output columns") + 2 * EDGE, PLACES + places + EDGE)
    left = (ax.width - 1) / 2
    draw_label(ax, "output columns", at=(PLACES - 0.45, ax.width / 2), size="title")
    draw_cells(ax, [(PLACES + place, left) for place in range(places)], fill="output")
    for place in range(places):
        draw_label(ax, place, at=(PLACES + place + 0.5, left + 0.5), size="note", colour="quiet")
    return ax


def _draw_numbers(ax, columns, corner, paint):
    """Draw a row of cells with the small numbers of their columns, which are no pixels."""
    row, left = corner
    blank = np.ma.masked_all((1, len(columns)))
    draw_grid(ax, blank, at=corner, title="columns of one row", name="columns", paint=paint)
    for j, column in enumerate(columns):
        at = (row + 0.5, left + j + 0.5)
        draw_label(ax, column, at=at, size="note", colour="quiet", cell=f"columns[0,{j}]")


def _draw_place(ax, row, left, columns, name, zeros_before):
    draw_cells(ax, [(row, left + column) for column in columns], fill="window")
    for column in columns:
        at, cell = (row + 0.5, left + column + 0.5), name.format(column + zeros_before)
        draw_label(ax, column, at=at, size="note", colour="quiet", cell=cell)
    draw_outline(ax, at=(row, left + columns[0]), shape=(1, columns[-1] - columns[0] + 1))


def count_text(n, k, stride, padding=0, dilation=1):
    """Write out how many places there are, with every number of the rule."""
    total, reach = n + 2 * padding, span(k, dilation)
    cells = f"{n} + 2·{padding} = {total}" if padding else f"{n}"
    window = f"that spans {dilation}·({k} − 1) + 1 = {reach}" if dilation > 1 else f"of {k}"
    moves = (total - reach) // stride
    return (
        f"On {cells} cells a window {window} can move {total} − {reach} = {total - reach}."
        f" In steps of {stride} that is {counted(moves, 'move')}"
        f" and {counted(moves + 1, 'place')}."
    )


def unseen_text(n, seen):
    """Name the columns that no window sees; nothing if there are none."""
    unseen = np.setdiff1d(np.arange(n), seen)
    if not unseen.size:
        return ""
    return f" No window sees column{'s' if unseen.size > 1 else ''} {listing(unseen)}."
