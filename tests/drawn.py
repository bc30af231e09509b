"""Read numbers, colours and lengths back from a drawing, state by state."""

import base64
import json
import re
import zlib
from html import unescape

import numpy as np

from convlib.draw.canvas import CELL
from convlib.explore.homes.page import explorer_html

PACKED = re.compile(r'class="explorer-frames">([^<]*)</script>')
NUMBER = re.compile(r'data-cell="([^"]*)\[(\d+),(\d+)\]"[^>]*>([^<]*)</text>')
PLACE = re.compile(r'<text x="([-\d.]+)" y="([-\d.]+)" data-cell="([^"]*)\[(\d+),(\d+)\]"')
FILLED = re.compile(r'data-fill="([^"]*)" d="([^"]*)"')
SQUARE = re.compile(rf"M([-\d.]+) ([-\d.]+)h{CELL}v{CELL}h-{CELL}z")
TEXT = re.compile(r"<text [^>]*>([^<]*)</text>")
PANEL = re.compile(r"<svg .*?</svg>|<g transform.*?</g>", re.DOTALL)


def unpacked(html):
    """Return the data that the page's script unpacks: states, frames, images, play."""
    packed = PACKED.search(html)[1]
    return json.loads(zlib.decompress(base64.b64decode(packed), wbits=-15))


def shown(explorer):
    """Yield the values, the markup and the sentence of every state that the page can show."""
    data = unpacked(explorer_html(explorer))
    names = list(explorer.sliders)

    def walk(state, chosen):
        if len(chosen) == len(names):
            sentence, markup = data["frames"][state]
            image = lambda token: data["images"][int(token[1])]  # noqa: E731
            yield chosen, re.sub(r"@(\d+)@", image, markup), sentence
            return
        for choice, child in zip(*state, strict=True):
            yield from walk(child, {**chosen, names[len(chosen)]: choice})

    yield from walk(data["states"], {})


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


def painted(markup, name, colour):
    """Return the set of cells (i, j) of a grid that stand on squares of one colour.

    Of several squares that lie on each other the last one counts.
    """
    found = set()
    for panel in PANEL.findall(markup) or [markup]:
        squares = [
            (fill, float(x), float(y))
            for fill, path in FILLED.findall(panel)
            for x, y in SQUARE.findall(path)
        ]
        for x, y, grid, i, j in PLACE.findall(panel):
            under = [
                fill
                for fill, left, top in squares
                if 0 < float(x) - left < CELL and 0 < float(y) - top < CELL
            ]
            if unescape(grid) == name and under and under[-1] == colour:
                found.add((int(i), int(j)))
    return found


def texts(markup):
    """List every text of a drawing, in the order in which they were drawn."""
    return [unescape(text) for text in TEXT.findall(markup)]


def _filled(numbers):
    rows, columns = zip(*numbers, strict=True)
    grid = np.full((max(rows) + 1, max(columns) + 1), np.nan)
    for place, value in numbers.items():
        grid[place] = value
    return grid
