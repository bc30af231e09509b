"""The committed picture of a digit being read is what the drawing code draws."""

import re
from base64 import b64decode
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

import digit_picture
from convlib.nn import load_stages, softmax

URI = re.compile(r'href="data:image/png;base64,([\w+/=]+)"')
FRAME = re.compile(r'<g class="frame"')
BAR = re.compile(r"<(?:rect|path)[^>]*output-edge[^>]*>")


@pytest.fixture(scope="module")
def committed():
    return digit_picture.FILE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def drawn():
    return digit_picture.markup()


def pixels(markup):
    """List the images of a film; their bytes depend on the machine's compressor."""
    return [np.asarray(Image.open(BytesIO(b64decode(text)))) for text in URI.findall(markup)]


def test_committed_file_is_what_the_code_draws(committed, drawn):
    assert URI.sub("", committed) == URI.sub("", drawn), "run python tools/digit_picture.py"
    for one, other in zip(pixels(committed), pixels(drawn), strict=True):
        np.testing.assert_array_equal(one, other)


def test_each_frame_shows_more_of_the_digit(committed):
    shown = pixels(committed)
    assert len(shown) == 3 * digit_picture.STEPS == 3 * len(FRAME.findall(committed))
    digits = [255 - image.astype(int) for image in shown[::3]]
    for before, after in pairwise(digits):
        assert (after >= before).all()
        assert after.sum() > before.sum()
    for image, digit in zip(shown[::3], range(1, digit_picture.STEPS + 1)):
        expected = 255 - 255 * digit_picture.drawn(digit)
        np.testing.assert_allclose(image, expected, atol=1)


def test_last_frame_reads_a_three(committed):
    image = digit_picture.drawn(digit_picture.STEPS)[np.newaxis, np.newaxis]
    shares = softmax(load_stages(dtype=np.float64)[-1].network(image)[0])[0]
    assert shares.argmax() == 3
    last = committed.split('<g class="frame"')[-1]
    (bar,) = BAR.findall(last)
    assert "output-edge" in bar
    assert committed.count("in the end it reads 3") == 1


def test_picture_is_small():
    assert digit_picture.FILE.stat().st_size < 150_000
