"""Exercises on what stands between convolutions and at the end of a network."""

import numpy as np

from convlib.exercises import workings
from convlib.exercises.report import Exercise, check
from convlib.exercises.shared import numbers


def _relu(y):
    return np.maximum(y, 0)


RELU = Exercise(
    "relu",
    ("y",),
    np.ndarray,
    [
        (np.array([[3]]),),
        (np.array([[-2]]),),
        (np.array([[0.5, -0.25]]),),
        (np.array([[0, 5, -1]]),),
        (numbers(2, 3),),
        (numbers(2, 3, 2) / 2,),
    ],
    _relu,
    {
        "the sign is dropped; what is below 0 becomes 0": np.abs,
        "the positive numbers are thrown away, not the negative ones": lambda y: np.minimum(y, 0),
        "only the largest number is returned": lambda y: np.maximum(y.max(), 0),
        "numbers above 0 become 1": lambda y: (y > 0) * 1,
        "numbers above 1 are cut off": lambda y: np.clip(y, 0, 1),
        "nothing is changed": lambda y: y,
        "numbers below 0 are left out; the shape must stay": lambda y: y[y >= 0],
    },
    working=workings.bent,
    rung="softmax makes shares of scores",
)


def check_relu(relu):
    """Check a function that makes 0 of every number below 0.

    Parameters
    ----------
    relu : callable
        ``relu(y)`` takes an array of any shape and returns one of the same shape.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> check_relu(lambda y: y * (y > 0))
    relu: all 6 cases agree with convlib.
    Covered: y 1×1 to 2×3×2; shapes that are not square; numbers below 0;
    fractions.
    """
    check(RELU, relu)


def _softmax(scores):
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def _exp_softmax(scores):
    with np.errstate(over="ignore", invalid="ignore"):
        powers = np.exp(scores)
        return powers / powers.sum()


SOFTMAX = Exercise(
    "softmax",
    ("scores",),
    np.ndarray,
    [
        (np.array([7.0]),),
        (np.array([0.0, 0.0]),),
        (np.array([1.0, 0.0]),),
        (np.array([1000.0, 999.0]),),
        (np.array([-1.0, -2.0, 0.0]),),
        (np.array([2.0, 1.0, 1.0]),),
    ],
    _softmax,
    {
        "powers of 2 are taken, not of e": lambda scores: (
            2 ** (scores - scores.max()) / (2 ** (scores - scores.max())).sum()
        ),
        "the powers are not divided by their sum": lambda scores: np.exp(scores - scores.max()),
        "the scores themselves are divided by their sum": lambda scores: (
            scores / scores.sum() if scores.sum() else scores * np.nan
        ),
        "large scores overflow: subtract the largest one first": _exp_softmax,
        "the largest score gets everything": lambda scores: (
            (np.arange(scores.size) == scores.argmax()) * 1.0
        ),
        "the scores count with the wrong sign": lambda scores: _softmax(-scores),
        "the logarithm of the shares is returned": lambda scores: np.log(_softmax(scores)),
    },
    working=workings.share,
    rung="conv2d_backward sends gradients back",
)


def check_softmax(softmax):
    """Check a function that makes shares of 1 of scores.

    Parameters
    ----------
    softmax : callable
        ``softmax(scores)`` takes a 1-D array of floats and returns one of the same shape.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> from convlib.nn import softmax
    >>> check_softmax(lambda scores: softmax(scores[None])[0])
    softmax: all 6 cases agree with convlib.
    Covered: scores of 1 to 3 numbers; numbers below 0.
    """
    check(SOFTMAX, softmax)
