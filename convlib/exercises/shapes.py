"""Say in words what kind of answer came, and of which shape."""

from numbers import Number

import numpy as np

AXES = (("channel", "channels"), ("row", "rows"), ("column", "columns"))
KINDS = {list: "a list", tuple: "a tuple", str: "a text"}
NUMBERS = "biuf"
SWAPPED = "Are rows and columns swapped?"
OF_THE_IMAGE = "That is the shape of the image; the window must lie on it as a whole."
ONE_FEWER = "One is missing: range(n) ends with n − 1."
ONE_MORE = "That is one too many: where does the last window start?"


def kind_text(answer):
    """Name the kind of an answer.

    Parameters
    ----------
    answer : object

    Returns
    -------
    str

    Examples
    --------
    >>> kind_text([3]), kind_text(np.zeros((2, 3)))
    ('a list', 'an array of 2 rows and 3 columns')
    """
    if answer is None:
        return "nothing"
    if isinstance(answer, np.ndarray):
        return f"an array of {extent_text(answer.shape)}"
    if isinstance(answer, Number):
        return "a number"
    return KINDS.get(type(answer), f"a thing of type {type(answer).__name__}")


def extent_text(shape):
    """Write a shape in words.

    Parameters
    ----------
    shape : tuple of int

    Returns
    -------
    str

    Examples
    --------
    >>> extent_text((2, 1, 3))
    '2 channels, 1 row and 3 columns'
    """
    if len(shape) > len(AXES):
        return f"shape {shape}"
    if len(shape) < 2:
        axes, shape = [("number", "numbers")], shape or (1,)
    else:
        axes = AXES[-len(shape) :]
    *counts, last = (f"{n} {words[n != 1]}" for n, words in zip(shape, axes))
    return f"{', '.join(counts)} and {last}" if counts else last


def wrong_shape(parts, image_shape=None):
    """Say which array has another shape than the right one, and what may have slipped.

    Parameters
    ----------
    parts : list of (str, object, object)
        Name, right answer and the reader's.
    image_shape : tuple of int, optional
        Of the first argument.

    Returns
    -------
    str
        Empty where no shape differs.

    Examples
    --------
    >>> wrong_shape([("output", np.zeros((1, 3)), np.zeros((2, 5)))])
    'Your output has 2 rows and 5 columns; it should have 1 row and 3 columns.'
    """
    for name, right, given in parts:
        are_arrays = isinstance(right, np.ndarray) and isinstance(given, np.ndarray)
        if are_arrays and given.dtype.kind in NUMBERS and right.shape != given.shape:
            told = f"{extent_text(given.shape)}; it should have {extent_text(right.shape)}."
            return f"Your {name} has {told} {_slip(right.shape, given.shape, image_shape)}".strip()
    return ""


def _slip(right, given, image_shape):
    """Say what may have gone wrong with a shape."""
    if len(right) != len(given):
        return ""
    steps = set(np.subtract(given, right).tolist()) - {0}
    if given == (*right[:-2], *right[:-3:-1]):
        return SWAPPED
    if given == image_shape:
        return OF_THE_IMAGE
    return {frozenset({-1}): ONE_FEWER, frozenset({1}): ONE_MORE}.get(frozenset(steps), "")
