"""Explorer of a register: where the sum of one output waits between two products."""

import numpy as np

from convlib.draw import (
    below,
    beside,
    counted,
    factor_text,
    grid_panel,
    mark,
    number_text,
    outline,
    sign_panel,
    text_panel,
)
from convlib.explore.engine import Cells, Explorer

MEMORY, REGISTER = "in memory", "in a register"


def explore_register(image, kernel):
    """Add the products of the first output one by one, and count reads and writes.

    Weights are not counted: they are the same for every output.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW)

    Returns
    -------
    Explorer
        `sum` chooses where the sum waits, slider `product` which product is added.

    Examples
    --------
    >>> explore_register(np.array([[1, 2]]), np.array([[3, 4]])).picture(product=2).sentence
    'Sum in memory, product 2: 3 + 2·4 = 11. So far 4 reads and 2 writes.'
    """
    window = tuple(slice(size) for size in kernel.shape)
    patch = image[window]
    sums = [0, *(patch * kernel).cumsum().tolist()]

    def frame(sum, product):
        cell = np.unravel_index(product - 1, kernel.shape)
        before, total = sums[product - 1 : product + 1]
        is_in_memory = sum == MEMORY
        is_written = is_in_memory or product == kernel.size
        reads = 2 * product if is_in_memory else product
        writes = product if is_in_memory else int(is_written)

        pixels = grid_panel(image, title="image", paint={"window": window})
        outline(pixels, "image", cell)
        corner = pixels.grids["image"]
        for n, (u, v) in enumerate(np.ndindex(kernel.shape), 1):
            middle = (corner.row + u + 0.5, corner.column + v + 0.5)
            mark(pixels, f"product {n}", middle=middle, shape=(1, 1))
        weights = grid_panel(kernel, title="kernel", fill="kernel")
        outline(weights, "kernel", cell, colour="kernel edge")
        register = grid_panel([[total]], title="register", paint={"output": (0, 0)})
        output = grid_panel(
            [[total if is_written else 0]],
            title="output",
            paint={"output": np.full((1, 1), is_written)},
        )
        sign = "⇄" if is_in_memory else "→" if is_written else ""
        counts = counted(reads, "read"), counted(writes, "write")
        drawing = below(
            beside(pixels, sign_panel("×", pixels), weights),
            beside(register, sign_panel(sign, register), output),
            text_panel(", ".join(counts), width=5),
        )
        return drawing, (
            f"Sum {sum}, product {product}: {number_text(before)} +"
            f" {factor_text(patch[cell])}·{factor_text(kernel[cell])} = {number_text(total)}."
            f" So far {counts[0]} and {counts[1]}."
        )

    cells = {f"product {n}": Cells(also={"product": n}) for n in range(1, kernel.size + 1)}
    return Explorer(
        frame, play="product", cells=cells, sum=[MEMORY, REGISTER], product=(1, kernel.size)
    )
