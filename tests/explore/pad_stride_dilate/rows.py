"""Places of a window along one row, counted by hand, and how the chapter's drawings show them."""

import re
from itertools import chain

import numpy as np

from tests.drawn import filled, grids, outlined, panels


def places(n, k, stride, before, after, dilation):
    """List what each place sees, moving a window on until it no longer fits."""
    seen, start = [], -before
    while start + (k - 1) * dilation < n + after:
        seen.append([start + cell * dilation for cell in range(k)])
        start += stride
    return seen


def assert_shows_line(markup, n, before, after, seen):
    """Compare the numbers, the colours and the frames of a row and of the places below it."""
    shown = grids(markup)
    cells = np.arange(-before, n + after)
    np.testing.assert_array_equal(shown["columns"], [cells])
    expected = np.full((len(seen), seen[-1][-1] + before + 1), np.nan)
    for place, columns in enumerate(seen):
        expected[place, np.add(columns, before)] = columns
    np.testing.assert_array_equal(shown["places"], expected)

    zeros = {column for column in cells if not 0 <= column < n}
    unseen = set(range(n)) - set(chain.from_iterable(seen))
    in_row = {
        colour: {j - before for i, j in filled(markup, "columns", colour) if i == 0}
        for colour in ("paper", "outside", "strong")
    }
    assert in_row == {"paper": set(range(n)) - unseen, "outside": zeros, "strong": unseen}
    below = {(i, j) for i, j in filled(markup, "places", "window") if i >= 0}
    assert below == {(place, c + before) for place, columns in enumerate(seen) for c in columns}
    assert outlined(markup, "places") == {
        (place, columns[0] + before, 1, columns[-1] - columns[0] + 1)
        for place, columns in enumerate(seen)
    }
    assert_output_has_a_cell_for_each(markup, len(seen))
    # Each cell of the row stands above the same column of every place.
    corners = panels(markup)[0].corners
    np.testing.assert_allclose(corners["columns"][1], corners["places"][1], atol=0.01)


def assert_output_has_a_cell_for_each(markup, count):
    """The output's numbers are not known, only how many there are."""
    output = panels(markup)[-1]
    assert [fill for fill, _, _ in output.squares] == ["output"] * count
    rows = [text for text, _, row, *_ in output.texts if row > output.squares[0][1]]
    assert rows == [str(number) for number in range(count)]


def assert_names_unseen(says, n, seen):
    unseen = sorted(set(range(n)) - set(chain.from_iterable(seen)))
    found = re.search(r"No window sees columns? ([\d, ]*)\.$", says)
    assert ([int(column) for column in found[1].split(", ")] if found else []) == unseen
