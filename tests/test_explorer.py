"""Explorer, Picture and their two homes: widgets with a kernel, HTML without."""

import base64
import io
import json
import re
import zlib

import numpy as np
import pytest
from PIL import Image

from convlib.draw import PALETTE, canvas, draw_grid, draw_label, draw_photo, number_text
from convlib.explore import Explorer, Picture, explore_window, show_arrays, show_photos
from convlib.explore.live import LiveView
from convlib.explore.page import Frames, explorer_html
from convlib.explore.svg import drawing_digest, svg_markup
from convlib.samples import IMAGE, KERNEL, portrait
from tests.drawn import grids


def product(a, b, word="plain"):
    figure = draw_grid(canvas(4, 4), [[a * b]], at=(1, 1), title="product").figure
    return figure, f"{word}: {a} times {b} is {a * b}."


def triangle():
    """Three sliders; the second reaches as far as the first, the third has words."""
    return Explorer(product, play=("a", "b"), a=(1, 3), b=lambda a: (0, a),
                    word=["plain", "<b>"])


def unpacked(html):
    packed = re.search(r'class="explorer-frames">([^<]*)</script>', html)[1]
    return json.loads(zlib.decompress(base64.b64decode(packed), wbits=-15))


# ---------------------------------------------------------------- states

def test_states_are_the_whole_grid_and_nothing_impossible():
    states = list(triangle().states())
    assert len(states) == triangle().state_count() == (2 + 3 + 4) * 2
    assert states[0] == {"a": 1, "b": 0, "word": "plain"}
    assert states[-1] == {"a": 3, "b": 3, "word": "<b>"}
    assert all(0 <= state["b"] <= state["a"] <= 3 for state in states)


def test_play_runs_through_its_sliders_last_fastest():
    explorer = Explorer(product, play=("a", "b"), word=["plain", "bold"], a=(1, 2), b=(0, 1))
    steps = explorer.play_states({"word": "bold", "a": 2, "b": 0})
    assert [(step["a"], step["b"]) for step in steps] == [(1, 0), (1, 1), (2, 0), (2, 1)]
    assert {step["word"] for step in steps} == {"bold"}


def test_picture_takes_first_values_for_the_rest():
    assert triangle().picture(a=2).sentence == "plain: 2 times 0 is 0."


@pytest.mark.parametrize("values, message", [
    ({"c": 1}, r"\['c'\] are not among the sliders \['a', 'b', 'word'\]"),
    ({"a": 1, "b": 2}, r"b=2 is not among range\(0, 2\)"),
    ({"word": "italic"}, r"word='italic' is not among \['plain', '<b>'\]"),
])
def test_picture_names_the_impossible_value(values, message):
    with pytest.raises(ValueError, match=message):
        triangle().picture(**values)


def test_play_must_name_a_slider():
    with pytest.raises(ValueError, match=r"play \['c'\] is not among the sliders \['a'\]"):
        Explorer(product, play="c", a=(1, 2))


# ---------------------------------------------------------------- what Jupyter gets

def test_text_is_stable_and_changes_with_the_drawing():
    assert repr(triangle()) == repr(triangle())
    text = repr(show_arrays("Two.", image=[[1, 2]]))
    assert text.startswith("Two.\n[drawing ")
    assert text != repr(show_arrays("Two.", image=[[1, 3]]))


def test_digest_sees_one_pixel_of_a_photograph():
    photo = portrait(64)
    changed = photo.copy()
    changed[10, 20] ^= 16
    digests = {drawing_digest(svg_markup(show_photos("", photo=p).figure))
               for p in (photo, changed)}
    assert len(digests) == 2


def test_bundle_with_a_kernel_has_widgets_text_and_png():
    bundle = triangle()._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "image/png", "application/vnd.jupyter.widget-view+json"}
    assert bundle["text/plain"].startswith("Explorer with sliders a, b, word; 18 frames\n")
    image = Image.open(io.BytesIO(bundle["image/png"]))
    assert image.info["Description"] == "plain: 1 times 0 is 0."


def test_bundle_for_the_page_has_html(monkeypatch):
    monkeypatch.setenv("CONVLIB_PAGE", "1")
    assert set(triangle()._repr_mimebundle_()) == {"text/plain", "image/png", "text/html"}
    assert set(Picture(*product(1, 2))._repr_mimebundle_()) == {"text/plain", "image/png",
                                                                "text/html"}


def test_live_sliders_follow_each_other():
    live = LiveView(triangle())
    live.controls["a"].value = 3
    live.controls["b"].value = 3
    assert grids(live.picture.value)["product"] == 9
    live.controls["a"].value = 2
    assert live.values() == {"a": 2, "b": 2, "word": "plain"}
    assert live.controls["b"].max == 2
    assert grids(live.picture.value)["product"] == 4
    live.controls["word"].value = "<b>"
    assert "&lt;b&gt;: 2 times 2 is 4." in live.sentence.value


def test_live_play_runs_to_the_end():
    live = LiveView(triangle())
    shown = []
    for step in range(live.play.max + 1):
        live.play.value = step
        shown.append((live.controls["a"].value, live.controls["b"].value))
    assert shown == [(1, 0), (1, 1), (2, 0), (2, 1), (2, 2), (3, 0), (3, 1), (3, 2), (3, 3)]


def test_live_play_goes_on_from_the_sliders():
    live = LiveView(triangle())
    live.controls["a"].value = 3
    live.controls["b"].value = 2
    live.play.value += 1
    assert live.values() == {"a": 3, "b": 3, "word": "plain"}


def test_live_sliders_are_not_moved_by_a_play_that_fits_no_more():
    live = LiveView(Explorer(product, play="b", a=(1, 3), b=lambda a: (0, 4 - a)))
    live.play.value = 3
    live.controls["b"].value = 0
    live.controls["a"].value = 3
    assert live.values() == {"a": 3, "b": 0}
    assert (live.play.value, live.play.max) == (0, 1)


def test_live_word_that_is_gone_gives_way_to_the_first():
    live = LiveView(Explorer(product, a=(1, 2), b=(0, 1),
                             word=lambda a, b: ["none"] if a == 1 else ["plain", "bold"]))
    live.controls["a"].value = 2
    assert live.values()["word"] == "plain"


def test_live_slider_draws_once_a_move():
    calls = []

    def counted(a, b):
        calls.append((a, b))
        return product(a, b)

    live = LiveView(Explorer(counted, play=("a", "b"), a=(1, 3), b=lambda a: (0, a)))
    live.controls["a"].value = 3
    live.controls["b"].value = 3
    live.controls["a"].value = 1
    assert calls == [(1, 0), (3, 0), (3, 3), (1, 1)]


# ---------------------------------------------------------------- what the page gets

def test_page_reaches_every_state_and_shows_its_product():
    data = unpacked(explorer_html(triangle()))
    for values in triangle().states():
        level = data["states"]
        for value in values.values():
            choices, children = level
            level = children[choices.index(value)]
        sentence, markup = data["frames"][level]
        a, b = values["a"], values["b"]
        assert sentence == f"{values['word']}: {a} times {b} is {a * b}."
        assert grids(markup)["product"] == a * b
    assert data["play"] == ["a", "b"]


def test_page_stores_equal_frames_once():
    explorer = Explorer(lambda a: product(1, a % 2), a=(0, 9))
    frames = Frames(explorer)
    assert len(frames.frames) == 2
    assert frames.states[1] == [0, 1] * 5


def test_page_stores_a_photograph_once_and_shows_it_in_the_first_frame():
    photo = portrait(64)

    def frame(a):
        ax = draw_photo(canvas(6, 6), photo, height=5)
        return draw_label(ax, a, at=(5.5, 3)).figure, f"{a}."

    html = explorer_html(Explorer(frame, a=(0, 3)))
    assert len(unpacked(html)["images"]) == 1
    assert "data:image/webp;base64," in html.partition("explorer-frames")[0]


def test_page_sliders_are_labelled_and_escaped():
    html = explorer_html(Explorer(product, word=["<b>", "plain"], a=(2, 4), b=(1, 2)))
    controls = re.findall(r"<label><span>(\w+)</span><input ([^>]*)><output[^>]*>([^<]*)", html)
    assert [(label, value) for label, _, value in controls] == [("word", "&lt;b&gt;"),
                                                                ("a", "2"), ("b", "1")]
    assert all('type="range"' in attributes for _, attributes, _ in controls)
    assert 'max="2"' in controls[1][1]
    assert "<b>" not in html


def test_page_sentence_is_the_alternative_text():
    html = explorer_html(explore_window(IMAGE, KERNEL))
    sentence = explore_window(IMAGE, KERNEL).picture().sentence
    assert f'aria-label="{sentence}"' in html
    assert f'aria-live="polite">{sentence}</p>' in html


# ---------------------------------------------------------------- drawings

def test_markup_has_no_ids_and_no_colour_outside_the_palette():
    markup = svg_markup(explore_window(IMAGE, KERNEL).picture().figure)
    assert " id=" not in markup
    colours = set(re.findall(r"#[0-9a-f]{6}", markup))
    assert colours <= set(PALETTE.values())
    assert len(re.findall(r"var\(--draw-[a-z-]+,#", markup)) == len(
        re.findall(r"#[0-9a-f]{6}", markup))


def test_markup_keeps_text_as_text():
    ax = draw_grid(canvas(4, 4), np.array([[-3, 7]]), at=(1, 1), title="a & b")
    markup = svg_markup(ax.figure)
    assert ">−3</text>" in markup and ">7</text>" in markup and ">a &amp; b</text>" in markup


@pytest.mark.parametrize("value, text", [(-3, "−3"), (0.5, "0.5"), (-0.001, "0"), (1 / 3, "0.33"),
                                         (np.float32(2), "2"), ("-", "-"), (np.int64(-10), "−10")])
def test_numbers_are_written_one_way(value, text):
    assert number_text(value) == text


def contrast(one, other):
    def luminance(colour):
        channels = [int(colour[k:k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return np.dot(linear, [0.2126, 0.7152, 0.0722])

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("fill", ["paper", "outside", "window", "kernel", "output", "strong"])
def test_numbers_stand_out_from_every_fill(fill):
    assert contrast(PALETTE["ink"], PALETTE[fill]) >= 7
