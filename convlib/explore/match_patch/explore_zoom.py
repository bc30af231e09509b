"""Explorer of a photograph, closer and closer, until its numbers can be read."""

import numpy as np

from convlib.draw import beside, canvas, draw_outline, draw_pixels, photo_panel, size_text
from convlib.draw.placement import EDGE, TITLE
from convlib.explore.engine import Explorer

PHOTO = 8.0


def explore_zoom(photo, row, column, size=8):
    """Look closer and closer at a part of a photograph, until its numbers can be read.

    Parameters
    ----------
    photo : ndarray, shape (H, W)
        Grey levels from 0 to 255.
    row, column : int
        Top left pixel of the smallest crop.
    size : int
        Rows and columns of the smallest crop, whose numbers are shown.

    Returns
    -------
    Explorer
        Slider `pixels`: rows and columns of the crop, each half as many as the one before.

    Examples
    --------
    >>> photo = np.arange(256).reshape(16, 16)
    >>> explore_zoom(photo, 2, 4).picture(pixels=8).sentence[:43]
    '8×8 pixels from row 2, column 4. The first '
    """
    sizes = [size]
    while 2 * sizes[0] <= min(photo.shape):
        sizes.insert(0, 2 * sizes[0])
    room = np.array(photo.shape) - size

    def frame(pixels):
        top, left = np.array([row, column]) * (np.array(photo.shape) - pixels) // room
        crop = photo[top : top + pixels, left : left + pixels]
        scale = PHOTO / photo.shape[0]
        title = f"photograph, {size_text(photo.shape)}"
        whole = photo_panel(photo, height=PHOTO, title=title)
        at = np.array([top, left]) * scale + whole.grids[title][:2]
        shape = (scale * pixels, scale * pixels)
        draw_outline(whole, at=at, shape=shape, colour="strong edge")
        if pixels == size:
            closer = canvas(size + 2 * EDGE, TITLE + size + EDGE)
            draw_pixels(closer, crop, at=(TITLE, EDGE), title="crop")
        else:
            closer = photo_panel(crop, height=size, title="crop")
        return beside(whole, closer), (
            f"{size_text(crop.shape)} pixels from row {top}, column {left}."
            f" The first grey levels are {', '.join(map(str, crop[0, :8]))}."
        )

    return Explorer(frame, play="pixels", pixels=sizes)
