"""The explorer of a view shows the positions of memory that a window sees."""

import numpy as np

from convlib.explore import explore_view
from convlib.samples import IMAGE
from tests.drawn import filled, grids, outlined, texts
from tests.explore.compared import every_state
from tests.explore.go_faster.products import WIDE


@every_state(explore_view, (IMAGE, (3, 3)), (WIDE, (2, 4)), (WIDE.T, (3, 1)))
def test_view_shows_the_positions_under_the_window(states, image, shape):
    places = []
    for values, markup, says in states:
        row, column, shown = values["row"], values["column"], grids(markup)
        places.append((row, column))
        np.testing.assert_array_equal(shown["image"], image)
        flat = [number for line in image for number in line]
        np.testing.assert_array_equal(shown["memory"], [flat])
        window = [(row + u, column + v) for u in range(shape[0]) for v in range(shape[1])]
        seen = [i * image.shape[1] + j for i, j in window]
        assert filled(markup, "image", "window") == set(window)
        assert outlined(markup, "image") == {(row, column, *shape)}
        assert filled(markup, "memory", "window") == {(0, p) for p in seen}
        unseen = set(range(image.size)) - set(seen)
        assert filled(markup, "memory", "paper") == {(0, p) for p in unseen}
        assert says == (
            f"Row {row}, column {column}: the window starts at position"
            f" {row}·{image.shape[1]} + {column} = {seen[0]} and sees positions"
            f" {', '.join(map(str, seen))}."
        )
        assert f"one column to the right: +1; one row down: +{image.shape[1]}" in texts(markup)
    assert places == list(np.ndindex(image.shape[0] - shape[0] + 1, image.shape[1] - shape[1] + 1))


def test_window_of_the_chapter():
    assert (
        explore_view(IMAGE, (3, 3))
        .picture(row=1, column=2)
        .sentence.endswith("sees positions 7, 8, 9, 12, 13, 14, 17, 18, 19.")
    )
