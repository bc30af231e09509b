"""Explorer of two convolutions in a row beside the one that does the same."""

from convlib.core import conv2d, window
from convlib.draw import (
    below,
    beside,
    grid_panel,
    number_text,
    outline,
    output_panel,
    sign_panel,
    sum_of_products,
)
from convlib.explore.bend_the_line.merging import merged
from convlib.explore.engine import Cells, Explorer


def explore_stack(image, first, second):
    """Compute each output in two steps, and in one step with the merged kernel.

    Parameters
    ----------
    image, first, second : ndarray, 2-D

    Returns
    -------
    Explorer
        Sliders `row` and `column`: the output cell that is being computed.

    Examples
    --------
    >>> import numpy as np
    >>> explorer = explore_stack(np.array([[5, 0, 2]]), np.array([[1, 2]]), np.array([[3, -1]]))
    >>> explorer.picture().sentence
    'Row 0, column 0. Two steps: 5·3 + 4·(−1) = 11. One step: 5·3 + 0·5 + 2·(−2) = 11.'
    """
    between = conv2d(image, first)
    output = conv2d(between, second)
    kernel = merged(first, second)

    def frame(row, column):
        place = row, column
        seen = _window(place, second)
        pixels = _window(place, kernel)
        two = output_panel(output, place, title="two steps")
        one = output_panel(output, place, title="one step")
        drawing = below(
            beside(
                _under(image, "image", pixels),
                grid_panel(first, title="first kernel", fill="kernel"),
                sign_panel("→", two),
                _under(between, "between", seen),
            ),
            beside(
                grid_panel(second, title="second kernel", fill="kernel"),
                sign_panel("→", two),
                two,
            ),
            beside(
                grid_panel(kernel, title="merged kernel", fill="kernel"),
                sign_panel("→", one),
                one,
            ),
        )
        result = number_text(output[place])
        return drawing, (
            f"Row {row}, column {column}. Two steps:"
            f" {sum_of_products(between[seen], second)} = {result}. One step:"
            f" {sum_of_products(image[pixels], kernel)} = {result}."
        )

    height, width = output.shape
    return Explorer(
        frame,
        play=("row", "column"),
        cells={
            "two steps": Cells("row", "column"),
            "one step": Cells("row", "column"),
            "image": Cells("row", "column", size=kernel.shape),
            "between": Cells("row", "column", size=second.shape),
        },
        row=(0, height - 1),
        column=(0, width - 1),
    )


def _window(place, kernel):
    return tuple(map(window, place, kernel.shape, (1, 1)))


def _under(array, title, cells):
    panel = grid_panel(array, title=title, index=True, paint={"window": cells})
    return outline(panel, title, cells)
