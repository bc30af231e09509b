"""The bench of pictures in Python: what it computes, refuses, tells and shows."""

import base64
import json
import re
import zlib
from html import unescape

import numpy as np
import pytest

from convlib import core
from convlib.explore import bench_picture
from convlib.explore.homes import PAGE_VARIABLE
from convlib.samples import KERNELS, grey, photograph, portrait
from tests.drawn import grids, panels

PORTRAIT = portrait(64)
COLOUR = photograph()[::8, ::8].transpose(2, 0, 1)
REDNESS = np.array([2, -1, -1]).reshape(3, 1, 1)
FLAT = np.array([[0, 255, 3, 4], [5, 6, 7, 8], [9, 10, 200, 12]])


def drawing(bench):
    from convlib.draw.canvas import svg_panels

    return svg_panels(bench.picture().drawing)


@pytest.mark.parametrize("name", KERNELS)
def test_output_is_core_s(name):
    bench = bench_picture(PORTRAIT, KERNELS[name])
    np.testing.assert_allclose(bench.output, core.conv2d(PORTRAIT, KERNELS[name]), rtol=1e-12)


def test_whole_numbers_stay_exact():
    bench = bench_picture(PORTRAIT, KERNELS["sobel x"], strength=-3, bias=128)
    assert bench.output.dtype == np.int64
    expected = core.conv2d(PORTRAIT, KERNELS["sobel x"]) * -3 + 128
    np.testing.assert_array_equal(bench.output, expected)


def test_strength_comes_before_bias():
    bench = bench_picture(FLAT, np.array([[1, 1]]), strength=0.5, bias=10)
    assert bench.output[0].tolist() == [(0 + 255) / 2 + 10, (255 + 3) / 2 + 10, (3 + 4) / 2 + 10]


def test_three_weights_mix_the_colours():
    bench = bench_picture(COLOUR, REDNESS, bias=-5)
    red, green, blue = COLOUR.astype(int)
    np.testing.assert_array_equal(bench.output, 2 * red - green - blue - 5)
    assert bench.output.shape == COLOUR.shape[1:]


def test_a_kernel_reads_a_coloured_picture_in_grey():
    bench = bench_picture(COLOUR, KERNELS["sobel y"])
    x = grey(COLOUR.transpose(1, 2, 0))
    np.testing.assert_array_equal(bench.output, core.conv2d(x, KERNELS["sobel y"]))


def test_numbers_of_see_in_colour():
    photo = photograph()[::4, ::4].transpose(2, 0, 1)
    bench = bench_picture(photo, REDNESS, place=(127, 108))
    assert bench.output[127, 108] == 234 * 2 - 28 - 40
    assert bench.picture().sentence == (
        "Row 127, column 108: red 234·2 + green 28·(−1) + blue 40·(−1) = 400, drawn white."
    )


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (
            {"kernel": np.array([[1, 0, -1]])},
            "Row 0, column 1: 255·1 + 3·0 + 4·(−1) = 251.",
        ),
        (
            {"kernel": np.array([[-1, 0, 1]]), "strength": 2},
            "Row 0, column 1: 2·(255·(−1) + 3·0 + 4·1) = −502, drawn black.",
        ),
        (
            {"kernel": np.array([[1 / 9, 1]]), "strength": -0.5, "bias": -1},
            "Row 0, column 1: (−0.5)·(255·1/9 + 3·1) + (−1) = −16.67, drawn black.",
        ),
        (
            {"kernel": np.ones((3, 4), int), "place": (0, 0), "bias": 1},
            "Row 0, column 0: 0·1 + 255·1 + 3·1 + 4·1 + 5·1 + 6·1 + 7·1 + 8·1 + 9·1 + 10·1"
            " + 200·1 + 12·1 + 1 = 520, drawn white.",
        ),
    ],
    ids=["plain", "black", "both", "twelve"],
)
def test_sentence_writes_out_the_sum(settings, sentence):
    assert bench_picture(FLAT, **{"place": (0, 1)} | settings).picture().sentence == sentence


@pytest.mark.parametrize(
    ("kernel", "terms"),
    [
        (np.array([[0.299, -0.25, 2.0]]), "0·0.299 + 255·(−0.25) + 3·2"),
        (np.array([[1 / 16, 1 / 8, -0.5]]), "0·1/16 + 255·1/8 + 3·(−1/2)"),
        (np.array([[0.1234, 1, -1e-12]]), "0·0.12 + 255·1 + 3·0"),
    ],
)
def test_weights_are_decimals_or_fractions(kernel, terms):
    sentence = bench_picture(FLAT, kernel, place=(0, 0)).picture().sentence
    assert sentence.startswith(f"Row 0, column 0: {terms} = ")


def test_many_products_are_counted():
    bench = bench_picture(PORTRAIT, np.ones((4, 4), int), place=(0, 0))
    a, b, c = PORTRAIT[0, :3]
    assert bench.picture().sentence.startswith(
        f"Row 0, column 0: {a}·1 + {b}·1 + {c}·1 + … (16 products) = "
    )


def test_the_window_stands_in_the_middle_unless_it_is_told():
    assert bench_picture(FLAT, np.ones((1, 1), int)).place == (1, 2)
    assert bench_picture(PORTRAIT, KERNELS["identity"]).place == (31, 31)


def test_still_shows_both_pictures_and_the_window():
    bench = bench_picture(PORTRAIT, KERNELS["sobel x"], place=(10, 20))
    drawn = drawing(bench)
    np.testing.assert_array_equal(grids(drawn)["kernel"], KERNELS["sobel x"])
    assert drawn.count("<image") == 2
    photo, _, _, output = panels(drawn)
    cell = 6.5 / 64
    [window] = [box for box in photo.frames if box[0] == "window edge"]
    top, left = photo.images[0][:2]
    np.testing.assert_allclose(
        window[1:], (top + 10 * cell, left + 20 * cell, 3 * cell, 3 * cell), atol=0.01
    )
    [mark] = [box for box in output.frames if box[0] == "output edge"]
    top, left, height, _ = output.images[0]
    np.testing.assert_allclose(
        mark[1:3], (top + 10 * height / 62, left + 20 * height / 62), atol=0.01
    )


def test_text_is_stable():
    lines = repr(bench_picture(PORTRAIT)).splitlines()
    assert lines[0] == "Bench of pictures: picture 64×64, kernel 3×3, output 62×62"
    assert lines[1].startswith("Row 31, column 31: ")
    assert re.fullmatch(r"\[drawing [0-9a-f]{8}\]", lines[2])
    assert repr(bench_picture(COLOUR, REDNESS)).startswith(
        "Bench of pictures: picture 75×64, kernel 1×1 of three channels, output 75×64\n"
    )


# ---------------------------------------------------------------- setting and observing


def test_setting_values_changes_what_follows():
    bench = bench_picture(PORTRAIT, KERNELS["sobel x"])
    outputs = []
    bench.observe(lambda change: outputs.append(change.new), "output")
    bench.kernel = KERNELS["identity"]
    bench.change(strength=-1, bias=255)
    np.testing.assert_array_equal(bench.output, 255 - PORTRAIT[1:-1, 1:-1].astype(int))
    assert len(outputs) == 2
    bench.image = COLOUR
    bench.change(kernel=REDNESS, strength=1, bias=0)
    np.testing.assert_array_equal(outputs[-1], bench.output)
    assert bench.output.shape == COLOUR.shape[1:]


def test_arrays_are_the_bench_s_own():
    image, kernel = PORTRAIT.copy(), KERNELS["sobel x"].copy()
    bench = bench_picture(image, kernel)
    image[0, 0], kernel[0, 0] = 99, 99
    assert bench.image[0, 0] == PORTRAIT[0, 0]
    assert bench.kernel[0, 0] == -1
    for array in (bench.image, bench.kernel):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 5


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"image": [[1]]}, TypeError, "image must be a NumPy array; got list"),
        ({"image": np.ones(3, int)}, ValueError, "image must be (H, W) or (3, H, W); got shape"),
        ({"image": COLOUR[:2]}, ValueError, "(3, H, W); got shape (2, 75, 64)"),
        (
            {"image": np.zeros((257, 3), int)},
            ValueError,
            "image must be at most (256, 256) on a bench; got (257, 3)",
        ),
        ({"image": PORTRAIT / 255}, ValueError, "whole numbers from 0 to 255; got float64 from"),
        ({"image": FLAT + 1}, ValueError, "whole numbers from 0 to 255; got int64 from 1 to 256"),
        ({"image": FLAT - 1}, ValueError, "got int64 from -1 to 254"),
        ({"kernel": np.ones((8, 1))}, ValueError, "kernel must be at most (7, 7) on a bench;"),
        ({"kernel": np.ones(3)}, ValueError, "kernel must have rows and columns; got shape (3,)"),
        ({"kernel": np.array([[np.inf]])}, ValueError, "kernel must be finite; got inf"),
        ({"kernel": np.array([[2**53]])}, ValueError, "kernel must stay below 2**53 on a bench"),
        ({"kernel": REDNESS}, ValueError, "give x (H, W) with weight (KH, KW)"),
        (
            {"image": FLAT[:2], "kernel": KERNELS["sobel x"]},
            ValueError,
            "kernel (3, 3) does not fit image (2, 4); pad each axis by at least 1 in all",
        ),
        ({"strength": np.nan}, ValueError, "strength must be finite; got nan"),
        ({"strength": "a"}, TypeError, "strength must be a number; got 'a'"),
        ({"bias": -np.inf}, ValueError, "bias must be finite; got -inf"),
        ({"place": (-1, 0)}, ValueError, "place must be at least 0; got -1"),
    ],
    ids=str,
)
def test_mistakes_are_raised_and_leave_the_bench(settings, error, message):
    bench = bench_picture(PORTRAIT, KERNELS["sobel x"])
    before = bench.state
    with pytest.raises(error, match=re.escape(message)):
        bench.change(**settings)
    assert bench.state == before
    np.testing.assert_array_equal(bench.image, PORTRAIT)
    with pytest.raises(error, match=re.escape(message)):
        bench_picture(**{"image": PORTRAIT, "kernel": KERNELS["sobel x"]} | settings)


# ---------------------------------------------------------------- the state as text


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"kernel": KERNELS["box blur"], "strength": 0.25, "bias": -7},
        {"kernel": np.array([[1e-7, -2.5]]), "place": (3, 0)},
        {"image": COLOUR, "kernel": REDNESS / 3, "bias": 12.5},
    ],
    ids=str,
)
def test_text_of_the_state_carries_everything_but_the_picture(settings):
    bench = bench_picture(**{"image": PORTRAIT, "kernel": KERNELS["emboss"]} | settings)
    other = bench_picture(bench.image, np.array([[1]]))
    other.load(bench.state)
    assert other.state == bench.state
    np.testing.assert_array_equal(other.output, bench.output)
    assert len(bench.state) < 300


def test_a_state_that_cannot_be_computed_has_no_output():
    bench = bench_picture(PORTRAIT, KERNELS["sobel x"])
    bench.load("1;c=1,2,3")
    assert bench.output is None
    assert bench.error.startswith("give x (H, W) with weight (KH, KW)")
    assert bench.picture().sentence == f"{bench.error}."
    assert repr(bench).splitlines()[0].endswith("output none")
    bench.load("1;c=1,2,3", COLOUR)
    assert bench.error is None
    np.testing.assert_array_equal(bench.output, np.tensordot([1, 2, 3], COLOUR.astype(int), 1))


def test_pictures_of_the_book_say_how_they_are_made():
    assert bench_picture(portrait(128)).source == "portrait(128)"
    photo = photograph()[::4, ::4].transpose(2, 0, 1)
    assert bench_picture(photo).source == "photograph()[::4, ::4].transpose(2, 0, 1)"
    assert bench_picture(PORTRAIT).source == "bench.image"


# ---------------------------------------------------------------- homes


@pytest.mark.parametrize("image", [PORTRAIT, COLOUR], ids=["grey", "colour"])
def test_on_a_page_a_bench_is_its_still_its_state_and_every_pixel(monkeypatch, image):
    monkeypatch.setenv(PAGE_VARIABLE, "1")
    bench = bench_picture(image, KERNELS["sobel x"])
    bundle = bench._repr_mimebundle_()
    html = bundle["text/html"]
    assert set(bundle) == {"text/plain", "image/svg+xml", "text/html"}
    assert f'data-state="{bench.state}"' in html
    assert bench.picture().sentence in html
    given = json.loads(unescape(re.search(r'data-given="([^"]+)"', html)[1]))["image"]
    packed = base64.b64decode(given["packed"])
    differences = np.frombuffer(zlib.decompress(packed, wbits=-15), np.uint8)
    pixels = np.cumsum(differences, dtype=np.uint8).reshape(given["shape"])
    np.testing.assert_array_equal(pixels, image)


def test_in_jupyter_all_views_share_one_widget(monkeypatch):
    pytest.importorskip("anywidget")
    monkeypatch.delenv(PAGE_VARIABLE, raising=False)
    bench = bench_picture(PORTRAIT, KERNELS["sobel x"])
    views = [bench._repr_mimebundle_() for _ in range(2)]
    ids = [view["application/vnd.jupyter.widget-view+json"]["model_id"] for view in views]
    assert ids[0] == ids[1]
    widget = bench._widget
    bench.change(image=COLOUR, kernel=REDNESS)
    assert widget.state == bench.state
    assert widget.picture == {"shape": [3, 75, 64], "pixels": COLOUR.tobytes()}
    assert widget.given["image"]["shape"] == (64, 64)
    with widget.hold_trait_notifications():
        widget.state = "1;k=1,1"
        widget.picture = {"shape": [1, 3], "pixels": memoryview(bytes([1, 2, 4]))}
    assert bench.output.tolist() == [[1 + 2, 2 + 4]]
