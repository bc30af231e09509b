"""Exercises that slide a kernel in steps of one, before there are options."""

import numpy as np

from convlib.core import conv2d, flip
from convlib.exercises import convolutions, workings
from convlib.exercises.report import Exercise, check
from convlib.exercises.shared import numbers

_CASES = [case for case in convolutions.CONV2D.cases if len(case) == 2]
_KNOWN = (
    "the kernel is flipped",
    "rows and columns of the kernel are swapped",
    "rows and columns of the output are swapped",
    "the last row and the last column are missing",
    "the last row is missing",
    "the last column is missing",
    "only the first cell is filled; does return stand inside the loops?",
    "only the first row is filled; does return stand inside a loop?",
    "the output is never filled",
)


def _hanging_over(image, kernel):
    if kernel.size > 1:
        raise IndexError("outside of the image")
    return conv2d(image, kernel)


FIRST_CONV2D = Exercise(
    "conv2d",
    ("image", "kernel"),
    np.ndarray,
    _CASES,
    conv2d,
    {
        **{mistake: convolutions.CONV2D.wrong[mistake] for mistake in _KNOWN},
        "the last windows hang over the image": _hanging_over,
        "the output is one long row; start a new list for each row": lambda image, kernel: conv2d(
            image, kernel
        ).ravel(),
        "only the last row is left; does output = [] stand inside the loop?": (
            lambda image, kernel: conv2d(image, kernel)[-1:]
        ),
    },
    working=workings.window,
    rung="pad, stride and dilation",
)


def check_first_conv2d(conv2d):
    """Check a function that slides a kernel over an image, one step at a time.

    Parameters
    ----------
    conv2d : callable
        ``conv2d(image, kernel)`` takes two 2-D arrays and returns one.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import convlib
    >>> check_first_conv2d(convlib.conv2d)
    conv2d: all 9 cases agree with convlib.
    Covered: image 1×1 to 5×5; kernel 1×1 to 3×3; shapes that are not square;
    numbers below 0; fractions.
    Next rung: pad, stride and dilation.
    """
    check(FIRST_CONV2D, conv2d)


def _same_slice(image, kernel):
    rows, columns = np.subtract(image.shape, kernel.shape) + 1
    return kernel.sum() * image[:rows, :columns]


def _kernel_sized(image, kernel):
    if kernel.shape != conv2d(image, kernel).shape:
        raise ValueError("shapes differ")
    return conv2d(image, kernel)


def _one_weight(image, kernel):
    alone = np.zeros_like(kernel)
    alone[-1, -1] = kernel[-1, -1]
    return conv2d(image, alone)


SHIFTS = Exercise(
    "shifts",
    ("image", "kernel"),
    np.ndarray,
    [case for case in _CASES if case[1].dtype.kind == "i"] + [(numbers(5, 5), numbers(2, 4))],
    conv2d,
    {
        "the sum is assigned with =; every weight adds up with +=": _one_weight,
        "every weight meets the same pixels; its slice starts at u, v": _same_slice,
        "the slice is as large as the kernel, not as the output": _kernel_sized,
        "the kernel is flipped": lambda image, kernel: conv2d(image, flip(kernel)),
        "the weights are added, not multiplied": lambda image, kernel: (
            conv2d(image, np.ones_like(kernel)) + kernel.sum()
        ),
    },
    working=workings.window,
)


def check_shifts(shifts):
    """Check a function that adds up shifted copies of an image, one for each weight.

    Parameters
    ----------
    shifts : callable
        ``shifts(image, kernel)`` takes two 2-D arrays of integers and returns one.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import convlib
    >>> check_shifts(convlib.conv2d)
    shifts: all 9 cases agree with convlib.
    Covered: image 1×1 to 5×5; kernel 1×1 to 2×4; shapes that are not square;
    numbers below 0.
    """
    check(SHIFTS, shifts)
