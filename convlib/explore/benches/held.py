"""Values as a bench holds them: checked, its own, and unchangeable from outside."""

import numpy as np

from convlib.shapes import numbers_array

EXACT = 2**53
"""Whole numbers up to here are exact in a browser."""


def held_array(array, name):
    """Return an array as one of the bench's own that nobody can write to.

    Parameters
    ----------
    array : ndarray
    name : str

    Returns
    -------
    ndarray of float64 or int64

    Raises
    ------
    TypeError
        If it is no array of numbers.
    ValueError
        If it is empty, or holds whole numbers that a browser cannot hold.

    Examples
    --------
    >>> held_array(np.ones((2, 2), dtype=np.float32), "kernel").dtype
    dtype('float64')
    """
    array = numbers_array(array, name)
    held = array.astype(np.float64 if array.dtype.kind == "f" else np.int64)
    if held.dtype.kind == "i" and np.abs(held).max() >= EXACT:
        raise ValueError(f"{name} must stay below 2**53 on a bench; got {np.abs(held).max()}")
    held.flags.writeable = False
    return held


def held_rows(array, name, most):
    """Return rows and columns, up to `most` of each, as an array of the bench's own.

    Parameters
    ----------
    array : ndarray
    name : str
    most : int

    Returns
    -------
    ndarray of float64 or int64

    Raises
    ------
    TypeError, ValueError
        As `held_array`, and if it is too large or has other axes.

    Examples
    --------
    >>> held_rows(np.array([[1, 2]]), "kernel", 7)
    array([[1, 2]])
    """
    array = numbers_array(array, name)
    if array.ndim != 2:
        raise ValueError(f"{name} must have rows and columns; got shape {array.shape}")
    if max(array.shape) > most:
        raise ValueError(f"{name} must be at most {(most, most)} on a bench; got {array.shape}")
    return held_array(array, name)


def plain(value):
    """Return a setting made of Python's own numbers and tuples.

    Parameters
    ----------
    value : object

    Returns
    -------
    object

    Examples
    --------
    >>> plain([np.int64(1), (2, np.float64(0.5))])
    (1, (2, 0.5))
    """
    if isinstance(value, (tuple, list)):
        return tuple(map(plain, value))
    return value.item() if isinstance(value, (np.generic, np.ndarray)) else value
