"""The explorer of a row bent into a circle shows what NumPy's convolution gives."""

import numpy as np

from convlib.explore import explore_wrap
from tests.drawn import filled, grids, outlined
from tests.explore.compared import every_state


@every_state(explore_wrap, ([3, 1, 2], [2, 1], (3, 6)), ([1, -2, 0, 5], [3, 0, -1], (4, 7)))
def test_wrap_shows_the_convolution_on_a_circle(states, row, kernel, lengths):
    around = len(kernel) - 1
    seen = []
    for values, markup, says in states:
        length, place = values["length"], values["place"]
        seen.append((length, place))
        full = np.zeros(3 * length, dtype=int)
        full[: len(row) + around] = np.convolve(row, kernel)
        output = full.reshape(3, length).sum(axis=0)
        circle = row + [0] * (length - len(row))
        shown = grids(markup)
        np.testing.assert_array_equal(shown["row"], [circle[-around:] + circle])
        np.testing.assert_array_equal(shown["kernel, reversed"], [kernel[::-1]])
        np.testing.assert_array_equal(shown["output"], [output[: place + 1]])
        under = {(0, place + v) for v in range(len(kernel))}
        copies = {(0, v) for v in range(around)}
        inside = {
            colour: row_zero(filled(markup, "row", colour))
            for colour in ("window", "outside", "paper")
        }
        every = {(0, v) for v in range(around + length)}
        assert inside == {
            "window": under - copies,
            "outside": copies,
            "paper": every - under - copies,
        }
        assert outlined(markup, "row") == {(0, place, 1, len(kernel))}
        last = circle[-around:]
        come_round = {(0, p) for p in range(min(around, place + 1)) if any(last[p:])}
        assert row_zero(filled(markup, "output", "strong")) == come_round
        others = {(0, p) for p in range(place + 1)} - come_round
        assert row_zero(filled(markup, "output", "output")) == others
        assert outlined(markup, "output", "output edge") == {(0, place, 1, 1)}
        assert_kernel_lies_under_its_window(markup, place, len(kernel))
        assert says.startswith(f"Length {length}, place {place}: ")
        assert f" = {output[place]}.".replace("-", "−") in says
        assert ("again" in says) == (place < around)
    assert seen == [(n, p) for n in range(lengths[0], lengths[1] + 1) for p in range(n)]


def row_zero(cells):
    return {(i, j) for i, j in cells if i == 0}


def assert_kernel_lies_under_its_window(markup, place, size):
    """In cells of the row the kernel's squares stand in the columns of the window."""
    below = {j for i, j in filled(markup, "row", "kernel") if i > 0}
    assert below == set(range(place, place + size))


def test_wrap_sentence_names_the_places_met_again():
    sentence = explore_wrap([1, -2, 0, 5], [3, 0, -1], (4, 4)).picture(place=1).sentence
    assert sentence == (
        "Length 4, place 1: (−2)·3 + 1·0 + 5·(−1) = −11. Place −1 is place 3 again."
    )
    sentence = explore_wrap([1, -2, 0, 5], [3, 0, -1], (4, 4)).picture(place=0).sentence
    assert sentence.endswith("Places −2, −1 are places 2, 3 again.")
