"""Picture of measured times: shifts, the FFT and PyTorch as the kernel grows."""

from convlib.draw import LogAxis, canvas, draw_axes, draw_label, draw_line, labels_apart
from convlib.explore.engine import Picture
from convlib.explore.measured import read_table

KERNELS = (3, 5, 9, 15, 31)
CURVES = {"shifts": "window edge", "fft": "output edge", "PyTorch": "quiet"}
LABELS = {"shifts": "shifts", "fft": "FFT", "PyTorch": "PyTorch"}


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
    times = {name: _times(table, name) for name in CURVES}
    every = [time for curve in times.values() for time in curve.values()]
    up = LogAxis(min(every), max(every), start=7.6, end=1.2)
    along = LogAxis(KERNELS[0], KERNELS[-1], start=1.2, end=9.2)
    ax = canvas(9.4, 9.2)
    draw_axes(
        ax,
        along,
        up,
        along_title="rows and columns of the kernel",
        up_title="milliseconds",
        marks=KERNELS,
    )
    lines = {
        name: [(up(time), along(kernel)) for kernel, time in curve.items()]
        for name, curve in times.items()
    }
    rows = labels_apart({name: points[-1][0] for name, points in lines.items()})
    for name, points in lines.items():
        draw_line(ax, *points, colour=CURVES[name], width=2.5)
        at = (rows[name], points[-1][1] + 0.2)
        draw_label(ax, LABELS[name], at=at, colour=CURVES[name], align="left")
    says = ". ".join(f"{LABELS[name]}: {_listed(curve)}" for name, curve in times.items())
    return Picture(ax, f"Milliseconds for a 1024×1024 image. {says}.")


def _times(table, method):
    """Return the milliseconds of a method for each kernel that it was measured with."""
    works = {kernel: table[f"1024² image, kernel {kernel}"] for kernel in KERNELS}
    return {kernel: ways[method] for kernel, ways in works.items() if method in ways}


def _listed(curve):
    return ", ".join(f"{time:.3g} with kernel {kernel}" for kernel, time in curve.items())
