"""Explorer of shifted multiply-adds: one weight at a time, for the whole output."""

import numpy as np

from convlib.draw import (
    below,
    beside,
    grid_panel,
    number_text,
    outline,
    sign_panel,
    sum_of_products,
)
from convlib.explore.engine import Cells, Explorer


def explore_shifts(image, kernel):
    """Multiply one shifted image after another by its weight and add up.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW)

    Returns
    -------
    Explorer
        Slider `step`: the weight, counted along the rows of the kernel.

    Examples
    --------
    >>> from convlib.samples import IMAGE, KERNEL
    >>> explore_shifts(IMAGE, KERNEL).picture(step=8).sentence[-34:]
    ' In row 0, column 0: 8 + 2·2 = 12.'
    """
    height, width = np.subtract(image.shape, kernel.shape) + 1
    cells = list(np.ndindex(kernel.shape))
    shifted = [image[u : u + height, v : v + width] for u, v in cells]
    products = [kernel[cell] * pixels for cell, pixels in zip(cells, shifted, strict=True)]
    sums = np.cumsum([np.zeros_like(products[0]), *products], axis=0)

    def frame(step):
        u, v = cells[step]
        window = np.s_[u : u + height, v : v + width]
        image_panel = grid_panel(image, title="image", index=True, paint={"window": window})
        outline(image_panel, "image", window)
        weights = grid_panel(kernel, title="kernel", index=True, paint={"kernel": (u, v)})
        outline(weights, "kernel", (u, v), colour="kernel edge")
        before = grid_panel(sums[step], title="sum before")
        product = grid_panel(products[step], title="weight × pixels", fill="window")
        after = grid_panel(sums[step + 1], title="sum after", fill="output")
        drawing = below(
            beside(image_panel, weights),
            beside(before, sign_panel("+", before), product, sign_panel("=", product), after),
        )
        totals = [number_text(total) for total in sums[step : step + 2, 0, 0]]
        factors = sum_of_products(kernel[u, v : v + 1], shifted[step][0, :1])
        return drawing, (
            f"Step {step}: {number_text(kernel[u, v])}, the weight in row {u},"
            f" column {v}, times the pixels from row {u}, column {v} on."
            f" In row 0, column 0: {totals[0]} + {factors} = {totals[1]}."
        )

    return Explorer(
        frame, play="step", cells={"kernel": Cells(number="step")}, step=(0, len(cells) - 1)
    )
