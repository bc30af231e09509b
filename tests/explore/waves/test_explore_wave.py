"""The explorer of one wave shows a cosine, and where NumPy's transform finds it."""

import numpy as np
import pytest

from convlib.explore import explore_wave
from convlib.explore.homes.points import pointed_panels
from convlib.explore.waves.explore_wave import wave_image
from tests.drawn import grids, panels, photos
from tests.explore.compared import every_state
from tests.pointed import place_of, rectangles


@every_state(explore_wave, ())
def test_wave_shows_a_cosine_and_its_two_places(states):
    seen = []
    for values, markup, says in states:
        down, right = values["down"], values["right"]
        seen.append((down, right))
        i, j = np.indices((64, 64))
        wave = np.cos(2 * np.pi * (down * i + right * j) / 64)
        ((title, numbers),) = grids(markup).items()
        assert title == "every eighth pixel of the top row"
        np.testing.assert_allclose(numbers, wave[:1, ::8], atol=0.0501)
        stripes, places = photos(states.drawing(values))
        np.testing.assert_allclose(stripes, (wave + 1) / 2 * 255, atol=0.51)
        lit = set(zip(*(np.argwhere(places > 127) - 4).T.tolist()))
        assert lit == {(down, right), (-down, -right)}
        transform = np.abs(np.fft.fftshift(np.fft.fft2(wave)))
        assert lit == set(zip(*(np.argwhere(transform > 1) - 32).T.tolist()))
        assert f"Up and down {down} time" in says
        assert f"bottom, {abs(right)} time" in says
        assert f"down {down}, right {right}, ".replace("-", "−") in says
        assert pressed(states.explorer, values) == (lit if down else {(0, right)})
        assert says.endswith("the middle." if down == right == 0 else "opposite.")
        assert_places_are_numbered(panels(markup)[1])
    assert seen == [(down, right) for down in range(5) for right in range(-4, 5)]


def assert_places_are_numbered(panel):
    """Along both sides the numbers −4 to 4 stand at the middles of the map's cells."""
    ((top, left, height, width),) = panel.images
    numbers = [str(n).replace("-", "−") for n in range(-4, 5)]
    for anchor, start, size, axis in (("middle", left, width, 3), ("end", top, height, 2)):
        found = [text for text in panel.texts if text[1] == anchor and text[0] in numbers]
        assert [text[0] for text in found] == numbers
        middles = [start + (n + 0.5) * size / 9 for n in range(9)]
        np.testing.assert_allclose([text[axis] for text in found], middles, atol=0.01)


def pressed(explorer, values):
    """List the places of the map that stand for a state when they are pressed."""
    drawing, _ = explorer.frame(**values)
    found = set()
    for panel, rectangle, point in rectangles(pointed_panels(explorer, drawing, values)):
        ((top, left, height, width),) = panel.images
        place = place_of(rectangle, point, values)
        if place is not None:
            row, column, *_ = (place[:2] - (top, left)) / (height / 9, width / 9) - 4
            found.add((round(row), round(column)))
    return found


def test_once_is_one_time():
    says = explore_wave().frame(down=1, right=0)[1]
    assert says.startswith("Up and down 1 time from top to bottom, 0 times from left")


@pytest.mark.parametrize(("down", "right", "size"), [(0, 0, 4), (1, 3, 8), (-2, 1, 12)])
def test_wave_image_is_the_inverse_transform_of_two_points(down, right, size):
    points = np.zeros((size, size))
    points[down, right] += 0.5
    points[-down, -right] += 0.5
    np.testing.assert_allclose(
        wave_image(down, right, size), np.fft.ifft2(points).real * size**2, atol=1e-5
    )
