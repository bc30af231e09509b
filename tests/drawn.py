"""Read the numbers back from a drawing, and drive an explorer as a reader does."""

import html
import re

import numpy as np

from convlib.explore.live import LiveView

CELL = re.compile(r'data-cell="([^"]*)\[(\d+),(\d+)\]"[^>]*>([^<]*)</text>')
PLACE = re.compile(r'<text x="([\d.]+)" y="([\d.]+)" data-cell="([^"]*)\[(\d+),(\d+)\]"')
FILLED = re.compile(r'<path style="fill:var\(--draw-([a-z-]+),[^"]*" d="([^"]*)"')
SQUARE = re.compile(r"M([\d.]+) ([\d.]+)L([\d.]+) [\d.]+L[\d.]+ ([\d.]+)L[^z]*z")

READ = """element => ({
    outputs: [...element.querySelectorAll("output")].map(output => output.value),
    spoken: [...element.querySelectorAll("input")].map(i => i.getAttribute("aria-valuetext")),
    sentence: element.querySelector(".explorer-sentence").textContent,
    label: element.querySelector("svg").getAttribute("aria-label"),
    markup: element.querySelector("svg").outerHTML,
})"""


def grids(markup):
    """Return the grids of numbers that SVG markup shows: title -> 2-D array.

    Blank cells are NaN. A grid reaches as far as its last written cell.
    """
    cells = {}
    for title, i, j, text in CELL.findall(markup):
        cells.setdefault(title, {})[int(i), int(j)] = float(text.replace("−", "-").replace("∞", "inf"))
    return {title: _filled(numbers) for title, numbers in cells.items()}


def painted(markup, title, colour):
    """Return the set of cells (i, j) of a grid that stand on squares of one colour."""
    squares = [tuple(map(float, square)) for name, path in FILLED.findall(markup)
               if name == colour for square in SQUARE.findall(path)]
    return {(int(i), int(j)) for x, y, grid, i, j in PLACE.findall(markup)
            if grid == title and any(left < float(x) < right and top < float(y) < bottom
                                     for left, top, right, bottom in squares)}


def _filled(numbers):
    rows, columns = zip(*numbers)
    grid = np.full((max(rows) + 1, max(columns) + 1), np.nan)
    for place, value in numbers.items():
        grid[place] = value
    return grid


def drive_widgets(explorer):
    """Move the live sliders through every state; yield values, markup shown and sentence."""
    live = LiveView(explorer)
    for values in explorer.states():
        for name, value in values.items():
            live.controls[name].value = value
        assert live.values() == values
        yield values, live.picture.value, re.sub("<[^>]*>", "", live.sentence.value)


def drive_page(explorer, element):
    """Move the page's sliders by keyboard through every state; yield the same three."""
    names = list(explorer.sliders)
    sliders = [element.locator(f'input[name="{name}"]') for name in names]
    for values in explorer.states():
        chosen = {}
        for name, slider in zip(names, sliders):
            choices = explorer.choices(name, chosen)
            move(slider, list(choices).index(values[name]), len(choices))
            chosen[name] = values[name]
        shown = element.evaluate(READ)
        written = [str(value) for value in values.values()]
        assert shown["outputs"] == shown["spoken"] == written
        assert shown["label"] == shown["sentence"]
        yield values, shown["markup"], html.escape(shown["sentence"])


def move(slider, index, count):
    """Bring a slider to one of its values with the keys that lead there soonest."""
    now = int(slider.evaluate("slider => (slider.focus(), slider.value)"))
    if index == 0 != now:
        slider.press("Home")
    elif index == count - 1 != now:
        slider.press("End")
    else:
        for _ in range(abs(index - now)):
            slider.press("ArrowRight" if index > now else "ArrowLeft")
