"""The explorer of groups connects what belongs together, and counts what that costs."""

import re

import numpy as np

from convlib.explore import explore_groups
from tests.drawn import filled, grids, panel_of, texts
from tests.explore.compared import every_state

CASES = [(4, 4, 3), (4, 4, 1), (4, 6, 2), (6, 3, 3)]
DIVISORS = {(4, 4): [1, 2, 4], (4, 6): [1, 2], (6, 3): [1, 3]}


def connections(channels, filters, groups):
    """Join channel and filter where both stand in the same share of their row."""
    return {
        (c, o)
        for c in range(channels)
        for o in range(filters)
        if c * groups // channels == o * groups // filters
    }


def arrows(markup):
    """Return the arrows of a drawing as (channel, filter) -> colour."""
    panel = panel_of(markup, "channels")
    found = {}
    for colour, _, (start, neck) in panel.lines:
        slope = (neck[0] - start[0]) / (neck[1] - start[1])
        end = start[0] + slope * (panel.corners["filters"][1] - 0.1 - start[1])
        c, o = (
            row - panel.corners[name][0] - 0.5
            for row, name in ((start[0], "channels"), (end, "filters"))
        )
        np.testing.assert_allclose([c, o], np.round([c, o]), atol=0.03)
        found[round(c), round(o)] = colour
    return found


@every_state(explore_groups, *CASES)
def test_groups_show_connections_weights_and_parameters(states, channels, filters, size):
    seen = []
    for values, markup, says in states:
        groups, o, shown = values["groups"], values["filter"], grids(markup)
        seen.append((groups, o))
        joined = connections(channels, filters, groups)
        expected = np.full((filters, channels), np.nan)
        for c, f in joined:
            expected[f, c] = size**2
        np.testing.assert_array_equal(shown["weights"], expected)
        np.testing.assert_array_equal(shown["channels"].ravel(), range(channels))
        np.testing.assert_array_equal(shown["filters"].ravel(), range(filters))
        read = [c for c in range(channels) if (c, o) in joined]
        assert arrows(markup) == {(c, f): "window edge" if f == o else "line" for c, f in joined}
        assert filled(markup, "channels", "window") == {(c, 0) for c in read}
        assert filled(markup, "filters", "output") == {(o, 0)}
        assert filled(markup, "weights", "kernel") == {(o, c) for c in read}
        unconnected = {(f, c) for f, c in np.ndindex(filters, channels) if (c, f) not in joined}
        assert filled(markup, "weights", "outside") == unconnected
        listed = ", ".join(map(str, read))
        assert f": filter {o} reads channel{'s' * (len(read) > 1)} {listed}. " in says
        counted = [int(number) for number in re.findall(r"\d+", says.split(". ")[1])]
        weights = int(np.nansum(expected))
        each = weights // filters
        assert counted == [
            len(read),
            size,
            size,
            each,
            filters,
            weights,
            filters,
            weights + filters,
        ]
        count = f"{filters}·{each} + {filters} = {weights + filters} parameters"
        assert [text for text in texts(markup) if "=" in text] == [count]
    divisors = DIVISORS[channels, filters]
    assert seen == [(groups, o) for groups in divisors for o in range(filters)]


def test_parameters_of_the_chapter():
    sentences = [explore_groups(4, 4).picture(groups=groups).sentence for groups in (1, 2, 4)]
    expected = [4 * 4 * 9 + 4, 4 * 2 * 9 + 4, 4 * 1 * 9 + 4]
    assert [int(re.findall(r"\d+", says)[-1]) for says in sentences] == expected
