"""Explorer of a transposed convolution: where its stamps overlap."""

import numpy as np

from convlib.draw import below, beside, grid_panel
from convlib.explore.engine import Explorer

PIXELS = 3
KERNELS = {"1 1": [1, 1], "1 1 1": [1, 1, 1], "1 2 1": [1, 2, 1]}
"""Name of a kernel -> its weights along a row and along a column; it is their product."""


def explore_overlaps():
    """Stamp a kernel for each of 3 by 3 ones, and add up what every cell gets.

    Returns
    -------
    Explorer
        Sliders `kernel`, and `stride` between two stamps.

    Examples
    --------
    >>> explore_overlaps().picture(kernel="1 1 1", stride=2).sentence
    'Kernel 1 1 1, stride 2: 7 rows and columns; a cell gets 1 to 4, not the same everywhere \
inside.'
    """

    def frame(kernel, stride):
        weights = np.outer(KERNELS[kernel], KERNELS[kernel])
        size = len(weights)
        count = (PIXELS - 1) * stride + size
        sums = np.zeros((count, count), dtype=int)
        for i, j in np.ndindex(PIXELS, PIXELS):
            sums[i * stride : i * stride + size, j * stride : j * stride + size] += weights
        inside = sums[size - 1 : count - size + 1, size - 1 : count - size + 1]
        even = inside.min() == inside.max()
        output = grid_panel(
            sums,
            title="what every cell gets",
            index=True,
            room=(9, 9),
            paint={
                "outside": sums == 0,
                "output": sums == 1,
                "window": sums == 2,
                "strong": sums > 2,
            },
        )
        ones = grid_panel(np.ones((PIXELS, PIXELS), dtype=int), title="image")
        stamp = grid_panel(weights, title="kernel", fill="kernel", room=(3, 3))
        told = "the same" if even else "not the same"
        return below(beside(ones, stamp), output), (
            f"Kernel {kernel}, stride {stride}: {count} rows and columns; a cell gets {sums.min()}"
            f" to {sums.max()}, {told} everywhere inside."
        )

    return Explorer(frame, play="stride", kernel=list(KERNELS), stride=(1, 3))
