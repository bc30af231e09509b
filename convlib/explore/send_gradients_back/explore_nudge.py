"""Explorer of a nudge: one weight changes a little, and the loss follows."""

import numpy as np

from convlib.core import conv2d
from convlib.draw import below, beside, grid_panel, number_text, outline
from convlib.explore.engine import Explorer

TENTHS = 10


def explore_nudge(image, kernel, target):
    """Change one weight by tenths and see the output, how far it is off, and the loss.

    Parameters
    ----------
    image, kernel : ndarray, 2-D
        Whole numbers.
    target : ndarray
        What the output should be. The loss is half the sum of the squared differences.

    Returns
    -------
    Explorer
        Sliders `row` and `column` of the weight, and `way` and `tenths`, by which it is changed.

    Examples
    --------
    >>> explore_nudge(np.array([[1, 2]]), np.array([[3]]), np.array([[2, 6]])).picture(
    ...     tenths=1
    ... ).sentence
    'The weight at row 0, column 0 goes from 3 to 3.1: the loss goes from 0.5 to 0.62, by 0.12.'
    """
    before = _loss(conv2d(image, kernel) - target)

    def frame(row, column, way, tenths):
        nudged = kernel.astype(float)
        change = tenths if way == "up" else -tenths
        nudged[row, column] = (10 * kernel[row, column] + change) / TENTHS
        output = np.round(conv2d(image.astype(float), nudged), 9)
        off = np.round(output - target, 9)
        loss = _loss(off)
        kernel_panel = grid_panel(nudged, title="kernel", fill="kernel", index=True)
        outline(kernel_panel, "kernel", (row, column), colour="kernel edge")
        drawing = below(
            beside(grid_panel(image, title="image", index=True), kernel_panel),
            beside(
                grid_panel(output, title="output", paint={"output": np.ones(off.shape, bool)}),
                grid_panel(target, title="target"),
                grid_panel(off, title="off by", paint={"strong": off != 0}),
            ),
        )
        weight = number_text(nudged[row, column])
        return drawing, (
            f"The weight at row {row}, column {column} goes from {number_text(kernel[row, column])}"
            f" to {weight}: the loss goes from {number_text(before)} to {number_text(loss)},"
            f" by {number_text(round(loss - before, 9))}."
        )

    height, width = kernel.shape
    return Explorer(
        frame,
        play="tenths",
        row=(0, height - 1),
        column=(0, width - 1),
        way=["up", "down"],
        tenths=(0, TENTHS),
    )


def _loss(off):
    return round(float((off**2).sum() / 2), 9)
