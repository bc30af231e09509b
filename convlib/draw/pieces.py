"""The pieces of every drawing: cells, grids, labels, outlines, arrows, photographs.

Every `draw_*` takes a panel first, draws data it is given, computes nothing and returns the
panel. Positions are `(row, column)` in cells from the panel's top left corner. Colours are names
of `PALETTE`.
"""

from html import escape
from math import hypot

import numpy as np

from convlib.draw.canvas import CELL, Photo, Place, px
from convlib.draw.palette import variable
from convlib.draw.words import number_text

SIZES = {"number": 16, "title": 15, "note": 14, "index": 12, "sign": 24}
"""Font sizes in CSS pixels."""

SMALLEST = 11
DIGIT, MINUS = 0.6, 0.84  # widths of a digit and of a minus sign, in font sizes
FILLED = 0.8  # how much of a cell a number may take
BASELINE = 0.35  # of the font size below the middle of a line
ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def draw_cells(ax, cells, *, fill, edge="line", wide=1):
    """Fill cells with one colour.

    Parameters
    ----------
    ax : Panel
    cells : iterable of (float, float)
        Row and column of each cell's top left corner.
    fill, edge : str
        Names of `PALETTE`.
    wide : float
        How many columns of the panel a cell takes.

    Returns
    -------
    Panel
    """
    across = px(wide * CELL)
    path = "".join(
        f"M{px(column * CELL)} {px(row * CELL)}h{across}v{CELL}h-{across}z" for row, column in cells
    )
    if path:
        ax.add(
            f'<path style="fill:{variable(fill)};stroke:{variable(edge)}" data-fill="{fill}"'
            f' d="{path}"/>'
        )
    return ax


def draw_grid(
    ax,
    array,
    *,
    at=(0, 0),
    title="",
    name=None,
    paint=None,
    fill="paper",
    index=False,
    first=0,
    column=0,
    wide=1,
):
    """Draw a 2-D array as a grid of numbers.

    Parameters
    ----------
    ax : Panel
    array : array_like, shape (H, W)
        Numbers or short strings; cells of a masked array that are masked stay blank.
    at : (float, float)
        Row and column of the grid's top left corner.
    title : str
        Text above the grid.
    name : str, optional
        Names the grid in `ax.grids` and in the markup; the title if left out.
    paint : dict, optional
        Colour name to an index of the array (`np.s_[0:3, 1:4]` or a boolean mask): those cells
        get that fill. Later entries paint over earlier ones.
    fill : str
        Colour name of all other cells.
    index : bool
        Whether to number rows and columns along the left and upper side.
    first : int
        With `index`, the number of the first row and column: −1 for a frame around an image.
    column : int
        In the names of the cells, the number of the first column: for a part of a wider grid.
    wide : float
        How many columns of the panel a cell takes: more than one for long numbers.

    Returns
    -------
    Panel
    """
    array = np.ma.asarray(array)
    height, width = array.shape
    top, left = at
    name = title if name is None else name
    ax.grids[name] = Place(top, left, height, wide * width, column)
    fills = np.full(array.shape, fill, dtype=object)
    for colour, where in (paint or {}).items():
        fills[where] = colour
    for colour in dict.fromkeys(fills.flat):
        rows, columns = np.nonzero(fills == colour)
        corners = zip(rows + top, wide * columns + left, strict=True)
        draw_cells(ax, corners, fill=colour, wide=wide)
    for (i, j), value in np.ma.ndenumerate(array):
        middle = (top + i + 0.5, left + wide * (j + 0.5))
        cell = f"{name}[{i},{column + j}]"
        draw_label(ax, value, at=middle, size="number", cell=cell, wide=wide)
    if index:
        for i in range(height):
            draw_label(ax, first + i, at=(top + i + 0.5, left - 0.35), size="index", colour="quiet")
        for j in range(width):
            at = (top - 0.3, left + wide * (j + 0.5))
            draw_label(ax, first + j, at=at, size="index", colour="quiet")
    if title:
        above = 0.95 if index else 0.45
        draw_label(ax, title, at=(top - above, left + wide * width / 2), size="title")
    return ax


def draw_label(ax, value, *, at, size="note", colour="ink", align="center", cell=None, wide=1):
    """Write a number or a text, centred vertically on a point.

    Parameters
    ----------
    ax : Panel
    value : object
        Floats are written with at most two decimals, the minus as a true minus sign.
    at : (float, float)
        Row and column of the point.
    size : str
        Name of `SIZES`. A "number" that is too wide for a cell is written smaller.
    colour : str
        Name of `PALETTE`.
    align : {'center', 'left', 'right'}
        Which part of the text stands on the point.
    cell : str, optional
        Names the number in the markup: `grid[row,column]`.
    wide : float
        How many columns the cell takes.

    Returns
    -------
    Panel
    """
    row, column = at
    text = number_text(value)
    points = SIZES[size]
    if size == "number" and text:
        width = DIGIT * len(text) + (MINUS - DIGIT) * text.count("−")
        points = max(min(points, int(FILLED * wide * CELL / width)), SMALLEST)
    named = "" if cell is None else f' data-cell="{escape(cell)}"'
    ax.add(
        f'<text x="{px(column * CELL)}" y="{px(row * CELL + BASELINE * points)}"{named}'
        f' font-size="{px(points)}" text-anchor="{ANCHORS[align]}"'
        f' style="fill:{variable(colour)}">{escape(text, quote=False)}</text>'
    )
    return ax


def draw_outline(ax, *, at, shape, colour="window edge"):
    """Draw a thick frame around a block of cells.

    Parameters
    ----------
    ax : Panel
    at : (float, float)
        Row and column of the block's top left corner.
    shape : (float, float)
        Height and width of the block in cells.
    colour : str
        Name of `PALETTE`.

    Returns
    -------
    Panel
    """
    return draw_block(ax, at=at, shape=shape, fill=None, edge=colour, width=3)


def draw_block(ax, *, at, shape, fill, edge="line", width=1):
    """Draw a rectangle.

    Parameters
    ----------
    ax : Panel
    at, shape : (float, float)
        Row and column of its top left corner; its height and width in cells.
    fill : str or None
        Name of `PALETTE`; nothing inside if None.
    edge : str
        Name of `PALETTE`.
    width : float
        Of the edge, in CSS pixels.

    Returns
    -------
    Panel
    """
    (row, column), (height, across) = at, shape
    inside = "none" if fill is None else variable(fill)
    ax.add(
        f'<rect x="{px(column * CELL)}" y="{px(row * CELL)}" width="{px(across * CELL)}"'
        f' height="{px(height * CELL)}" style="fill:{inside};stroke:{variable(edge)};'
        f'stroke-width:{px(width)}"/>'
    )
    return ax


def draw_line(ax, *points, colour="outside", width=1.5):
    """Draw straight lines from point to point.

    Parameters
    ----------
    ax : Panel
    *points : (float, float)
        Row and column.
    colour : str
        Name of `PALETTE`.
    width : float
        In CSS pixels.

    Returns
    -------
    Panel
    """
    path = "L".join(f"{px(column * CELL)} {px(row * CELL)}" for row, column in points)
    ax.add(
        f'<path d="M{path}" style="fill:none;stroke:{variable(colour)};stroke-width:{px(width)}"/>'
    )
    return ax


def draw_arrow(ax, *, start, end, colour="quiet"):
    """Draw an arrow from one point to another.

    Parameters
    ----------
    ax : Panel
    start, end : (float, float)
        Row and column.
    colour : str
        Name of `PALETTE`.

    Returns
    -------
    Panel
    """
    (top, left), (row, column) = start, end
    down, right = row - top, column - left
    length = hypot(down, right)
    down, right = down / length, right / length
    back, side = 0.28, 0.11
    neck = (row - back * down, column - back * right)
    head = [
        end,
        (neck[0] + side * right, neck[1] - side * down),
        (neck[0] - side * right, neck[1] + side * down),
    ]
    draw_line(ax, start, neck, colour=colour)
    path = "L".join(f"{px(column * CELL)} {px(row * CELL)}" for row, column in head)
    ax.add(f'<path d="M{path}z" style="fill:{variable(colour)}"/>')
    return ax


def draw_dot(ax, *, at, colour, radius=0.2):
    """Draw a filled circle.

    Parameters
    ----------
    ax : Panel
    at : (float, float)
        Row and column of its middle.
    colour : str
        Name of `PALETTE`.
    radius : float
        In cells.

    Returns
    -------
    Panel
    """
    row, column = at
    ax.add(
        f'<circle cx="{px(column * CELL)}" cy="{px(row * CELL)}" r="{px(radius * CELL)}"'
        f' style="fill:{variable(colour)};stroke:{variable("ink")}"/>'
    )
    return ax


def draw_photo(ax, image, *, at=(0, 0), height, title="", limits=(0, 255), is_ink=False):
    """Draw an image whose pixels are too many to number.

    Parameters
    ----------
    ax : Panel
    image : ndarray, shape (H, W) or (H, W, 3)
        Grey levels, black at `limits[0]` and white at `limits[1]`; or uint8 RGB.
    at : (float, float)
        Row and column of the top left corner.
    height : float
        Height in cells; the width follows from the image's shape.
    title : str
        Text above the image. It also names the image in `ax.grids`.
    limits : (float, float)
        Values shown black and white; what lies beyond is clipped.
    is_ink : bool
        Whether white and black are paper and ink, which a dark theme turns round.

    Returns
    -------
    Panel
    """
    top, left = at
    width = height * image.shape[1] / image.shape[0]
    ax.grids[title] = Place(top, left, height, width)
    pixels = image if image.ndim == 3 else grey_levels(image, limits)
    ax.add(Photo(pixels, left * CELL, top * CELL, width * CELL, height * CELL, is_ink))
    if title:
        draw_label(ax, title, at=(top - 0.45, left + width / 2), size="title")
    return ax


def grey_levels(image, limits):
    """Turn numbers into bytes, from 0 at the first limit to 255 at the second.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    limits : (float, float)

    Returns
    -------
    ndarray of uint8, shape (H, W)

    Examples
    --------
    >>> grey_levels(np.array([[-1, 0, 2, 5]]), (0, 4))
    array([[  0,   0, 128, 255]], dtype=uint8)
    """
    black, white = limits
    share = (image.astype(float) - black) / max(white - black, 1e-300)
    return np.rint(np.clip(share, 0, 1) * 255).astype(np.uint8)


def draw_pixels(ax, image, *, at=(0, 0), title="", limits=(0, 255)):
    """Draw a small image, one pixel a cell, and write its number on every pixel.

    Parameters
    ----------
    ax : Panel
    image : ndarray, shape (H, W)
    at : (float, float)
        Row and column of the top left corner.
    title : str
        Text above the image. It also names the pixels, `title[i,j]`.
    limits : (float, float)
        Values shown black and white.

    Returns
    -------
    Panel
    """
    top, left = at
    black, white = limits
    draw_photo(ax, image, at=at, height=image.shape[0], title=title, limits=limits)
    for (i, j), value in np.ndenumerate(image):
        is_dark = value < black + 0.46 * (white - black)
        draw_label(
            ax,
            value,
            at=(top + i + 0.5, left + j + 0.5),
            size="number",
            colour="on dark pixel" if is_dark else "on light pixel",
            cell=f"{title}[{i},{j}]",
        )
    return ax
