"""Explorer of a bump between two edges, and of what is left of them when the outputs are added."""

import numpy as np

from convlib.core import conv2d
from convlib.draw import below, grid_panel, listing
from convlib.explore.engine import Cells, Explorer

RISE = np.array([[-1, 1]])
LENGTH = 8


def explore_bumps():
    """Move and widen a bright bump, and look for its two edges with and without a bend.

    Returns
    -------
    Explorer
        Sliders `start`, the first bright pixel, and `width`, how many are bright.

    Examples
    --------
    >>> explore_bumps().picture(start=2, width=3).sentence
    'Bump of 3 from 2: rise 0, 1, 0, 0, −1, 0, 0, which adds up to 0. Bent, rise and fall add up \
to 0, 1, 0, 0, 1, 0, 0: 2 edges.'
    """

    def frame(start, width):
        row = np.zeros((1, LENGTH), dtype=int)
        row[0, start : start + width] = 1
        rise = conv2d(row, RISE)
        fall = conv2d(row, -RISE)
        edges = np.maximum(rise, 0) + np.maximum(fall, 0)
        drawing = below(
            grid_panel(row, title="image", index=True, paint={"window": row > 0}),
            grid_panel(rise, title="rise", index=True, paint={"strong": rise < 0}),
            grid_panel(fall, title="fall", index=True, paint={"strong": fall < 0}),
            grid_panel(
                edges, title="both, bent and added", index=True, paint={"output": edges > 0}
            ),
        )
        return drawing, (
            f"Bump of {width} from {start}: rise {listing(rise.flat)}, which adds up to"
            f" {rise.sum()}. Bent, rise and fall add up to {listing(edges.flat)}:"
            f" {edges.sum()} edges."
        )

    return Explorer(
        frame,
        play="start",
        cells=lambda width, start: {"image": Cells(column="start", size=(1, width))},
        width=(1, LENGTH - 2),
        start=lambda width: (1, LENGTH - 1 - width),
    )
