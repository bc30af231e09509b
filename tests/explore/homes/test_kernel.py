"""Sliders that a running kernel answers."""

import re
from html import unescape

import numpy as np
import pytest

from convlib.draw.canvas import svg_panels
from convlib.draw.words import number_text
from convlib.explore import Explorer, explore_window
from convlib.explore.homes.kernel import LiveView
from convlib.explore.homes.playing import LETTER_WAIT, PLAY_WAIT, SPEEDS, play_wait
from convlib.samples import IMAGE, KERNEL
from convlib.web import source
from tests.drawn import grids
from tests.explore.engine.toys import moves, opened, product, tangle, triangle


def assert_shows(live, values):
    """The view shows one state: its sliders, its drawing and its sentence."""
    drawing, says = live.explorer.frame(**values)
    assert live.values() == values
    shown = live.picture.shown
    assert (shown["markup"], shown["label"]) == (svg_panels(drawing), says)
    assert shown["values"] == values
    assert f'<p aria-live="polite">{says}</p>' == unescape(live.sentence.value)
    for name, choices in live.explorer.choices_at(values).items():
        control = live.controls[name]
        assert shown["choices"][name] == list(choices)
        if isinstance(choices, range):
            assert range(control.min, control.max + 1) == choices
        else:
            assert list(control.options) == [(number_text(str(value)), value) for value in choices]


def put(live, state):
    """Move one slider after the other to a state."""
    for name, value in state.items():
        live.controls[name].value = value


@pytest.mark.parametrize("make", [triangle, tangle])
def test_every_move_leads_to_the_state_that_the_engine_settles_on(make):
    live = LiveView(make())
    for state, name, value in moves(live.explorer):
        put(live, state)
        assert_shows(live, state)
        live.controls[name].value = value
        assert_shows(live, live.explorer.settle(state | {name: value}))


def test_an_explorer_opens_where_it_is_told():
    assert_shows(LiveView(opened()), {"a": 2, "b": 4, "word": "<b>"})


def test_sliders_follow_each_other():
    live = LiveView(triangle())
    live.controls["a"].value = 3
    live.controls["b"].value = 3
    np.testing.assert_array_equal(grids(live.picture.shown["markup"])["product"], [[9]])
    live.controls["a"].value = 2
    assert live.values() == {"a": 2, "b": 2, "word": "plain"}
    assert live.controls["b"].max == 2
    np.testing.assert_array_equal(grids(live.picture.shown["markup"])["product"], [[4]])
    live.controls["word"].value = "<b>"
    assert "&lt;b&gt;: 2 times 2 is 4." in live.sentence.value


def test_play_runs_to_the_end():
    live = LiveView(triangle())
    shown = []
    for step in range(live.play.max + 1):
        live.play.value = step
        shown.append((live.controls["a"].value, live.controls["b"].value))
    assert shown == [(1, 0), (1, 1), (2, 0), (2, 1), (2, 2), (3, 0), (3, 1), (3, 2), (3, 3)]


def test_play_goes_on_from_the_sliders():
    live = LiveView(triangle())
    live.controls["a"].value = 3
    live.controls["b"].value = 2
    live.play.value += 1
    assert live.values() == {"a": 3, "b": 3, "word": "plain"}


def test_sliders_are_not_moved_by_a_play_that_fits_no_more():
    live = LiveView(Explorer(product, play="b", a=(1, 3), b=lambda a: (0, 4 - a)))
    live.play.value = 3
    live.controls["b"].value = 0
    live.controls["a"].value = 3
    assert live.values() == {"a": 3, "b": 0}
    assert (live.play.value, live.play.max) == (0, 1)


def test_word_that_is_gone_gives_way_to_the_first():
    live = LiveView(
        Explorer(
            product, a=(1, 2), b=(0, 1), word=lambda a, b: ["none"] if a == 1 else ["plain", "bold"]
        )
    )
    live.controls["a"].value = 2
    assert live.values()["word"] == "plain"


def point(live, **wanted):
    """Send what the browser sends when the reader points at a place."""
    live.picture._handle_custom_msg(wanted, [])


def test_what_is_pointed_at_is_shown_and_sliders_follow():
    live = LiveView(explore_window(IMAGE, KERNEL))
    assert 'class="point"' in live.picture.shown["markup"]
    point(live, row=2, column=0.6)
    assert live.values() == live.picture.shown["values"] == {"row": 2, "column": 1}
    assert grids(live.picture.shown["markup"])["output"][2].tolist()[:2] == [9, 6]
    assert live.sentence.value.startswith('<p aria-live="polite">Row 2, column 1: ')
    assert live.play.value == 2 * 3 + 1


def test_what_is_pointed_at_may_need_other_ranges():
    live = LiveView(tangle())
    for state in live.explorer.states():
        point(live, **state)
        assert_shows(live, state)


def test_pointing_draws_once_and_stops_play():
    calls = []

    def counted(a, b):
        calls.append((a, b))
        return product(a, b)

    live = LiveView(Explorer(counted, play=("a", "b"), a=(1, 3), b=lambda a: (0, a)))
    live.play.playing = True
    point(live, a=3, b=3)
    assert calls == [(1, 0), (3, 3)]
    assert not live.play.playing


@pytest.mark.parametrize("speed", SPEEDS.values())
def test_play_waits_as_long_as_the_coming_sentence_takes(speed):
    live = LiveView(explore_window(IMAGE, KERNEL))
    live.speed.value = speed
    states = list(live.explorer.states())
    for step, coming in enumerate([*states[2:], states[-1]], 1):
        live.play.value = step
        assert live.play.interval == play_wait(live.explorer.frame(**coming)[1], speed)


def test_scripts_wait_as_long_as_python():
    found = dict(re.findall(r"const (\w+_WAIT) = (\d+);", source("explorer.js")))
    assert found == {"PLAY_WAIT": str(PLAY_WAIT), "LETTER_WAIT": str(LETTER_WAIT)}


def test_a_move_draws_once():
    calls = []

    def counted(a, b):
        calls.append((a, b))
        return product(a, b)

    live = LiveView(Explorer(counted, play=("a", "b"), a=(1, 3), b=lambda a: (0, a)))
    live.controls["a"].value = 3
    live.controls["b"].value = 3
    live.controls["a"].value = 1
    assert calls == [(1, 0), (3, 0), (3, 3), (1, 1)]


def test_words_are_buttons_and_numbers_are_a_slider():
    live = LiveView(Explorer(product, a=[1, 3, 9], b=(0, 2), word=["plain", "bold"]))
    kinds = {name: type(control).__name__ for name, control in live.controls.items()}
    assert kinds == {"a": "SelectionSlider", "b": "IntSlider", "word": "ToggleButtons"}
    assert live.play is None


def test_view_brings_the_style_of_the_page():
    style, *_ = LiveView(triangle()).view.children
    assert "--draw-window:" in style.value
    assert ".panels" in style.value
