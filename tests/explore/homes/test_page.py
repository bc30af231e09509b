"""What the page gets: every frame once, controls with labels, nothing unescaped."""

import base64
import io
import re
from html import unescape
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from convlib.draw import below, canvas, draw_label, photo_panel
from convlib.draw.canvas import svg_panels
from convlib.explore import Explorer, Picture, explore_window
from convlib.explore.homes.page import Frames, explorer_html, picture_html
from convlib.samples import IMAGE, KERNEL, portrait
from tests.drawn import grids, shown, unpacked
from tests.explore.engine.toys import opened, product, tangle, triangle


def tree(explorer):
    """Parse an explorer's HTML; its void elements are closed first."""
    html = re.sub(r"<input([^>]*?)>", r"<input\1/>", explorer_html(explorer))
    html = re.sub(r" (checked|disabled|selected)(?=[ />])", r' \1=""', html)
    return ElementTree.fromstring(html)


# ---------------------------------------------------------------- frames


@pytest.mark.parametrize("explorer", [triangle(), tangle(), explore_window(IMAGE, KERNEL)])
def test_page_reaches_every_state_and_shows_its_frame(explorer):
    states = list(explorer.states())
    assert [values for values, *_ in shown(explorer)] == states
    for values, markup, says in shown(explorer):
        drawing, sentence = explorer.frame(**values)
        assert (markup, says) == (svg_panels(drawing), sentence)
    assert unpacked(explorer_html(explorer))["play"] == list(explorer.play)


def test_page_shows_the_products_of_its_sliders():
    for values, markup, says in shown(triangle()):
        a, b = values["a"], values["b"]
        assert says == f"{values['word']}: {a} times {b} is {a * b}."
        np.testing.assert_array_equal(grids(markup)["product"], [[a * b]])


def test_page_stores_equal_frames_once():
    explorer = Explorer(lambda a: product(1, a % 2), a=(0, 9))
    frames = Frames(explorer)
    assert len(frames.frames) == 2
    assert frames.states == [list(range(10)), [0, 1] * 5]


def test_frames_that_differ_in_their_sentence_only_are_two():
    def frame(a):
        return canvas(2, 2), f"{a}."

    assert len(Frames(Explorer(frame, a=(0, 2))).frames) == 3


# ---------------------------------------------------------------- photographs


def photo_frame(a, photo=portrait(64)):  # noqa: B008
    return below(photo_panel(photo, height=5), draw_label(canvas(1, 1), a, at=(0.5, 0.5))), f"{a}."


def decoded(uri):
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(uri.partition("base64,")[2]))))


def test_page_stores_a_photograph_once_and_shows_it_in_the_first_frame():
    html = explorer_html(Explorer(photo_frame, a=(0, 3)))
    (image,) = unpacked(html)["images"]
    assert image in html.partition("explorer-frames")[0]
    assert "@0@" not in html.partition("explorer-frames")[0]


def test_page_shows_photographs_with_a_small_loss():
    (image,) = unpacked(explorer_html(Explorer(photo_frame, a=(0, 1))))["images"]
    assert image.startswith("data:image/webp;base64,")
    off = decoded(image).mean(axis=-1) - portrait(64)
    assert np.abs(off).mean() < 6


def test_page_shows_small_images_exactly():
    tiny = portrait(64)[20:36, 20:40]
    explorer = Explorer(lambda a: photo_frame(a, tiny), a=(0, 1))
    (image,) = unpacked(explorer_html(explorer))["images"]
    assert image.startswith("data:image/png;base64,")
    np.testing.assert_array_equal(decoded(image), tiny)


def test_different_photographs_get_numbers_of_their_own():
    explorer = Explorer(lambda a: photo_frame(a, portrait(64) // (a + 1)), a=(0, 2))
    data = unpacked(explorer_html(explorer))
    assert len(set(data["images"])) == 3
    assert [re.search(r"@(\d+)@", markup)[1] for _, markup in data["frames"]] == ["0", "1", "2"]


# ---------------------------------------------------------------- first frame and controls


@pytest.mark.parametrize("explorer", [triangle(), tangle(), Explorer(photo_frame, a=(0, 1))])
def test_first_frame_stands_in_the_page(explorer):
    values, markup, says = next(iter(shown(explorer)))
    html = explorer_html(explorer)
    assert values == explorer.settle({})
    assert f">{markup}</div>" in html.partition("explorer-controls")[0]
    root = tree(explorer)
    assert root.find("div[@class='picture']").get("aria-label") == says
    assert root.find("div[@class='picture']").get("role") == "img"
    sentence = root.find("p[@class='explorer-sentence']")
    assert (sentence.text, sentence.get("aria-live")) == (says, "polite")


def test_sliders_are_labelled_and_stand_at_their_first_value():
    root = tree(Explorer(product, a=(2, 4), b=[1, 5, 7, 9], word=["x", "<y>", "z" * 66]))
    controls = root.findall(".//label[@class='control']")
    assert [control.get("data-name") for control in controls] == ["a", "b", "word"]
    assert [control.find("span").text for control in controls] == ["a", "b", "word"]
    inputs = [control.find("input") for control in controls]
    assert {slider.get("type") for slider in inputs} == {"range"}
    assert [
        (slider.get("min"), slider.get("max"), slider.get("value"), slider.get("step"))
        for slider in inputs
    ] == [("0", "2", "0", "1"), ("0", "3", "0", "1"), ("0", "2", "0", "1")]
    assert [slider.get("aria-valuetext") for slider in inputs] == ["2", "1", "x"]
    assert [control.find("output").text for control in controls] == ["2", "1", "x"]


def test_an_explorer_opens_where_it_is_told():
    root = tree(opened())
    assert root.find("p[@class='explorer-sentence']").text == "<b>: 2 times 4 is 8."
    assert root.find("div[@class='picture']").get("aria-label") == "<b>: 2 times 4 is 8."
    assert [slider.get("value") for slider in root.findall(".//label/input[@type='range']")] == [
        "1",
        "0",
    ]
    assert [output.text for output in root.findall(".//output")] == ["2", "4"]
    pressed = [button.get("checked") is not None for button in root.findall(".//fieldset//input")]
    assert pressed == [False, True]


def test_a_value_below_0_has_a_minus_sign():
    slider = tree(Explorer(product, a=[-2, 0, 2], b=(0, 1))).find(".//label[@class='control']")
    assert slider.find("input").get("aria-valuetext") == slider.find("output").text == "−2"


def test_words_are_buttons():
    root = tree(triangle())
    (toggle,) = root.findall(".//fieldset")
    assert (toggle.get("data-name"), toggle.find("legend").text) == ("word", "word")
    buttons = toggle.findall(".//input")
    assert [button.get("type") for button in buttons] == ["radio", "radio"]
    assert [button.get("value") for button in buttons] == ["plain", "<b>"]
    assert [button.get("checked") is not None for button in buttons] == [True, False]
    assert [label.find("span").text for label in toggle.findall("label")] == ["plain", "<b>"]
    many, side = tree(tangle()).findall(".//fieldset")
    assert [button.get("value") for button in many.findall(".//input")] == ["many", "none", "few"]
    assert [button.get("value") for button in side.findall(".//input")] == ["left", "right"]


def test_words_that_are_impossible_at_first_cannot_be_pressed():
    explorer = Explorer(
        product, a=(1, 2), b=(0, 1), word=lambda a, b: ["none"] if a == 1 else ["none", "bold"]
    )
    buttons = tree(explorer).findall(".//fieldset//input")
    assert [button.get("disabled") is not None for button in buttons] == [False, True]


def test_underscores_of_names_are_spaces_for_the_reader():
    def frame(tile_size, not_borrowed):
        return product(tile_size, 1)

    root = tree(Explorer(frame, play="tile_size", tile_size=(1, 2), not_borrowed=["x", "y"]))
    assert root.get("aria-label") == "Explorer: tile size, not borrowed"
    assert root.find(".//label[@class='control']/span").text == "tile size"
    assert root.find(".//legend").text == "not borrowed"


@pytest.mark.parametrize(("play", "buttons"), [("a", ["Play", "Step"]), (None, [])])
def test_only_explorers_that_play_have_the_buttons_for_it(play, buttons):
    root = tree(Explorer(product, play=play, a=(1, 2), b=(1, 2)))
    assert [button.text for button in root.findall(".//button")] == buttons


def test_room_for_the_longest_value_keeps_sliders_still():
    explorer = Explorer(product, a=(1, 2), b=(0, 1), word=["x", "much longer" * 6, "y"])
    outputs = tree(explorer).findall(".//output")
    assert [output.get("style") for output in outputs] == [
        "--letters:1",
        "--letters:1",
        "--letters:66",
    ]


def test_nothing_that_a_frame_says_is_markup():
    html = explorer_html(Explorer(product, word=["<b>", 'x"y', "z"], a=(2, 4), b=(1, 2)))
    assert "<b>" not in html
    assert unescape(html).count("<b>: 2 times 1 is 2.") == 2


def test_picture_is_written_without_controls():
    picture = Picture(*product(2, 3, "<b>"))
    html = picture_html(picture)
    assert html == (
        f'<div class="picture" role="img" aria-label="&lt;b&gt;: 2 times 3 is 6.">'
        f"{svg_panels(picture.drawing)}</div>"
    )


def test_picture_s_photograph_is_written_as_the_explorer_s():
    drawing, says = photo_frame(0)
    html = picture_html(Picture(drawing, says))
    (image,) = unpacked(explorer_html(Explorer(photo_frame, a=(0, 1))))["images"]
    assert image in html
