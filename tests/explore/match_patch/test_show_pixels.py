"""The picture of a small image shows its squares and the same numbers."""

import numpy as np
import pytest

from convlib.draw.canvas import svg_panels
from convlib.explore import show_pixels
from convlib.samples import IMAGE
from tests.drawn import bytes_of, grids, panels, photos

WIDE = np.arange(15).reshape(3, 5)


@pytest.mark.parametrize("image", [IMAGE, WIDE])
def test_pixels_show_squares_and_the_same_numbers(image):
    picture = show_pixels("An image.", image)
    markup = svg_panels(picture.drawing)
    np.testing.assert_array_equal(grids(markup)["what is stored"], image)
    (squares,) = photos(picture.drawing)
    np.testing.assert_array_equal(squares, bytes_of(image, 0, image.max()))
    assert picture.sentence == "An image."
    seen, _, stored = panels(markup)
    ((top, _, *shape),) = seen.images
    assert tuple(shape) == image.shape
    np.testing.assert_allclose(top, stored.corners["what is stored"][0], atol=0.01)
