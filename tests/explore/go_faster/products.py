"""Numbers, factors and sums of products as sentences write them; cases of this chapter."""

import numpy as np

from convlib.samples import IMAGE, KERNEL

WIDE = np.arange(24).reshape(4, 6) % 7 - 3
EVEN = np.array([[1, -2, 0], [0, 3, 1]])
CASES = [(IMAGE, KERNEL), (WIDE, EVEN), (WIDE.T, EVEN)]


def text(number):
    return str(number).replace("-", "−")


def factor(number):
    return text(number) if number >= 0 else f"({text(number)})"


def products(weights, pixels):
    return " + ".join(f"{factor(a)}·{factor(b)}" for a, b in zip(weights, pixels, strict=True))


def assert_shows(grid, expected):
    """Compare a grid with numbers; the cells that it leaves blank are NaN in both."""
    full = np.full(np.shape(expected), np.nan)
    full[: grid.shape[0], : grid.shape[1]] = grid
    np.testing.assert_array_equal(full, expected)
