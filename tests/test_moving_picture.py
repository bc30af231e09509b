"""The committed moving picture is what the drawing code draws."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from scipy.signal import correlate2d

import moving_picture
from convlib.samples import IMAGE, KERNEL
from tests.drawn import grids, painted

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def film():
    return ElementTree.fromstring(moving_picture.FILE.read_text(encoding="utf-8"))


def frames(film):
    """Return the markup of each frame, as a page's drawing has it."""
    for g in film.iter(f"{SVG}g"):
        if g.get("class") == "frame":
            g.set("transform", "translate(0 0)")
            inside = re.sub(r'ns0:| xmlns:ns0="[^"]*"', "", ElementTree.tostring(g, "unicode"))
            yield f'<svg viewBox="{film.get("viewBox")}">{inside}</svg>'


def test_committed_file_is_what_the_code_draws():
    committed = moving_picture.FILE.read_text(encoding="utf-8")
    assert committed == moving_picture.markup(), "run python tools/moving_picture.py"


def test_frames_show_the_window_at_each_place_in_turn(film):
    output = correlate2d(IMAGE, KERNEL, mode="valid")
    places = list(np.ndindex(output.shape))
    assert len(places) == 9
    for markup, (row, column) in zip(frames(film), places, strict=True):
        shown = grids(markup)
        np.testing.assert_array_equal(shown["image"], IMAGE)
        np.testing.assert_array_equal(shown["kernel"], KERNEL)
        written = shown["output"][~np.isnan(shown["output"])]
        np.testing.assert_array_equal(written, output.ravel()[: 3 * row + column + 1])
        under = {(row + u, column + v) for u, v in np.ndindex(KERNEL.shape)}
        assert painted(markup, "image", "window") == under


def test_frames_follow_each_other_and_begin_again(film):
    delays = [
        float(re.search(r"animation-delay:([\d.]+)s", g.get("style"))[1])
        for g in film.iter(f"{SVG}g")
        if g.get("class")
    ]
    step = moving_picture.SECONDS
    np.testing.assert_allclose(delays, np.arange(9) * step)
    rules = "".join(style.text for style in film.iter(f"{SVG}style"))
    whole = float(re.search(r"animation:show ([\d.]+)s step-end infinite", rules)[1])
    assert whole == step * (8 + moving_picture.PAUSE)
    for name, seconds in (("show", step), ("stay", step * moving_picture.PAUSE)):
        share = re.search(rf"@keyframes {name}\{{0%\{{visibility:visible\}}([\d.]+)%", rules)[1]
        assert float(share) / 100 * whole == pytest.approx(seconds, rel=1e-3)


def test_less_motion_leaves_the_last_frame(film):
    rules = "".join(style.text for style in film.iter(f"{SVG}style"))
    still = rules.partition("(prefers-reduced-motion:reduce)")[2]
    assert still.startswith("{g.frame{animation:none}g.frame:last-child{visibility:visible}}")


def test_picture_says_what_it_shows_and_is_small(film):
    assert film.get("aria-label") == moving_picture.SAYS
    assert moving_picture.FILE.stat().st_size < 150_000


def test_file_is_written_the_same_again(tmp_path):
    moving_picture.write(tmp_path / "once.svg")
    assert (tmp_path / "once.svg").read_bytes() == moving_picture.FILE.read_bytes()


def test_one_wrong_digit_is_noticed(monkeypatch):
    changed = IMAGE.copy()
    changed[4, 4] += 2
    monkeypatch.setattr(moving_picture, "IMAGE", changed)
    assert moving_picture.markup() != moving_picture.FILE.read_text(encoding="utf-8")
