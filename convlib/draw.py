"""Draw arrays of numbers and photographs on a canvas measured in cells.

Every `draw_*` takes the axes first, draws data it is given, computes nothing
and returns the axes. Positions are `(row, column)` in cells from the top left
corner, the way arrays are indexed. Colours are names of `PALETTE`.
"""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

CELL = 0.4
"""Side of one cell in inches."""

SIZES = {"number": 13, "title": 11, "note": 11, "index": 9, "sign": 18}
"""Font sizes in points."""

PALETTE = {
    "ink": "#1f2328",
    "quiet": "#59636e",
    "line": "#848d97",
    "paper": "#ffffff",
    "outside": "#e8eaed",
    "window": "#cde5f7",
    "kernel": "#fde2ad",
    "output": "#c3ead7",
    "strong": "#f6cfe1",
    "window edge": "#0b6bb0",
    "kernel edge": "#a35c00",
    "output edge": "#0a7a58",
    "strong edge": "#b0267a",
    "on dark pixel": "#fdfdfd",
    "on light pixel": "#0b0d10",
}
"""Hues from the Okabe-Ito set, told apart by colour-blind readers; pale fills
carry `ink` text, the edges are dark enough to read as lines and as text.
Text on a pixel keeps its colour in dark mode, as the pixel does."""


def canvas(width, height):
    """Make an empty drawing and return its axes.

    Parameters
    ----------
    width, height : float
        Size in cells.

    Returns
    -------
    matplotlib.axes.Axes
        Axes that fill a new figure, row 0 at the top; `ax.figure` is the figure.

    Examples
    --------
    >>> ax = canvas(6, 4)
    >>> draw_grid(ax, [[1, 2], [3, 4]], at=(1, 1)) is ax
    True
    """
    figure = Figure(figsize=(width * CELL, height * CELL))
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.axis("off")
    return ax


def draw_cells(ax, cells, *, fill, edge="line"):
    """Fill unit squares with one colour.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    cells : iterable of (float, float)
        Row and column of each square's top left corner.
    fill, edge : str
        Names of `PALETTE`.

    Returns
    -------
    matplotlib.axes.Axes
    """
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
    squares = [Path(square + (column, row), closed=True) for row, column in cells]
    if squares:
        path = Path.make_compound_path(*squares)
        ax.add_patch(PathPatch(path, facecolor=PALETTE[fill], edgecolor=PALETTE[edge], lw=0.8))
    return ax


def draw_grid(ax, array, *, at=(0, 0), title="", paint=None, fill="paper", index=False,
              first=0):
    """Draw a 2-D array as a grid of numbers.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    array : array_like, shape (H, W)
        Numbers or short strings; cells of a masked array that are masked stay blank.
    at : (float, float)
        Row and column of the grid's top left corner.
    title : str
        Text above the grid. It also names the cells, `title[i,j]`, for `drawn_numbers`.
    paint : dict, optional
        Colour name to an index of the array (`np.s_[0:3, 1:4]` or a boolean mask):
        those cells get that fill. Later entries paint over earlier ones.
    fill : str
        Colour name of all other cells.
    index : bool
        Whether to number rows and columns along the left and upper side.
    first : int
        With `index`, the number of the first row and column: −1 for a frame around an image.

    Returns
    -------
    matplotlib.axes.Axes
    """
    array = np.ma.asarray(array)
    height, width = array.shape
    top, left = at
    fills = np.full(array.shape, fill, dtype=object)
    for name, where in (paint or {}).items():
        fills[where] = name
    for name in dict.fromkeys(fills.flat):
        rows, columns = np.nonzero(fills == name)
        draw_cells(ax, zip(rows + top, columns + left), fill=name)
    for (i, j), value in np.ma.ndenumerate(array):
        label = draw_label(ax, value, at=(top + i + 0.5, left + j + 0.5), size="number")
        label.texts[-1].set_gid(f"{title}[{i},{j}]")
    if index:
        for i in range(height):
            draw_label(ax, first + i, at=(top + i + 0.5, left - 0.35), size="index",
                       colour="quiet")
        for j in range(width):
            draw_label(ax, first + j, at=(top - 0.3, left + j + 0.5), size="index",
                       colour="quiet")
    if title:
        height_above = 0.95 if index else 0.45
        draw_label(ax, title, at=(top - height_above, left + width / 2), size="title")
    return ax


def draw_label(ax, value, *, at, size="note", colour="ink", align="center"):
    """Write a number or a text, centred vertically on a point.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    value : object
        Floats are written with at most two decimals, the minus as a true minus sign.
    at : (float, float)
        Row and column of the point.
    size : str
        Name of `SIZES`.
    colour : str
        Name of `PALETTE`.
    align : {'center', 'left', 'right'}
        Which part of the text stands on the point.

    Returns
    -------
    matplotlib.axes.Axes
    """
    row, column = at
    text = number_text(value)
    is_wide = size == "number" and len(text) + text.count("−") > 3
    points = SIZES[size] * (0.8 if is_wide else 1)
    ax.text(column, row, text, ha=align, va="center_baseline", fontsize=points,
            color=PALETTE[colour])
    return ax


def number_text(value):
    """Write a value the way every drawing and sentence of the book does.

    Parameters
    ----------
    value : object

    Returns
    -------
    str

    Examples
    --------
    >>> number_text(-3), number_text(0.5), number_text(np.float64(2)), number_text(-np.inf)
    ('−3', '0.5', '2', '−∞')
    """
    if isinstance(value, (float, np.floating)) and np.isinf(value):
        value = "-∞" if value < 0 else "∞"
    elif isinstance(value, (float, np.floating)):
        value = f"{value:.2f}".rstrip("0").rstrip(".")
        value = "0" if value == "-0" else value
    text = str(value)
    is_negative = text[:1] == "-" and len(text) > 1
    return "−" + text[1:] if is_negative else text


def draw_outline(ax, *, at, shape, colour="window edge"):
    """Draw a thick frame around a block of cells.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    at : (float, float)
        Row and column of the block's top left corner.
    shape : (float, float)
        Height and width of the block in cells.
    colour : str
        Name of `PALETTE`.

    Returns
    -------
    matplotlib.axes.Axes
    """
    (row, column), (height, width) = at, shape
    ax.add_patch(Rectangle((column, row), width, height, fill=False, lw=2.4,
                           edgecolor=PALETTE[colour], joinstyle="round"))
    return ax


def draw_arrow(ax, *, start, end, colour="quiet"):
    """Draw an arrow from one point to another.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    start, end : (float, float)
        Row and column.
    colour : str
        Name of `PALETTE`.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax.annotate("", xy=end[::-1], xytext=start[::-1],
                arrowprops={"arrowstyle": "-|>", "color": PALETTE[colour], "lw": 1.2,
                            "shrinkA": 0, "shrinkB": 0})
    return ax


def draw_photo(ax, image, *, at=(0, 0), height, title="", limits=(0, 255)):
    """Draw an image whose pixels are too many to number.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    image : ndarray, shape (H, W) or (H, W, 3)
        Grey levels, black at `limits[0]` and white at `limits[1]`; or uint8 RGB.
    at : (float, float)
        Row and column of the top left corner.
    height : float
        Height in cells; the width follows from the image's shape.
    title : str
        Text above the image.
    limits : (float, float)
        Values shown black and white; what lies beyond is clipped.

    Returns
    -------
    matplotlib.axes.Axes
    """
    top, left = at
    width = height * image.shape[1] / image.shape[0]
    view = ax.axis()
    ax.imshow(image, cmap="gray", vmin=limits[0], vmax=limits[1], interpolation="none",
              extent=(left, left + width, top + height, top), aspect="auto", zorder=1)
    ax.axis(view)
    if title:
        draw_label(ax, title, at=(top - 0.45, left + width / 2), size="title")
    return ax


def draw_pixels(ax, image, *, at=(0, 0), title="", limits=(0, 255)):
    """Draw a small image, one pixel a cell, and write its number on every pixel.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    image : ndarray, shape (H, W)
    at : (float, float)
        Row and column of the top left corner.
    title : str
        Text above the image. It also names the pixels, `title[i,j]`.
    limits : (float, float)
        Values shown black and white.

    Returns
    -------
    matplotlib.axes.Axes
    """
    top, left = at
    black, white = limits
    draw_photo(ax, image, at=at, height=image.shape[0], title=title, limits=limits)
    for (i, j), value in np.ndenumerate(image):
        is_dark = value < black + 0.46 * (white - black)
        draw_label(ax, value, at=(top + i + 0.5, left + j + 0.5), size="note",
                   colour="on dark pixel" if is_dark else "on light pixel")
        ax.texts[-1].set_gid(f"{title}[{i},{j}]")
    return ax
