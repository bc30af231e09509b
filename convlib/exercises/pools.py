"""Exercises that slide a pool window over an image."""

import numpy as np

from convlib.core import avgpool, maxpool
from convlib.exercises import workings
from convlib.exercises.report import Exercise, check
from convlib.exercises.shared import first_only, first_row_only, numbers

_POOL_CASES = [
    (np.array([[2]]), 1, 1),
    (np.array([[1, 3], [7, 5]]), 2, 2),
    (np.array([[-4, -2], [-9, -3]]), 2, 2),
    (numbers(2, 4), 2, 2),
    (numbers(4, 3), 2, 1),
    (numbers(4, 4), 2, 2),
    (numbers(5, 4), 2, 2),
    (numbers(5, 7) - 5, 3, 2),
    (numbers(7, 6), 2, 3),
]


def _right_maxpool(image, size, stride, **options):
    return maxpool(image, size, stride=stride, **options)


def _right_avgpool(image, size, stride, **options):
    return avgpool(image, size, stride=stride, **options)


def _wrong_windows(pool):
    """Return the mistakes that every pool can make with its windows."""

    def start_at_i(image, size, stride):
        rows, columns = pool(image, size, stride).shape
        return pool(image, size, 1)[:rows, :columns]

    def then(change):
        return lambda *case: change(pool(*case))

    return {
        "windows move by their size, and the stride is ignored": lambda image, size, stride: pool(
            image, size, size
        ),
        "windows move by 1, and the stride is ignored": lambda image, size, stride: pool(
            image, size, 1
        ),
        "windows start at i and j, not at i * stride and j * stride": start_at_i,
        "the stride is used for rows only": lambda image, size, stride: pool(
            image, size, (stride, 1)
        ),
        "the stride is used for columns only": lambda image, size, stride: pool(
            image, size, (1, stride)
        ),
        "windows are as large as the stride": lambda image, size, stride: pool(
            image, stride, stride
        ),
        "rows and columns of the output are swapped": then(np.transpose),
        "the last row and the last column are missing": then(lambda y: y[:-1, :-1]),
        "the last row is missing": then(lambda y: y[:-1]),
        "the last column is missing": then(lambda y: y[:, :-1]),
        "windows that hang over the end are kept": lambda image, size, stride: pool(
            image, size, stride, ceil_mode=True
        ),
        "only the first cell is filled; does return stand inside the loops?": then(first_only),
        "only the first row is filled; does return stand inside a loop?": then(first_row_only),
        "the output is never filled": then(np.zeros_like),
    }


MAXPOOL = Exercise(
    "maxpool",
    ("image", "size", "stride"),
    np.ndarray,
    _POOL_CASES,
    _right_maxpool,
    {
        "the maximum starts at 0, so negative numbers lose": lambda *case: np.maximum(
            _right_maxpool(*case), 0
        ),
        "the smallest number is kept": lambda image, *rest: -_right_maxpool(-image, *rest),
        "the mean is taken, not the maximum": _right_avgpool,
        **_wrong_windows(_right_maxpool),
    },
    working=workings.pool_window,
    rung="relu bends the line",
)


def check_maxpool(maxpool):
    """Check a function that keeps the largest number of every window.

    Parameters
    ----------
    maxpool : callable
        ``maxpool(image, size, stride)`` takes a 2-D array and two integers, and returns a 2-D
        array.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import convlib
    >>> check_maxpool(lambda image, size, stride: convlib.maxpool(image, size, stride=stride))
    maxpool: all 9 cases agree with convlib.
    Covered: image 1×1 to 7×6; size 1 to 3; stride 1 to 3; shapes that are
    not square; numbers below 0.
    """
    check(MAXPOOL, maxpool)


AVGPOOL = Exercise(
    "avgpool",
    ("image", "size", "stride"),
    np.ndarray,
    _POOL_CASES,
    _right_avgpool,
    {
        "the maximum is taken, not the mean": _right_maxpool,
        "the sum is not divided": lambda image, size, stride: (
            _right_avgpool(image, size, stride) * size**2
        ),
        "the sum is divided by size, not by size * size": lambda image, size, stride: (
            _right_avgpool(image, size, stride) * size
        ),
        "the mean is rounded down": lambda *case: np.floor(_right_avgpool(*case)),
        "the output holds whole numbers, and fractions are cut off": lambda *case: np.trunc(
            _right_avgpool(*case)
        ),
        **_wrong_windows(_right_avgpool),
    },
    working=workings.mean_window,
)


def check_avgpool(avgpool):
    """Check a function that takes the mean of every window.

    Parameters
    ----------
    avgpool : callable
        ``avgpool(image, size, stride)`` takes a 2-D array and two integers, and returns a 2-D
        array.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import convlib
    >>> check_avgpool(lambda image, size, stride: convlib.avgpool(image, size, stride=stride))
    avgpool: all 9 cases agree with convlib.
    Covered: image 1×1 to 7×6; size 1 to 3; stride 1 to 3; shapes that are
    not square; numbers below 0.
    """
    check(AVGPOOL, avgpool)


def _pool(image, size=2, stride=2):
    return maxpool(image, size, stride=stride)


POOL = Exercise(
    "pool",
    ("image",),
    np.ndarray,
    [
        (np.array([[1, 3], [7, 5]]),),
        (np.array([[-4, -2], [-9, -3]]),),
        (numbers(2, 4),),
        (numbers(4, 4) - 9,),
        (numbers(5, 6),),
    ],
    _pool,
    {
        "the mean is returned": lambda image: avgpool(image, 2),
        "the smallest number is returned": lambda image: -_pool(-image),
        "windows move by 1, not by 2": lambda image: _pool(image, 2, 1),
        "windows start at i and j, not at 2 * i and 2 * j": lambda image: _pool(image, 2, 1)[
            : len(image) // 2, : image.shape[1] // 2
        ],
        "only the upper row of each window is searched": lambda image: _pool(image, (1, 2), 2)[
            : len(image) // 2
        ],
        "the maximum starts at 0, so negative numbers lose": lambda image: np.maximum(
            _pool(image), 0
        ),
        "only the first cell is filled; does return stand inside the loops?": lambda image: (
            first_only(_pool(image))
        ),
    },
)


def check_pool(pool):
    """Check a function that keeps the largest number of every block of 2×2.

    Parameters
    ----------
    pool : callable
        ``pool(image)`` takes a 2-D array and returns one, half as high and half as wide.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import convlib
    >>> check_pool(lambda image: convlib.maxpool(image, 2))
    pool: all 5 cases agree with convlib.
    Covered: image 2×2 to 5×6; shapes that are not square; numbers below 0.
    """
    check(POOL, pool)
