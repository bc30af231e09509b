"""Exercise that carries the weights of a layer from one library to another."""

import numpy as np

from convlib.exercises.report import Exercise, check
from convlib.exercises.shared import numbers


def _carry(weights, shape, order=(3, 2, 0, 1)):
    moved = weights.reshape(*shape, -1).transpose(order)
    return moved.reshape(-1, len(weights))


def _cut_channels_first(weights, shape):
    height, width, channels = shape
    moved = weights.reshape(channels, height, width, -1).transpose(3, 1, 2, 0)
    return moved.reshape(-1, len(weights))


def _cut_outputs_first(weights, shape):
    return weights.reshape(-1, *shape).transpose(0, 3, 1, 2).reshape(-1, len(weights))


CARRY_DENSE = Exercise(
    "carry_dense",
    ("weights", "shape"),
    np.ndarray,
    [
        (np.array([[1], [2]]), (1, 1, 2)),
        (np.array([[1], [2], [3], [4]]), (1, 2, 2)),
        (numbers(4, 2), (2, 1, 2)),
        (numbers(6, 2), (1, 2, 3)),
        (numbers(8, 3), (2, 2, 2)),
        (numbers(12, 2), (2, 3, 2)),
    ],
    _carry,
    {
        "the matrix is turned, but channels still stand last": lambda weights, shape: weights.T,
        "inputs still stand down and outputs across; ours has an output a row": (
            lambda weights, shape: _carry(weights, shape).T
        ),
        "rows and columns of the image are exchanged, too": lambda weights, shape: _carry(
            weights, shape, (3, 2, 1, 0)
        ),
        "the inputs are cut as if channels came first; in Keras they come last": (
            _cut_channels_first
        ),
        "the matrix is cut as if outputs came first; in Keras they come last": _cut_outputs_first,
    },
)


def check_carry_dense(carry_dense):
    """Check a function that carries the weights of a dense layer from Keras to this book.

    Parameters
    ----------
    carry_dense : callable
        ``carry_dense(weights, shape)`` takes a matrix with a row for each input and a column for
        each output, and the shape (height, width, channels) of what was flattened. It returns a
        matrix with a row for each output, its inputs ordered by channel, row and column.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> def carry_dense(weights, shape):
    ...     cut = weights.reshape(*shape, -1)
    ...     return cut.transpose(3, 2, 0, 1).reshape(-1, len(weights))
    >>> check_carry_dense(carry_dense)
    carry_dense: all 6 cases agree with convlib.
    Covered: weights 2×1 to 12×2; shape 1×1×2 to 2×3×2; shapes that are not
    square; numbers below 0.
    """
    check(CARRY_DENSE, carry_dense)
