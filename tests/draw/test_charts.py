"""Logarithmic axes and ranks: every power of ten has the same length."""

import re

import numpy as np
import pytest

from convlib.draw import (
    LogAxis,
    bars_panel,
    canvas,
    draw_axes,
    labels_apart,
    power_text,
    rank_panel,
)
from convlib.draw.canvas import svg_panels
from tests.drawn import middles, panels, texts


@pytest.mark.parametrize(
    ("smallest", "largest", "first", "last"),
    [
        (1, 1000, 0, 3),
        (2, 900, 0, 3),
        (0.03, 5, -2, 1),
        (1, 1, 0, 1),
        (10, 10, 1, 2),
        (3.5, 1001, 0, 4),
    ],
)
def test_axis_reaches_the_powers_of_ten_around_its_values(smallest, largest, first, last):
    axis = LogAxis(smallest, largest, start=1, end=7)
    assert list(axis.powers()) == list(range(first, last + 1))
    assert axis(10.0**first) == pytest.approx(1)
    assert axis(10.0**last) == pytest.approx(7)


@pytest.mark.parametrize(("start", "end"), [(0, 6), (7, 1.2)])
def test_equal_ratios_are_equal_lengths(start, end):
    axis = LogAxis(0.1, 1000, start=start, end=end)
    places = [axis(0.2 * 3**n) for n in range(7)]
    np.testing.assert_allclose(np.diff(places), np.log10(3) / 4 * (end - start))


@pytest.mark.parametrize(
    ("exponent", "text"),
    [(-2, "0.01"), (-1, "0.1"), (0, "1"), (3, "1,000"), (4, "10⁴"), (-3, "10⁻³"), (12, "10¹²")],
)
def test_small_powers_are_written_as_numbers(exponent, text):
    assert power_text(exponent) == text


def test_axes_have_a_line_for_each_power_and_a_mark_for_each_column():
    along, up = LogAxis(1, 100, start=1, end=8), LogAxis(0.1, 10, start=6, end=1)
    ax = draw_axes(canvas(9, 8), along, up, along_title="size", up_title="time", unit=-1)
    (panel,) = panels(svg_panels(ax))
    rows = [points[0][0] for colour, _, points in panel.lines if colour == "outside"]
    np.testing.assert_allclose(rows, [6, 3.5, 1], atol=0.01)
    columns = [points[0][1] for colour, _, points in panel.lines if colour == "line"]
    np.testing.assert_allclose(columns, [1, 4.5, 8], atol=0.01)
    # In units of a tenth the vertical axis runs from 1 to 100.
    assert texts(svg_panels(ax)) == ["1", "10", "100", "1", "10", "100", "time", "size"]


def test_axes_may_be_marked_with_numbers_of_their_own():
    along, up = LogAxis(1, 100, start=1, end=8), LogAxis(1, 10, start=6, end=1)
    ax = draw_axes(canvas(9, 8), along, up, along_title="a", up_title="u", marks=[3, 30])
    (panel,) = panels(svg_panels(ax))
    columns = [points[0][1] for colour, _, points in panel.lines if colour == "line"]
    np.testing.assert_allclose(columns, [1 + 3.5 * np.log10(n) for n in (3, 30)], atol=0.01)
    assert texts(svg_panels(ax))[2:4] == ["3", "30"]


def test_ranks_have_a_mark_for_every_value_but_zero():
    axis = LogAxis(1, 1000, start=0.3, end=8.8)
    values = {"one": 1, "none": 0, "many": 500}
    panel = rank_panel(
        axis,
        values,
        title="t",
        colour="kernel edge",
        texts={name: f"{value}!" for name, value in values.items()},
    )
    (found,) = panels(svg_panels(panel))
    lines = {text: row for text, anchor, row, *_ in found.texts if anchor == "start"}
    assert list(lines) == ["t", "one", "none", "many"]
    assert [text for text, anchor, *_ in found.texts if anchor == "end"] == ["1!", "0!", "500!"]
    wanted = [("kernel edge", lines[name] + 0.6, axis(values[name])) for name in ("one", "many")]
    for mark, place in zip(middles(found.blocks), wanted, strict=True):
        assert mark[0] == place[0]
        np.testing.assert_allclose(mark[1:], place[1:], atol=0.02)
    assert not found.dots  # on a line they would look like a slider
    assert all(
        0 <= row <= panel.height and 0 <= column <= panel.width
        for _, _, row, column, _ in found.texts
    )


@pytest.mark.parametrize(("largest", "written"), [(1e7, "1,000"), (1e9, "10³")])
def test_powers_close_together_are_written_short(largest, written):
    axis = LogAxis(1, largest, start=0.3, end=8)
    panel = rank_panel(axis, {"one": 1}, title="t", texts={"one": "1!"})
    assert {"100", written} < set(texts(svg_panels(panel)))


def test_bars_are_as_long_as_their_values():
    texts_of = {"a": "25 %", "b": "0 %", "c": "all"}
    panel = bars_panel({"a": 0.5, "b": 0, "c": 2}, title="t", texts=texts_of, most=2)
    markup = svg_panels(panel)
    widths = re.findall(r'<rect [^>]*width="([\d.]+)"[^>]*draw-window,', markup)
    assert [float(width) for width in widths] == [36 * 8 * 0.5 / 2, 36 * 8]
    assert texts(markup) == ["t", "a", "25 %", "b", "0 %", "c", "all"]


@pytest.mark.parametrize("rows", [[3, 3, 3], [1, 2, 3], [2.9, 3, 2.8, 7], [5], [4, 3.6, 1]])
def test_labels_stand_apart_and_in_order(rows):
    wanted = dict(enumerate(rows))
    apart = labels_apart(wanted, gap=0.5)
    from_below = sorted(wanted, key=wanted.get, reverse=True)
    assert list(apart) == from_below
    assert all(np.diff(list(apart.values())) <= -0.5 + 1e-9)
    assert apart[from_below[0]] == max(rows)
    if min(abs(np.diff(sorted(rows))), default=1) >= 0.5:
        assert apart == wanted
