"""The explorer of Winograd's method shows what plain sums of products give."""

from fractions import Fraction

import numpy as np
from scipy.signal import correlate2d

from convlib.explore import explore_winograd
from convlib.samples import IMAGE, KERNEL
from tests.drawn import grids, painted, panels, texts
from tests.explore.compared import every_state

B = np.array([[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]])
G = np.array([[2, 0, 0], [1, 1, 1], [1, -1, 1], [0, 0, 2]]) / 2
A = np.array([[1, 1, 1, 0], [0, 1, -1, -1]])
UNEVEN = np.array([[1, -2, 0], [0, 3, 1], [4, 0, -1]])
SIGNED = np.arange(16).reshape(4, 4) * 5 % 7 - 3
NAMES = {
    "patch": "transformed patch",
    "kernel": "transformed kernel",
    "multiply": "products",
    "back": "output",
}
TARGETS = {
    "patch": "patch, transformed",
    "kernel": "kernel, transformed",
    "multiply": "products",
    "back": "output",
}
SOURCES = {"patch": ("patch", B), "kernel": ("kernel", G), "back": ("products", A)}
APPEARS = {
    "patch": 0,
    "kernel": 0,
    "output": 3,
    "patch, transformed": 0,
    "kernel, transformed": 1,
    "products": 2,
}


def twice(matrix, array):
    """Apply a matrix to columns and rows, one exact sum of products for each cell."""
    matrix = [[Fraction(float(value)) for value in row] for row in matrix]
    cells = [(i, j, Fraction(float(value))) for (i, j), value in np.ndenumerate(array)]
    return np.array(
        [
            [float(sum(up[i] * across[j] * value for i, j, value in cells)) for across in matrix]
            for up in matrix
        ]
    )


def value_of(text):
    """Compute a sentence's sum."""
    return eval(text.replace("−", "-").replace("·", "*"))


@every_state(explore_winograd, (IMAGE[:4, :4], KERNEL, B, G, A), (SIGNED, UNEVEN, B, G, A))
def test_winograd_shows_every_step(states, patch, kernel, B, G, A):
    arrays = {
        "patch": patch,
        "kernel": kernel,
        "patch, transformed": twice(B, patch),
        "kernel, transformed": twice(G, kernel),
        "output": correlate2d(patch, kernel, mode="valid"),
    }
    arrays["products"] = arrays["patch, transformed"] * arrays["kernel, transformed"]
    seen = []
    for values, markup, says in states:
        step, row, column = values["step"], values["row"], values["column"]
        seen.append((step, row, column))
        shown = grids(markup)
        now = list(NAMES).index(step)
        assert set(shown) == {title for title, first in APPEARS.items() if first <= now}
        assert [text for text in texts(markup) if text in APPEARS] == list(APPEARS)
        for title, grid in shown.items():
            np.testing.assert_allclose(grid, arrays[title], atol=0.0051)
        target = TARGETS[step]
        assert painted(markup, target, "output") == {(row, column)}
        if step == "multiply":
            for title in list(TARGETS.values())[:2]:
                assert painted(markup, title, "output") == {(row, column)}
        else:
            source, matrix = SOURCES[step]
            weights = np.outer(matrix[row], matrix[column])
            for colour, chosen in (("window", weights > 0), ("strong", weights < 0)):
                cells = {(int(i), int(j)) for i, j in np.argwhere(chosen)}
                assert painted(markup, source, colour) == cells
        counts = [len(panel.squares) for panel in panels(markup)]
        assert [count for count in counts if count] == [
            array.size for array in (arrays[title] for title in APPEARS)
        ]
        start = f"Row {row}, column {column} of the {NAMES[step]}: "
        assert says.startswith(start)
        left, right = says.removeprefix(start).removesuffix(".").rsplit(" = ", 1)
        np.testing.assert_allclose(value_of(right), arrays[target][row, column], atol=0.0051)
        # Three factors of two decimals each may be off by a rounding of 0.005.
        np.testing.assert_allclose(value_of(left), arrays[target][row, column], atol=0.1)
    assert seen == [
        (step, i, j) for step in NAMES for i, j in np.ndindex((2, 2) if step == "back" else (4, 4))
    ]
