"""Explorer that sets the largest number of each window against its mean."""

import numpy as np

from convlib.core import avgpool, maxpool
from convlib.draw import beside, grid_panel, listing, outline, sign_panel
from convlib.explore.engine import Explorer


def explore_pool_kind(image):
    """Pool an image without overlap, once by the largest number and once by the mean.

    Parameters
    ----------
    image : ndarray, shape (H, W)
        At least 2 rows and 2 columns.

    Returns
    -------
    Explorer
        Slider `size` of the window, from 2 to as much as fits; `kind`, largest or mean.

    Examples
    --------
    >>> from convlib.samples import POOL_IMAGE
    >>> explore_pool_kind(POOL_IMAGE).picture(size=2, kind="mean").sentence
    'The mean of each 2×2 window: 4, 5, 3, 6.'
    """

    def frame(size, kind):
        output, winners = _pooled(image, size, kind)
        rows, columns = np.array(output.shape) * size
        is_left_out = np.ones(image.shape, dtype=bool)
        is_left_out[:rows, :columns] = False
        paint = {"window": ~is_left_out, "outside": is_left_out, "strong": winners}
        ax = grid_panel(image, title="image", index=True, paint=paint)
        for i, j in np.ndindex(output.shape):
            outline(ax, "image", np.s_[i * size : i * size + size, j * size : j * size + size])
        fill = "strong" if kind == "largest" else "output"
        result = grid_panel(output, title="output", index=True, fill=fill)
        which = "the only" if output.size == 1 else "each"
        return beside(ax, sign_panel("→", result), result), (
            f"The {kind} of {which} {size}×{size} window: {listing(output, most=image.size)}."
        )

    return Explorer(frame, play="size", size=(2, min(image.shape)), kind=["largest", "mean"])


def _pooled(image, size, kind):
    """Return the output, and a mask of the pixels that won."""
    winners = np.zeros(image.shape, dtype=bool)
    if kind == "mean":
        return avgpool(image, size), winners
    output, indices = maxpool(image, size, return_indices=True)
    winners.flat[indices.ravel()] = True
    return output, winners
