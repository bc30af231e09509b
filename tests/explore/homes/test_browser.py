"""In a page's Python an explorer is the page's HTML, its frames drawn when they are asked for."""

import base64
import json
import re
import zlib

import pytest

from convlib.draw import grid_panel
from convlib.explore import explore_window, homes, show_photos
from convlib.explore.engine import Explorer, Picture
from convlib.explore.homes import browser
from convlib.explore.homes.page import Frames
from convlib.samples import IMAGE, KERNEL
from tests.explore.engine import toys


@pytest.fixture(autouse=True)
def in_page(monkeypatch):
    monkeypatch.setenv(homes.PAGE_VARIABLE, homes.WORKER)
    monkeypatch.setattr(browser, "_shown", {})


def html(thing):
    return thing._repr_mimebundle_()["text/html"]


def packed(markup):
    text = re.search(r'explorer-frames">([^<]*)<', markup)[1]
    return json.loads(zlib.decompress(base64.b64decode(text), wbits=-15))


@pytest.mark.parametrize("make", [toys.triangle, toys.tangle])
def test_states_are_the_pages_and_only_the_first_is_drawn(make):
    explorer = make()
    drawn = []
    live = Explorer(
        lambda **values: drawn.append(values) or explorer.frame(**values),
        play=explorer.play,
        **explorer.sliders,
    )
    bundle = browser.bundle(live)
    assert len(drawn) == 1
    data, page = packed(bundle["text/html"]), Frames(explorer)
    assert data["frames"][0] == list(page.frames[0])
    assert data["frames"][1:] == [None] * (explorer.state_count() - 1)

    def choices(states):
        return states if isinstance(states, int) else (states[0], [*map(choices, states[1])])

    def without_numbers(tree):
        return "leaf" if isinstance(tree, int) else (tree[0], [*map(without_numbers, tree[1])])

    assert without_numbers(choices(data["states"])) == without_numbers(choices(page.states))


def test_the_frame_that_it_opens_at_is_drawn():
    frames = packed(browser.bundle(toys.opened())["text/html"])["frames"]
    assert [frame[0] for frame in frames if frame] == ["<b>: 2 times 4 is 8."]
    assert len(frames) == toys.opened().state_count()


def test_a_frame_is_what_the_explorer_draws():
    explorer = explore_window(IMAGE, KERNEL)
    key = re.search(r'data-key="(\d+)"', html(explorer))[1]
    sentence, markup = browser.frame(key, {"row": 2, "column": 1})
    assert sentence.startswith("Row 2, column 1")
    assert markup.startswith('<div class="panels"><svg')


def test_the_oldest_stand_still():
    for _ in range(browser.KEPT + 1):
        browser.bundle(toys.triangle())
    assert len(browser._shown) == browser.KEPT
    assert "1" not in browser._shown


def test_pictures_need_no_other_library(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "PIL", None)
    markup = html(show_photos("A photo.", photo=IMAGE))
    assert 'href="data:image/png;base64,' in markup
    assert 'aria-label="One."' in html(Picture(grid_panel([[1]], title="one"), "One."))
