"""One filter at one place: each channel under its kernel, and the sums that it adds up."""

import numpy as np

from convlib.core import conv2d, window
from convlib.draw import (
    beside,
    canvas,
    channel_names,
    draw_grid,
    draw_label,
    factor_text,
    number_text,
    outline,
    tint,
)
from convlib.draw.placement import EDGE, INDEX, TITLE

TOTAL = 4.9
"""Columns that the sum of all channels takes: as many as a phone has beside a channel of 4."""

ROW_NUMBERS = 0.45
"""Columns that they take: little, so that a phone has two channels of 4 columns side by side."""

HEADING = 0.75
"""Rows that the words above a kernel and its sum take: little, for two such rows on a phone."""


def window_at(place, size):
    """Return the slices of a channel that one place of the window sees."""
    return tuple(map(window, place, size, (1, 1)))


def channel_sums(image, kernel):
    """Compute the output of each channel under its own kernel, without adding them up."""
    return conv2d(image, kernel[:, np.newaxis], groups=len(image))


def draw_channels(image, kernels, sums, place, outlined):
    """Draw every channel under the window, and below it its kernel and its sum, if it is known.

    Parameters
    ----------
    image : ndarray, shape (C, H, W)
    kernels : ndarray, shape (C, KH, KW)
    sums : sequence of number
        Those of the first channels, known so far.
    place : (int, int)
        Row and column of the output.
    outlined : collection of int
        The channels whose window is framed.

    Returns
    -------
    Panels
        A panel for each channel.
    """
    names = channel_names(len(image))
    panels = []
    for c, name in enumerate(names):
        known = [[sums[c]]] if c < len(sums) else np.ma.masked_all((1, 1))
        panels.append(_channel(image[c], kernels[c], known, place, name, c in outlined))
    return beside(*panels)


def _channel(channel, kernel, known, place, name, is_outlined):
    window = window_at(place, kernel.shape)
    height, width = kernel.shape
    left, top = EDGE + ROW_NUMBERS, TITLE + INDEX
    below = top + len(channel) + HEADING
    sum_left = left + width + 0.95
    ax = canvas(max(left + channel.shape[1], sum_left + 1) + EDGE, below + height + EDGE)
    draw_grid(ax, channel, at=(top, left), title=name, index=True, paint={"window": window})
    tint(ax, name, name)
    title = f"{name} kernel"
    draw_grid(ax, kernel, at=(below, left), name=title, fill="kernel")
    draw_label(ax, "kernel", at=(below - 0.38, left + width / 2), size="title")
    middle = below + height / 2
    draw_label(ax, "→", at=(middle, left + width + 0.48), size="sign", colour="quiet")
    draw_grid(ax, known, at=(middle - 0.5, sum_left), name=f"{name} sum")
    draw_label(ax, "sum", at=(below - 0.38, sum_left + 0.5), size="title")
    if is_outlined:
        outline(ax, name, window)
        outline(ax, title, np.s_[:, :], colour="kernel edge")
    return ax


def total_panel(text, size="title"):
    """Write a sum in a panel about as wide as a channel.

    Parameters
    ----------
    text : str
        As `total_text` gives it.
    size : str
        Name of `SIZES`: small for many numbers.

    Returns
    -------
    Panel
    """
    ax = canvas(TOTAL, 0.6 + EDGE)
    return draw_label(ax, text, at=(0.35, TOTAL / 2), size=size)


def total_text(numbers):
    """Write numbers as a sum with its result."""
    total = number_text(sum(numbers))
    return f"{sum_text(numbers)} = {total}" if len(numbers) > 1 else total


def sum_text(numbers):
    """Write numbers as a sum."""
    first, *others = numbers
    return " + ".join([number_text(first), *map(factor_text, others)])
