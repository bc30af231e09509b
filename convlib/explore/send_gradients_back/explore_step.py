"""Explorer of the step: how wrong a slope is that was measured by nudging."""

import numpy as np

from convlib.draw import (
    LogAxis,
    beside,
    canvas,
    draw_axes,
    draw_dot,
    draw_label,
    draw_line,
    mark,
    power_text,
)
from convlib.explore.engine import Cells, Explorer

STEPS = range(1, 13)
SLOPE = 3
KINDS = {
    "float64, one side": (np.float64, False, "kernel edge"),
    "float64, both sides": (np.float64, True, "output edge"),
    "float32, both sides": (np.float32, True, "strong edge"),
}
WIDER = dict(zip(KINDS, (0, 0.03, 0.09)))
"""By how much the dots of a kind are wider than the narrowest, in cells."""


def explore_step():
    """Measure the slope of x³ at 1, which is 3, with nudges of 0.1, 0.01, and so on.

    Returns
    -------
    Explorer
        Slider `nudge`, smaller to the right, as in the chart.

    Examples
    --------
    >>> explore_step().picture(nudge="0.1").sentence[:64]
    'Nudge 0.1. Float64, one side: off by 0.31; both sides: off by 0.'
    """
    errors = {
        name: {n: _error(dtype, both, n) for n in STEPS} for name, (dtype, both, _) in KINDS.items()
    }
    nudges = {_power(10.0**-n): n for n in STEPS}
    across = LogAxis(1e-12, 1, start=9.2, end=1.6)
    up = LogAxis(1e-13, 10, start=9, end=1.2)

    def frame(nudge):
        ax = canvas(9.7, 10.6)
        draw_axes(
            ax,
            across,
            up,
            along_title="nudge",
            up_title="how far the slope is off",
            marks=[0.1, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12],
        )
        key, told = canvas(7.1, 3.2), []
        for name in reversed(KINDS):  # the wider dots below, where two are equal
            points = {n: (up(error), across(10.0**-n)) for n, error in errors[name].items()}
            draw_line(ax, *points.values(), colour=KINDS[name][2])
            for n, at in points.items():
                radius = (0.22 if n == nudges[nudge] else 0.11) + WIDER[name]
                draw_dot(ax, at=at, colour=KINDS[name][2], radius=radius)
        for name, n in nudges.items():
            middle = (up.start + up.end) / 2, across(10.0**-n)
            shape = up.start - up.end, (across.start - across.end) / len(STEPS)
            mark(ax, name, middle=middle, shape=shape)
        for line, (name, (_, _, colour)) in enumerate(KINDS.items()):
            off = _power(errors[name][nudges[nudge]])
            draw_dot(key, at=(line + 0.6, 0.5), colour=colour)
            draw_label(key, f"{name}: {off}", at=(line + 0.6, 1), align="left")
            told.append(f"{name}: off by {off}")
        drawing = beside(ax, key)
        said = "; ".join(told).replace("; float64, both", "; both")
        return drawing, f"Nudge {nudge}. {said[0].upper()}{said[1:]}."

    cells = {name: Cells(also={"nudge": name}) for name in nudges}
    return Explorer(frame, play="nudge", cells=cells, nudge=list(nudges))


def _error(dtype, both, digits):
    """Return how far a slope that was measured in this dtype is from the true one."""
    one, step = dtype(1), dtype(f"1e-{digits}")
    right, left = one + step, one - step if both else one
    rise = right * right * right - left * left * left
    run = dtype(2) * step if both else step
    return abs(float(rise / run) - SLOPE)


def _power(value):
    """Write a small number with one or two digits: 0.31, 0.003, 3.1·10⁻⁵."""
    digits, exponent = f"{value:.1e}".split("e")
    digits = digits.removesuffix(".0")
    if value >= 0.001:
        return f"{float(f'{value:.1e}'):g}"
    power = power_text(int(exponent))
    return power if digits == "1" else f"{digits}·{power}"
