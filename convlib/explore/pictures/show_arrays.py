"""Picture of small arrays beside each other."""

import numpy as np

from convlib.draw import beside, grid_panel
from convlib.explore.engine import Picture


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
    panels = [
        grid_panel(
            np.ma.asarray(array),
            title=name.replace("_", " "),
            fill=(fills or {}).get(name, "paper"),
            index=True,
        )
        for name, array in arrays.items()
    ]
    return Picture(beside(*panels), says)
