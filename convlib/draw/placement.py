"""Panels that are made again and again: a grid with its title, a sign between two, a photograph."""

import numpy as np

from convlib.draw.canvas import Place, canvas
from convlib.draw.pieces import (
    draw_block,
    draw_grid,
    draw_label,
    draw_line,
    draw_outline,
    draw_photo,
)

TITLE = 0.9
"""Rows that a title takes above a grid."""

INDEX = 0.6
"""Rows that column numbers take below the title, and columns that row numbers take on the left."""

EDGE = 0.1
"""Room for the outline of a cell at the rim."""


def grid_panel(array, *, title="", room=None, index=False, wide=1, **options):
    """Make a panel that fits one grid with its title and its row and column numbers.

    Parameters
    ----------
    array : array_like, shape (H, W)
    title : str
    room : (int, int), optional
        Rows and columns to leave room for, so that larger grids in other states fit, too.
    index : bool
        Whether to number rows and columns.
    wide : float
        How many columns of the panel a cell takes: more than one for long numbers.
    **options
        As for `draw_grid`: `name`, `paint`, `fill`, `first`.

    Returns
    -------
    Panel
        `panel.grids[title]` tells where the grid stands.

    Examples
    --------
    >>> panel = grid_panel([[1, 2], [3, 4]], title="image", index=True)
    >>> panel.grids["image"]
    Place(row=1.5, column=0.7, height=2, width=2, first=0)
    """
    shape = np.ma.asarray(array).shape
    height, most = np.maximum(shape, shape if room is None else room).tolist()
    width = wide * shape[1]
    top = (TITLE if title else EDGE) + (INDEX if index else 0)
    overhang = max((text_width(title) - width) / 2, 0)
    left = EDGE + max(INDEX if index else 0, overhang)
    right = max(wide * most, width + overhang) + EDGE
    ax = canvas(left + right, top + height + EDGE)
    return draw_grid(ax, array, at=(top, left), title=title, index=index, wide=wide, **options)


def strip_panels(array, *, title, name=None, paint=None, most=9, first=0, fill="paper"):
    """Make panels of a wide grid, a run of its columns each, with the columns numbered.

    Parameters
    ----------
    array : array_like, shape (H, W)
    title : str
        Of the first panel; the others say that they continue it.
    name : str, optional
        Names the grid in the markup, the columns counted through; the title if left out.
    paint : dict, optional
        Colour name to a boolean mask of the array's shape.
    most : int
        Columns of a panel.
    first : int
        Number of the first column.
    fill : str
        Colour name of all other cells.

    Returns
    -------
    list of Panel

    Examples
    --------
    >>> [panel.width for panel in strip_panels([range(12)], title="memory")]
    [9.2, 4.28]
    """
    array = np.ma.asarray(array)
    masks = {colour: np.broadcast_to(mask, array.shape) for colour, mask in (paint or {}).items()}
    panels = []
    for start in range(0, array.shape[1], most):
        run = array[:, start : start + most]
        heading = f"{title}, continued" if start else title
        width = max(run.shape[1], text_width(heading))
        ax = canvas(2 * EDGE + width, TITLE + len(run) + 0.7)
        draw_grid(
            ax,
            run,
            at=(TITLE, EDGE),
            name=title if name is None else name,
            column=start,
            fill=fill,
            paint={colour: mask[:, start : start + most] for colour, mask in masks.items()},
        )
        draw_label(ax, heading, at=(TITLE - 0.45, EDGE), size="title", align="left")
        for j in range(run.shape[1]):
            at = (TITLE + len(run) + 0.35, EDGE + j + 0.5)
            draw_label(ax, first + start + j, at=at, size="index", colour="quiet")
        panels.append(ax)
    return panels


def photo_panel(image, *, height, title="", limits=(0, 255), is_ink=False):
    """Make a panel that fits one photograph with its title.

    Parameters
    ----------
    image : ndarray, shape (H, W) or (H, W, 3)
    height : float
        In cells; the width follows from the image's shape.
    title : str
    limits : (float, float)
        Values shown black and white.
    is_ink : bool
        Whether white and black are paper and ink, which a dark theme turns round.

    Returns
    -------
    Panel

    Examples
    --------
    >>> photo_panel(np.zeros((8, 16)), height=4, title="night").width
    8.2
    """
    width = height * image.shape[1] / image.shape[0]
    ax = canvas(max(width, text_width(title)) + 2 * EDGE, TITLE + height + EDGE)
    at = (TITLE, (ax.width - width) / 2)
    draw_photo(ax, image, at=at, height=height, title=title, limits=limits, is_ink=is_ink)
    return draw_block(ax, at=at, shape=(height, width), fill=None)


def sign_panel(sign, beside):
    """Make a narrow panel with a sign at half the height of a neighbour's first grid.

    Parameters
    ----------
    sign : str
        Such as "→", "×" or "=".
    beside : Panel
        Its neighbour.

    Returns
    -------
    Panel

    Examples
    --------
    >>> sign_panel("=", grid_panel([[1], [2]], title="image")).height
    3.0
    """
    ax = canvas(0.9, beside.height)
    ax.is_sign = True
    return draw_label(ax, sign, at=(_middle(beside), 0.45), size="sign", colour="quiet")


def text_panel(text, *, width=None, size="note", colour="ink", beside=None):
    """Make a panel of one line of text.

    Parameters
    ----------
    text : str
    width : float, optional
        In cells, if the line is longer in other states.
    size, colour : str
        Names of `SIZES` and `PALETTE`.
    beside : Panel, optional
        A neighbour; the line stands at half the height of its first grid.

    Returns
    -------
    Panel

    Examples
    --------
    >>> text_panel("6 + 5 = 11").height
    1
    """
    ax = canvas(width or text_width(text) + 0.4, beside.height if beside else 1)
    row = _middle(beside) if beside else 0.5
    return draw_label(ax, text, at=(row, ax.width / 2), size=size, colour=colour)


def _middle(panel):
    """Return the row at half the height of a panel's first grid."""
    grid = next(iter(panel.grids.values()))
    return grid.row + grid.height / 2


def text_width(text):
    """Estimate how many cells a title takes.

    Parameters
    ----------
    text : str

    Returns
    -------
    float

    Examples
    --------
    >>> text_width("image")
    1.2
    """
    return round(0.24 * len(text), 2)


def mark(ax, name, *, middle, shape):
    """Name a part of a panel that stands for something, such as a dot of a chart; draw nothing.

    Parameters
    ----------
    ax : Panel
    name : str
        Its name in `ax.grids`.
    middle, shape : (float, float)
        Row and column of its middle; its height and width in cells.

    Returns
    -------
    Panel

    Examples
    --------
    >>> mark(canvas(3, 3), "dot", middle=(1, 2), shape=(1, 0.5)).grids["dot"]
    Place(row=0.5, column=1.75, height=1, width=0.5, first=0)
    """
    corner = [m - s / 2 for m, s in zip(middle, shape, strict=True)]
    ax.grids[name] = Place(*corner, *shape)
    return ax


def tint(ax, grid, channel):
    """Mark a grid with the colour of its channel: a bar along its left side.

    Parameters
    ----------
    ax : Panel
    grid : str
        Name of a grid that stands on the panel.
    channel : str
        "red", "green" or "blue"; any other channel has no colour.

    Returns
    -------
    Panel

    Examples
    --------
    >>> panel = tint(grid_panel([[1], [2]], title="red"), "red", "red")
    """
    if channel in ("red", "green", "blue"):
        place = ax.grids[grid]
        start = (place.row, place.column - 0.06)
        end = (place.row + place.height, place.column - 0.06)
        draw_line(ax, start, end, colour=channel, width=5)
    return ax


def outline(ax, grid, cells, colour="window edge"):
    """Draw a frame around a block of cells of a grid.

    Parameters
    ----------
    ax : Panel
    grid : str
        Name of a grid that stands on the panel.
    cells : (slice or int, slice or int)
        Rows and columns of the block, such as `np.s_[1:4, 0:3]` or `(2, 2)`.
    colour : str
        Name of `PALETTE`.

    Returns
    -------
    Panel

    Examples
    --------
    >>> panel = outline(grid_panel([[1, 2, 3]], title="row"), "row", (0, 2))
    """
    place = ax.grids[grid]
    rows, columns = (
        (c, c + 1) if not isinstance(c, slice) else (c.start or 0, n if c.stop is None else c.stop)
        for c, n in zip(cells, (place.height, place.width), strict=True)
    )
    at = (place.row + rows[0], place.column + columns[0])
    shape = (rows[1] - rows[0], columns[1] - columns[0])
    return draw_outline(ax, at=at, shape=shape, colour=colour)


def output_panel(output, place, *, title="output", room=None, colour="output"):
    """Make the panel of an output whose cells after one are still blank, and mark that one.

    Parameters
    ----------
    output : ndarray, shape (H, W)
    place : (int, int)
        The cell that is being computed.
    title : str
    room : (int, int), optional
        Rows and columns to leave room for.
    colour : {'output', 'strong'}
        Colour of that cell.

    Returns
    -------
    Panel

    Examples
    --------
    >>> panel = output_panel(np.array([[12, 17], [10, 19]]), (0, 1))
    >>> panel.content().count("data-cell")
    2
    """
    so_far = up_to(output, place)
    ax = grid_panel(so_far, title=title, room=room, index=True, paint={colour: place})
    return outline(ax, title, place, colour=f"{colour} edge")


def up_to(output, place):
    """Mask the cells after one, in the order of reading.

    Parameters
    ----------
    output : ndarray, shape (H, W)
    place : (int, int)

    Returns
    -------
    numpy.ma.MaskedArray

    Examples
    --------
    >>> up_to(np.array([[1, 2], [3, 4]]), (1, 0)).tolist()
    [[1, 2], [3, None]]
    """
    later = np.arange(output.size) > np.ravel_multi_index(place, output.shape)
    return np.ma.masked_array(output, later.reshape(output.shape))
