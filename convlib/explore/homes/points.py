"""Write what can be pointed at: a clear rectangle over every grid whose cells stand for values.

`web/pointing.js` reads in it which place of the grid chooses what.
"""

import json
from html import escape

from convlib.draw.canvas import CELL, px, svg_panels


def pointed_panels(explorer, drawing, values):
    """Write one state's drawing, with what can be pointed at above it.

    Parameters
    ----------
    explorer : Explorer
    drawing : Panel or Panels
        What its frame returned for these values.
    values : dict of str to int or str

    Returns
    -------
    str
    """
    cells = explorer.cells_at(values)
    return svg_panels(drawing, above=lambda panel: points(panel, cells))


def points(panel, cells):
    """Write a rectangle for each grid of a panel whose cells stand for values.

    Parameters
    ----------
    panel : Panel
    cells : dict of str to Cells

    Returns
    -------
    str

    Examples
    --------
    >>> from convlib.draw import grid_panel
    >>> from convlib.explore.engine import Cells
    >>> points(grid_panel([[1, 2]]), {"": Cells(also={"a": 1})})
    '<rect class="point" x="3.6" y="3.6" width="72" height="36" \
data-point="{&quot;of&quot;:&quot;a&quot;,&quot;also&quot;:{&quot;a&quot;:1}}"/>'
    """
    return "".join(
        _rectangle(panel.grids[name], name, one)
        for name, one in cells.items()
        if name in panel.grids
    )


def _rectangle(grid, name, cells):
    """Write the rectangle over a grid's places; all lengths in it are CSS pixels."""
    rows, columns = map(int, cells.shape or grid[2:4])
    top, bottom = _within(0, grid.height, cells, 0)
    left, right = _within(grid.first, grid.width, cells, 1)
    if bottom <= top or right <= left:
        return ""
    point = {
        "of": name if any(cells[:3]) else ", ".join(sorted(cells.names())),
        "row": cells.row,
        "column": cells.column,
        "number": cells.number and [cells.number, cells.first, cells.every, rows, columns],
        "y": (cells.row or cells.number) and _lengths(cells, 0, top),
        "x": (cells.column or cells.number) and _lengths(cells, 1, left),
        "also": cells.also,
    }
    point = {key: value for key, value in point.items() if value}
    text = json.dumps(point, ensure_ascii=False, separators=(",", ":"))
    x, y = grid.column + left - grid.first, grid.row + top
    return (
        f'<rect class="point" x="{px(x * CELL)}" y="{px(y * CELL)}"'
        f' width="{px((right - left) * CELL)}" height="{px((bottom - top) * CELL)}"'
        f' data-point="{escape(text)}"/>'
    )


def _within(first, length, cells, axis):
    """Return where the part of a grid that has places begins and ends along one axis."""
    if cells.shape is None:
        return first, first + length
    start = cells.start[axis]
    end = start + (cells.shape[axis] - 1) * cells.step[axis] + cells.size[axis]
    return max(first, start), min(first + length, end)


def _lengths(cells, axis, begin):
    """Return where place 0 begins, the step to the next and the size of each."""
    lengths = cells.start[axis] - begin, cells.step[axis], cells.size[axis]
    return [_pixels(length) for length in lengths]


def _pixels(cells):
    length = round(cells * CELL, 2)
    return int(length) if length == int(length) else length
