"""Explorer of a pooled photograph: the largest numbers beside the means."""

from convlib.core import avgpool, maxpool
from convlib.draw import beside, number_text, photo_panel, size_text
from convlib.explore.engine import Explorer

SIZES = [1, 2, 4, 8]
WIDTH = 8.0


def explore_pool_photo(photo, limits=(0, 255)):
    """Pool a large image both ways, with windows of 1, 2, 4 and 8 pixels that do not overlap.

    Parameters
    ----------
    photo : ndarray, shape (H, W)
        Grey levels, or the answers of a kernel. At least 8 rows and 8 columns.
    limits : (float, float)
        Values shown black and white.

    Returns
    -------
    Explorer
        Slider `size` of the window.

    Examples
    --------
    >>> import numpy as np
    >>> explore_pool_photo(8 * np.eye(8)).picture(size=8).sentence
    'Windows of 8×8 leave 1×1 numbers. The strongest is 8 among the largest and 1 among the means.'
    """
    pooled = {size: (maxpool(photo, size), avgpool(photo, size)) for size in SIZES}
    height = WIDTH * photo.shape[0] / photo.shape[1]

    def frame(size):
        largest, mean = pooled[size]
        drawing = beside(
            photo_panel(largest, height=height, title="largest", limits=limits),
            photo_panel(mean, height=height, title="mean", limits=limits),
        )
        return drawing, (
            f"Windows of {size}×{size} leave {size_text(mean.shape)} numbers. The strongest is"
            f" {number_text(largest.max())} among the largest and"
            f" {number_text(round(mean.max()))} among the means."
        )

    return Explorer(frame, play="size", size=SIZES)
