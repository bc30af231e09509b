"""Still pictures of arrays and photographs side by side."""

import numpy as np

from convlib.draw import canvas, draw_grid, draw_photo
from convlib.explore.explorer import Picture
from convlib.explore.words import size_text

GAP = 1.0
TOP = 1.6


def show_arrays(says, *, fills=None, **arrays):
    """Show small 2-D arrays side by side.

    Parameters
    ----------
    says : str
        The sentence that says what the picture shows.
    fills : dict of str to str, optional
        Colour names of some of the arrays.
    **arrays : array_like, shape (H, W)
        The name, underscores as spaces, becomes the title.

    Returns
    -------
    Picture

    Examples
    --------
    >>> picture = show_arrays("A 2×2 image and its double.", image=[[1, 2], [3, 4]],
    ...                       double=[[2, 4], [6, 8]])
    >>> picture.sentence
    'A 2×2 image and its double.'
    """
    arrays = {name.replace("_", " "): np.ma.asarray(array) for name, array in arrays.items()}
    width = sum(array.shape[1] + GAP for array in arrays.values())
    height = max(array.shape[0] for array in arrays.values())
    ax = canvas(width + 0.6, height + TOP + 0.4)
    left = 0.8
    for title, array in arrays.items():
        fill = (fills or {}).get(title.replace(" ", "_"), "paper")
        draw_grid(ax, array, at=(TOP, left), title=title, fill=fill, index=True)
        left += array.shape[1] + GAP
    return Picture(ax.figure, says)


def show_photos(says, *, height=5.5, limits=(0, 255), **photos):
    """Show photographs side by side.

    Parameters
    ----------
    says : str
        The sentence that says what the picture shows.
    height : float
        Height of each photograph in cells.
    limits : (float, float)
        Values shown black and white.
    **photos : ndarray, shape (H, W) or (H, W, 3)
        The name, underscores as spaces, becomes the title, with the size below it.

    Returns
    -------
    Picture

    Examples
    --------
    >>> show_photos("All black.", dark=np.zeros((64, 64))).sentence
    'All black.'
    """
    widths = [height * photo.shape[1] / photo.shape[0] for photo in photos.values()]
    ax = canvas(sum(widths) + 0.6 * (len(photos) + 1), height + 1.4)
    left = 0.6
    for (name, photo), width in zip(photos.items(), widths):
        title = f"{name.replace('_', ' ')}, {size_text(photo.shape[:2])}"
        draw_photo(ax, photo, at=(1, left), height=height, title=title, limits=limits)
        left += width + 0.6
    return Picture(ax.figure, says)
