"""Picture of rows of numbers, shifted, one below the other, and their sum."""

import numpy as np

from convlib.draw import canvas, draw_grid, draw_label
from convlib.draw.placement import EDGE, text_width
from convlib.explore.engine import Picture


def show_sum(says, rows, starts, labels):
    """Show rows of numbers, shifted, one below the other, and their sum.

    Parameters
    ----------
    says : str
        The sentence that says what the picture shows.
    rows : list of sequence of int
    starts : list of int
        The column in which each row begins.
    labels : list of str
        What stands to the left of each row, and last of the sum.

    Returns
    -------
    Picture
        Cells of the sum to which more than one row contributes are blue.

    Examples
    --------
    >>> show_sum("21 + 3.", [[1, 2], [3]], [0, 0], ["21", "3", "24"]).sentence
    '21 + 3.'
    """
    width = max(start + len(row) for row, start in zip(rows, starts, strict=True))
    laid = np.ma.masked_all((len(rows), width), dtype=int)
    for i, (row, start) in enumerate(zip(rows, starts, strict=True)):
        laid[i, start : start + len(row)] = row
    total = laid.sum(axis=0)[np.newaxis]
    shared = (laid.count(axis=0) > 1)[np.newaxis]
    left = 0.5 + max(map(text_width, labels))
    top, sum_row = EDGE, len(rows) + 0.5
    ax = canvas(left + width + EDGE, sum_row + 1 + EDGE)
    draw_grid(ax, laid, at=(top, left), name="rows", paint={"outside": laid.mask})
    paint = {"window": shared}
    draw_grid(ax, total, at=(sum_row, left), name="sum", fill="output", paint=paint)
    for i, label in enumerate(labels):
        row = top + i if i < len(rows) else sum_row
        draw_label(ax, label, at=(row + 0.5, left - 0.3), align="right")
    return Picture(ax, says)
