"""The picture of the crossing draws the measured times."""

from importlib import import_module
from itertools import combinations

import numpy as np
import pytest

from convlib.draw.canvas import svg_panels
from convlib.explore import show_crossing
from tests.drawn import panels
from tests.explore.go_faster.measured import exponents_around, times
from tests.explore.go_faster.scales import value_up

CURVES = {
    "shifts": ("shifts", "window edge"),
    "FFT": ("fft", "output edge"),
    "PyTorch": ("PyTorch", "quiet"),
}

show_crossing_module = import_module("convlib.explore.waves.show_crossing")


def test_crossing_draws_measured_times():
    measured = {}
    for kernel in (3, 5, 9, 15, 31):
        found = times(f"1024² image, kernel {kernel}")
        for name, (method, _) in CURVES.items():
            if method in found:
                measured.setdefault(name, {})[kernel] = found[method]
    picture = show_crossing()
    listed = ". ".join(
        f"{name}: "
        + ", ".join(f"{time:.3g} with kernel {kernel}" for kernel, time in points.items())
        for name, points in measured.items()
    )
    assert picture.sentence == f"Milliseconds for a 1024×1024 image. {listed}."
    (panel,) = panels(svg_panels(picture.drawing))
    every = [time for points in measured.values() for time in points.values()]
    up = value_up(panel, exponents_around(every))
    ends = {text: (row, column) for text, _, row, column, _ in panel.texts}
    for name, points in measured.items():
        (curve,) = [
            line
            for colour, width, line in panel.lines
            if colour == CURVES[name][1] and width == 2.5
        ]
        drawn = [up(row) for row, _ in curve]
        np.testing.assert_allclose(drawn, list(points.values()), rtol=0.03)
        columns = np.array([column for _, column in curve])
        sizes = np.log10(list(points))
        np.testing.assert_allclose(
            np.diff(columns) / (columns[-1] - columns[0]),
            np.diff(sizes) / (sizes[-1] - sizes[0]),
            atol=0.01,
        )
        assert curve[-1][0] - 2 < ends[name][0] < curve[-1][0] + 0.01
        assert ends[name][1] > curve[-1][1]
    assert_no_label_stands_on_another([ends[name] for name in measured])
    assert_kernels_stand_on_the_axis(panel, measured)


def test_what_the_chapter_says_of_the_crossing():
    ways = {kernel: times(f"1024² image, kernel {kernel}") for kernel in (3, 5, 9, 15, 31)}
    assert all(5 < found["fft"] < 20 for found in ways.values())
    assert ways[5]["shifts"] < ways[5]["fft"]
    assert ways[15]["shifts"] > ways[15]["fft"]


def assert_no_label_stands_on_another(places):
    """A line of this size of text is half a cell high."""
    for (row, column), (other, beside) in combinations(places, 2):
        assert abs(row - other) > 0.5 or abs(column - beside) > 3


@pytest.mark.parametrize("last", [(50, 50, 50), (60, 6, 58), (1000, 1000, 1000), (1, 1, 1)])
def test_labels_stand_apart_whatever_was_measured(monkeypatch, last):
    table = {
        f"1024² image, kernel {kernel}": dict(zip(("shifts", "fft", "PyTorch"), last, strict=True))
        for kernel in show_crossing_module.KERNELS
    }
    monkeypatch.setattr(show_crossing_module, "read_table", lambda column: table)
    picture = show_crossing()
    (panel,) = panels(svg_panels(picture.drawing))
    ends = {text: (row, column) for text, _, row, column, _ in panel.texts}
    assert_no_label_stands_on_another([ends[name] for name in CURVES])
    assert min(ends[name][0] for name in CURVES) > -0.2


def assert_kernels_stand_on_the_axis(panel, measured):
    """The numbers under the curves are sizes of kernels, each in its own column."""
    ticks = [points[0][1] for colour, _, points in panel.lines if colour == "line"]
    under = {
        int(text): column
        for text, anchor, _, column, _ in panel.texts
        if anchor == "middle" and text.isdigit()
    }
    np.testing.assert_allclose(list(under.values()), ticks, atol=0.01)
    for name, points in measured.items():
        (curve,) = [
            line
            for colour, width, line in panel.lines
            if colour == CURVES[name][1] and width == 2.5
        ]
        for kernel, (_, column) in zip(points, curve, strict=True):
            np.testing.assert_allclose(column, under[kernel], atol=0.01)
