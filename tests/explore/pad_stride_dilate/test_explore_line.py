"""The explorer of one row shows the places that counting by hand gives."""

from itertools import product

from convlib.explore import explore_line
from tests.explore.compared import every_state
from tests.explore.pad_stride_dilate.rows import assert_names_unseen, assert_shows_line, places

NAMES = ("n", "k", "stride", "padding", "dilation")
DEFAULTS = {"stride": 1, "padding": 0, "dilation": 1}
LINES = [
    {"n": (5, 8), "k": (3, 5), "padding": (0, 2)},
    {"n": (5, 8), "k": 3, "stride": (1, 3), "padding": (0, 1)},
    {"n": (5, 9), "k": (2, 3), "dilation": (1, 4)},
    {"n": (4, 5), "k": (2, 3), "stride": (1, 3), "padding": (0, 1), "dilation": (1, 2)},
    {"n": 5, "k": 3},
]


def possible_lines(settings):
    """Combine all values of all settings and keep those with a place for the window."""
    ranges = [
        range(s, s + 1) if isinstance(s, int) else range(s[0], s[1] + 1)
        for s in (settings[name] for name in NAMES)
    ]
    return [line for line in product(*ranges) if places(*line[:3], line[3], line[3], line[4])]


@every_state(explore_line, *LINES)
def test_line_shows_every_place(states, settings):
    settings = DEFAULTS | settings
    visited = []
    for values, markup, says in states:
        line = settings | values
        n, k, stride, padding, dilation = (line[name] for name in NAMES)
        visited.append((n, k, stride, padding, dilation))
        seen = places(n, k, stride, padding, padding, dilation)
        assert_shows_line(markup, n, padding, padding, seen)
        assert_names_unseen(says, n, seen)
        moves = f"{len(seen) - 1} move{'s' * (len(seen) != 2)}"
        assert (
            f" In steps of {stride} that is {moves} and {len(seen)} place{'s' * (len(seen) != 1)}."
        ) in says
        total, span = n + 2 * padding, seen[0][-1] - seen[0][0] + 1
        assert f" can move {total} − {span} = {total - span}. " in says
    assert sorted(visited) == possible_lines(settings)


def test_line_sentence_writes_out_the_formula():
    explorer = explore_line(n=(5, 9), k=3, padding=(0, 1), stride=(1, 2), dilation=(1, 2))
    says = explorer.picture(n=8, padding=1, stride=2, dilation=2).sentence
    assert says == (
        "On 8 + 2·1 = 10 cells a window that spans 2·(3 − 1) + 1 = 5 can move"
        " 10 − 5 = 5. In steps of 2 that is 2 moves and 3 places."
        " No window sees columns 0, 2, 4, 6."
    )
    says = explorer.picture(n=8, stride=2).sentence
    assert says == (
        "On 8 cells a window of 3 can move 8 − 3 = 5. In steps of 2 that is"
        " 2 moves and 3 places. No window sees column 7."
    )
