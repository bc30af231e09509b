"""The explorer of groups connects what belongs together, and counts what that costs."""

import re

import numpy as np
import pytest

from convlib.explore import explore_groups
from tests.drawn import grids, painted

TOP = 1.6


def connections(channels, filters, groups):
    """Join channel and filter where both stand in the same share of their row."""
    return {(c, o) for c in range(channels) for o in range(filters)
            if c * groups // channels == o * groups // filters}


def arrows(explorer, values):
    """Return the arrows of one state as (channel, filter) -> colour."""
    annotations = [text for text in explorer.frame(**values)[0].axes[0].texts
                   if text.get_text() == ""]
    return {(int(arrow.xyann[1] - TOP), int(arrow.xy[1] - TOP)): arrow.arrowprops["color"]
            for arrow in annotations}


@pytest.mark.parametrize("channels, filters, size, divisors", [
    (4, 4, 3, [1, 2, 4]), (4, 4, 1, [1, 2, 4]), (4, 6, 2, [1, 2]), (6, 3, 3, [1, 3])])
def test_groups_show_connections_weights_and_parameters(channels, filters, size, divisors,
                                                              drive):
    explorer = explore_groups(channels, filters, size)
    seen = []
    for values, markup, says in drive(explorer):
        groups, o, shown = values["groups"], values["filter"], grids(markup)
        seen.append((groups, o))
        joined = connections(channels, filters, groups)
        expected = np.full((filters, channels), np.nan)
        for c, f in joined:
            expected[f, c] = size**2
        np.testing.assert_array_equal(shown["weights"], expected)
        np.testing.assert_array_equal(shown["channels"].ravel(), range(channels))
        np.testing.assert_array_equal(shown["filters"].ravel(), range(filters))
        assert set(arrows(explorer, values)) == joined
        read = [str(c) for c in range(channels) if (c, o) in joined]
        assert painted(markup, "channels", "window") == {(int(c), 0) for c in read}
        assert painted(markup, "filters", "output") == {(o, 0)}
        assert painted(markup, "weights", "kernel") == {(o, int(c)) for c in read}
        assert f": filter {o} reads channel{'s' * (len(read) > 1)} {', '.join(read)}. " in says
        counted = [int(number) for number in re.findall(r"\d+", says.split(". ")[1])]
        weights = int(np.nansum(expected))
        assert counted == [len(read), size, size, weights // filters, filters, weights, filters,
                           weights + filters]
    assert seen == [(groups, o) for groups in divisors for o in range(filters)]


def test_arrows_of_the_chosen_filter_stand_out():
    colours = arrows(explore_groups(4, 4), {"groups": 2, "filter": 3})
    chosen = {colours[2, 3], colours[3, 3]}
    assert len(chosen) == 1
    assert chosen.isdisjoint(colours[pair] for pair in colours if pair[1] != 3)


def test_drawing_writes_the_count_that_the_sentence_gives():
    explorer = explore_groups(4, 4)
    for values in explorer.states():
        figure, says = explorer.frame(**values)
        written = [text.get_text() for text in figure.axes[0].texts if "=" in text.get_text()]
        each, total = re.search(r"= (\d+) weights.* (\d+) parameters", says).groups()
        assert written == [f"4·{each} + 4 = {total} parameters"]


def test_parameters_of_the_chapter():
    sentences = [explore_groups(4, 4).picture(groups=groups).sentence for groups in (1, 2, 4)]
    expected = [4 * 4 * 9 + 4, 4 * 2 * 9 + 4, 4 * 1 * 9 + 4]
    assert [int(re.findall(r"\d+", says)[-1]) for says in sentences] == expected
