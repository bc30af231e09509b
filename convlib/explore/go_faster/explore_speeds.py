"""Pictures of what `make bench` measured, and where."""

import csv
import json
from pathlib import Path

from convlib.draw import canvas, draw_label
from convlib.explore.chart import LogAxis, draw_bars, draw_line, power_text
from convlib.explore.explorer import Explorer, Picture

BENCH = Path(__file__).parents[2] / "bench"
KERNELS = (3, 5, 9, 15, 31)
CURVES = {"shifts": "window edge", "fft": "output edge", "PyTorch": "quiet"}
LABELS = {"shifts": "shifts", "fft": "FFT", "PyTorch": "PyTorch"}
METHODS = ("windows", "shifts", "im2col", "rows", "PyTorch")
WORKS = {
    **{f"1024² image, kernel {k}": k**2 * (1024 - k + 1)**2 for k in KERNELS},
    "64×64@56 k3": 64 * 64 * 3**2 * 56**2,
    "64×64@56 k5": 64 * 64 * 5**2 * 56**2,
    "256×256@28 k3": 256 * 256 * 3**2 * 28**2,
    "depthwise 128@56 k3": 128 * 3**2 * 56**2,
}
"""Multiply-adds of each piece of work. A layer is named channels × filters @ rows, kernel."""

LEFT = 3.4
RIGHT = 11.4


def read_machine():
    """Read where the table of `make bench` was measured.

    Returns
    -------
    dict
        Processor, threads, versions; and `"rates"`, a dict of what happens in a second.

    Examples
    --------
    >>> sorted(read_machine())[:3]
    ['blas', 'cores', 'numpy']
    """
    return json.loads((BENCH / "machine.json").read_text(encoding="utf-8"))


def read_table(column):
    """Read one column of the table of `make bench`.

    Parameters
    ----------
    column : str
        "milliseconds" or "extra megabytes".

    Returns
    -------
    dict of str to dict
        For each piece of work the number of each method that has one.

    Examples
    --------
    >>> "shifts" in read_table("milliseconds")["1024² image, kernel 3"]
    True
    """
    table = {}
    with open(BENCH / "results.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row[column]:
                table.setdefault(row["work"], {})[row["method"]] = float(row[column])
    return table


def show_speedups():
    """Show how many times as fast as the loop each method was, for each output number.

    Returns
    -------
    Picture

    Examples
    --------
    >>> show_speedups().sentence[:43]
    'Times as fast as the loop: loop 1, windows '
    """
    times = read_table("milliseconds")
    loop = times["512² image, kernel 3"]["core"] / 510**2
    ways = times["1024² image, kernel 3"]
    speedups = {"loop": 1} | {name: loop * 1022**2 / ways[name]
                              for name in METHODS if name in ways}
    texts = {name: f"{value:,.0f}" for name, value in speedups.items()}
    ax = canvas(RIGHT + 3.5, 9.3)
    axis = LogAxis(1, max(speedups.values()), start=LEFT, end=RIGHT)
    draw_bars(ax, axis, speedups, top=0.6, title="times as fast as the loop", texts=texts)
    return Picture(ax.figure, f"Times as fast as the loop: {_listed(texts)}.")


def show_crossing():
    """Show the times of shifts, of the FFT and of PyTorch as the kernel grows.

    Returns
    -------
    Picture

    Examples
    --------
    >>> show_crossing().sentence[:38]
    'Milliseconds for a 1024×1024 image. sh'
    """
    table = read_table("milliseconds")
    times = {name: {k: table[f"1024² image, kernel {k}"][name] for k in KERNELS
                    if name in table[f"1024² image, kernel {k}"]} for name in CURVES}
    every = [time for curve in times.values() for time in curve.values()]
    up = LogAxis(min(every), max(every), start=7.6, end=1.2)
    along = LogAxis(1, max(KERNELS), start=-2.2, end=17.7)
    ax = canvas(15, 9.3)
    for exponent in up.powers():
        row = up(10.0**exponent)
        draw_line(ax, (row, along(KERNELS[0])), (row, along(KERNELS[-1])), colour="line", width=0.6)
        draw_label(ax, power_text(exponent), at=(row, along(KERNELS[0]) - 0.3), size="index",
                   colour="quiet", align="right")
    for kernel in KERNELS:
        draw_label(ax, kernel, at=(8, along(kernel)), size="index", colour="quiet")
    draw_label(ax, "milliseconds", at=(0.3, along(KERNELS[0])), align="left", colour="quiet")
    draw_label(ax, "rows and columns of the kernel", at=(8.8, along(9)), colour="quiet")
    for (name, curve), colour in zip(times.items(), CURVES.values()):
        points = [(up(time), along(kernel)) for kernel, time in curve.items()]
        if points:
            draw_line(ax, *points, colour=colour, width=2)
            row, column = points[-1]
            draw_label(ax, LABELS[name], at=(row, column + 0.2), colour=colour, align="left")
    says = ". ".join(f"{LABELS[name]}: " + ", ".join(f"{time:.3g} with kernel {kernel}"
                                                     for kernel, time in curve.items())
                     for name, curve in times.items() if curve)
    return Picture(ax.figure, f"Milliseconds for a 1024×1024 image. {says}.")


def explore_speeds():
    """Compare the speed and the memory of each method, from work to work.

    Returns
    -------
    Explorer
        Slider `work`: an image and a kernel, or a layer.

    Examples
    --------
    >>> explore_speeds().picture(work="64×64@56 k3").sentence[:50]
    '64×64@56 k3, 115,605,504 multiply-adds. Billions a'
    """
    times, held = read_table("milliseconds"), read_table("extra megabytes")
    roof = read_machine()["rates"]["PRODUCTS"] / 1e9
    speeds = {work: {name: count / times[work][name] / 1e6 for name in METHODS
                     if name in times[work]} for work, count in WORKS.items()}
    memory = {work: {name: held[work][name] for name in METHODS if name in held[work]}
              for work in WORKS}
    speed_axis = _axis(roof, *(speed for ways in speeds.values() for speed in ways.values()))
    memory_axis = _axis(*(size for ways in memory.values() for size in ways.values()))

    def frame(work):
        fast = {name: f"{speed:.3g}" for name, speed in speeds[work].items()}
        large = {name: f"{size:g}" for name, size in memory[work].items()}
        ax = canvas(RIGHT + 3.5, 17)
        draw_bars(ax, speed_axis, speeds[work], top=0.6, title="billion multiply-adds a second",
                  texts=fast, fill="output")
        draw_line(ax, (1.6, speed_axis(roof)), (7.3, speed_axis(roof)), colour="strong edge",
                  width=2)
        draw_label(ax, f"products of large matrices: {roof:.3g}", at=(8.5, RIGHT),
                   align="right", colour="strong edge")
        draw_bars(ax, memory_axis, memory[work], top=10.1, title="megabytes held",
                  texts=large, fill="kernel")
        return ax.figure, (f"{work}, {WORKS[work]:,} multiply-adds. Billions a second:"
                           f" {_listed(fast)}. Megabytes held: {_listed(large)}.")

    return Explorer(frame, play="work", work=list(WORKS))


def _axis(*values):
    return LogAxis(min(filter(None, values)), max(values), start=LEFT, end=RIGHT)


def _listed(texts):
    return ", ".join(f"{name} {text}" for name, text in texts.items())
