"""The image under a pooling window, its winner marked, and the output so far."""

import numpy as np

from convlib.draw import (
    beside,
    canvas,
    draw_cells,
    draw_grid,
    number_text,
    outline,
    output_panel,
    sign_panel,
)
from convlib.draw.placement import EDGE, INDEX, TITLE


def pooled_image(image, place, size, winner, *, title, index=False, room=None):
    """Draw the image with the window outlined and its winner marked.

    Parameters
    ----------
    image : ndarray, shape (H, W)
        Masked cells belong to a border and stay blank.
    place : (int, int)
        Row and column where the window starts; it may hang over the edge.
    size : int
    winner : (int, int)
        Row and column of the largest number.
    title : str
    index : bool
        Whether to number rows and columns.
    room : (int, int), optional
        Rows and columns that windows reach over in any state.

    Returns
    -------
    Panel
    """
    row, column = place
    height, width = image.shape if room is None else room
    top, left = TITLE + (INDEX if index else 0), EDGE + (INDEX if index else 0)
    ax = canvas(left + width + EDGE, top + height + EDGE)
    hanging = [
        (top + i, left + j)
        for i in range(row, row + size)
        for j in range(column, column + size)
        if i >= image.shape[0] or j >= image.shape[1]
    ]
    draw_cells(ax, hanging, fill="outside")
    window = np.s_[row : row + size, column : column + size]
    paint = {"window": window, "outside": np.ma.getmaskarray(image), "strong": winner}
    draw_grid(ax, image, at=(top, left), title=title, index=index, paint=paint)
    outline(ax, title, window)
    return outline(ax, title, winner, colour="strong edge")


def to_output(image_panel, output, place):
    """Put the output so far beside an image, and an arrow between them."""
    result = output_panel(output, place, colour="strong")
    return beside(image_panel, sign_panel("→", result), result)


def largest_of(patch):
    """Write the numbers of a patch and the largest of them.

    Parameters
    ----------
    patch : ndarray

    Returns
    -------
    str

    Examples
    --------
    >>> largest_of(np.array([[1, -np.inf], [7, 5]]))
    'the largest of 1, −∞, 7, 5 is 7'
    """
    numbers = ", ".join(number_text(value) for value in patch.flat)
    return f"the largest of {numbers} is {number_text(patch.max())}"
