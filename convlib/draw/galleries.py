"""Many small pictures beside each other, as ink on paper."""

import numpy as np

from convlib.draw.pieces import draw_line, draw_outline, grey_levels
from convlib.draw.placement import photo_panel


def inked(values, limits=(0, 1)):
    """Turn numbers into grey levels of ink on paper: the larger, the darker.

    Parameters
    ----------
    values : ndarray of any shape
    limits : (float, float)
        Values shown as white paper and as black ink; what lies beyond is clipped.

    Returns
    -------
    ndarray of uint8, of the same shape

    Examples
    --------
    >>> inked(np.array([0.0, 0.5, 1.0, 7.0]))
    array([255, 127,   0,   0], dtype=uint8)
    """
    return 255 - grey_levels(values, limits)


def gallery_panel(pictures, *, columns, width, title="", chosen=None):
    """Make a panel of small pictures in rows, with lines between them.

    Parameters
    ----------
    pictures : ndarray of uint8, shape (N, H, W)
        Grey levels.
    columns : int
        Pictures in a row; what the last row leaves free stays white.
    width : float
        Of the whole, in cells.
    title : str
    chosen : int, optional
        Number of a picture, counted as one reads, that gets a frame.

    Returns
    -------
    Panel

    Examples
    --------
    >>> gallery_panel(np.zeros((5, 4, 4), np.uint8), columns=3, width=6).height
    5.0
    """
    count, height, across = pictures.shape
    rows = -(-count // columns)
    cells = np.full((rows * columns, height, across), 255, np.uint8)
    cells[:count] = pictures
    whole = cells.reshape(rows, columns, height, across).swapaxes(1, 2)
    whole = whole.reshape(rows * height, columns * across)
    side = width / columns
    tall = side * height / across
    ax = photo_panel(whole, height=rows * tall, title=title)
    top, left, _, _ = ax.grids[title]
    for row in range(1, rows):
        draw_line(ax, (top + row * tall, left), (top + row * tall, left + width), colour="line")
    for column in range(1, columns):
        at = left + column * side
        draw_line(ax, (top, at), (top + rows * tall, at), colour="line")
    if chosen is not None:
        row, column = divmod(chosen, columns)
        draw_outline(
            ax,
            at=(top + row * tall, left + column * side),
            shape=(tall, side),
            colour="kernel edge",
        )
    return ax
