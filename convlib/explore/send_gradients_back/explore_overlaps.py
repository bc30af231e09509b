"""Explorer of a transposed convolution: where its stamps overlap."""

import numpy as np

from convlib.draw import beside, grid_panel
from convlib.explore.engine import Explorer

ROOM = 9
KERNELS = {"1 1": [1, 1], "1 1 1": [1, 1, 1], "1 2 1": [1, 2, 1]}
"""Name of a kernel -> its weights along a row and along a column; it is their product."""


def explore_overlaps():
    """Stamp a kernel as often as 9 rows and columns allow, and add up what every cell gets.

    Returns
    -------
    Explorer
        Sliders `kernel`, and `stride` between two stamps.

    Examples
    --------
    >>> explore_overlaps().picture(kernel="1 1 1", stride=2).sentence
    'Kernel 1 1 1, stride 2: 4 by 4 stamps on 9 rows and columns; a cell gets 1 to 4, not the same \
everywhere inside.'
    """

    def frame(kernel, stride):
        weights = np.outer(KERNELS[kernel], KERNELS[kernel])
        size = len(weights)
        stamps = (ROOM - size) // stride + 1
        count = (stamps - 1) * stride + size
        sums = np.zeros((count, count), dtype=int)
        for i, j in stride * np.array([*np.ndindex(stamps, stamps)]):
            sums[i : i + size, j : j + size] += weights
        inside = sums[size - 1 : count - size + 1, size - 1 : count - size + 1]
        even = inside.min() == inside.max()
        output = grid_panel(
            sums,
            title="what every cell gets",
            index=True,
            room=(ROOM, count),
            paint={"outside": sums == 0, "output": sums == 2, "strong": sums > 2},
        )
        stamp = grid_panel(weights, title="kernel", fill="kernel", room=(3, 3))
        told = "the same" if even else "not the same"
        return beside(stamp, output), (
            f"Kernel {kernel}, stride {stride}: {stamps} by {stamps} stamps on {count} rows and"
            f" columns; a cell gets {sums.min()} to {sums.max()}, {told} everywhere inside."
        )

    return Explorer(frame, play="stride", kernel=list(KERNELS), stride=(1, 3))
