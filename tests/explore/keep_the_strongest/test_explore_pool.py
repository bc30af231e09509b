"""The explorer of the pooling window shows what plain arithmetic on each window gives."""

import math

import numpy as np

from convlib.explore import explore_pool
from tests.drawn import filled, grids, outlined
from tests.explore.compared import every_state
from tests.explore.keep_the_strongest.windows import (
    SQUARE,
    TALL,
    assert_shows_until,
    grid_of,
    windows_of,
    winner_of,
    written,
)


@every_state(explore_pool, (SQUARE,), (TALL[:6],))
def test_pool_shows_every_window_its_winner_and_the_output_so_far(states, image):
    seen = {}
    for values, markup, says in states:
        shown = grids(markup)
        size, stride, leftovers, row, column = values.values()
        rounded = math.ceil if leftovers == "kept" else math.floor
        windows = windows_of(image, size, stride, rounded)
        pixels = windows[row, column]
        winner = winner_of(image, pixels)
        output = grid_of({place: image[winner_of(image, windows[place])] for place in windows})
        np.testing.assert_array_equal(shown["image"], image)
        assert_shows_until(shown["output"], output, row, column)
        assert filled(markup, "image", "window") == set(pixels) - {winner}
        assert filled(markup, "image", "strong") == {winner}
        assert filled(markup, "image", "paper") == set(np.ndindex(image.shape)) - set(pixels)
        assert filled(markup, "output", "strong") == {(row, column)}
        assert filled(markup, "output", "paper") == set(windows) - {(row, column)}
        earlier = [winner_of(image, windows[place]) for place in windows if place < (row, column)]
        assert says == (
            f"Size {size}, stride {stride}, row {row}, column {column}: the largest of"
            f" {written(image[pixel] for pixel in pixels)} is {written([image[winner]])}, from"
            f" row {winner[0]}, column {winner[1]}{', again' if winner in earlier else ''}."
        )
        seen.setdefault((size, stride), {}).setdefault(leftovers, set()).add((row, column))
    assert set(seen) == {(size, stride) for size in (2, 3) for stride in (1, 2, 3)}
    for (size, stride), choices in seen.items():
        dropped = set(windows_of(image, size, stride, math.floor))
        kept = set(windows_of(image, size, stride, math.ceil))
        assert choices.pop("dropped") == dropped
        assert choices == ({} if dropped == kept else {"kept": kept})


@every_state(explore_pool, (SQUARE,), (TALL[:6],))
def test_pool_outlines_the_window_and_what_hangs_over(states, image):
    for values, markup, _ in states:
        size, stride, _, row, column = values.values()
        top, left = row * stride, column * stride
        winner = winner_of(image, windows_of(image, size, stride, math.ceil)[row, column])
        assert outlined(markup, "image", "window edge") == {(top, left, size, size)}
        assert outlined(markup, "image", "strong edge") == {(*winner, 1, 1)}
        assert outlined(markup, "output", "strong edge") == {(row, column, 1, 1)}
        assert filled(markup, "image", "outside") == {
            (top + i, left + j)
            for i, j in np.ndindex(size, size)
            if top + i >= image.shape[0] or left + j >= image.shape[1]
        }
