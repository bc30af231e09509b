"""Many small pictures beside each other as ink on paper, and cells too many to number."""

import numpy as np

from convlib.draw.canvas import Place, canvas
from convlib.draw.palette import PALETTE
from convlib.draw.pieces import draw_block, draw_label, draw_line, draw_outline, grey_levels
from convlib.draw.placement import EDGE, TITLE, photo_panel, text_width


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


def inked_signs(values):
    """Turn numbers into colours: ink above 0, pink below it, paper at 0.

    Parameters
    ----------
    values : ndarray of any shape
        The largest of them, sign dropped, gets the full colour.

    Returns
    -------
    ndarray of uint8, of the same shape and one axis more

    Examples
    --------
    >>> inked_signs(np.array([0.0, 2.0, -2.0])).tolist()
    [[255, 255, 255], [0, 0, 0], [176, 38, 122]]
    """
    pink = np.frombuffer(bytes.fromhex(PALETTE["strong edge"]["light"][1:]), np.uint8)
    full = np.where(values[..., np.newaxis] < 0, pink, 0)
    share = np.abs(values) / max(np.abs(values).max(), 1e-300)
    return np.rint(255 - share[..., np.newaxis] * (255 - full)).astype(np.uint8)


def ink_panel(values, *, height, title="", limits=(0, 1)):
    """Make a panel of numbers as ink on paper.

    Parameters
    ----------
    values : ndarray, shape (H, W)
    height : float
        In cells; the width follows from the shape.
    title : str
    limits : (float, float)
        Values shown as paper and as ink.

    Returns
    -------
    Panel

    Examples
    --------
    >>> ink_panel(np.zeros((8, 16)), height=4, title="paper").width
    8.2
    """
    return photo_panel(inked(values, limits), height=height, title=title, is_ink=True)


def gallery_panel(pictures, *, columns, width, title="", chosen=None):
    """Make a panel of small pictures in rows, with lines between them.

    Parameters
    ----------
    pictures : ndarray of uint8, shape (N, H, W) or (N, H, W, 3)
        Ink on paper, or colours on it.
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
    count, height, across, *colours = pictures.shape
    rows = -(-count // columns)
    cells = np.full((rows * columns, height, across, *colours), 255, np.uint8)
    cells[:count] = pictures
    whole = cells.reshape(rows, columns, height, across, *colours).swapaxes(1, 2)
    whole = whole.reshape(rows * height, columns * across, *colours)
    side = width / columns
    tall = side * height / across
    ax = photo_panel(whole, height=rows * tall, title=title, is_ink=True)
    top, left = ax.grids[title][:2]
    for colour, thick in (("paper", 4), ("line", 1)):  # grey pictures stand apart, too
        for row in range(1, rows):
            at = top + row * tall
            draw_line(ax, (at, left), (at, left + width), colour=colour, width=thick)
        for column in range(1, columns):
            at = left + column * side
            draw_line(ax, (top, at), (top + rows * tall, at), colour=colour, width=thick)
    if chosen is not None:
        row, column = divmod(chosen, columns)
        draw_outline(
            ax,
            at=(top + row * tall, left + column * side),
            shape=(tall, side),
            colour="kernel edge",
        )
    return ax


def squares_panel(marked, *, width, title, fill="window"):
    """Make a panel of a grid whose cells are too many to number, some of them coloured.

    Parameters
    ----------
    marked : ndarray of bool, shape (H, W)
        The coloured cells.
    width : float
        Of the grid, in cells of the other drawings.
    title : str
    fill : str
        Name of `PALETTE`.

    Returns
    -------
    Panel

    Examples
    --------
    >>> squares_panel(np.eye(8, dtype=bool), width=4, title="image").grids["image"].height
    4.0
    """
    rows, columns = marked.shape
    side = width / columns
    ax = canvas(max(width, text_width(title)) + 2 * EDGE, TITLE + rows * side + EDGE)
    top, left = TITLE, (ax.width - width) / 2
    ax.grids[title] = Place(top, left, rows * side, width)
    draw_label(ax, title, at=(top - 0.45, ax.width / 2), size="title")
    draw_block(ax, at=(top, left), shape=(rows * side, width), fill="paper")
    for i, j in np.argwhere(marked):
        draw_block(ax, at=(top + i * side, left + j * side), shape=(side, side), fill=fill)
    for row in range(1, rows):
        at = top + row * side
        draw_line(ax, (at, left), (at, left + width), colour="line", width=0.5)
    for column in range(1, columns):
        at = left + column * side
        draw_line(ax, (top, at), (top + rows * side, at), colour="line", width=0.5)
    return ax
