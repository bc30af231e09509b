"""Write arithmetic and shapes the way every sentence of the book does."""

from itertools import islice

import numpy as np

from convlib.draw import number_text


def sum_of_products(patch, kernel):
    """Write out what `conv_step` computes, without the result.

    Parameters
    ----------
    patch, kernel : ndarray of one shape

    Returns
    -------
    str

    Examples
    --------
    >>> sum_of_products(np.array([[3, 1]]), np.array([[2, -1]]))
    '3·2 + 1·(−1)'
    """
    return " + ".join(f"{_factor(a)}·{_factor(b)}" for a, b in zip(patch.flat, kernel.flat))


def _factor(value):
    text = number_text(value)
    return f"({text})" if text.startswith("−") else text


def size_text(shape):
    """Write a shape.

    Parameters
    ----------
    shape : tuple of int

    Returns
    -------
    str

    Examples
    --------
    >>> size_text((3, 4))
    '3×4'
    """
    return "×".join(str(n) for n in shape)


def listing(numbers, most=9):
    """Write numbers in a row, the rest as dots.

    Parameters
    ----------
    numbers : iterable
    most : int
        How many are written.

    Returns
    -------
    str

    Examples
    --------
    >>> listing(range(12), most=3)
    '0, 1, 2, …'
    """
    numbers = np.asarray(list(numbers)).ravel()
    shown = ", ".join(number_text(value) for value in islice(numbers, most))
    return shown + (", …" if numbers.size > most else "")
