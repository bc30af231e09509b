"""The explorer of one wave shows a cosine, and where NumPy's transform finds it."""

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

from convlib.draw.canvas import svg_panels
from convlib.explore.waves.explore_wave import explore_wave, wave_image
from tests.drawn import grids


def images(markup):
    """Return the grey pixels of every photograph in a drawing, from 0 to 255."""
    return [np.asarray(Image.open(io.BytesIO(base64.b64decode(code))).convert("L"), dtype=int)
            for code in re.findall(r"data:image/png;base64,([\w+/=]+)", markup)]


def test_wave_shows_a_cosine_and_its_two_places():
    explorer = explore_wave()
    seen = []
    for values in explorer.states():
        down, right = values["down"], values["right"]
        seen.append((down, right))
        figure, says = explorer.frame(**values)
        markup = svg_panels(figure)
        i, j = np.indices((64, 64))
        wave = np.cos(2 * np.pi * (down * i + right * j) / 64)
        (title, numbers), = grids(markup).items()
        assert title == "every eighth pixel of the top row"
        np.testing.assert_allclose(numbers, wave[:1, ::8], atol=0.0501)
        stripes, places = images(markup)
        np.testing.assert_allclose(stripes, (wave + 1) / 2 * 255, atol=2.01)
        lit = set(zip(*(np.argwhere(places > 127) - 4).T.tolist()))
        assert lit == {(down, right), (-down, -right)}
        transform = np.abs(np.fft.fftshift(np.fft.fft2(wave)))
        assert lit == set(zip(*(np.argwhere(transform > 1) - 32).T.tolist()))
        assert f"Up and down {down} time" in says
        assert f"bottom, {right} time" in says
        assert f"down {down}, right {right}, " in says
        assert says.endswith("the middle." if down == right == 0 else "opposite.")
    assert seen == [(down, right) for down in range(5) for right in range(5)]


def test_once_is_one_time():
    says = explore_wave().frame(down=1, right=0)[1]
    assert says.startswith("Up and down 1 time from top to bottom, 0 times from left")


@pytest.mark.parametrize(("down", "right", "size"), [(0, 0, 4), (1, 3, 8), (-2, 1, 12)])
def test_wave_image_is_the_inverse_transform_of_two_points(down, right, size):
    points = np.zeros((size, size))
    points[down, right] += 0.5
    points[-down, -right] += 0.5
    np.testing.assert_allclose(wave_image(down, right, size),
                               np.fft.ifft2(points).real * size**2, atol=1e-5)
