"""The charts of calls, bytes and speed show what plain counting gives."""

from math import log10

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Circle, Rectangle

from convlib.draw import PALETTE
from convlib.explore import explore_costs, explore_roofline


def counted(n, k):
    """Count calls and bytes of float32 by walking through the methods, with sizes of arrays."""
    image, kernel = np.empty((n, n), np.float32), np.empty((k, k), np.float32)
    output = np.empty((n - k + 1, n - k + 1), np.float32)
    patches = kernel.size * output.size
    lowered = sum(image[:, v:v + output.shape[1]].size for v in range(k))
    return [
        ("loop", output.size, kernel.nbytes),
        ("windows", 1, 0),
        ("shifts", kernel.size, output.nbytes),
        ("patches", 1, 4 * patches),
        ("rows", len(kernel), 4 * lowered + output.nbytes),
    ]


def bars(explorer, values, colour):
    """Lengths of the bars of one colour, in cells, from the top."""
    ax = explorer.frame(**values)[0].axes[0]
    found = [patch for patch in ax.patches if isinstance(patch, Rectangle)
             and to_hex(patch.get_facecolor()) == PALETTE[colour]]
    return [patch.get_width() for patch in sorted(found, key=lambda patch: patch.get_y())]


def powers(count):
    """How many powers of ten the bar of a count is long."""
    return log10(count) if count else 0


@pytest.mark.parametrize("size", [1024, 40])
def test_costs_are_counted_and_drawn_on_a_logarithmic_scale(size, drive):
    explorer = explore_costs(size)
    largest = [max(row[column] for k in (3, 5, 7, 9, 11, 15) for row in counted(size, k))
               for column in (1, 2)]
    seen = []
    for values, markup, says in drive(explorer):
        k = values["kernel"]
        seen.append(k)
        rows = counted(size, k)
        calls = ", ".join(f"{name} {count:,}" for name, count, _ in rows)
        held = ", ".join(f"{name} {count:,}" for name, _, count in rows)
        assert says == (f"Kernel {k}×{k}, image {size}×{size}. Calls: {calls}. Bytes: {held}.")
        ax = explorer.frame(**values)[0].axes[0]
        right = [text.get_text() for text in ax.texts if text.get_ha() == "right"]
        assert right == [text for column in (1, 2) for row in rows
                         for text in (row[0], f"{row[column]:,}")]
        assert all(f">{text}<" in markup for text in right)
        for colour, column in (("window", 1), ("kernel", 2)):
            lengths = bars(explorer, values, colour)
            whole = np.ceil(log10(largest[column - 1]))
            np.testing.assert_allclose(lengths, [8 * powers(row[column]) / whole for row in rows])
    assert seen == [3, 5, 7, 9, 11, 15]


def layer(channels):
    """Multiply-adds of a 3x3 layer with 56x56 outputs, and the bytes of its arrays."""
    x, w, y = ((channels, 58, 58), (channels, channels, 3, 3), (channels, 56, 56))
    once = 4 * sum(int(np.prod(shape)) for shape in (x, w, y))
    rows = 4 * channels * 3 * 58 * 56
    patches = 4 * channels * 9 * 56 * 56
    work = int(np.prod(y)) * channels * 9
    return work, {"each number once": once, "rows": once + 2 * rows,
                  "patches": once + 2 * patches}


@pytest.mark.parametrize("rate, bandwidth", [(100e9, 10e9), (37e9, 21e9)])
def test_roofline_puts_each_method_where_its_limit_is(rate, bandwidth, drive):
    explorer = explore_roofline(rate, bandwidth)
    low, high = np.floor(log10(0.1 * bandwidth)), np.ceil(log10(rate))
    seen = []
    for values, markup, says in drive(explorer):
        channels = values["channels"]
        seen.append(channels)
        work, moved = layer(channels)
        told, places = [], []
        for name, count in moved.items():
            seconds = {"arithmetic": work / rate, "memory": count / bandwidth}
            limit = max(seconds, key=seconds.get)
            told.append(f"{name}: {count:,} bytes, {work / count:.1f} a byte, limit {limit}")
            assert f">{name}: {work / count:.1f} a byte, limit {limit}<" in markup
            speed = work / max(seconds.values())
            places.append((2.2 + 11.2 * (log10(work / count) + 1) / 4,
                           7.4 - 6 * (log10(speed) - low) / (high - low)))
        expected = "; ".join(told).capitalize()
        assert says == f"Channels {channels}: {work:,} multiply-adds. {expected}."
        ax = explorer.frame(**values)[0].axes[0]
        dots = [patch.center for patch in ax.patches if isinstance(patch, Circle)]
        np.testing.assert_allclose([dot for dot in dots if dot[1] <= 7.4 + 1e-9], places)
        roof = next(line for line in ax.lines if to_hex(line.get_color()) == PALETTE["ink"])
        for column, row in places:
            np.testing.assert_allclose(np.interp(column, *roof.get_data()), row)
    assert seen == [2**n for n in range(10)]


def test_answers_of_the_chapter():
    """From how many channels on each method stands on the flat part of the made-up machine."""
    for name, first in {"each number once": 16, "rows": 64, "patches": 128}.items():
        above = [2**n for n in range(10) if layer(2**n)[0] / layer(2**n)[1][name] >= 10]
        assert above[0] == first
    assert 4 * 9 * 1022**2 == counted(1024, 3)[3][2] == 37_601_424
    assert counted(1024, 15)[3][2] // 10**6 == 918
