"""Exercises on one patch, one kernel, or one image: nothing slides."""

import numpy as np

from convlib.core import conv_step, flip, pad, pool_step
from convlib.exercises import workings
from convlib.exercises.report import Exercise, check
from convlib.exercises.shared import numbers

CONV_STEP = Exercise(
    "conv_step",
    ("patch", "kernel", "bias"),
    float,
    [
        (np.array([[2]]), np.array([[3]])),
        (np.array([[2]]), np.array([[3]]), 10),
        (np.array([[1, 2]]), np.array([[3, 4]])),
        (np.array([[1, 2], [3, 4]]), np.array([[0, 1], [2, 0]]), -5),
        (numbers(2, 3), numbers(2, 3)[::-1]),
        (numbers(3, 2), numbers(3, 2)[:, ::-1]),
        (numbers(3, 3), numbers(3, 3)[::-1].T),
        (numbers(3, 3), numbers(3, 3).T / 8, 0.5),
    ],
    conv_step,
    {
        "the bias is dropped": lambda patch, kernel, bias=0: (patch * kernel).sum(),
        "the bias is added to every product": lambda patch, kernel, bias=0: (
            patch * kernel + bias
        ).sum(),
        "the kernel is flipped": lambda patch, kernel, bias=0: (patch * flip(kernel)).sum() + bias,
        "rows and columns of the kernel are swapped": lambda patch, kernel, bias=0: (
            (patch * kernel.T).sum() + bias
        ),
        "the products are not added up": lambda patch, kernel, bias=0: patch * kernel + bias,
        "patch and kernel are added, not multiplied": lambda patch, kernel, bias=0: (
            (patch + kernel).sum() + bias
        ),
        "a matrix product is taken, not cell by cell": lambda patch, kernel, bias=0: (
            (patch @ kernel).sum() + bias
        ),
        "the mean is taken, not the sum": lambda patch, kernel, bias=0: (
            (patch * kernel).mean() + bias
        ),
        "only the columns are added up": lambda patch, kernel, bias=0: (
            (patch * kernel).sum(axis=0) + bias
        ),
    },
    working=workings.step,
    rung="conv2d slides it over an image",
)


def check_conv_step(conv_step):
    """Check a function that multiplies a patch by a kernel and adds everything up.

    Parameters
    ----------
    conv_step : callable
        ``conv_step(patch, kernel, bias=0)`` takes two 2-D arrays of one shape and a number, and
        returns a number.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> check_conv_step(lambda patch, kernel, bias=0: (patch * kernel).sum() + bias)
    conv_step: all 8 cases agree with convlib.
    Covered: patch 1×1 to 3×3; kernel 1×1 to 3×3; bias −5 to 10 or left
    out; shapes that are not square; numbers below 0; fractions.
    """
    check(CONV_STEP, conv_step)


POOL_STEP = Exercise(
    "pool_step",
    ("patch",),
    float,
    [
        (np.array([[2]]),),
        (np.array([[1, 3]]),),
        (np.array([[-4, -2], [-9, -3]]),),
        (-numbers(2, 3) / 4,),
        (numbers(3, 3),),
    ],
    pool_step,
    {
        "the maximum starts at 0, so negative numbers lose": lambda patch: max(0, patch.max()),
        "the smallest number is returned": np.min,
        "the mean is returned": np.mean,
        "the sum is returned": np.sum,
        "the place of the largest number is returned": np.argmax,
        "only the first row is searched": lambda patch: patch[0].max(),
        "the size of a number counts without its sign": lambda patch: abs(patch).max(),
    },
    working=workings.largest,
    rung="maxpool slides it over an image",
)


def check_pool_step(pool_step):
    """Check a function that finds the largest number of a patch.

    Parameters
    ----------
    pool_step : callable
        ``pool_step(patch)`` takes a 2-D array and returns a number.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> check_pool_step(lambda patch: patch.max())
    pool_step: all 5 cases agree with convlib.
    Covered: patch 1×1 to 3×3; shapes that are not square; numbers below 0;
    fractions.
    """
    check(POOL_STEP, pool_step)


FLIP = Exercise(
    "flip",
    ("kernel",),
    np.ndarray,
    [(numbers(1, 2),), (numbers(2, 1),), (numbers(2, 2),), (numbers(2, 3),), (numbers(3, 3),)],
    flip,
    {
        "only the order of the rows is turned": lambda kernel: kernel[::-1],
        "only the order of the columns is turned": lambda kernel: kernel[:, ::-1],
        "rows and columns are swapped, not turned": lambda kernel: kernel.T,
        "it is a quarter turn, not a half": np.rot90,
        "nothing is turned": lambda kernel: kernel,
    },
    working=workings.turned,
)


def check_flip(flip):
    """Check a function that turns a kernel by half a turn.

    Parameters
    ----------
    flip : callable
        ``flip(kernel)`` takes a 2-D array and returns one of the same shape.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> check_flip(lambda kernel: kernel[::-1, ::-1])
    flip: all 5 cases agree with convlib.
    Covered: kernel 1×2 to 3×3; shapes that are not square; numbers below
    0.
    """
    check(FLIP, flip)


PAD = Exercise(
    "zero_pad",
    ("image", "p"),
    np.ndarray,
    [
        (np.array([[1]]), 1),
        (np.array([[1, 2]]), 1),
        (np.array([[1, 2], [3, 4]]), 0),
        (np.array([[1, 2], [3, 4]]), 1),
        (numbers(3, 2), 2),
        (numbers(2, 4), 3),
    ],
    pad,
    {
        "the zeros are at the top and left only": lambda image, p: pad(image, ((p, 0), (p, 0))),
        "the zeros are at the bottom and right only": lambda image, p: pad(image, ((0, p), (0, p))),
        "only rows are added": lambda image, p: pad(image, (p, 0)),
        "only columns are added": lambda image, p: pad(image, (0, p)),
        "one row and column of zeros is added, whatever p is": lambda image, p: pad(image, 1),
        "the new cells hold ones": lambda image, p: pad(image, p, value=1),
        "the new cells repeat the edge": lambda image, p: np.pad(image, p, mode="edge"),
        "the image is lost: the cells in the middle are zero, too": lambda image, p: (
            0 * pad(image, p)
        ),
    },
    working=workings.padded,
    rung="output_size counts the places of a window",
)


def check_pad(zero_pad):
    """Check a function that puts zeros around an image.

    Parameters
    ----------
    zero_pad : callable
        ``zero_pad(image, p)`` takes a 2-D array and returns one with `p` more rows and columns
        on every side.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import numpy as np
    >>> check_pad(lambda image, p: np.pad(image, p))
    zero_pad: all 6 cases agree with convlib.
    Covered: image 1×1 to 2×4; p 0 to 3; shapes that are not square;
    numbers below 0.
    """
    check(PAD, zero_pad)
