"""Explorer of lowered columns: one product for each row of the kernel."""

import numpy as np

from convlib.draw import (
    below,
    beside,
    canvas,
    draw_grid,
    draw_outline,
    grid_panel,
    number_text,
    outline,
    sign_panel,
    strip_panels,
    sum_of_products,
)
from convlib.draw.placement import EDGE, TITLE
from convlib.explore.engine import Cells, Explorer

MOST = 9
"""Columns of the lowered matrix on one panel."""

COPIES, PRODUCT = "copies", "kernel row @ copies"


def explore_rows(image, kernel):
    """Multiply one kernel row after another by a run of the columns of an image.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW)

    Returns
    -------
    Explorer
        Slider `kernel_row` chooses the product, `place` the output cell, counted along the rows
        of the output.

    Examples
    --------
    >>> from convlib.samples import IMAGE, KERNEL
    >>> explore_rows(IMAGE, KERNEL).picture(kernel_row=1, place=4).sentence[:58]
    'Kernel row 1, place 4: column 7 gives 2·1 + 2·2 + 0·2 = 6.'
    """
    height, width = kernel.shape
    rows, columns = np.subtract(image.shape, kernel.shape) + 1
    lowered = np.stack([image[:, v : v + columns].ravel() for v in range(width)])
    runs = [np.s_[u * columns : (u + rows) * columns] for u in range(height)]
    products = np.stack(
        [weights @ lowered[:, run] for weights, run in zip(kernel, runs, strict=True)]
    )
    sums = np.cumsum(products, axis=0)

    def frame(kernel_row, place):
        row, column = divmod(place, columns)
        at = kernel_row * columns + place
        window = np.s_[row + kernel_row, column : column + width]
        image_panel = grid_panel(image, title="image", index=True, paint={"window": window})
        outline(image_panel, "image", window)
        whole_row = np.s_[kernel_row, :]
        paint = {"kernel": whole_row}
        weights = grid_panel(kernel, title="kernel", index=True, paint=paint)
        outline(weights, "kernel", whole_row, colour="kernel edge")
        total = grid_panel(
            sums[kernel_row].reshape(rows, columns),
            title="sum",
            index=True,
            paint={"output": (row, column)},
        )
        outline(total, "sum", (row, column), colour="output edge")
        drawing = below(
            beside(image_panel, weights, sign_panel("→", total), total),
            beside(*_lowered(lowered, runs[kernel_row], at)),
            _product(products[kernel_row], place),
        )
        return drawing, (
            f"Kernel row {kernel_row}, place {place}: column {at} gives"
            f" {sum_of_products(kernel[kernel_row], lowered[:, at])}"
            f" = {number_text(products[kernel_row, place])}. The sum in row"
            f" {row}, column {column} is now"
            f" {number_text(sums[kernel_row, place])}."
        )

    def cells(kernel_row, place):
        run = {"start": (0, kernel_row * columns), "shape": (1, rows * columns)}
        return {
            "image": Cells(
                number="place", start=(kernel_row, 0), size=(1, width), shape=(rows, columns)
            ),
            "kernel": Cells("kernel_row"),
            "sum": Cells(number="place"),
            COPIES: Cells(column="place", size=(width, 1), **run),
            PRODUCT: Cells(column="place"),
        }

    return Explorer(
        frame,
        play=("kernel_row", "place"),
        cells=cells,
        kernel_row=(0, height - 1),
        place=(0, rows * columns - 1),
    )


def _lowered(lowered, run, at):
    """Draw the lowered columns, the run that this kernel row meets, and one column of it."""
    is_met = np.zeros(lowered.shape, dtype=bool)
    is_met[:, run] = True
    panels = strip_panels(lowered, title=COPIES, paint={"window": is_met}, most=MOST)
    panel, place = divmod(at, MOST)
    grid = panels[panel].grids[COPIES]
    draw_outline(panels[panel], at=(grid.row, grid.column + place), shape=(grid.height, 1))
    return panels


def _product(product, place):
    """Draw what the kernel row makes of each column of its run."""
    ax = canvas(len(product) + 2 * EDGE, TITLE + 1 + EDGE)
    paint = {"output": (0, place)}
    draw_grid(ax, product[np.newaxis], at=(TITLE, EDGE), title=PRODUCT, paint=paint)
    return outline(ax, PRODUCT, (0, place), colour="output edge")
