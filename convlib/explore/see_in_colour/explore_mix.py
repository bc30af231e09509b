"""Explorer of a product of matrices: where a row and a column meet stands their number."""

import numpy as np

from convlib.draw import canvas, draw_grid, number_text, outline, sum_of_products, up_to
from convlib.draw.placement import EDGE, INDEX, TITLE
from convlib.explore.engine import Cells, Explorer


def explore_mix(mix, pixels):
    """Meet each row of a table of weights with each column of a table of pixels.

    Parameters
    ----------
    mix : ndarray, shape (O, C)
        A row for each filter.
    pixels : ndarray, shape (C, N)
        A column for each pixel.

    Returns
    -------
    Explorer
        Sliders `row` and `column`: the cell of the product that is being computed.

    Examples
    --------
    >>> pixels = np.array([[3, 1], [0, 0], [0, 3]])
    >>> explore_mix(np.array([[3, 6, 1]]), pixels).picture(column=1).sentence
    'Row 0 of mix, column 1 of pixels: 3·1 + 6·0 + 1·3 = 6.'
    """
    product = mix @ pixels
    (filters, channels), count = mix.shape, pixels.shape[1]
    left, top = EDGE + INDEX, TITLE + INDEX
    right, bottom = left + channels + 2 * INDEX, top + channels + TITLE + INDEX

    def frame(row, column):
        ax = canvas(right + count + EDGE, bottom + filters + EDGE)
        weights, pixel = np.s_[row, :], np.s_[:, column]
        draw_grid(ax, mix, at=(bottom, left), title="mix", index=True, paint={"kernel": weights})
        draw_grid(ax, pixels, at=(top, right), title="pixels", index=True, paint={"window": pixel})
        so_far, place = up_to(product, (row, column)), {"output": (row, column)}
        draw_grid(ax, so_far, at=(bottom, right), title="product", index=True, paint=place)
        outline(ax, "mix", weights, colour="kernel edge")
        outline(ax, "pixels", pixel)
        outline(ax, "product", (row, column), colour="output edge")
        return ax, (
            f"Row {row} of mix, column {column} of pixels:"
            f" {sum_of_products(mix[row], pixels[:, column])}"
            f" = {number_text(product[row, column])}."
        )

    return Explorer(
        frame,
        play=("row", "column"),
        cells={
            "mix": Cells(row="row"),
            "pixels": Cells(column="column"),
            "product": Cells("row", "column"),
        },
        row=(0, filters - 1),
        column=(0, count - 1),
    )
