"""Explorer of Winograd's products along one row: which numbers meet, and where they go."""

import numpy as np

from convlib.draw import below, beside, glue, grid_panel, number_text, outline
from convlib.explore.engine import Cells, Explorer


def explore_products(row, taps, B, G, A):
    """Follow each product of Winograd's method from the row and the kernel to the outputs.

    Parameters
    ----------
    row : sequence of int, length n
    taps : sequence of int, length k
        The kernel.
    B : ndarray, shape (n, n)
        Line m says what product m adds and subtracts of the row.
    G : ndarray, shape (n, k)
        Line m says what it takes of the kernel.
    A : ndarray, shape (n - k + 1, n)
        Column m says into which outputs product m goes, and with which sign.

    Returns
    -------
    Explorer
        Slider `product`. What is added is blue, what is subtracted is pink.

    Examples
    --------
    >>> B = np.array([[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]])
    >>> G = np.array([[2, 0, 0], [1, 1, 1], [1, -1, 1], [0, 0, 2]]) / 2
    >>> A = np.array([[1, 1, 1, 0], [0, 1, -1, -1]])
    >>> explore_products([3, 3, 2, 1], [3, 1, 2], B, G, A).picture(product=1).sentence
    'Product 1: 5 from the row times 3 from the kernel is 15. Outputs so far: 18, 15.'
    """
    data, weights = B @ row, G @ taps
    products = data * weights

    def frame(product):
        known = np.arange(len(products)) <= product
        outputs = A @ np.where(known, products, 0)
        drawing = beside(
            _reading("row", row, B, data, product, name="B", fill="paper"),
            _reading("kernel", taps, G, weights, product, name="G", fill="kernel"),
            _outputs(products, A, outputs, product),
        )
        factors = [number_text(values[product]) for values in (data, weights, products)]
        so_far = ", ".join(number_text(value) for value in outputs)
        return drawing, (
            f"Product {product}: {factors[0]} from the row times {factors[1]} from"
            f" the kernel is {factors[2]}. Outputs so far: {so_far}."
        )

    return Explorer(
        frame,
        play="product",
        cells={
            "B": Cells("product"),
            "G": Cells("product"),
            "A": Cells(column="product"),
            "products": Cells(column="product"),
        },
        product=(0, len(products) - 1),
    )


def _signs(weights):
    return {"window": weights[np.newaxis] > 0, "strong": weights[np.newaxis] < 0}


def _reading(title, numbers, matrix, values, product, *, name, fill):
    """Draw a matrix, its line `product`, the numbers that the line takes, and what it makes."""
    line = np.zeros(matrix.shape, dtype=bool)
    line[product] = True
    paint = {"window": line & (matrix > 0), "strong": line & (matrix < 0)}
    matrix_panel = grid_panel(matrix, title=name, paint=paint)
    outline(matrix_panel, name, np.s_[product, :], colour="line")
    taken = grid_panel(
        np.asarray(numbers)[np.newaxis], title=title, fill=fill, paint=_signs(matrix[product])
    )
    read = grid_panel([[values[product]]], title=f"{title}, read", fill="output")
    return glue(below(matrix_panel, taken, read))


def _outputs(products, matrix, outputs, product):
    """Draw the products so far, the matrix that leads back, and the outputs so far."""
    column = np.zeros(matrix.shape, dtype=bool)
    column[:, product] = True
    paint = {"window": column & (matrix > 0), "strong": column & (matrix < 0)}
    matrix_panel = grid_panel(matrix, title="A", paint=paint)
    outline(matrix_panel, "A", np.s_[:, product], colour="line")
    later = np.arange(matrix.shape[1]) > product
    so_far = np.ma.masked_array(products, later)[np.newaxis]
    paint = {"output": np.s_[0, product]}
    return glue(
        below(
            matrix_panel,
            grid_panel(so_far, title="products", paint=paint),
            grid_panel([outputs], title="outputs so far", fill="output"),
        )
    )
