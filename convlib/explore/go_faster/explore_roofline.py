"""Explorer of the roofline: whether arithmetic or memory limits a layer."""

from convlib.draw import (
    LogAxis,
    below,
    canvas,
    counted,
    draw_axes,
    draw_dot,
    draw_label,
    draw_line,
)
from convlib.explore.engine import Explorer

CHANNELS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
SIZE = 56
KERNEL = 3
BYTES = 4
COLOURS = {
    "each number once": "output edge",
    "rows": "window edge",
    "patches": "strong edge",
    "shifts": "kernel edge",
}
LEAST = 0.01  # multiply-adds a byte


def explore_roofline(rates, bandwidths):
    """Move a layer along the roofline of a machine by giving it more channels.

    Parameters
    ----------
    rates : list of int
        Billion multiply-adds that a machine's matrix product does in a second, to choose from.
    bandwidths : list of int
        Billion bytes that it can move to and from memory in a second, to choose from.

    Returns
    -------
    Explorer
        Sliders `arithmetic` and `memory`, the two speeds of the machine; and `channels`, of the
        input and of the output of a layer with kernels of 3×3 and an output of 56×56.

    Examples
    --------
    >>> explore_roofline([50], [10]).picture(channels=64).sentence[:58]
    '50 billion multiply-adds and 10 billion bytes a second, 64'
    """
    across = LogAxis(LEAST, 1000, start=1.5, end=9)
    up = LogAxis(LEAST * 1e9 * min(bandwidths), 1e9 * max(rates), start=7, end=1.2)

    def frame(arithmetic, memory, channels):
        rate, bandwidth = 1e9 * arithmetic, 1e9 * memory
        knee = rate / bandwidth
        multiply_adds = count_multiply_adds(channels)
        ax = canvas(9.6, 8.6)
        draw_axes(
            ax,
            across,
            up,
            along_title="multiply-adds a byte",
            up_title="billion multiply-adds a second",
            unit=9,
        )
        corner = (up(rate), across(knee))
        start, end = (up(LEAST * bandwidth), across(LEAST)), (up(rate), across(1000))
        draw_line(ax, start, corner, end, colour="ink", width=2.5)
        key, told = canvas(10.6, 4.2), []
        for line, (name, moved) in enumerate(count_bytes(channels).items()):
            intensity = multiply_adds / moved
            speed = min(rate, bandwidth * intensity)
            limit = "memory" if intensity < knee else "arithmetic"
            draw_dot(ax, at=(up(speed), across(intensity)), colour=COLOURS[name])
            draw_dot(key, at=(line + 0.6, 0.5), colour=COLOURS[name])
            text = f"{name}: {intensity:.3g} a byte, limit {limit}"
            draw_label(key, text, at=(line + 0.6, 1), align="left")
            told.append(f"{name}: {moved:,} bytes, {intensity:.3g} a byte, limit {limit}")
        return below(ax, key), (
            f"{arithmetic} billion multiply-adds and {memory} billion bytes a second,"
            f" {counted(channels, 'channel')}: {multiply_adds:,} multiply-adds."
            f" {'; '.join(told).capitalize()}."
        )

    return Explorer(frame, play="channels", arithmetic=rates, memory=bandwidths, channels=CHANNELS)


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
    """Count the bytes that the layer moves, by four methods.

    Parameters
    ----------
    channels : int

    Returns
    -------
    dict of str to int
        Input, weights and output once; what it adds to write the lowered matrix to memory and to
        read it again, lowered by columns or by patches; and for each multiply-add of a shifted
        image the pixel, the product twice, and the sum twice.

    Examples
    --------
    >>> count_bytes(1)
    {'each number once': 26036, 'rows': 103988, 'patches': 251828, 'shifts': 564480}
    """
    padded = SIZE + KERNEL - 1
    once = channels * (padded**2 + SIZE**2) + channels**2 * KERNEL**2
    rows = channels * KERNEL * padded * SIZE
    patches = channels * KERNEL**2 * SIZE**2
    return {
        "each number once": BYTES * once,
        "rows": BYTES * (once + 2 * rows),
        "patches": BYTES * (once + 2 * patches),
        "shifts": BYTES * 5 * count_multiply_adds(channels),
    }
