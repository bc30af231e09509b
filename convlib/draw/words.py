"""Write arithmetic and shapes the way every sentence of the book does."""

from fractions import Fraction
from itertools import islice

import numpy as np


def number_text(value):
    """Write a value the way every drawing and sentence of the book does.

    Parameters
    ----------
    value : object

    Returns
    -------
    str

    Examples
    --------
    >>> number_text(-3), number_text(0.5), number_text(np.float64(2)), number_text(-np.inf)
    ('−3', '0.5', '2', '−∞')
    """
    if isinstance(value, (float, np.floating)) and np.isinf(value):
        value = "-∞" if value < 0 else "∞"
    elif isinstance(value, (float, np.floating)):
        value = f"{value:.2f}".rstrip("0").rstrip(".")
        value = "0" if value == "-0" else value
    text = str(value)
    is_negative = text[:1] == "-" and len(text) > 1
    return "−" + text[1:] if is_negative else text


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
    return " + ".join(f"{factor_text(a)}·{factor_text(b)}" for a, b in zip(patch.flat, kernel.flat))


def factor_text(value):
    """Write a value as a factor or as a later term of a sum: in brackets if it is negative.

    Parameters
    ----------
    value : object

    Returns
    -------
    str

    Examples
    --------
    >>> factor_text(2), factor_text(-2)
    ('2', '(−2)')
    """
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


def counted(number, noun):
    """Write a number with its noun, in the plural unless it is 1.

    Parameters
    ----------
    number : int
    noun : str
        That takes an s in the plural.

    Returns
    -------
    str

    Examples
    --------
    >>> counted(1, "move"), counted(2, "move")
    ('1 move', '2 moves')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


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


def channel_names(count):
    """Name the channels of an image: by their colours if there are three.

    Parameters
    ----------
    count : int

    Returns
    -------
    list of str

    Examples
    --------
    >>> channel_names(2)
    ['channel 0', 'channel 1']
    """
    return ["red", "green", "blue"] if count == 3 else [f"channel {c}" for c in range(count)]


def as_fractions(array):
    """Write floats such as 0.0625 as the fractions that they stand for, where all are simple.

    Parameters
    ----------
    array : ndarray

    Returns
    -------
    ndarray of the same shape
        Of `Fraction`s with denominators up to 16; `array` itself if one is no such fraction, or
        all have one decimal at most.

    Examples
    --------
    >>> [str(weight) for weight in as_fractions(np.array([1 / 16, 1 / 9, 2.0]))]
    ['1/16', '1/9', '2']
    """
    if array.dtype.kind != "f" or np.allclose(10 * array, np.rint(10 * array), rtol=0, atol=1e-9):
        return array
    fractions = [Fraction(value).limit_denominator(16) for value in array.flat]
    if not np.allclose([float(f) for f in fractions], array.ravel(), rtol=0, atol=1e-12):
        return array
    exact = np.empty(array.shape, dtype=object)
    exact.flat = fractions
    return exact
