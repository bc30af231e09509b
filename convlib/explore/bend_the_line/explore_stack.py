"""Explorer of two convolutions in a row beside the one that does the same."""

from convlib.core import conv2d, window
from convlib.draw import (
    beside,
    canvas,
    draw_arrow,
    grid_panel,
    number_text,
    outline,
    output_panel,
    sum_of_products,
)
from convlib.explore.bend_the_line.merging import merged
from convlib.explore.engine import Cells, Explorer

ARROW = 0.2
"""Columns from an arrow to the kernel beside it."""

LEAD = 0.9
"""Cells that the arrows to and from the first kernel are long."""


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
        drawing = _two_ways(
            _under(image, "image", pixels),
            grid_panel(first, title="first kernel", fill="kernel"),
            _under(between, "between", seen),
            grid_panel(second, title="second kernel", fill="kernel"),
            output_panel(output, place, title="two steps"),
            grid_panel(kernel, title="merged kernel", fill="kernel"),
            output_panel(output, place, title="one step"),
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


def _two_ways(image, first, between, second, two, merged_kernel, one):
    """Lay out the short way down from the image, and beside it the long one by the first kernel."""
    (pixels,), (weights,) = (panel.grids.values() for panel in (image, first))
    from_image, to_kernel = pixels.row + 0.5, weights.row + weights.height / 2
    level = max(from_image, to_kernel)
    top = level - to_kernel + first.height + LEAD
    height = top + max(
        above.height + kernel.height + result.height
        for above, kernel, result in [(image, merged_kernel, one), (between, second, two)]
    )
    short = _down(image, merged_kernel, one, level - from_image, height)
    long = _down(between, second, two, top, height)
    long.put(first, at=(level - to_kernel, LEAD))
    column = LEAD + weights.column + weights.width / 2
    draw_arrow(long, start=(level, 0), end=(level, LEAD))
    draw_arrow(long, start=(top - LEAD, column), end=(top, column))
    return beside(short, long)


def _down(above, kernel, result, top, height):
    """Make one panel: an arrow from a grid down to the result, with the kernel beside it."""
    (made,) = result.grids.values()
    arrow = made.column + 0.5
    widths = above.width, result.width, arrow + ARROW + kernel.width, LEAD + kernel.width
    ax = canvas(max(widths), height)
    start, end = top + above.height, height - result.height
    ax.put(above, at=(top, 0))
    ax.put(kernel, at=((start + end - kernel.height) / 2, arrow + ARROW))
    ax.put(result, at=(end, 0))
    return draw_arrow(ax, start=(start, arrow), end=(end, arrow))
