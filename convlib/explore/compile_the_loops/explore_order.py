"""Explorer of loop order: which output is next, and how far away it lies in memory."""

import numpy as np

from convlib.draw import below, beside, grid_panel, mark, outline, strip_panels, text_panel
from convlib.explore.engine import Cells, Explorer

ORDERS = {"rows outside": (0, 1), "columns outside": (1, 0)}
"""For each order, which axis the outer loop and the inner loop run along."""


def explore_order(output):
    """Walk through an output in the order of two loops, and see the steps in memory.

    Parameters
    ----------
    output : ndarray, shape (H, W)

    Returns
    -------
    Explorer
        `order` chooses the outer loop, slider `turn` counts the turns of the inner one.

    Examples
    --------
    >>> explore_order(np.zeros((3, 3), int)).picture(order="columns outside", turn=1).sentence
    'Columns outside, turn 1: row 1, column 0, position 3 in memory, a step of +3.'
    """
    width = output.shape[1]

    def frame(order, turn):
        places = walk(output.shape, order)
        row, column = places[turn]
        position = row * width + column
        done = np.zeros(output.shape, bool)
        done[tuple(zip(*places[: turn + 1]))] = True
        ax = grid_panel(output, title="output", index=True, paint={"output": done})
        outline(ax, "output", np.s_[row : row + 1, column : column + 1])
        corner = ax.grids["output"]
        for n, (i, j) in enumerate(places):
            mark(
                ax,
                f"turn {n}",
                middle=(corner.row + i + 0.5, corner.column + j + 0.5),
                shape=(1, 1),
            )
        memory = strip_panels(
            output.reshape(1, -1), title="memory", paint={"output": done.reshape(1, -1)}
        )
        step = "the first"
        if turn:
            before = places[turn - 1]
            step = f"a step of {position - before[0] * width - before[1]:+d}".replace("-", "−")
        drawing = below(ax, text_panel(step, width=9.6), beside(*memory))
        return drawing, (
            f"{order.capitalize()}, turn {turn}: row {row}, column {column},"
            f" position {position} in memory, {step}."
        )

    cells = {f"turn {n}": Cells(also={"turn": n}) for n in range(output.size)}
    return Explorer(frame, play="turn", cells=cells, order=list(ORDERS), turn=(0, output.size - 1))


def walk(shape, order):
    """Return the places in the order of the loops, a list of (row, column)."""
    outer, inner = ORDERS[order]
    places = []
    for a in range(shape[outer]):
        for b in range(shape[inner]):
            places.append((a, b) if outer == 0 else (b, a))
    return places
