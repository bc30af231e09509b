"""The explorer of tiles shows where windows start, counted column by column."""

import re
from itertools import product

import numpy as np

from convlib.explore import explore_tiles
from tests.drawn import filled, grids, panel_of, texts
from tests.explore.compared import every_state


def starts_within(first, end, stride, span, n):
    """Count from `first` in steps, as long as the window fits the row."""
    found = []
    while first < end and first + span <= n:
        found.append(first)
        first += stride
    return found


@every_state(
    explore_tiles,
    {"n": 11, "k": 3},
    {"n": 9, "k": 2, "tile": (2, 4), "stride": (1, 4), "dilation": (1, 3)},
)
def test_tiles_show_starts_and_borrowed_columns(states, settings):
    n, k = settings["n"], settings["k"]
    visited = []
    for values, markup, says in states:
        tile, stride, dilation = values.values()
        visited.append((tile, stride, dilation))
        span = (k - 1) * dilation + 1
        right = starts_within(0, n, stride, span, n)
        shown, written = grids(markup), texts(markup)
        np.testing.assert_array_equal(shown["columns of the image"], [range(n)])
        row = {j for i, j in filled(markup, "columns of the image", "output") if i == 0}
        assert row == set(right)
        found = []
        corners = panel_of(markup, "tile 0").corners
        for number, first in enumerate(range(0, n, tile)):
            end = min(first + tile, n)
            starts = starts_within(first, end, stride, span, n)
            found += starts
            last = max([end, *(start + span for start in starts)])
            name = f"tile {number}"
            np.testing.assert_array_equal(shown[name], [range(first, last)])
            assert f"{name}, {len(starts)} window{'s' * (len(starts) != 1)}" in written
            columns = {
                colour: {first + j for i, j in filled(markup, name, colour) if i == 0}
                for colour in ("output", "strong", "kernel", "window")
            }
            assert columns["output"] == set(starts) & set(right)
            assert columns["strong"] == set(starts) - set(right)
            assert columns["kernel"] == set(range(end, last)) - set(starts)
            assert columns["window"] == set(range(first, end)) - set(starts)
            # A tile lies under its columns of the image.
            np.testing.assert_allclose(
                corners[name][1] - corners["columns of the image"][1], first, atol=0.01
            )
        assert f"tile {number + 1}" not in shown
        if tile % stride == 0 or n <= tile:
            assert found == right
            assert "no multiple" not in says
            borrowed = f"{span} − {stride} = {span - stride} column"
            assert (borrowed in says) == (span > stride)
            assert ("borrows nothing" in says) == (span <= stride)
        else:
            lists = {
                word: sorted(map(int, numbers.split(", ")))
                for word, numbers in re.findall(r"(Wrong starts|Missing): ([\d, ]+)\.", says)
            }
            assert lists.get("Wrong starts", []) == sorted(set(found) - set(right))
            assert lists.get("Missing", []) == sorted(set(right) - set(found))
            assert f"starts at column {tile}, which is no multiple of {stride}." in says
    ends = {"tile": (3, 6), "stride": (1, 3), "dilation": (1, 2)} | settings
    ranges = (range(ends[name][0], ends[name][1] + 1) for name in ("tile", "stride", "dilation"))
    assert visited == list(product(*ranges))
