"""One step of a kernel in plain Python, and how the chapter's drawings show it."""

import re

import numpy as np

from tests.drawn import filled, grids, outlined

EVEN = np.array([[1, -2], [0, 3], [-1, 4]])
WIDE = np.arange(28).reshape(4, 7) * 5 % 9 - 4


def cells_under(kernel, image, row, column):
    """The patch, cell by cell, in plain Python."""
    return [
        [int(image[row + i][column + j]) for j in range(len(kernel[0]))] for i in range(len(kernel))
    ]


def products_of(patch, kernel):
    return [
        [int(p) * int(k) for p, k in zip(*rows, strict=True)]
        for rows in zip(patch, kernel, strict=True)
    ]


def total(rows):
    return sum(map(sum, rows))


def minus(text):
    return str(text).replace("-", "−")


def terms(says):
    """The factors that a sentence writes out: (pixel, weight) of each product."""
    found = re.findall(r"\(?(−?\d+)\)?·\(?(−?\d+)\)?", says)
    return [tuple(int(number.replace("−", "-")) for number in pair) for pair in found]


def assert_shows_the_step(markup, says, patch, kernel):
    """Compare patch, kernel, products and sum, as numbers and as words."""
    shown = grids(markup)
    products = products_of(patch, kernel)
    np.testing.assert_array_equal(shown["patch"], patch)
    np.testing.assert_array_equal(shown["kernel"], kernel)
    np.testing.assert_array_equal(shown["products"], products)
    np.testing.assert_array_equal(shown["sum"], [[total(products)]])
    cells = set(np.ndindex(kernel.shape))
    assert filled(markup, "kernel", "kernel") == cells
    assert filled(markup, "products", "paper") == cells
    assert filled(markup, "sum", "output") == {(0, 0)}
    assert outlined(markup, "sum", "output edge") == {(0, 0, 1, 1)}
    pairs = [
        (p, k)
        for rows in zip(patch, kernel.tolist(), strict=True)
        for p, k in zip(*rows, strict=True)
    ]
    assert terms(says) == pairs
    assert f" = {minus(total(products))}." in says
