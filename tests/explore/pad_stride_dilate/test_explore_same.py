"""The explorer of "same" and "valid" puts the zeros where counting by hand does."""

from itertools import product

from convlib.explore import explore_same
from tests.explore.compared import every_state
from tests.explore.pad_stride_dilate.rows import assert_names_unseen, assert_shows_line, places


@every_state(explore_same, {}, {"n": (4, 6), "k": 3, "stride": 2})
def test_same_puts_the_odd_zero_at_the_end(states, settings):
    fixed = {name: value for name, value in settings.items() if isinstance(value, int)}
    visited = []
    for values, markup, says in states:
        n, k, stride = ((fixed | values)[name] for name in ("n", "k", "stride"))
        before = after = 0
        wanted = len(places(n, k, stride, 0, 0, 1))
        if values["padding"] == "same":
            wanted = -(-n // stride)
            while len(places(n, k, stride, before, after, 1)) < wanted:
                before, after = (before, after + 1) if before == after else (after, after)
            assert says.startswith(f"⌈{n}/{stride}⌉ = {wanted} places reach over ({wanted} − 1)")
            assert f"·{stride} + {k} = {(wanted - 1) * stride + k} cells. " in says
            zeros = (
                f"{before} zero{'s' * (before != 1)} before it,"
                f" {after} zero{'s' * (after != 1)} after it."
            )
            assert f" The image has {n}: {zeros}" in says
        else:
            assert f" can move {n} − {k} = {n - k}. In steps of {stride} that is " in says
            assert f" and {wanted} place{'s' * (wanted != 1)}." in says
        seen = places(n, k, stride, before, after, 1)
        assert len(seen) == wanted
        assert_shows_line(markup, n, before, after, seen)
        assert_names_unseen(says, n, seen)
        visited.append((values["padding"], n, k, stride))
    ends = [
        settings.get(name, pair)
        for name, pair in (("n", (4, 8)), ("k", (2, 4)), ("stride", (1, 3)))
    ]
    ranges = [[end] if isinstance(end, int) else range(end[0], end[1] + 1) for end in ends]
    assert visited == list(product(["same", "valid"], *ranges))
