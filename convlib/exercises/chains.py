"""Exercises on layers in a row: kernels that merge, and how far a cell sees."""

import numpy as np

from convlib.core import conv2d, flip
from convlib.exercises.report import Exercise, check
from convlib.exercises.shared import numbers


def _merge(first, second):
    return conv2d(first, flip(second), padding=tuple((k - 1, k - 1) for k in second.shape))


def _overwritten(first, second):
    merged = np.zeros(np.add(first.shape, second.shape) - 1, dtype=first.dtype)
    for u, v in np.ndindex(second.shape):
        merged[u : u + len(first), v : v + first.shape[1]] = second[u, v] * first
    return merged


def _at_the_corner(first, second):
    merged = np.zeros_like(_merge(first, second))
    merged[: len(first), : first.shape[1]] = second.sum() * first
    return merged


MERGE = Exercise(
    "merge",
    ("first", "second"),
    np.ndarray,
    [
        (np.array([[2]]), np.array([[3]])),
        (np.array([[1, 2]]), np.array([[3, 4]])),
        (np.array([[1], [2]]), np.array([[3], [4]])),
        (numbers(2, 2), numbers(2, 2).T),
        (numbers(3, 3), numbers(1, 2)),
        (numbers(2, 3), numbers(3, 2)),
    ],
    _merge,
    {
        "copies overwrite each other with =; they add up with +=": _overwritten,
        "every copy starts at row 0, column 0; it starts at u, v": _at_the_corner,
        "the copies are not multiplied by the weights of the second kernel": lambda first, second: (
            _merge(first, np.ones_like(second))
        ),
        "the second kernel is flipped": lambda first, second: _merge(first, flip(second)),
        "only the first copy is laid down; does return stand inside the loop?": (
            lambda first, second: _merge(
                first, second * (np.arange(second.size) == 0).reshape(second.shape)
            )
        ),
    },
)


def check_merge(merge):
    """Check a function that makes one kernel of two that follow each other.

    Parameters
    ----------
    merge : callable
        ``merge(first, second)`` takes two 2-D arrays and returns one.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> from scipy.signal import convolve2d
    >>> check_merge(convolve2d)
    merge: all 6 cases agree with convlib.
    Covered: first 1×1 to 3×3; second 1×1 to 3×2; shapes that are not square;
    numbers below 0.
    """
    check(MERGE, merge)


def _field(layers, grow=lambda sees, step, size, stride: (sees + (size - 1) * step, step * stride)):
    sees, step = 1, 1
    for _, size, stride in layers:
        sees, step = grow(sees, step, size, stride)
    return sees, step


RECEPTIVE_FIELD = Exercise(
    "receptive_field",
    ("layers",),
    tuple,
    [
        ([("convolution", 3, 1)],),
        ([("pool", 2, 2)],),
        ([("pool", 2, 2), ("convolution", 3, 1)],),
        ([("convolution", 3, 1), ("pool", 2, 2), ("convolution", 2, 1)],),
        ([("convolution", 5, 2), ("pool", 3, 3), ("convolution", 3, 2), ("pool", 2, 2)],),
    ],
    _field,
    {
        "a window takes size − 1 further cells, not size": lambda layers: _field(
            layers, lambda sees, step, size, stride: (sees + size * step, step * stride)
        ),
        "the image's own pixel is forgotten: sees starts at 1": lambda layers: (
            _field(layers)[0] - 1,
            _field(layers)[1],
        ),
        "the step of the layers below is ignored": lambda layers: _field(
            layers, lambda sees, step, size, stride: (sees + size - 1, step * stride)
        ),
        "the stride of a layer counts for its own window; multiply the step afterwards": (
            lambda layers: _field(
                layers,
                lambda sees, step, size, stride: (sees + (size - 1) * step * stride, step * stride),
            )
        ),
        "only the last stride counts; the step is multiplied by each": lambda layers: _field(
            layers, lambda sees, step, size, stride: (sees + (size - 1) * step, stride)
        ),
        "only the first layer counts; does return stand inside the loop?": lambda layers: _field(
            layers[:1]
        ),
    },
    ("sees", "step"),
)


def check_receptive_field(receptive_field):
    """Check a function that counts what a cell behind some layers sees.

    Parameters
    ----------
    receptive_field : callable
        ``receptive_field(layers)`` takes a list of ``(name, size, stride)`` and returns
        ``(sees, step)``, two integers.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> def receptive_field(layers):
    ...     sees, step = 1, 1
    ...     for _, size, stride in layers:
    ...         sees, step = sees + (size - 1) * step, step * stride
    ...     return sees, step
    >>> check_receptive_field(receptive_field)
    receptive_field: all 5 cases agree with convlib.
    Covered: layers, 1 to 4.
    """
    check(RECEPTIVE_FIELD, receptive_field)


LARGER = Exercise(
    "larger",
    ("a", "b"),
    float,
    [(7, 3), (3, 7), (5, 5), (0, -2), (-4, -2), (-2, -4), (0.5, 0.25)],
    max,
    {
        "the smaller number is returned": min,
        "the lead is added to a; add it to b": lambda a, b: a + max(a - b, 0),
        "the lead alone is returned; b is missing": lambda a, b: max(a - b, 0),
        "the lead of b is added to b; it is the lead of a": lambda a, b: b + max(b - a, 0),
        "b goes through relu, too, so numbers below 0 are lost": lambda a, b: (
            max(b, 0) + max(a - b, 0)
        ),
    },
)


def check_larger(larger):
    """Check a function that returns the larger of two numbers.

    Parameters
    ----------
    larger : callable
        ``larger(a, b)`` takes two numbers and returns one.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> check_larger(max)
    larger: all 7 cases agree with convlib.
    Covered: a −4 to 7; b −4 to 7.
    """
    check(LARGER, larger)
