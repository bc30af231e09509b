"""Explorer of a pointer that turns round a circle, and of the wave that its tip draws."""

from math import cos, pi, sin

from convlib.draw import (
    below,
    beside,
    canvas,
    draw_arrow,
    draw_dot,
    draw_label,
    draw_line,
    glue,
    grid_panel,
    mark,
    number_text,
)
from convlib.explore.engine import Cells, Explorer

RADIUS = 2.4
ROUND = 48  # straight pieces that look like a circle
CIRCLE = (4.0, 3.2)
WAVE = (4.0, 0.9)
ACROSS = 7.6  # columns from the wave's first step to its last


def explore_pointer(turns=(4, 8, 12)):
    """Turn a pointer of length 1 in equal steps, and plot how high its tip stands.

    Parameters
    ----------
    turns : sequence of int
        In how many steps the pointer may go round once.

    Returns
    -------
    Explorer
        Sliders `steps`, of a whole turn, and `step`.

    Examples
    --------
    >>> explore_pointer().picture(steps=8, step=1).sentence
    'Step 1 of 8, 1/8 of a turn: the tip is 0.7 across and 0.7 up.'
    """

    def frame(steps, step):
        across, up = tip(step, steps)
        circle = _draw_circle(canvas(6.4, 7.2), steps, step, at=CIRCLE)
        numbers = grid_panel([[across, up]], title="across, up")
        wave = _draw_wave(canvas(ACROSS + 1.2, 8), steps, step, at=WAVE)
        return beside(glue(below(circle, numbers)), wave), (
            f"Step {step} of {steps}, {step}/{steps} of a turn: the tip is"
            f" {number_text(across)} across and {number_text(up)} up."
        )

    def cells(steps, step):
        apart = ACROSS / steps
        wave = Cells(column="step", start=(0, -apart / 2), step=(1, apart), size=(1, apart))
        return {f"tip {n}": Cells(also={"step": n}) for n in range(steps)} | {"wave": wave}

    return Explorer(
        frame, play="step", cells=cells, steps=list(turns), step=lambda steps: (0, steps)
    )


def tip(step, steps):
    """Return how far across and up the tip stands, in tenths of the pointer's length.

    Parameters
    ----------
    step, steps : int
        The pointer has made `step / steps` of a turn, against the clock.

    Returns
    -------
    (float, float)

    Examples
    --------
    >>> tip(1, 4), tip(1, 8)
    ((0.0, 1.0), (0.7, 0.7))
    """
    angle = 2 * pi * step / steps
    return round(cos(angle), 1) + 0.0, round(sin(angle), 1) + 0.0


def _place(turn, at):
    """Return the row and column of the tip after `turn` turns."""
    row, column = at
    return row - RADIUS * sin(2 * pi * turn), column + RADIUS * cos(2 * pi * turn)


def _draw_circle(ax, steps, step, *, at):
    row, column = at
    reach = RADIUS + 0.5
    draw_label(ax, "pointer", at=(row - 3.5, column), size="title")
    draw_line(ax, (row, column - reach), (row, column + reach))
    draw_line(ax, (row - reach, column), (row + reach, column))
    draw_line(ax, *(_place(n / ROUND, at) for n in range(ROUND + 1)), colour="line")
    for n in range(steps):
        outward = [
            (1 + far) * (end - start)
            for far in (0, 0.18)
            for start, end in zip(at, _place(n / steps, at))
        ]
        mark(ax, f"tip {n}", middle=_place(n / steps, at), shape=(1, 1))
        draw_line(
            ax,
            (row + outward[0], column + outward[1]),
            (row + outward[2], column + outward[3]),
            colour="line",
        )
    end = _place(step / steps, at)
    draw_line(ax, (row, end[1]), end, colour="output edge", width=2.4)
    draw_arrow(ax, start=at, end=end, colour="window edge")
    return draw_dot(ax, at=end, colour="output")


def _draw_wave(ax, steps, step, *, at):
    row, left = at
    wave = [(_place(n / ROUND, at)[0], left + ACROSS * n / ROUND) for n in range(ROUND + 1)]
    draw_label(ax, "height of the tip", at=(row - 3.5, left + ACROSS / 2), size="title")
    draw_line(ax, (row, left), (row, left + ACROSS))
    draw_line(ax, *wave, colour="line")
    mark(ax, "wave", middle=(row, left + ACROSS / 2), shape=(2 * RADIUS, ACROSS))
    for n in range(steps + 1):
        column = left + ACROSS * n / steps
        height = _place(n / steps, at)[0]
        if n <= step:
            draw_line(
                ax,
                (row, column),
                (height, column),
                colour="output edge",
                width=2.4 if n == step else 1.2,
            )
            draw_dot(ax, at=(height, column), colour="output")
        draw_label(ax, n, at=(row + RADIUS + 0.7, column), size="index", colour="quiet")
    for value, height in ((1, row - RADIUS), (0, row), (-1, row + RADIUS)):
        draw_label(ax, value, at=(height, left - 0.35), size="index", colour="quiet", align="right")
    return draw_label(ax, "step", at=(row + RADIUS + 1.4, left + ACROSS / 2), colour="quiet")
