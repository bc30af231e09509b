"""Picture of a tiny colour image: its pixels in colour, and its channels as numbers."""

import numpy as np

from convlib.draw import (
    below,
    beside,
    canvas,
    channel_names,
    draw_outline,
    draw_photo,
    grid_panel,
    size_text,
    tint,
)
from convlib.draw.placement import EDGE, INDEX, TITLE
from convlib.explore.engine import Picture

FULL = 255
"""The brightest value of a colour on the screen."""


def show_channels(image):
    """Show a tiny colour image as coloured pixels and as three channels of numbers.

    Parameters
    ----------
    image : ndarray, shape (3, H, W)
        Red, green and blue from 0, dark, to `image.max()`, as bright as it gets.

    Returns
    -------
    Picture

    Examples
    --------
    >>> from convlib.samples import RGB_IMAGE
    >>> show_channels(RGB_IMAGE).sentence
    'The 4×4 pixels in their colours, and the numbers of the channels red, green, blue.'
    """
    count, height, width = image.shape
    names = channel_names(count)
    colours = (image * FULL // image.max()).astype(np.uint8).transpose(1, 2, 0)
    at = (TITLE + INDEX, EDGE)
    pixels = canvas(width + 2 * EDGE, at[0] + height + EDGE)
    draw_photo(pixels, colours, at=at, height=height, title="colours")
    draw_outline(pixels, at=at, shape=(height, width), colour="line")
    channels = [
        tint(grid_panel(channel, title=name, index=True), name, name)
        for channel, name in zip(image, names, strict=True)
    ]
    return Picture(
        below(pixels, beside(*channels)),
        f"The {size_text((height, width))} pixels in their colours, and the"
        f" numbers of the channels {', '.join(names)}.",
    )
