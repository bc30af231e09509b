"""The picture of the way back shows the products of row and lines, and one column as a line."""

import numpy as np
import pytest

from convlib.draw.canvas import svg_panels
from convlib.explore import show_way_back
from tests.drawn import filled, grids, outlined, texts

BACK = np.array([[1, 0, 0, 0], [0, 1, -1, -1], [-1, 1, 1, 0], [0, 0, 0, 1]])
ROW = np.array([3, 3, 2, 1])


@pytest.mark.parametrize(
    ("product", "numbers"), [(1, "0, 1, 1, 0"), (2, "0, −1, 1, 0"), (0, "1, 0, −1, 0")]
)
def test_a_column_of_the_way_back_is_marked_as_a_line(product, numbers):
    picture = show_way_back(ROW, BACK, BACK.T, product)
    markup = svg_panels(picture.drawing)
    assert list(grids(markup)) == ["row times line", "row", "way back", "B"]
    for title, wanted in (
        ("row times line", [[3, 0, 0, 0], [0, 3, -3, -3], [-2, 2, 2, 0], [0, 0, 0, 1]]),
        ("row", [[3], [3], [2], [1]]),
        ("way back", BACK),
        ("B", BACK.T),
    ):
        np.testing.assert_array_equal(grids(markup)[title], wanted)
    assert [text for text in texts(markup) if text in "=×→"] == ["=", "×", "→"]
    for title in ("row times line", "way back"):
        assert filled(markup, title, "window") == {(i, product) for i in range(4)}
        assert outlined(markup, title) == {(0, product, 4, 1)}
    assert filled(markup, "B", "window") == {(product, j) for j in range(4)}
    assert outlined(markup, "B") == {(product, 0, 1, 4)}
    says = f"Column {product} of the way back is line {product} of B: {numbers}."
    assert picture.sentence == says
