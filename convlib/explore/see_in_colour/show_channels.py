"""Picture of a tiny colour image: its pixels in colour, and its channels as numbers."""

import numpy as np

from convlib.draw import (
    below,
    beside,
    channel_names,
    draw_block,
    draw_photo,
    grid_panel,
    size_text,
    tint,
)
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
    pixels = grid_panel(np.ma.masked_all((height, width)), title="colours", index=True)
    row, column, *_ = pixels.grids["colours"]
    draw_photo(pixels, colours, at=(row, column), height=height)
    for i, j in np.ndindex(height, width):
        draw_block(pixels, at=(row + i, column + j), shape=(1, 1), fill=None)
    channels = [
        tint(grid_panel(channel, title=name, index=True), name, name)
        for channel, name in zip(image, names, strict=True)
    ]
    return Picture(
        below(pixels, beside(*channels)),
        f"The {size_text((height, width))} pixels in their colours, and the"
        f" numbers of the channels {', '.join(names)}.",
    )
