"""Explorer of im2col: which patch becomes which column of a matrix."""

import numpy as np

from convlib.core import conv2d
from convlib.draw import (
    beside,
    canvas,
    draw_grid,
    draw_label,
    grid_panel,
    number_text,
    outline,
    output_panel,
    sum_of_products,
)
from convlib.draw.canvas import GAP
from convlib.draw.placement import EDGE, INDEX, TITLE
from convlib.explore.engine import Cells, Explorer

PRODUCT = "kernel @ patches"


def explore_im2col(image, kernel):
    """Turn one patch after another into a column, and meet it with the kernel.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW)

    Returns
    -------
    Explorer
        Slider `place`: the patch, counted along the rows of the output.

    Examples
    --------
    >>> from convlib.samples import IMAGE, KERNEL
    >>> explore_im2col(IMAGE, KERNEL).picture(place=2).sentence[:58]
    'Place 2 is row 0, column 2. Its patch is column 2: 0·2 + 1'
    """
    output = conv2d(image, kernel)
    (kernel_height, kernel_width), columns = kernel.shape, output.shape[1]
    patches = np.stack(
        [
            image[i : i + kernel_height, j : j + kernel_width].ravel()
            for i, j in np.ndindex(output.shape)
        ],
        axis=1,
    )

    def frame(place):
        row, column = divmod(place, columns)
        window = np.s_[row : row + kernel_height, column : column + kernel_width]
        ax = grid_panel(image, title="image", index=True, paint={"window": window})
        outline(ax, "image", window)
        weights = grid_panel(kernel, title="kernel", fill="kernel")
        result = output_panel(output, (row, column))
        drawing = beside(_stacked(ax, weights, result), _matrix(kernel, patches, output, place))
        return drawing, (
            f"Place {place} is row {row}, column {column}. Its patch is column"
            f" {place}: {sum_of_products(kernel.ravel(), patches[:, place])}"
            f" = {number_text(output[row, column])}."
        )

    windows = {"size": kernel.shape, "shape": output.shape}
    return Explorer(
        frame,
        play="place",
        cells={
            "image": Cells(number="place", **windows),
            "output": Cells(number="place"),
            "patches": Cells(column="place"),
            PRODUCT: Cells(column="place"),
        },
        place=(0, output.size - 1),
    )


def _stacked(image, weights, result):
    """Put the image above kernel and output, narrow enough to stand beside the matrix."""
    width = max(image.width, weights.width + result.width)
    top, lowest = image.height + GAP, max(weights.height, result.height)
    whole = canvas(width, top + lowest)
    whole.put(image, at=(0, (width - image.width) / 2))
    whole.put(weights, at=(top + lowest - weights.height, 0))
    whole.put(result, at=(top + lowest - result.height, weights.width))
    return whole


def _matrix(kernel, patches, output, place):
    """Draw the columns known so far, and below each what the kernel makes of it."""
    height, width = patches.shape
    top, left = TITLE + INDEX, EDGE + INDEX
    product_top = top + height + TITLE
    is_later = np.arange(width) > place
    ax = canvas(left + width + EDGE, product_top + 1 + EDGE)
    known = np.ma.masked_array(patches, np.broadcast_to(is_later, patches.shape))
    paint = {"window": np.s_[:, place]}
    draw_grid(ax, known, at=(top, left), title="patches", index=True, paint=paint)
    outline(ax, "patches", np.s_[:, place])
    products = np.ma.masked_array(output.reshape(1, -1), is_later)
    draw_grid(ax, products, at=(product_top, left), name=PRODUCT, paint={"output": (0, place)})
    at = (product_top - 0.45, left + width / 2)
    draw_label(ax, "kernel, as a row, @ patches", at=at, size="title")
    return outline(ax, PRODUCT, (0, place), colour="output edge")
