"""Read from a drawing's markup what can be pointed at, and which place stands for a state."""

import json
from xml.etree import ElementTree

import numpy as np

from convlib.draw.canvas import CELL
from tests.drawn import Panel


def rectangles(markup):
    """Yield the panel, the rectangle (row, column, height, width) and the data of all points."""
    for svg in ElementTree.fromstring(f"<drawing>{markup}</drawing>").iter("svg"):
        panel = Panel(svg)
        for rect in svg.findall("rect[@class='point']"):
            at = [float(rect.get(name)) / CELL for name in ("y", "x", "height", "width")]
            yield panel, at, json.loads(rect.get("data-point"))


def place_of(rectangle, point, values, cut=True):
    """Return row, column, height and width, in cells, of what stands for a state.

    It is cut off where its rectangle ends, if `cut`; None if it is not in the rectangle.
    """
    top, left, height, width = rectangle
    if any(values[name] != value for name, value in point.get("also", {}).items()):
        return None
    i, j = (values.get(point.get(axis)) for axis in ("row", "column"))
    if "number" in point:
        name, first, every, rows, columns = point["number"]
        count = (values[name] - first) / every
        if count % 1 or not 0 <= count < rows * columns:
            return None
        i, j = divmod(count, columns)
    start, step, size = np.array(point.get("y", (0, 0, height * CELL))) / CELL
    across, apart, wide = np.array(point.get("x", (0, 0, width * CELL))) / CELL
    begin = np.array([start + step * (i or 0), across + apart * (j or 0)])
    if not cut:
        return np.array([*(begin + (top, left)), size, wide])
    corner = np.maximum(begin, 0)
    end = np.minimum(np.add(begin, (size, wide)), (height, width))
    return None if (end <= corner).any() else np.array([*(corner + (top, left)), *(end - corner)])
