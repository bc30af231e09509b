"""One filter at one place: each channel under its kernel, and the sums that it adds up."""

import numpy as np

from convlib.core import conv2d
from convlib.draw import (
    below,
    beside,
    channel_names,
    grid_panel,
    number_text,
    outline,
    sign_panel,
)


def window_at(place, size):
    """Return the slices of a channel that one place of the window sees."""
    return tuple(slice(i, i + k) for i, k in zip(place, size, strict=True))


def channel_sums(image, kernel):
    """Compute the output of each channel under its own kernel, without adding them up."""
    return conv2d(image, kernel[:, np.newaxis], groups=len(image))


def draw_channels(image, kernels, sums, place, outlined):
    """Draw every channel under the window, its kernel, and its sum if it is known.

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
        A row of panels for each channel: channel, kernel → sum.
    """
    window = window_at(place, kernels.shape[1:])
    rows = []
    for c, name in enumerate(channel_names(len(image))):
        channel = grid_panel(image[c], title=name, index=True, paint={"window": window})
        kernel = grid_panel(kernels[c], title=f"{name} kernel", fill="kernel")
        known = [[sums[c]]] if c < len(sums) else np.ma.masked_all((1, 1))
        total = grid_panel(known, title=f"{name} sum")
        if c in outlined:
            outline(channel, name, window)
            outline(kernel, f"{name} kernel", np.s_[:, :], colour="kernel edge")
        rows.append(
            beside(channel, sign_panel("×", kernel), kernel, sign_panel("→", total), total)
        )
    return below(*rows)


def total_text(numbers):
    """Write numbers as a sum with its result."""
    total = number_text(sum(numbers))
    return f"{sum_text(numbers)} = {total}" if len(numbers) > 1 else total


def sum_text(numbers):
    """Write numbers as a sum."""
    first, *others = map(number_text, numbers)
    return " + ".join([first, *(f"({n})" if n.startswith("−") else n for n in others)])
