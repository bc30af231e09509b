"""Explorer of the way back as a window: the flipped kernel slides over dy and its zeros."""

import numpy as np

from convlib.core import conv2d, flip, pad, window
from convlib.draw import (
    below,
    beside,
    grid_panel,
    listing,
    number_text,
    outline,
    output_panel,
    sign_panel,
    sum_of_products,
)
from convlib.explore.engine import Cells, Explorer

AROUND = "dy and zeros"
GRADIENT = "image's gradient"


def explore_flipped(dy, kernel):
    """Slide the flipped kernel over the output's gradient and zeros, and compare with its stamps.

    Parameters
    ----------
    dy, kernel : ndarray, 2-D

    Returns
    -------
    Explorer
        Sliders `row` and `column` of the pixel.

    Examples
    --------
    >>> explore_flipped(np.array([[1, 10]]), np.array([[5, 7]])).picture(column=1).sentence
    'The pixel at row 0, column 1 gets 1·7 + 10·5 = 57. The stamps on it leave 7, 50, \
which is the same.'
    """
    down, across = (n - 1 for n in kernel.shape)
    border = ((down, down), (across, across))
    padded = pad(dy, border)
    is_zero = pad(np.zeros(dy.shape, dtype=bool), border, True)
    turned = flip(kernel)
    gradient = conv2d(padded, turned)

    def frame(row, column):
        seen = window(row, kernel.shape[0], 1), window(column, kernel.shape[1], 1)
        in_view = np.zeros(padded.shape, dtype=bool)
        in_view[seen] = True
        paint = {"outside": is_zero, "window": in_view & ~is_zero}
        around = grid_panel(padded, title=AROUND, paint=paint)
        outline(around, AROUND, seen)
        turned_panel = grid_panel(turned, title="flipped kernel", name="kernel", fill="kernel")
        result = output_panel(gradient, (row, column), title=GRADIENT)
        stamped = _stamped(dy, kernel, row, column)
        is_on_it = ~np.ma.getmaskarray(stamped)
        stamps = grid_panel(
            stamped, title="what each stamp leaves on it", paint={"kernel": is_on_it}
        )
        drawing = below(beside(around, turned_panel, sign_panel("→", result), result), stamps)
        return drawing, (
            f"The pixel at row {row}, column {column} gets"
            f" {sum_of_products(padded[seen], turned)} = {number_text(gradient[row, column])}."
            f" The stamps on it leave {listing(stamped.compressed())}, which is the same."
        )

    height, width = gradient.shape
    return Explorer(
        frame,
        play=("row", "column"),
        cells={
            GRADIENT: Cells("row", "column"),
            AROUND: Cells("row", "column", size=kernel.shape),
        },
        row=(0, height - 1),
        column=(0, width - 1),
    )


def _stamped(dy, kernel, row, column):
    """Return what the stamp of every output leaves on one pixel, masked where it does not reach."""
    stamped = np.ma.masked_all(dy.shape, dtype=int)
    for i, j in np.ndindex(dy.shape):
        u, v = row - i, column - j
        if 0 <= u < kernel.shape[0] and 0 <= v < kernel.shape[1]:
            stamped[i, j] = dy[i, j] * kernel[u, v]
    return stamped
