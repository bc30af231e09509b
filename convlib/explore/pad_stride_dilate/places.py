"""What this chapter's explorers share: settings that may be sliders, what each place sees."""

import numpy as np

from convlib.shapes import output_size


def slider_limits(**settings):
    """Write every setting, one value or a pair, as (first, last)."""
    return {
        name: (value, value) if isinstance(value, int) else value
        for name, value in settings.items()
    }


def ends(limits):
    """Return the first value of every setting, and the last."""
    return tuple({name: pair[end] for name, pair in limits.items()} for end in (0, 1))


def moving(limits):
    """Keep the settings that have more than one value: those become sliders."""
    return {name: pair for name, pair in limits.items() if pair[0] != pair[1]}


def seen_cells(n, k, stride=1, padding=0, dilation=1):
    """Return the cells that the window sees at each place, counted from the image's first.

    Parameters
    ----------
    n, k, stride, dilation : int
    padding : int or (int, int)

    Returns
    -------
    ndarray of int, shape (places, k)

    Examples
    --------
    >>> seen_cells(5, 3, stride=2, padding=1)
    array([[-1,  0,  1],
           [ 1,  2,  3],
           [ 3,  4,  5]])
    """
    before = padding if isinstance(padding, int) else padding[0]
    places = np.arange(output_size(n, k, stride, padding, dilation))
    return (places * stride - before)[:, np.newaxis] + dilation * np.arange(k)
