"""Explorer of a stack of layers: what one cell sees of every layer below it."""

import numpy as np

from convlib.draw import below, grid_panel
from convlib.explore.engine import Cells, Explorer


def explore_receptive_field(length, layers):
    """Point at a cell of the last layer and see what it is made of, layer by layer.

    Parameters
    ----------
    length : int
        Pixels in the row that goes in.
    layers : list of (str, int, int)
        Title, size of the window and stride, the first layer first. No stride is longer than its
        window.

    Returns
    -------
    Explorer
        Slider `cell` of the last layer.

    Examples
    --------
    >>> explore_receptive_field(6, [("convolution", 3, 1), ("pool", 2, 2)]).picture(cell=1).sentence
    'Cell 1 of the pool sees cells 2 to 3 of the convolution and cells 2 to 5 of the image: \
4 pixels.'
    """
    names, lengths = ["image"], [length]
    for title, size, stride in layers:
        names.append(title)
        lengths.append((lengths[-1] - size) // stride + 1)

    def frame(cell):
        seen = [(cell, cell)]
        for _, size, stride in reversed(layers):
            first, last = seen[0]
            seen.insert(0, (first * stride, last * stride + size - 1))
        panels = []
        for title, count, (first, last) in zip(names, lengths, seen):
            cells = np.s_[0, first : last + 1]
            role = "output" if title == names[-1] else "window"
            panels.append(
                grid_panel(
                    np.arange(count)[np.newaxis], title=title, name=title, paint={role: cells}
                )
            )
        told = [
            f"cells {first} to {last} of the {title}"
            for title, (first, last) in reversed([*zip(names[:-1], seen)])
        ]
        first, last = seen[0]
        return below(*panels), (
            f"Cell {cell} of the {names[-1]} sees {' and '.join(told)}: {last - first + 1} pixels."
        )

    cells, step, reach = {names[-1]: Cells(column="cell")}, 1, 1
    for name, (_, size, stride) in zip(reversed(names[:-1]), reversed(layers), strict=True):
        step, reach = step * stride, (reach - 1) * stride + size
        cells[name] = Cells(column="cell", step=(1, step), size=(1, reach))
    return Explorer(frame, play="cell", cells=cells, cell=(0, lengths[-1] - 1))
