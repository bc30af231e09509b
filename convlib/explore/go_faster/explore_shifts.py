"""An explorer of shifted multiply-adds: one weight at a time, for the whole output."""

import numpy as np

from convlib.draw import canvas, draw_grid, draw_label, draw_outline, number_text
from convlib.explore.explorer import Explorer
from convlib.explore.words import sum_of_products

TOP = 1.6
LEFT = 0.8
BELOW = 1.9
GAP = 1.4


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
    shifted = [image[u:u + height, v:v + width] for u, v in cells]
    products = [kernel[cell] * pixels for cell, pixels in zip(cells, shifted)]
    sums = np.cumsum([np.zeros_like(products[0]), *products], axis=0)

    def frame(step):
        u, v = cells[step]
        kernel_left = LEFT + image.shape[1] + 1.5
        lower = TOP + max(image.shape[0], kernel.shape[0]) + BELOW
        lefts = LEFT + (width + GAP) * np.arange(3)
        ax = canvas(max(kernel_left + kernel.shape[1], lefts[2] + width) + 0.4,
                    lower + height + 0.3)
        draw_grid(ax, image, at=(TOP, LEFT), title="image", index=True,
                  paint={"window": np.s_[u:u + height, v:v + width]})
        draw_outline(ax, at=(TOP + u, LEFT + v), shape=(height, width))
        draw_grid(ax, kernel, at=(TOP, kernel_left), title="kernel", index=True,
                  paint={"kernel": (u, v)})
        draw_outline(ax, at=(TOP + u, kernel_left + v), shape=(1, 1), colour="kernel edge")
        grids = {"sum before": sums[step], "weight × pixels": products[step],
                 "sum after": sums[step + 1]}
        fills = ("paper", "window", "output")
        for (name, grid), left, fill in zip(grids.items(), lefts, fills):
            draw_grid(ax, grid, at=(lower, left), title=name, fill=fill)
        for sign, left in zip("+=", lefts[1:]):
            draw_label(ax, sign, at=(lower + height / 2, left - GAP / 2), size="sign",
                       colour="quiet")
        before, after = (number_text(total) for total in sums[step:step + 2, 0, 0])
        product = sum_of_products(kernel[u, v:v + 1], shifted[step][0, :1])
        return ax.figure, (f"Step {step}: {number_text(kernel[u, v])}, the weight in row {u},"
                           f" column {v}, times the pixels from row {u}, column {v} on."
                           f" In row 0, column 0: {before} + {product} = {after}.")

    return Explorer(frame, play="step", step=(0, len(cells) - 1))
