"""One kernel that does the work of two."""

import numpy as np


def merged(first, second):
    """Return the one kernel that does what `first` and then `second` do.

    Parameters
    ----------
    first, second : ndarray, 2-D

    Returns
    -------
    ndarray, shape (rows of both - 1, columns of both - 1)
        A copy of `first` at every place of `second`, times the weight there, added up.

    Examples
    --------
    >>> merged(np.array([[1, 2]]), np.array([[3, -1]]))
    array([[ 3,  5, -2]])
    """
    return np.sum([copy for _, copy in copies(first, second)], axis=0)


def copies(first, second):
    """Yield each place of `second`, and the copy of `first` there among zeros.

    Parameters
    ----------
    first, second : ndarray, 2-D

    Yields
    ------
    ((int, int), ndarray)
    """
    shape = np.array(first.shape) + second.shape - 1
    height, width = first.shape
    for (u, v), weight in np.ndenumerate(second):
        copy = np.zeros(shape, dtype=np.result_type(first, second))
        copy[u : u + height, v : v + width] = weight * first
        yield (u, v), copy
