"""Explorers that set the largest number of a window against the mean."""

import numpy as np

from convlib.core import avgpool, maxpool
from convlib.draw import canvas, draw_grid, draw_label, draw_outline, draw_photo, number_text
from convlib.explore.explorer import Explorer
from convlib.explore.words import listing, size_text

TOP = 1.6
LEFT = 0.8
PHOTO_SIZES = [1, 2, 4, 8]


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
        output_left = LEFT + image.shape[1] + 2
        ax = canvas(output_left + image.shape[1] // 2 + 0.4, TOP + image.shape[0] + 0.3)
        rows, columns = np.array(output.shape) * size
        draw_grid(ax, image, at=(TOP, LEFT), title="image", index=True,
                  paint={"window": np.s_[:rows, :columns], "strong": winners})
        for i, j in np.ndindex(output.shape):
            draw_outline(ax, at=(TOP + i * size, LEFT + j * size), shape=(size, size))
        draw_label(ax, "→", at=(TOP + image.shape[0] / 2, output_left - 1.1), size="sign",
                   colour="quiet")
        fill = "strong" if kind == "largest" else "window"
        draw_grid(ax, output, at=(TOP, output_left), title="output", index=True, fill=fill)
        which = "the only" if output.size == 1 else "each"
        return ax.figure, (f"The {kind} of {which} {size}×{size} window:"
                           f" {listing(output, most=image.size)}.")

    return Explorer(frame, play="size", size=(2, min(image.shape)), kind=["largest", "mean"])


def _pooled(image, size, kind):
    """Return the output, and a mask of the pixels that won."""
    winners = np.zeros(image.shape, dtype=bool)
    if kind == "mean":
        return avgpool(image, size), winners
    output, indices = maxpool(image, size, return_indices=True)
    winners.flat[indices.ravel()] = True
    return output, winners


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
    >>> explore_pool_photo(8 * np.eye(8)).picture(size=8).sentence
    'Windows of 8×8 leave 1×1 numbers. The strongest is 8 among the largest and 1 among the means.'
    """
    pooled = {size: (maxpool(photo, size), avgpool(photo, size)) for size in PHOTO_SIZES}
    height = 6.8 * photo.shape[0] / photo.shape[1]

    def frame(size):
        largest, mean = pooled[size]
        ax = canvas(14.6, height + 1.3)
        draw_photo(ax, largest, at=(1, 0.3), height=height, title="largest", limits=limits)
        draw_photo(ax, mean, at=(1, 7.5), height=height, title="mean", limits=limits)
        return ax.figure, (
            f"Windows of {size}×{size} leave {size_text(mean.shape)} numbers. The strongest is"
            f" {number_text(largest.max())} among the largest and"
            f" {number_text(round(mean.max()))} among the means.")

    return Explorer(frame, play="size", size=PHOTO_SIZES)
