"""The explorer of a shift shows what moved, what changed and what stayed."""

import re

import numpy as np

from convlib.explore import explore_shift
from tests.drawn import filled, grids, outlined
from tests.explore.compared import every_state
from tests.explore.keep_the_strongest.windows import FOUND, TALL, WIDE, grid_of, windows_of


@every_state(explore_shift, (FOUND,), (WIDE,), (TALL[:, ::-1] + 9,))
def test_shift_shows_what_changed(states, image):
    before = {
        place: max(image[pixel] for pixel in pixels)
        for place, pixels in windows_of(image, 2, 2).items()
    }
    shifts = []
    for values, markup, says in states:
        shown = grids(markup)
        shift = values["shift"]
        shifts.append(shift)
        moved = np.array([[0] * shift + list(row)[: len(row) - shift] for row in image])
        after = {
            place: max(moved[pixel] for pixel in pixels)
            for place, pixels in windows_of(moved, 2, 2).items()
        }
        np.testing.assert_array_equal(shown["image"], moved)
        np.testing.assert_array_equal(shown["output at shift 0"], grid_of(before))
        np.testing.assert_array_equal(shown["output now"], grid_of(after))
        changed = {place for place in after if after[place] != before[place]}
        pixels = [(old, new) for old, new in zip(image.flat, moved.flat, strict=True)]
        strong_pixels = [old == new for old, new in pixels if old > 0]
        strong_outputs = [before[place] == after[place] for place in before if before[place] > 0]
        assert says == (
            f"Shift {shift}: {sum(old != new for old, new in pixels)} of {image.size} pixels and"
            f" {len(changed)} of {len(after)} output cells differ from shift 0."
            f" {sum(strong_pixels)} of {len(strong_pixels)} strong pixels and"
            f" {sum(strong_outputs)} of {len(strong_outputs)} strong outputs are where they were."
        )
        zeros = {(i, j) for i, j in np.ndindex(moved.shape) if moved[i, j] == 0}
        assert filled(markup, "image", "outside") == zeros
        for name, numbers in (("output at shift 0", before), ("output now", after)):
            above = {place for place in numbers if numbers[place] > 0}
            assert filled(markup, name, "output") == above
        assert outlined(markup, "output now", "strong edge") == {
            (*place, 1, 1) for place in changed
        }
        assert outlined(markup, "output at shift 0", "strong edge") == set()
        assert outlined(markup, "image") == {(2 * i, 2 * j, 2, 2) for i, j in before}
    assert shifts == [0, 1, 2, 3]


def test_shift_by_one_keeps_half_of_the_strong_outputs_and_by_two_moves_all():
    explorer = explore_shift(FOUND)
    one, two = (explorer.picture(shift=shift).sentence for shift in (1, 2))
    assert re.findall(r"\d+ of \d+", one) == ["8 of 32", "4 of 8", "0 of 4", "2 of 4"]
    assert re.findall(r"\d+ of \d+", two)[2:] == ["0 of 4", "0 of 4"]
