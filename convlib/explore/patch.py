"""Explorers of one patch: which cells it holds, how well it matches, where an edge is."""

import numpy as np

from convlib.core import conv_step
from convlib.draw import (
    canvas,
    draw_grid,
    draw_label,
    draw_outline,
    draw_photo,
    draw_pixels,
    number_text,
)
from convlib.explore.explorer import Explorer
from convlib.explore.words import size_text, sum_of_products

TOP = 1.6
LEFT = 0.8
GAP = 1.3
BELOW = 1.4
PHOTO_TOP = 1.1
PHOTO = 5.8
MARK = 0.6
THUMBNAIL = 1.6
PITCH = 2.9


def explore_patch(image, kernel):
    """Cut a patch out of an image, multiply it by a kernel and add up.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW)

    Returns
    -------
    Explorer
        Sliders `row` and `column`: the patch's top left cell.

    Examples
    --------
    >>> from convlib.samples import IMAGE, KERNEL
    >>> explore_patch(IMAGE, KERNEL).picture().sentence[-27:]
    '1·0 + 3·0 + 1·1 + 2·2 = 12.'
    """
    height, width = kernel.shape

    def frame(row, column):
        patch = image[row:row + height, column:column + width]
        left = LEFT + image.shape[1] + 1
        below = max(image.shape[0], 2 * height + BELOW)
        ax = canvas(left + 2 * width + GAP + 0.4, TOP + below + 0.3)
        draw_grid(ax, image, at=(TOP, LEFT), title="image", index=True,
                  paint={"window": (slice(row, row + height), slice(column, column + width))})
        draw_outline(ax, at=(TOP + row, LEFT + column), shape=kernel.shape)
        draw_grid(ax, patch, at=(TOP, left), title="patch", fill="window")
        draw_products(ax, patch, kernel, at=(TOP, left), products_at=(TOP + height + BELOW, left))
        return ax.figure, f"Row {row}, column {column}: {_arithmetic(patch, kernel)}."

    return Explorer(frame, play=("row", "column"), row=(0, image.shape[0] - height),
                    column=(0, image.shape[1] - width))


def explore_match(patches, kernels):
    """Compare the scores that several patches get from one kernel.

    Parameters
    ----------
    patches : dict of str to ndarray, shape (KH, KW)
        Grey levels, 0 is black and the largest of all white.
    kernels : dict of str to ndarray, shape (KH, KW)

    Returns
    -------
    Explorer
        Sliders `kernel` and `patch`.

    Examples
    --------
    >>> import numpy as np
    >>> explorer = explore_match({"dark": np.array([[0, 1]]), "bright": np.array([[3, 3]])},
    ...                          {"sum": np.array([[1, 1]])})
    >>> explorer.picture(patch="dark").sentence
    'Kernel sum, patch dark: 0·1 + 1·1 = 1. All scores: dark 1, bright 6.'
    """
    limits = (0, max(patch.max() for patch in patches.values()))
    height, width = next(iter(kernels.values())).shape
    thumbnail = (THUMBNAIL, THUMBNAIL * width / height)
    step_width, row_width = 3 * (width + GAP) + 1, PITCH * len(patches)
    middle = max(step_width, row_width) / 2 + 0.2

    def frame(kernel, patch):
        chosen, weights = patches[patch], kernels[kernel]
        scores = {name: conv_step(array, weights) for name, array in patches.items()}
        row_top = PHOTO_TOP + height + 0.8
        ax = canvas(2 * middle, row_top + THUMBNAIL + 2.2)
        left = middle - step_width / 2
        draw_pixels(ax, chosen, at=(PHOTO_TOP, left), title="patch", limits=limits)
        draw_outline(ax, at=(PHOTO_TOP, left), shape=chosen.shape, colour="line")
        draw_products(ax, chosen, weights, at=(PHOTO_TOP, left),
                      products_at=(PHOTO_TOP, left + 2 * (width + GAP)))
        for n, (name, array) in enumerate(patches.items()):
            centre = middle - row_width / 2 + PITCH * (n + 0.5)
            corner = (row_top, centre - thumbnail[1] / 2)
            is_chosen = name == patch
            draw_photo(ax, array, at=corner, height=thumbnail[0], limits=limits)
            draw_outline(ax, at=corner, shape=thumbnail,
                         colour="strong edge" if is_chosen else "line")
            draw_grid(ax, [[scores[name]]], at=(row_top + THUMBNAIL + 1, centre - 0.5),
                      title=name, fill="output" if is_chosen else "paper")
        listed = ", ".join(f"{name} {number_text(score)}" for name, score in scores.items())
        return ax.figure, (f"Kernel {kernel}, patch {patch}: {_arithmetic(chosen, weights)}."
                           f" All scores: {listed}.")

    return Explorer(frame, play="patch", kernel=list(kernels), patch=list(patches))


def explore_edge(photo, kernel, step=14):
    """Lay a kernel on patches of a photograph and read the score of each.

    Parameters
    ----------
    photo : ndarray, shape (H, W)
        Grey levels from 0 to 255.
    kernel : ndarray, shape (KH, KW)
    step : int
        Distance in pixels from one patch to the next.

    Returns
    -------
    Explorer
        Sliders `row` and `column`: the patch's top left pixel.

    Examples
    --------
    >>> from convlib.samples import KERNELS, portrait
    >>> explore_edge(portrait(128), KERNELS["sobel x"]).picture(row=28, column=98).sentence[-6:]
    '= 376.'
    """
    height, width = kernel.shape
    scale = PHOTO / photo.shape[0]
    left = 0.4 + scale * photo.shape[1] + 1
    mark_limit = scale * np.array(photo.shape) - MARK

    def frame(row, column):
        patch = photo[row:row + height, column:column + width]
        ax = canvas(left + 2 * width + GAP + 0.4, PHOTO_TOP + 2 * height + BELOW + 0.3)
        draw_photo(ax, photo, at=(PHOTO_TOP, 0.4), height=PHOTO,
                   title=f"photograph, {size_text(photo.shape)}")
        mark = np.array([row + height / 2, column + width / 2]) * scale - MARK / 2
        draw_outline(ax, at=np.clip(mark, 0, mark_limit) + (PHOTO_TOP, 0.4), shape=(MARK, MARK),
                     colour="strong edge")
        draw_pixels(ax, patch, at=(PHOTO_TOP, left), title="patch")
        draw_outline(ax, at=(PHOTO_TOP, left), shape=patch.shape, colour="strong edge")
        draw_products(ax, patch, kernel, at=(PHOTO_TOP, left),
                      products_at=(PHOTO_TOP + height + BELOW, left))
        return ax.figure, f"Row {row}, column {column}: {_arithmetic(patch, kernel)}."

    return Explorer(frame, row=list(range(0, photo.shape[0] - height + 1, step)),
                    column=list(range(0, photo.shape[1] - width + 1, step)))


def draw_products(ax, patch, kernel, *, at, products_at):
    """Draw the kernel right of a patch, then their products and the sum.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    patch, kernel : ndarray, shape (KH, KW)
    at, products_at : (float, float)
        Row and column of the top left corners of the patch and of the products.

    Returns
    -------
    matplotlib.axes.Axes
    """
    height, width = kernel.shape
    middle, right = at[0] + height / 2, at[1] + width
    draw_label(ax, "×", at=(middle, right + GAP / 2), size="sign", colour="quiet")
    draw_grid(ax, kernel, at=(at[0], right + GAP), title="kernel", fill="kernel")
    products = np.multiply(patch, kernel, dtype=np.result_type(patch, kernel, np.int64))
    draw_grid(ax, products, at=products_at, title="products")
    middle, right = products_at[0] + height / 2, products_at[1] + width
    draw_label(ax, "=", at=(middle, products_at[1] - GAP / 2), size="sign", colour="quiet")
    draw_label(ax, "→", at=(middle, right + GAP / 2), size="sign", colour="quiet")
    place = (middle - 0.5, right + GAP)
    draw_grid(ax, [[conv_step(patch, kernel)]], at=place, title="sum", fill="output")
    return draw_outline(ax, at=place, shape=(1, 1), colour="output edge")


def _arithmetic(patch, kernel):
    return f"{sum_of_products(patch, kernel)} = {number_text(conv_step(patch, kernel))}"
