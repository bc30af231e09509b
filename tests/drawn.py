"""Read the numbers back from a drawing, and drive an explorer as a reader does."""

import re

import numpy as np

from convlib.explore.live import LiveView

CELL = re.compile(r'data-cell="([^"]*)\[(\d+),(\d+)\]"[^>]*>([^<]*)</text>')


def grids(markup):
    """Return the grids of numbers that SVG markup shows: title -> 2-D array.

    Blank cells are NaN. A grid reaches as far as its last written cell.
    """
    cells = {}
    for title, i, j, text in CELL.findall(markup):
        cells.setdefault(title, {})[int(i), int(j)] = float(text.replace("−", "-"))
    return {title: _filled(numbers) for title, numbers in cells.items()}


def _filled(numbers):
    rows, columns = zip(*numbers)
    grid = np.full((max(rows) + 1, max(columns) + 1), np.nan)
    for place, value in numbers.items():
        grid[place] = value
    return grid


def drive(explorer):
    """Move the live sliders through every state; yield values, grids shown and sentence."""
    live = LiveView(explorer)
    for values in explorer.states():
        for name, value in values.items():
            live.controls[name].value = value
        assert live.values() == values
        yield values, grids(live.picture.value), sentence(live)


def sentence(live):
    return re.sub("<[^>]*>", "", live.sentence.value)
