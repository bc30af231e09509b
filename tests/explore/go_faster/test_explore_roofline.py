"""The explorer of the roofline puts each method where its limit is."""

from math import ceil, floor, log10

import numpy as np

from convlib.draw.canvas import svg_panels
from convlib.explore import explore_roofline
from tests.drawn import panels, texts
from tests.explore.compared import every_state
from tests.explore.go_faster.scales import value_up

COLOURS = ["output edge", "window edge", "strong edge", "kernel edge"]


def layer(channels):
    """Multiply-adds of a 3x3 layer with 56x56 outputs, and the bytes of its arrays."""
    x, w, y = ((channels, 58, 58), (channels, channels, 3, 3), (channels, 56, 56))
    once = 4 * sum(int(np.prod(shape)) for shape in (x, w, y))
    rows = 4 * channels * 3 * 58 * 56
    patches = 4 * channels * 9 * 56 * 56
    work = int(np.prod(y)) * channels * 9
    shifts = 4 * sum(work for _ in ("pixel", "product", "it again", "sum", "new sum"))
    return work, {
        "each number once": once,
        "rows": once + 2 * rows,
        "patches": once + 2 * patches,
        "shifts": shifts,
    }


def across(panel):
    """Return a function from a column to the multiply-adds a byte that stand there."""
    ticks = sorted(points[0][1] for colour, _, points in panel.lines if colour == "line")
    assert len(ticks) == 6  # 0.01 to 1000
    return lambda column: 10 ** (-2 + 5 * (column - ticks[0]) / (ticks[-1] - ticks[0]))


RATES, BANDWIDTHS = [100, 200, 400, 800, 1600], [10, 20, 40, 80, 160]


@every_state(explore_roofline, (RATES, BANDWIDTHS), ([37], [21, 2]))
def test_roofline_puts_each_method_where_its_limit_is(states, rates, bandwidths):
    seen = []
    powers = floor(log10(0.01e9 * min(bandwidths))), ceil(log10(1e9 * max(rates))) + 1
    for values, markup, says in states:
        channels = values["channels"]
        rate, bandwidth = 1e9 * values["arithmetic"], 1e9 * values["memory"]
        seen.append(channels)
        work, moved = layer(channels)
        chart, key = panels(markup)
        right = across(chart)
        up = value_up(chart, range(*powers))
        (roof,) = [points for colour, _, points in chart.lines if colour == "ink"]
        corners = [(right(column), up(row)) for row, column in roof]
        wanted = [(0.01, 0.01 * bandwidth), (rate / bandwidth, rate), (1000, rate)]
        np.testing.assert_allclose(corners, wanted, rtol=0.03)
        assert [colour for colour, *_ in chart.dots] == COLOURS
        assert [colour for colour, *_ in key.dots] == COLOURS
        told = []
        for (name, count), (_, row, column), line in zip(
            moved.items(), chart.dots, key.texts, strict=True
        ):
            seconds = {"arithmetic": work / rate, "memory": count / bandwidth}
            limit = max(seconds, key=seconds.get)
            told.append(f"{name}: {count:,} bytes, {work / count:.3g} a byte, limit {limit}")
            assert line[0] == f"{name}: {work / count:.3g} a byte, limit {limit}"
            place = (right(column), up(row))
            speed = work / max(seconds.values())
            np.testing.assert_allclose(place, (work / count, speed), rtol=0.03)
        np.testing.assert_allclose(
            [row for _, row, _ in key.dots], [row for _, _, row, *_ in key.texts], atol=0.01
        )
        expected = "; ".join(told).capitalize()
        machine = (
            f"{values['arithmetic']} billion multiply-adds and"
            f" {values['memory']} billion bytes a second"
        )
        layers = f"{channels} channel{'s' * (channels > 1)}"
        assert says == f"{machine}, {layers}: {work:,} multiply-adds. {expected}."
    assert seen == [2**n for n in range(10)] * len(rates) * len(bandwidths)


def test_axes_are_written_in_powers_of_ten():
    written = texts(svg_panels(explore_roofline([100], [10]).picture().drawing))
    assert written[:4] == ["0.1", "1", "10", "100"]
    assert written[4:10] == ["0.01", "0.1", "1", "10", "100", "1,000"]


def test_answers_of_the_chapter():
    """From how many channels on each method stands on the flat part of the made-up machine."""
    for name, first in {"each number once": 16, "rows": 64, "patches": 128}.items():
        above = [2**n for n in range(10) if layer(2**n)[0] / layer(2**n)[1][name] >= 10]
        assert above[0] == first
    assert {layer(2**n)[0] / layer(2**n)[1]["shifts"] for n in range(10)} == {0.05}
