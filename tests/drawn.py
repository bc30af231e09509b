"""Read numbers, colours, frames and dots back from a drawing's markup, state by state.

Everything is measured in cells, `(row, column)`, the way arrays are indexed.
"""

import base64
import json
import re
import zlib
from functools import lru_cache
from html import unescape
from xml.etree import ElementTree

import numpy as np

from convlib.draw.canvas import CELL, Photo
from convlib.draw.pieces import BASELINE
from convlib.explore.homes.page import explorer_html

PACKED = re.compile(r'class="explorer-frames">([^<]*)</script>')
CELL_NAME = re.compile(r"(.*)\[(\d+),(\d+)\]")
NUMBER = re.compile(r'data-cell="([^"]*)\[(\d+),(\d+)\]"[^>]*>([^<]*)</text>')
TEXT = re.compile(r"<text [^>]*>([^<]*)</text>")
SQUARE = re.compile(rf"M([-\d.]+) ([-\d.]+)h([\d.]+)v{CELL}h-\3z")
VARIABLE = re.compile(r"(fill|stroke):var\(--draw-([a-z-]+),")
WIDTH = re.compile(r"stroke-width:([\d.]+)")
POINT = re.compile(r'<rect class="point"[^>]*/>')
SHIFT = re.compile(r"translate\(([-\d.]+) ([-\d.]+)\)")


# ---------------------------------------------------------------- states


def unpacked(html):
    """Return the data that the page's script unpacks: states, frames, images, play."""
    packed = PACKED.search(html)[1]
    return json.loads(zlib.decompress(base64.b64decode(packed), wbits=-15))


def walked(data, names):
    """Yield the values, the markup and the sentence of every state of unpacked data."""

    def walk(state, chosen):
        if len(chosen) == len(names):
            sentence, markup = data["frames"][state]
            yield chosen, re.sub(r"@(\d+)@", lambda n: data["images"][int(n[1])], markup), sentence
            return
        for choice, child in zip(*state, strict=True):
            yield from walk(child, {**chosen, names[len(chosen)]: choice})

    yield from walk(data["states"], {})


def shown(explorer):
    """Yield the values, the markup and the sentence of every state that the page can show.

    The markup is that of the drawing alone: what can be pointed at is left out.
    """
    for values, markup, says in walked(unpacked(explorer_html(explorer)), list(explorer.sliders)):
        yield values, POINT.sub("", markup), says


# ---------------------------------------------------------------- grids of numbers


def grids(markup):
    """Return the grids of numbers that SVG markup shows: name -> 2-D array.

    Blank cells are NaN. A grid reaches as far as its last written cell.
    """
    cells = {}
    for name, i, j, text in NUMBER.findall(markup):
        cells.setdefault(unescape(name), {})[int(i), int(j)] = number(text)
    return {name: _filled(numbers) for name, numbers in cells.items()}


def number(text):
    """Read a number as drawings write it: −3, 1/16, ∞."""
    top, _, bottom = text.replace("−", "-").replace("∞", "inf").partition("/")
    return float(top) / float(bottom or 1)


def texts(markup):
    """List every text of a drawing, in the order in which they were drawn."""
    return [unescape(text) for text in TEXT.findall(markup)]


def painted(markup, name, colour):
    """Return the set of cells (i, j) of a grid whose numbers stand on squares of one colour."""
    return {
        (i, j)
        for panel in panels(markup)
        for grid, i, j, row, column in panel.cells
        if grid == name and panel.fill_at(row, column) == colour
    }


def filled(markup, name, colour):
    """Return the squares of one colour, with a number or without, that can be seen.

    They are counted in cells of the grid `name`, whose panel is looked at.
    """
    _assert_shown(markup, name)
    found = set()
    for panel in panels(markup):
        if name in panel.corners:
            top, left = panel.corners[name]
            found |= {
                (_exact(row - top), _exact((column - left) / panel.wide[name]))
                for fill, row, column in panel.squares
                if fill == colour and panel.fill_at(row + 0.5, column + 0.5) == colour
            }
    return found


def outlined(markup, name, colour="window edge"):
    """Return the blocks (row, column, height, width) of a grid that have a thick frame.

    Of several grids on one panel a frame belongs to the one nearest to its first cell.
    """
    _assert_shown(markup, name)
    found = set()
    for panel in panels(markup):
        if name in panel.corners:
            (top, left), wide = panel.corners[name], panel.wide[name]
            found |= {
                tuple(map(_exact, (row - top, (column - left) / wide, height, width / wide)))
                for edge, row, column, height, width in panel.frames
                if edge == colour and panel.grid_at(row + 0.5, column + 0.5) == name
            }
    return found


def _assert_shown(markup, name):
    names = sorted(grids(markup))
    assert name in names, f"no grid {name!r} with a number among {names}"


def _exact(value):
    """Forget what writing a length with one decimal has cost; whole numbers become integers."""
    return round(value) if abs(value - round(value)) < 0.02 else round(value, 2)


def _filled(numbers):
    rows, columns = zip(*numbers, strict=True)
    grid = np.full((max(rows) + 1, max(columns) + 1), np.nan)
    for place, value in numbers.items():
        grid[place] = value
    return grid


# ---------------------------------------------------------------- panels


class Panel:
    """What one `<svg>` of the markup shows.

    Attributes
    ----------
    width, height : float
    texts : list of (str, str, float, float, float)
        Text, `text-anchor`, row and column of the point it stands on, font size in pixels.
    cells : list of (str, int, int, float, float)
        Grid, its row and column, and row and column of the panel where the number stands.
    corners : dict of str to (float, float)
        Where the first cell of each grid stands.
    wide : dict of str to float
        How many columns of the panel a cell of each grid takes.
    squares : list of (str, float, float)
        Colour, row and column.
    widths : list of float
        Of the squares.
    frames, borders, blocks : list of (str, float, float, float, float)
        Colour, row, column, height, width: thick and thin frames by their edge, filled
        rectangles by their fill.
    dots : list of (str, float, float)
    lines : list of (str, float, list of (float, float))
        Colour, width in pixels, points.
    images : list of (float, float, float, float)
        Row, column, height, width.
    """

    def __init__(self, svg):
        _, _, width, height = map(float, svg.get("viewBox").split())
        self.width, self.height = width / CELL, height / CELL
        self.texts, self.cells, self.corners, self.wide = [], [], {}, {}
        self.squares, self.widths = [], []
        self.frames, self.borders, self.blocks = [], [], []
        self.dots, self.lines, self.images = [], [], []
        self._read(svg, 0, 0)

    def _read(self, parent, down, right):
        for shape in parent:
            if shape.tag == "g":
                x, y = map(float, SHIFT.match(shape.get("transform")).groups())
                self._read(shape, down + y, right + x)
            elif not shape.get("data-point"):
                getattr(self, f"_{shape.tag}")(shape, down, right)

    def _text(self, shape, down, right):
        size = float(shape.get("font-size"))
        row = (float(shape.get("y")) + down - BASELINE * size) / CELL
        column = (float(shape.get("x")) + right) / CELL
        self.texts.append((shape.text or "", shape.get("text-anchor"), row, column, size))
        if shape.get("data-cell"):
            name, i, j = CELL_NAME.fullmatch(shape.get("data-cell")).groups()
            self.cells.append((name, int(i), int(j), row, column))
            wide = self.wide.setdefault(name, self._under(row, column)[1])
            self.corners.setdefault(name, (row - int(i) - 0.5, column - wide * (int(j) + 0.5)))

    def _path(self, shape, down, right):
        path, colours = shape.get("d"), dict(VARIABLE.findall(shape.get("style")))
        if shape.get("data-fill"):
            for x, y, width in SQUARE.findall(path):
                at = (float(y) + down) / CELL, (float(x) + right) / CELL
                self.squares.append((shape.get("data-fill"), *at))
                self.widths.append(float(width) / CELL)
        elif "stroke" in colours:
            points = [tuple(map(float, point.split())) for point in path[1:].split("L")]
            width = float(WIDTH.search(shape.get("style"))[1])
            points = [((y + down) / CELL, (x + right) / CELL) for x, y in points]
            self.lines.append((_name(colours["stroke"]), width, points))

    def _rect(self, shape, down, right):
        x, y, width, height = (float(shape.get(a)) for a in ("x", "y", "width", "height"))
        colours = dict(VARIABLE.findall(shape.get("style")))
        place = ((y + down) / CELL, (x + right) / CELL, height / CELL, width / CELL)
        is_thick = float(WIDTH.search(shape.get("style"))[1]) >= 2
        if "fill" in colours:
            self.blocks.append((_name(colours["fill"]), *place))
        elif is_thick:
            self.frames.append((_name(colours["stroke"]), *place))
        else:
            self.borders.append((_name(colours["stroke"]), *place))

    def _circle(self, shape, down, right):
        colour = dict(VARIABLE.findall(shape.get("style")))["fill"]
        x, y = float(shape.get("cx")) + right, float(shape.get("cy")) + down
        self.dots.append((_name(colour), y / CELL, x / CELL))

    def _image(self, shape, down, right):
        x, y, width, height = (float(shape.get(a)) for a in ("x", "y", "width", "height"))
        self.images.append(((y + down) / CELL, (x + right) / CELL, height / CELL, width / CELL))

    def grid_at(self, row, column):
        """Name the grid whose next number is nearest to a point."""
        return min(self.cells, key=lambda c: max(abs(c[3] - row), abs(c[4] - column)))[0]

    def fill_at(self, row, column):
        """Return the colour of the last square over a point, or None."""
        return self._under(row, column)[0]

    def _under(self, row, column):
        """Return colour and width of the last square over a point; without one, None and 1."""
        under = [
            (fill, width)
            for (fill, top, left), width in zip(self.squares, self.widths, strict=True)
            if 0 < row - top < 1 and 0 < column - left < width
        ]
        return under[-1] if under else (None, 1)


@lru_cache(maxsize=4)
def panels(markup):
    """List the panels of a drawing."""
    drawing = ElementTree.fromstring(f"<drawing>{markup}</drawing>")
    return [Panel(svg) for svg in drawing.iter("svg")]


def middles(blocks):
    """Return the colour, row and column of the middle of each filled rectangle."""
    return [
        (colour, row + height / 2, column + width / 2)
        for colour, row, column, height, width in blocks
    ]


def panel_of(markup, name):
    """Return the panel on which a grid stands."""
    (panel,) = [panel for panel in panels(markup) if name in panel.corners]
    return panel


def _name(variable):
    return variable.replace("-", " ")


# ---------------------------------------------------------------- photographs


def photos(drawing):
    """List the pixels (uint8) of every image of a drawing, in the order of drawing."""
    return [
        shape.pixels
        for row in drawing.rows
        for panel in row
        for shape in panel.shapes
        if isinstance(shape, Photo)
    ]


def bytes_of(array, black=0, white=255):
    """Return the bytes that stand for numbers drawn between two limits."""
    share = (np.asarray(array, dtype=float) - black) / (white - black)
    return np.rint(np.minimum(np.maximum(share, 0), 1) * 255).astype(np.uint8)
