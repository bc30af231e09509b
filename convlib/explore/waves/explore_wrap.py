"""Explorer of circular convolution: a row of numbers whose end is joined to its beginning."""

import numpy as np

from convlib.draw import (
    canvas,
    draw_grid,
    draw_label,
    draw_outline,
    listing,
    number_text,
    sum_of_products,
)
from convlib.draw.placement import EDGE, TITLE
from convlib.explore.engine import Cells, Explorer


def explore_wrap(row, kernel, lengths):
    """Convolve a row of numbers whose end is joined to its beginning.

    Parameters
    ----------
    row, kernel : sequence of int
    lengths : (int, int)
        First and last length of the circle. The row is filled up with zeros.

    Returns
    -------
    Explorer
        Sliders `length`, which opens at the last one, and `place`. Cells of the output are pink
        where a number that came round from the other end, and is not 0, takes part.

    Examples
    --------
    >>> explore_wrap([3, 1, 2], [2, 1], (3, 5)).picture(length=3).sentence
    'Length 3, place 0: 3·2 + 2·1 = 8. Place −1 is place 2 again.'
    """
    row, kernel = np.asarray(row), np.asarray(kernel)
    around = len(kernel) - 1

    def frame(length, place):
        circle = np.append(row, np.zeros(length - len(row), dtype=int))
        met = (np.arange(length)[:, np.newaxis] - np.arange(len(kernel))) % length
        output = circle[met] @ kernel
        drawing = _draw(circle, kernel, output, place, lengths[1])
        says = f"{sum_of_products(circle[met[place]], kernel)} = {number_text(output[place])}"
        return drawing, (
            f"Length {length}, place {place}: {says}.{_round_text(place, around, length)}"
        )

    return Explorer(
        frame,
        play=("length", "place"),
        cells={
            "output": Cells(column="place"),
            "row": Cells(column="place", size=(1, len(kernel))),
        },
        opens_at={"length": lengths[1]},
        length=lengths,
        place=lambda length: (0, length - 1),
    )


def _round_text(place, around, length):
    outside = np.arange(place - around, 0)
    if not outside.size:
        return ""
    noun, verb = ("Places", "are places") if outside.size > 1 else ("Place", "is place")
    return f" {noun} {listing(outside)} {verb} {listing(outside % length)} again."


def _draw(circle, kernel, output, place, longest):
    """Draw the row and its copies before it, the kernel read backwards, and the output so far."""
    around, length = len(kernel) - 1, len(circle)
    left = EDGE + around
    ax = canvas(left + longest + 1, 3 * (TITLE + 1) + 0.8)
    row_top, kernel_top, output_top = TITLE, 2 * TITLE + 1, 3 * TITLE + 2
    repeated = np.arange(-around, length) % length
    is_copy = (np.arange(-around, length) < 0)[np.newaxis]
    copies = circle[repeated[:around]]
    has_come_round = np.array([[copies[n:].any() for n in range(length)]])
    later = (np.arange(length) > place)[np.newaxis]
    paint = {"window": np.s_[0, place : place + len(kernel)], "outside": is_copy}
    shown = circle[repeated][np.newaxis]
    draw_grid(ax, shown, at=(row_top, EDGE), name="row", paint=paint)
    draw_outline(ax, at=(row_top, EDGE + place), shape=(1, len(kernel)))
    backwards = kernel[np.newaxis, ::-1]
    draw_grid(ax, backwards, at=(kernel_top, EDGE + place), name="kernel, reversed", fill="kernel")
    so_far = np.ma.masked_array(output[np.newaxis], later)
    paint = {"output": ~later, "strong": has_come_round & ~later}
    draw_grid(ax, so_far, at=(output_top, left), name="output", paint=paint)
    draw_outline(ax, at=(output_top, left + place), shape=(1, 1), colour="output edge")
    titles = ((row_top, "row"), (kernel_top, "kernel, reversed"), (output_top, "output"))
    for top, title in titles:
        draw_label(ax, title, at=(top - 0.45, left), size="title", align="left")
    for j in range(length):
        at = (output_top + 1.35, left + j + 0.5)
        draw_label(ax, j, at=at, size="index", colour="quiet")
    return ax
