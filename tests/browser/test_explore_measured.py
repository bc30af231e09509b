"""The pictures of measured speeds show the numbers of bench/results.csv."""

import csv
import json
from math import ceil, floor, log10
from pathlib import Path

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from convlib.draw import PALETTE
from convlib.explore import explore_speeds, read_machine, show_crossing, show_speedups

BENCH = Path(__file__).parents[2] / "bench"
WAYS = ["windows", "shifts", "im2col", "rows", "PyTorch"]
SHAPES = {  # output numbers, and multiply-adds for each
    "1024² image, kernel 3": (1022 * 1022, 3 * 3),
    "1024² image, kernel 5": (1020 * 1020, 5 * 5),
    "1024² image, kernel 9": (1016 * 1016, 9 * 9),
    "1024² image, kernel 15": (1010 * 1010, 15 * 15),
    "1024² image, kernel 31": (994 * 994, 31 * 31),
    "64×64@56 k3": (64 * 56 * 56, 64 * 3 * 3),
    "64×64@56 k5": (64 * 56 * 56, 64 * 5 * 5),
    "256×256@28 k3": (256 * 28 * 28, 256 * 3 * 3),
    "depthwise 128@56 k3": (128 * 56 * 56, 3 * 3),
}


def lines():
    with open(BENCH / "results.csv", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


def numbers(work, column):
    """Pairs of method and number of one piece of work, in the order of `WAYS`."""
    found = {line[1]: float(line[column]) for line in lines() if line[0] == work and line[column]}
    return [(way, found[way]) for way in WAYS if way in found]


def lengths(figure, colour):
    """Lengths of the bars of one colour, in cells, from the top."""
    found = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)
             and to_hex(patch.get_facecolor()) == PALETTE[colour]]
    return [patch.get_width() for patch in sorted(found, key=lambda patch: patch.get_y())]


def bars(values, everything):
    """Lengths of bars on a logarithmic axis of eight cells, wide enough for everything."""
    first, last = floor(log10(min(everything))), ceil(log10(max(everything)))
    return [8 * (log10(value) - first) / (last - first) for value in values]


def written(figure):
    """What stands to the right of names and bars."""
    return [text.get_text() for text in figure.axes[0].texts if text.get_ha() == "right"]


def test_machine_is_the_one_of_the_file():
    assert read_machine() == json.loads((BENCH / "machine.json").read_text(encoding="utf-8"))


def test_speedups_are_ratios_of_times_per_output_number():
    (loop,) = [float(line[2]) for line in lines() if line[:2] == ["512² image, kernel 3", "core"]]
    ratios = [("loop", 1)] + [(way, (loop / 510**2) / (time / 1022**2))
                              for way, time in numbers("1024² image, kernel 3", 2)]
    texts = [(way, f"{ratio:,.0f}") for way, ratio in ratios]
    picture = show_speedups()
    listed = ", ".join(f"{way} {text}" for way, text in texts)
    assert picture.sentence == f"Times as fast as the loop: {listed}."
    assert written(picture.figure) == [word for pair in texts for word in pair]
    values = [ratio for _, ratio in ratios]
    np.testing.assert_allclose(lengths(picture.figure, "window"), bars(values, values))


def test_crossing_draws_measured_times():
    times = {name: [(kernel, float(line[2])) for kernel in (3, 5, 9, 15, 31) for line in lines()
                    if line[:2] == [f"1024² image, kernel {kernel}", method]]
             for name, method in (("shifts", "shifts"), ("FFT", "fft"), ("PyTorch", "PyTorch"))}
    picture = show_crossing()
    listed = ". ".join(f"{name}: " + ", ".join(f"{time:.3g} with kernel {kernel}"
                                               for kernel, time in points)
                       for name, points in times.items() if points)
    assert picture.sentence == f"Milliseconds for a 1024×1024 image. {listed}."
    ax = picture.figure.axes[0]
    grid = [line.get_ydata()[0] for line in ax.lines if line.get_linewidth() < 1]
    every = [time for points in times.values() for _, time in points]
    first, last = floor(log10(min(every))), ceil(log10(max(every)))
    assert len(grid) == last - first + 1
    ends = {text.get_text(): text.get_position() for text in ax.texts}
    curves = [line for line in ax.lines if line.get_linewidth() > 1]
    assert len(curves) == sum(map(bool, times.values()))
    for curve, (name, points) in zip(curves, ((n, p) for n, p in times.items() if p)):
        columns, rows = curve.get_data()
        heights = [(row - grid[0]) / (grid[-1] - grid[0]) for row in rows]
        np.testing.assert_allclose(heights, [(log10(time) - first) / (last - first)
                                             for _, time in points])
        steps = np.diff(columns) / (columns[-1] - columns[0])
        sizes = np.log10([kernel for kernel, _ in points])
        np.testing.assert_allclose(steps, np.diff(sizes) / (sizes[-1] - sizes[0]))
        assert ends[name][1] == rows[-1]


def test_speeds_are_multiply_adds_by_time(drive):
    explorer = explore_speeds()
    roof = read_machine()["rates"]["PRODUCTS"] / 10**9
    speeds = {work: [(way, outputs * each / (time / 1000) / 10**9)
                     for way, time in numbers(work, 2)] for work, (outputs, each) in SHAPES.items()}
    memory = {work: numbers(work, 3) for work in SHAPES}
    every_speed = [roof] + [speed for pairs in speeds.values() for _, speed in pairs]
    every_size = [size for pairs in memory.values() for _, size in pairs if size]
    seen = []
    for values, markup, says in drive(explorer):
        work = values["work"]
        seen.append(work)
        fast = [(way, f"{speed:.3g}") for way, speed in speeds[work]]
        held = [(way, f"{size:g}") for way, size in memory[work]]
        multiply_adds = SHAPES[work][0] * SHAPES[work][1]
        assert says == (f"{work}, {multiply_adds:,} multiply-adds. Billions a second:"
                        f" {', '.join(f'{way} {text}' for way, text in fast)}. Megabytes held:"
                        f" {', '.join(f'{way} {text}' for way, text in held)}.")
        figure = explorer.frame(**values)[0]
        note = f"products of large matrices: {roof:.3g}"
        words = [word for pair in fast for word in pair] + [note]
        assert written(figure) == words + [word for pair in held for word in pair]
        assert all(f">{word}<" in markup for word in written(figure))
        np.testing.assert_allclose(lengths(figure, "output"),
                                   bars([speed for _, speed in speeds[work]], every_speed))
        np.testing.assert_allclose(lengths(figure, "kernel"),
                                   bars([size for _, size in memory[work]], every_size))
        pink = [line.get_xdata() for line in figure.axes[0].lines
                if to_hex(line.get_color()) == PALETTE["strong edge"]]
        np.testing.assert_allclose(pink, [[3.4 + bars([roof], every_speed)[0]] * 2])
    assert seen == list(SHAPES)
