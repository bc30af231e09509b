"""The explorer of the crossing counts multiplications with and without the FFT."""

import math

import numpy as np

from convlib.explore import explore_crossing
from tests.drawn import grids, panels
from tests.explore.compared import every_state
from tests.explore.go_faster.scales import value_up

COLOURS = {"window edge": "direct", "output edge": "FFT"}


def across(panel):
    """Return a function from a column to the kernel size that stands there."""
    ticks = sorted(points[0][1] for colour, _, points in panel.lines if colour == "line")
    marks = np.log([1, 3, 9, 31])
    share = (np.array(ticks) - ticks[0]) / (ticks[-1] - ticks[0])
    np.testing.assert_allclose(share, marks / marks[-1], atol=0.01)
    return lambda column: 31 ** ((column - ticks[0]) / (ticks[-1] - ticks[0]))


@every_state(explore_crossing, ())
def test_crossing_counts_multiplications(states):
    ahead, seen = {}, []
    for values, markup, says in states:
        image, kernel = values["image"], values["kernel"]
        seen.append((image, kernel))
        through_fft = 6 * round(math.log2(image)) + 2
        shown = grids(markup)
        np.testing.assert_array_equal(shown["direct"], [[kernel * kernel]])
        np.testing.assert_array_equal(shown["FFT"], [[through_fft]])
        name = "the FFT" if through_fft < kernel * kernel else "the direct way"
        assert says == (
            f"Image {image}×{image}, kernel {kernel}×{kernel}; multiplications for a pixel:"
            f" {kernel}·{kernel} = {kernel * kernel} directly, 6·{round(math.log2(image))} + 2"
            f" = {through_fft} through the FFT: {name} is ahead."
        )
        ahead.setdefault(image, []).append(name)
    assert {image: names.index("the FFT") + 1 for image, names in ahead.items()} == {
        64: 7,
        256: 8,
        1024: 8,
        4096: 9,
    }
    assert seen == [(image, k) for image in (64, 256, 1024, 4096) for k in range(1, 32)]


@every_state(explore_crossing, ())
def test_crossing_draws_curves_and_dots_at_the_counts(states):
    for values, markup, _ in states:
        counts = {
            "direct": lambda kernel: kernel**2,
            "FFT": lambda _, image=values["image"]: 6 * round(math.log2(image)) + 2,
        }
        chart, key = panels(markup)
        up, right = value_up(chart, range(4)), across(chart)
        for colour, name in COLOURS.items():
            ((_, row, column),) = [dot for dot in chart.dots if dot[0] == colour]
            np.testing.assert_allclose(right(column), values["kernel"], rtol=0.01)
            np.testing.assert_allclose(up(row), counts[name](values["kernel"]), rtol=0.01)
            (line,) = [points for edge, _, points in chart.lines if edge == colour]
            # Powers are straight on two logarithmic scales: the ends are enough.
            sizes = [right(column) for _, column in line]
            np.testing.assert_allclose(sizes, [1, 31], rtol=0.01)
            found = [up(row) for row, _ in line]
            np.testing.assert_allclose(found, [counts[name](n) for n in (1, 31)], rtol=0.01)
        assert [COLOURS[colour] for colour, *_ in key.dots] == ["direct", "FFT"]
        starts = [column for _, _, column in key.dots]
        labels = {text: column for text, anchor, _, column, _ in key.texts if anchor == "start"}
        assert list(labels) == ["direct:", "FFT:"]
        assert all(0 < label - dot < 1 for label, dot in zip(labels.values(), starts, strict=True))
