"""The picture of a tiny colour image shows its colours and its numbers."""

import numpy as np
import pytest

from convlib.draw.canvas import svg_panels
from convlib.explore import show_channels
from convlib.samples import RGB_IMAGE
from tests.drawn import grids, panels, photos


@pytest.mark.parametrize("image", [RGB_IMAGE, np.arange(24).reshape(3, 2, 4) % 4])
def test_tiny_image_is_shown_in_its_colours(image):
    picture = show_channels(image)
    markup = svg_panels(picture.drawing)
    shown = grids(markup)
    for channel, name in zip(image, ["red", "green", "blue"], strict=True):
        np.testing.assert_array_equal(shown[name], channel)
    (pixels,) = photos(picture.drawing)
    assert pixels.shape == (*image.shape[1:], 3)
    for i, j in np.ndindex(image.shape[1:]):
        np.testing.assert_array_equal(pixels[i, j], [85 * image[c, i, j] for c in range(3)])
    panel = panels(markup)[0]
    ((row, column, height, width),) = panel.images
    assert (height, width) == image.shape[1:]
    cells = [(row + i, column + j, 1, 1) for i, j in np.ndindex(image.shape[1:])]
    np.testing.assert_allclose([b[1:] for b in panel.borders], cells, atol=0.01)
    numbers = [str(n) for size in image.shape[1:] for n in range(size)]
    assert [text for text, *_ in panel.texts] == [*numbers, "colours"]
