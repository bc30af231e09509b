"""What the exercises share: images, and outputs that a loop left too early."""

import numpy as np


def numbers(*shape):
    """Return an array of integers from -3 to 7 in no order that a wrong function could keep."""
    return (np.arange(1, np.prod(shape) + 1) * 7 % 11 - 3).reshape(shape)


def first_only(y):
    """Fill one cell, as a loop does that returns too early."""
    only = np.zeros_like(y)
    only.flat[0] = y.flat[0]
    return only


def first_row_only(y):
    """Fill one row, as a loop does that returns after it."""
    only = np.zeros_like(y)
    only[0] = y[0]
    return only
