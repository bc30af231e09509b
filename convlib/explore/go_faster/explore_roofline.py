"""An explorer of the roofline: whether arithmetic or memory limits a layer."""

from convlib.draw import canvas, draw_label
from convlib.explore.chart import LogAxis, draw_dot, draw_line, power_text
from convlib.explore.explorer import Explorer

CHANNELS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
SIZE = 56
KERNEL = 3
BYTES = 4
COLOURS = {"each number once": "output", "rows": "window", "patches": "strong"}
TOP = 1.4
LEFT = 2.2
BOTTOM = 7.4
RIGHT = 13.4


def explore_roofline(rate, bandwidth):
    """Move a layer along the roofline of a machine by giving it more channels.

    Parameters
    ----------
    rate : float
        Multiply-adds that the machine can do in a second.
    bandwidth : float
        Bytes that it can move to and from memory in a second.

    Returns
    -------
    Explorer
        Slider `channels`: of the input and of the output of a layer with kernels of 3×3 and
        an output of 56×56.

    Examples
    --------
    >>> explore_roofline(50e9, 10e9).picture(channels=64).sentence[:52]
    'Channels 64: 115,605,504 multiply-adds. Each number '
    """
    across = LogAxis(0.1, 1000, start=LEFT, end=RIGHT)
    up = LogAxis(0.1 * bandwidth, rate, start=BOTTOM, end=TOP)

    def frame(channels):
        multiply_adds = count_multiply_adds(channels)
        ax = canvas(RIGHT + 0.9, BOTTOM + 5.4)
        _draw_axes(ax, across, up)
        knee = rate / bandwidth
        draw_line(ax, (up(0.1 * bandwidth), across(0.1)), (up(rate), across(knee)),
                  (up(rate), across(1000)), colour="ink", width=2)
        told = []
        for line, (name, moved) in enumerate(count_bytes(channels).items()):
            intensity = multiply_adds / moved
            speed = min(rate, bandwidth * intensity)
            limit = "memory" if intensity < knee else "arithmetic"
            row = BOTTOM + 2.4 + line
            draw_dot(ax, at=(up(speed), across(intensity)), colour=COLOURS[name])
            draw_dot(ax, at=(row, LEFT), colour=COLOURS[name])
            draw_label(ax, f"{name}: {intensity:.1f} a byte, limit {limit}",
                       at=(row, LEFT + 0.5), align="left")
            told.append(f"{name}: {moved:,} bytes, {intensity:.1f} a byte, limit {limit}")
        return ax.figure, (f"Channels {channels}: {multiply_adds:,} multiply-adds."
                           f" {'; '.join(told).capitalize()}.")

    return Explorer(frame, play="channels", channels=CHANNELS)


def count_multiply_adds(channels):
    """Count the multiply-adds of the layer.

    Parameters
    ----------
    channels : int

    Returns
    -------
    int

    Examples
    --------
    >>> count_multiply_adds(64) == 64 * 64 * 3 * 3 * 56 * 56
    True
    """
    return channels**2 * KERNEL**2 * SIZE**2


def count_bytes(channels):
    """Count the bytes that the layer moves, by three methods.

    Parameters
    ----------
    channels : int

    Returns
    -------
    dict of str to int
        Input, weights and output once; and what it adds to write the lowered matrix to memory
        and to read it again, lowered by columns or by patches.

    Examples
    --------
    >>> count_bytes(1)
    {'each number once': 26036, 'rows': 103988, 'patches': 251828}
    """
    padded = SIZE + KERNEL - 1
    once = channels * (padded**2 + SIZE**2) + channels**2 * KERNEL**2
    rows = channels * KERNEL * padded * SIZE
    patches = channels * KERNEL**2 * SIZE**2
    return {"each number once": BYTES * once, "rows": BYTES * (once + 2 * rows),
            "patches": BYTES * (once + 2 * patches)}


def _draw_axes(ax, across, up):
    """Draw a line at every power of ten, and name the axes."""
    for exponent in across.powers():
        column = across(10.0**exponent)
        draw_line(ax, (TOP, column), (BOTTOM, column))
        draw_label(ax, power_text(exponent), at=(BOTTOM + 0.45, column), size="index",
                   colour="quiet")
    for exponent in up.powers():
        row = up(10.0**exponent)
        draw_line(ax, (row, LEFT), (row, RIGHT))
        draw_label(ax, power_text(exponent - 9), at=(row, LEFT - 0.25), size="index",
                   colour="quiet", align="right")
    draw_label(ax, "billion multiply-adds a second", at=(TOP - 0.7, LEFT), align="left")
    draw_label(ax, "multiply-adds a byte", at=(BOTTOM + 1.25, RIGHT), align="right")
