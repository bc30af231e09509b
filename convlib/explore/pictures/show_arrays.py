"""Picture of small arrays beside each other."""

import numpy as np

from convlib.draw import beside, grid_panel, number_text
from convlib.explore.engine import Picture

FIT = 4
"""Characters that a cell holds; those of longer numbers are wider."""


def show_arrays(says, *, fills=None, **arrays):
    """Show small 2-D arrays side by side.

    Parameters
    ----------
    says : str
        The sentence that says what the picture shows.
    fills : dict of str to str or array of str, optional
        Colour names of some of the arrays: one for all of its cells, or one for each.
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
    panels = [
        _panel(name, array, (fills or {}).get(name, "paper")) for name, array in arrays.items()
    ]
    return Picture(beside(*panels), says)


def _panel(name, array, fill):
    array = np.ma.asarray(array)
    colours = np.broadcast_to(fill, array.shape)
    paint = {str(colour): colours == colour for colour in np.unique(colours)}
    longest = max(len(number_text(value)) for value in [*array.compressed(), ""])
    wide = max(longest / FIT, 1)
    return grid_panel(array, title=name.replace("_", " "), paint=paint, index=True, wide=wide)
