"""The picture of photographs shows their pixels and their sizes."""

import numpy as np

from convlib.draw.canvas import svg_panels
from convlib.explore import show_photos
from convlib.samples import portrait
from tests.drawn import bytes_of, panels, photos, texts


def test_photos_stand_beside_each_other():
    grey = portrait(64)[:, 8:56]
    colour = np.stack([grey, grey // 2, 255 - grey], axis=-1)
    picture = show_photos("Two.", height=5, grey_one=grey, in_colour=colour)
    assert picture.sentence == "Two."
    for shown, wanted in zip(photos(picture.drawing), (grey, colour), strict=True):
        np.testing.assert_array_equal(shown, wanted)
    markup = svg_panels(picture.drawing)
    assert texts(markup) == ["grey one, 64×48", "in colour, 64×48"]
    for panel in panels(markup):
        ((_, _, height, width),) = panel.images
        np.testing.assert_allclose((height, width), (5, 5 * 48 / 64), atol=0.01)


def test_limits_say_what_is_black_and_white():
    waves = np.sin(np.arange(80)).reshape(8, 10)
    (shown,) = photos(show_photos("", limits=(-0.5, 1), waves=waves).drawing)
    np.testing.assert_array_equal(shown, bytes_of(waves, -0.5, 1))
    assert (shown == 0).sum() == (waves <= -0.5 + 0.75 / 255).sum()
