"""The middle of three explorers: patch times kernel, the products, and their sum."""

import numpy as np

from convlib.core import conv_step
from convlib.draw import (
    beside,
    draw_outline,
    grid_panel,
    number_text,
    sign_panel,
    sum_of_products,
)


def products_row(patch, kernel, wide=1):
    """Put a kernel, its products with a patch and their sum beside each other.

    Parameters
    ----------
    patch, kernel : ndarray, shape (KH, KW)
    wide : float
        How many columns a product and the sum take: more than one for the bytes of a photograph.

    Returns
    -------
    Panels
        It continues the panel of the patch: × kernel = products → sum.
    """
    kernel_panel = grid_panel(kernel, title="kernel", fill="kernel")
    products = np.multiply(patch, kernel, dtype=np.result_type(patch, kernel, np.int64))
    products_panel = grid_panel(products, title="products", wide=wide)
    total = grid_panel([[conv_step(patch, kernel)]], title="sum", fill="output", wide=wide)
    (row, column, *_), shape = total.grids["sum"], (1, wide)
    draw_outline(total, at=(row, column), shape=shape, colour="output edge")
    return beside(
        sign_panel("×", kernel_panel),
        kernel_panel,
        sign_panel("=", kernel_panel),
        products_panel,
        sign_panel("→", products_panel),
        total,
    )


def arithmetic(patch, kernel):
    """Write the sum of products and its result.

    Parameters
    ----------
    patch, kernel : ndarray of one shape

    Returns
    -------
    str
    """
    return f"{sum_of_products(patch, kernel)} = {number_text(conv_step(patch, kernel))}"
