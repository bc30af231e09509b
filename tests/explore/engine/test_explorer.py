"""What an explorer is: its states, its play, what gives way where a value is impossible."""

import re

import numpy as np
import pytest

from convlib.draw.canvas import digest
from convlib.explore import Explorer, Picture, show_arrays
from convlib.explore.engine.explorer import nearest
from tests.explore.engine.toys import moves, opened, product, tangle, triangle

# ---------------------------------------------------------------- states


def test_states_are_the_whole_grid_and_nothing_impossible():
    states = list(triangle().states())
    assert len(states) == triangle().state_count() == (2 + 3 + 4) * 2
    assert states[0] == {"a": 1, "b": 0, "word": "plain"}
    assert states[-1] == {"a": 3, "b": 3, "word": "<b>"}
    assert all(0 <= state["b"] <= state["a"] <= 3 for state in states)
    assert len({tuple(state.values()) for state in states}) == len(states)


def test_choices_in_a_state_are_those_that_its_earlier_sliders_leave():
    for state in triangle().states():
        assert triangle().choices_at(state) == {
            "a": range(1, 4),
            "b": range(state["a"] + 1),
            "word": ["plain", "<b>"],
        }


def test_words_are_listed_once_and_numbers_are_no_words():
    assert triangle().words("word") == ["plain", "<b>"]
    assert triangle().words("a") == []
    assert tangle().words("word") == ["many", "none", "few"]
    assert tangle().words("jump") == []


@pytest.mark.parametrize(
    ("words", "stand"),
    [(["one"], False), (["a", "b"], True), (list("abcdefgh"), True), (list("abcdefghi"), False)],
)
def test_few_words_are_buttons(words, stand):
    explorer = Explorer(lambda word: (None, word), word=words)
    assert explorer.buttons("word") == (words if stand else [])


@pytest.mark.parametrize(("letters", "stand"), [(32, True), (33, False)])
def test_short_words_are_buttons(letters, stand):
    explorer = Explorer(lambda word: (None, word), word=["a" * letters, "b" * 33])
    assert bool(explorer.buttons("word")) == stand


def test_numbers_are_no_buttons():
    assert triangle().buttons("a") == []


def test_play_runs_through_its_sliders_last_fastest():
    explorer = Explorer(product, play=("a", "b"), word=["plain", "bold"], a=(1, 2), b=(0, 1))
    steps = explorer.play_states({"word": "bold", "a": 2, "b": 0})
    assert [(step["a"], step["b"]) for step in steps] == [(1, 0), (1, 1), (2, 0), (2, 1)]
    assert {step["word"] for step in steps} == {"bold"}


@pytest.mark.parametrize(("play", "names"), [(None, ()), ("a", ("a",)), (("b", "a"), ("b", "a"))])
def test_play_names_its_sliders(play, names):
    assert Explorer(product, play=play, a=(1, 2), b=(1, 2)).play == names


def test_play_must_name_a_slider():
    with pytest.raises(ValueError, match=r"play \['c'\] is not among the sliders \['a'\]"):
        Explorer(product, play="c", a=(1, 2))


def test_an_explorer_opens_where_it_is_told():
    assert opened().settle({}) == {"a": 2, "b": 4, "word": "<b>"}
    assert opened().settle({"a": 3, "b": 5}) == {"a": 3, "b": 5, "word": "<b>"}
    assert opened().picture(b=5).sentence == "<b>: 2 times 5 is 10."
    assert repr(opened()).endswith(repr(opened().picture(a=2, b=4, word="<b>")))


def test_what_opens_must_be_a_slider():
    with pytest.raises(ValueError, match=r"opens_at \['c'\] is not among the sliders \['a'\]"):
        Explorer(product, opens_at={"c": 1}, a=(1, 2))


# ---------------------------------------------------------------- what is impossible gives way


@pytest.mark.parametrize(
    ("value", "choices", "chosen"),
    [
        (2, range(5), 2),
        (9, range(3), 2),
        (-4, range(3), 0),
        (5, [1, 4, 8], 4),
        (6, [1, 4, 8], 4),
        (7, [1, 4, 8], 8),
        (5, [8, 2], 8),
        ("few", ["many", "few"], "few"),
        ("few", ["many"], "many"),
        ("few", range(3), 0),
        (3, ["many", "few"], "many"),
    ],
)
def test_nearest_is_the_value_the_nearest_number_or_the_first_word(value, choices, chosen):
    assert nearest(value, choices) == chosen


def test_possible_states_stay_as_they_are():
    for explorer in (triangle(), tangle()):
        for state in explorer.states():
            assert explorer.settle(state) == state


def test_sliders_that_are_left_out_stand_at_their_first_value():
    assert triangle().settle({}) == {"a": 1, "b": 0, "word": "plain"}
    assert triangle().settle({"word": "<b>"}) == {"a": 1, "b": 0, "word": "<b>"}


def test_moving_one_slider_leads_to_a_possible_state_and_keeps_what_it_can():
    explorer = tangle()
    assert len(moves(explorer)) > 300
    for state, name, value in moves(explorer):
        settled = explorer.settle(state | {name: value})
        assert settled in list(explorer.states())
        assert settled[name] == value
        names = list(explorer.sliders)
        for other in names[: names.index(name)]:
            assert settled[other] == state[other]
        for other in names[names.index(name) + 1 :]:
            possible = explorer.choices_at(settled)[other]
            if state[other] in possible:
                assert settled[other] == state[other]
            elif isinstance(state[other], str):
                assert settled[other] == possible[0]
            else:
                away = abs(settled[other] - state[other])
                assert away == min(abs(choice - state[other]) for choice in possible)


# ---------------------------------------------------------------- pictures


def test_picture_takes_first_values_for_the_rest():
    assert triangle().picture(a=2).sentence == "plain: 2 times 0 is 0."


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"c": 1}, r"['c'] are not among the sliders ['a', 'b', 'word']"),
        ({"a": 1, "b": 2}, r"b=2 is not among range(0, 2)"),
        ({"word": "italic"}, r"word='italic' is not among ['plain', '<b>']"),
    ],
)
def test_picture_names_the_impossible_value(values, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        triangle().picture(**values)


def test_text_of_a_picture_is_its_sentence_and_its_digest():
    drawing, sentence = product(2, 3)
    assert repr(Picture(drawing, sentence)) == f"{sentence}\n[drawing {digest(drawing)}]"


def test_text_of_an_explorer_counts_its_states_and_shows_its_first():
    first = repr(triangle().picture())
    assert repr(triangle()) == f"Explorer with sliders a, b, word; 18 frames\n{first}"


def test_text_is_stable_and_changes_with_the_drawing():
    assert repr(triangle()) == repr(triangle())
    assert repr(show_arrays("Two.", image=[[1, 2]])) != repr(show_arrays("Two.", image=[[1, 3]]))


def test_file_of_a_picture_carries_its_sentence():
    assert 'aria-label="plain: 2 times 3 is 6."' in Picture(*product(2, 3)).svg()


def test_frames_are_drawn_anew_and_the_same():
    explorer = triangle()
    for state in explorer.states():
        one, other = explorer.picture(**state), explorer.picture(**state)
        assert one.drawing is not other.drawing
        assert repr(one) == repr(other)
        np.testing.assert_equal(one.svg(), other.svg())
