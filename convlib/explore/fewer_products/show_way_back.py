"""Picture of the way back from products to digits, and of the matrix that its columns make."""

import numpy as np

from convlib.draw import beside, grid_panel, number_text, outline, sign_panel
from convlib.explore.engine import Picture


def show_way_back(row, back, B, product):
    """Show a row times the way back, and which column of it is which line of B.

    Parameters
    ----------
    row : ndarray, shape (n,)
    back : ndarray, shape (n, n)
        A line for each digit: what it takes of the products.
    B : ndarray, shape (n, n)
        A line for each product: what it takes of the row.
    product : int
        Its column and its line are marked.

    Returns
    -------
    Picture

    Examples
    --------
    >>> back = np.array([[1, 0, 0], [-1, 1, -1], [0, 0, 1]])
    >>> show_way_back(np.array([3, 3, 2]), back, back.T, 1).sentence
    'Column 1 of the way back is line 1 of B: 0, 1, 0.'
    """
    column, line = np.s_[:, product], np.s_[product, :]
    times = _marked("row times line", row[:, np.newaxis] * back, column)
    upright = grid_panel(row[:, np.newaxis], title="row")
    way, turned = _marked("way back", back, column), _marked("B", B, line)
    equals, cross, arrow = (sign_panel(sign, times) for sign in "=×→")
    drawing = beside(times, equals, upright, cross, way, arrow, turned)
    numbers = ", ".join(map(number_text, back[column]))
    says = f"Column {product} of the way back is line {product} of B: {numbers}."
    return Picture(drawing, says)


def _marked(title, array, cells):
    panel = grid_panel(array, title=title, paint={"window": cells})
    return outline(panel, title, cells)
