"""The explorer of a pool's border shows zeros winning and minus infinity losing."""

import math

import numpy as np

from convlib.explore import explore_pool_border
from convlib.samples import POOL_NEGATIVE
from tests.drawn import filled, grids, outlined, panel_of
from tests.explore.compared import every_state
from tests.explore.keep_the_strongest.windows import (
    TALL,
    assert_shows_until,
    grid_of,
    windows_of,
    winner_of,
    written,
)

TITLE = "image and border"


def written_on_the_border(markup, text):
    """Return the cells, counted from the border's corner, in which a text stands alone."""
    panel = panel_of(markup, TITLE)
    top, left = panel.corners[TITLE]
    numbered = {(round(row, 2), round(column, 2)) for _, _, _, row, column in panel.cells}
    return {
        (round(row - top - 0.5), round(column - left - 0.5))
        for shown, _, row, column, _ in panel.texts
        if shown == text and (round(row, 2), round(column, 2)) not in numbered
    }


@every_state(explore_pool_border, (POOL_NEGATIVE,), (TALL[:6, :2],))
def test_border_shows_zeros_winning_and_minus_infinity_losing(states, image):
    seen = []
    for values, markup, says in states:
        shown = grids(markup)
        border, row, column = values.values()
        value = {"0": 0, "−∞": -math.inf}[border]
        padded = np.full((image.shape[0] + 2, image.shape[1] + 2), value, dtype=float)
        padded[1:-1, 1:-1] = image
        rim = set(np.ndindex(padded.shape)) - {(i + 1, j + 1) for i, j in np.ndindex(image.shape)}
        windows = windows_of(padded, 2, 2)
        pixels = windows[row, column]
        output = grid_of(
            {place: max(padded[pixel] for pixel in windows[place]) for place in windows}
        )
        np.testing.assert_array_equal(shown[TITLE][1:, 1:], image)
        assert np.isnan(shown[TITLE][0]).all()
        assert np.isnan(shown[TITLE][:, 0]).all()
        assert written_on_the_border(markup, border) == rim
        assert_shows_until(shown["output"], output, row, column)
        winner = winner_of(padded, pixels)
        assert says == (
            f"Border {border}, row {row}, column {column}: the largest of"
            f" {written(padded[pixel] for pixel in pixels)} is {written([output[row, column]])},"
            f" from the {'border' if winner in rim else 'image'}."
        )
        assert outlined(markup, TITLE, "window edge") == {(2 * row, 2 * column, 2, 2)}
        assert outlined(markup, TITLE, "strong edge") == {(*winner, 1, 1)}
        assert filled(markup, TITLE, "strong") == {winner}
        assert filled(markup, TITLE, "window") == set(pixels) - rim - {winner}
        assert filled(markup, TITLE, "outside") == rim - {winner}
        seen.append((border, row, column))
    places = list(np.ndindex(image.shape[0] // 2 + 1, image.shape[1] // 2 + 1))
    assert seen == [(border, *place) for border in ("0", "−∞") for place in places]
