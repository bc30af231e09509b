"""The picture of a slice shows where it lies and what it holds."""

import numpy as np
import pytest

from convlib.draw.canvas import svg_panels
from convlib.explore import show_slice
from convlib.samples import IMAGE
from tests.drawn import filled, grids, outlined

WIDE = np.arange(15).reshape(3, 5)


@pytest.mark.parametrize(
    ("image", "rows", "columns", "name", "numbers"),
    [
        (IMAGE, (0, 3), (0, 3), "image[0:3, 0:3]", [[3, 3, 2], [0, 0, 1], [3, 1, 2]]),
        (WIDE, (1, 3), (3, 5), "image[1:3, 3:5]", [[8, 9], [13, 14]]),
        (WIDE, (0, 1), (1, 4), "image[0:1, 1:4]", [[1, 2, 3]]),
    ],
)
def test_slice_shows_the_image_and_what_the_slice_holds(image, rows, columns, name, numbers):
    picture = show_slice(image, rows, columns)
    markup = svg_panels(picture.drawing)
    shown = grids(markup)
    np.testing.assert_array_equal(shown["image"], image)
    np.testing.assert_array_equal(shown[name], numbers)
    height, width = len(numbers), len(numbers[0])
    listed = ", ".join(str(number) for row in numbers for number in row)
    assert picture.sentence == f"{name} holds {height}×{width} numbers: {listed}."
    assert outlined(markup, "image") == {(rows[0], columns[0], height, width)}
    inside = {(i, j) for i in range(*rows) for j in range(*columns)}
    assert filled(markup, "image", "window") == inside
    assert filled(markup, name, "window") == set(np.ndindex(height, width))
