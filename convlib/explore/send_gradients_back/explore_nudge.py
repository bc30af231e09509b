"""Explorer of a nudge: one weight changes a little, and the loss follows its curve."""

import numpy as np

from convlib.core import conv2d
from convlib.draw import (
    below,
    beside,
    canvas,
    draw_dot,
    draw_label,
    draw_line,
    grid_panel,
    mark,
    number_text,
    outline,
)
from convlib.explore.engine import Cells, Explorer

TENTHS = 10
START, END, TOP, BOTTOM = 1.2, 8.6, 1.1, 5.6
"""Columns and rows of the curve on its panel."""

REACH = 1.5
"""How far the tangent reaches to either side of its dot, in cells."""


def explore_nudge(image, kernel, target):
    """Change one weight by tenths and see the output, the loss, and how steep its curve is.

    Parameters
    ----------
    image, kernel : ndarray, 2-D
        Whole numbers.
    target : ndarray
        What the output should be. The loss is half the sum of the squared differences.

    Returns
    -------
    Explorer
        Sliders `row` and `column` of the weight, `way`, up or down, and `tenths`, by which it is
        changed.

    Examples
    --------
    >>> explore_nudge(np.array([[1, 2]]), np.array([[3]]), np.array([[2, 6]])).picture(
    ...     tenths=1
    ... ).sentence
    'The weight at row 0, column 0 goes from 3 to 3.1: the loss goes from 0.5 to 0.62, by 0.12. \
That is 1.25 for each 1 of the nudge. Slope there: 1.5.'
    """

    def off_at(row, column, tenths):
        nudged = kernel.astype(float)
        nudged[row, column] = (TENTHS * kernel[row, column] + tenths) / TENTHS
        return nudged, np.round(conv2d(image.astype(float), nudged) - target, 9)

    losses = {
        place: [_loss(off_at(*place, tenths)[1]) for tenths in range(-TENTHS, TENTHS + 1)]
        for place in np.ndindex(kernel.shape)
    }
    largest = max(map(max, losses.values()))

    def frame(row, column, way, tenths):
        tenths = tenths if way == "up" else -tenths
        nudged, off = off_at(row, column, tenths)
        curve = losses[row, column]
        before, loss = curve[TENTHS], curve[TENTHS + tenths]
        met = image[row : row + off.shape[0], column : column + off.shape[1]]
        steepness = round(float((off * met).sum()), 9)
        kernel_panel = grid_panel(nudged, title="kernel", fill="kernel", index=True)
        outline(kernel_panel, "kernel", (row, column), colour="kernel edge")
        drawing = below(
            beside(
                grid_panel(image, title="image", index=True),
                kernel_panel,
                grid_panel(off + target, title="output", fill="output"),
                grid_panel(target, title="target"),
                grid_panel(off, title="off by", paint={"strong": off != 0}),
            ),
            _curve_panel(curve, largest, kernel[row, column], tenths, steepness),
        )
        there = f"Slope there: {number_text(steepness)}."
        place = f"The weight at row {row}, column {column}"
        if not tenths:
            told = f"{place} is {number_text(kernel[row, column])}: the loss is"
            return drawing, f"{told} {number_text(before)}. {there}"
        average = round((loss - before) / (tenths / TENTHS), 9)
        return drawing, (
            f"{place} goes from {number_text(kernel[row, column])} to"
            f" {number_text(nudged[row, column])}: the loss goes from {number_text(before)} to"
            f" {number_text(loss)}, by {number_text(round(loss - before, 9))}. That is"
            f" {number_text(average)} for each 1 of the nudge. {there}"
        )

    height, width = kernel.shape
    return Explorer(
        frame,
        play="tenths",
        cells={"kernel": Cells("row", "column")}
        | {
            f"{way} {tenths}": Cells(also={"way": way, "tenths": tenths})
            for way, start in (("down", 1), ("up", 0))
            for tenths in range(start, TENTHS + 1)
        },
        row=(0, height - 1),
        column=(0, width - 1),
        way=["up", "down"],
        tenths=(0, TENTHS),
    )


def _curve_panel(curve, largest, weight, tenths, slope):
    """Draw the loss over the weight, where it started and stands, and the tangent there."""
    ax = canvas(9, 7)

    def at(steps, loss):
        across = START + (steps + TENTHS) / (2 * TENTHS) * (END - START)
        return BOTTOM - loss / largest * (BOTTOM - TOP), across

    draw_line(ax, (TOP, START), (BOTTOM, START), (BOTTOM, END), colour="line")
    draw_line(ax, *(at(n - TENTHS, loss) for n, loss in enumerate(curve)), colour="ink", width=2)
    here, there = at(0, curve[TENTHS]), at(tenths, curve[TENTHS + tenths])
    draw_line(ax, *_tangent(there, at(TENTHS, slope), at(0, 0)), colour="strong edge", width=3)
    draw_dot(ax, at=here, colour="kernel", radius=0.3)
    draw_dot(ax, at=there, colour="strong", radius=0.17)
    for steps in range(-TENTHS, TENTHS + 1):
        middle = (TOP + BOTTOM) / 2, at(steps, 0)[1]
        shape = BOTTOM - TOP, (END - START) / (2 * TENTHS)
        mark(ax, f"{'down' if steps < 0 else 'up'} {abs(steps)}", middle=middle, shape=shape)
    for loss in (0, largest):
        place = (at(0, loss)[0], START - 0.2)
        draw_label(ax, loss, at=place, size="index", colour="quiet", align="right")
    for steps in (-TENTHS, 0, TENTHS):
        place = (BOTTOM + 0.4, at(steps, 0)[1])
        draw_label(ax, weight + steps / TENTHS, at=place, size="index", colour="quiet")
    draw_label(ax, "loss", at=(TOP - 0.6, 0.1), align="left", colour="quiet")
    told = f"slope {number_text(slope)}"
    draw_label(ax, told, at=(TOP - 0.6, (START + END) / 2), size="title", colour="strong edge")
    draw_label(ax, "the weight", at=(BOTTOM + 1, (START + END) / 2), colour="quiet")
    return ax


def _tangent(dot, one_further, origin):
    """Return the ends of a line through a dot that rises as much as from the origin to a point."""
    direction = np.subtract(one_further, origin)
    along = np.linspace(-REACH, REACH, 61)[:, np.newaxis]
    points = dot + along * direction / np.hypot(*direction)
    is_on_chart = (points >= (TOP, START)) & (points <= (BOTTOM, END + 0.3))
    start, *_, end = points[is_on_chart.all(axis=1)].tolist()
    return start, end


def _loss(off):
    return round(float((off**2).sum() / 2), 9)
