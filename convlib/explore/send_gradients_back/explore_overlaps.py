"""Explorer of a transposed convolution of ones: where its stamps overlap."""

import numpy as np

from convlib.draw import below, beside, grid_panel
from convlib.explore.engine import Explorer

PIXELS = 3


def explore_overlaps():
    """Stamp a kernel of ones for each of 3 by 3 ones, and count the stamps in every cell.

    Returns
    -------
    Explorer
        Sliders `size` of the kernel and `stride` between two stamps.

    Examples
    --------
    >>> explore_overlaps().picture(size=3, stride=2).sentence
    'Size 3, stride 2: 7 rows and columns; a cell gets 1 to 4 stamps, not the same everywhere \
inside.'
    """

    def frame(size, stride):
        count = (PIXELS - 1) * stride + size
        stamps = np.zeros((count, count), dtype=int)
        for i, j in np.ndindex(PIXELS, PIXELS):
            stamps[i * stride : i * stride + size, j * stride : j * stride + size] += 1
        inside = stamps[size - 1 : count - size + 1, size - 1 : count - size + 1]
        even = inside.min() == inside.max()
        output = grid_panel(
            stamps,
            title="stamps in every cell",
            index=True,
            room=(9, 9),
            paint={
                "outside": stamps == 0,
                "output": stamps == 1,
                "window": stamps == 2,
                "strong": stamps > 2,
            },
        )
        ones = grid_panel(np.ones((PIXELS, PIXELS), dtype=int), title="image")
        kernel = grid_panel(
            np.ones((size, size), dtype=int), title="kernel", fill="kernel", room=(3, 3)
        )
        drawing = below(beside(ones, kernel), output)
        told = "the same" if even else "not the same"
        return drawing, (
            f"Size {size}, stride {stride}: {count} rows and columns; a cell gets {stamps.min()} to"
            f" {stamps.max()} stamps, {told} everywhere inside."
        )

    return Explorer(frame, play="size", size=(2, 3), stride=(1, 3))
