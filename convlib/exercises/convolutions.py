"""Exercises that slide a kernel over an image."""

import numpy as np

from convlib.core import conv2d, flip
from convlib.exercises import workings
from convlib.exercises.report import Exercise, check
from convlib.exercises.shared import first_only, first_row_only, numbers


def _right_conv2d(image, kernel, stride=1, pad=0):
    return conv2d(image, kernel, stride=stride, padding=pad)


def _wrong_conv2d(change):
    """Return the right function followed by a `change` of its result."""
    return lambda *case: change(_right_conv2d(*case))


def _windows_start_at_i(image, kernel, stride=1, pad=0):
    rows, columns = _right_conv2d(image, kernel, stride, pad).shape
    return conv2d(image, kernel, padding=pad)[:rows, :columns]


CONV2D = Exercise(
    "conv2d",
    ("image", "kernel", "stride", "pad"),
    np.ndarray,
    [
        (np.array([[2]]), np.array([[3]])),
        (np.array([[1, 2]]), np.array([[3]])),
        (np.array([[1], [2]]), np.array([[3]])),
        (np.array([[1, 2], [3, 4]]), np.array([[1, 10]])),
        (np.array([[1, 2], [3, 4]]), np.array([[1, 10], [100, 1000]])),
        (numbers(2, 2), numbers(2, 2), 1, 1),
        (numbers(3, 3), numbers(1, 1), 2),
        (numbers(3, 3), numbers(2, 2)),
        (numbers(3, 4), numbers(2, 3)),
        (numbers(4, 3), numbers(3, 2)),
        (numbers(4, 4), numbers(2, 2), 2),
        (numbers(5, 4), numbers(2, 2), 2),
        (numbers(4, 5), numbers(2, 3), 2, 1),
        (numbers(5, 5), numbers(3, 3) / 8),
        (numbers(6, 7), numbers(3, 2), 3, 2),
        (numbers(8, 9), numbers(3, 4), 2, 3),
    ],
    _right_conv2d,
    {
        "the kernel is flipped": lambda image, kernel, *rest: _right_conv2d(
            image, flip(kernel), *rest
        ),
        "rows and columns of the kernel are swapped": lambda image, kernel, *rest: _right_conv2d(
            image, kernel.T, *rest
        ),
        "rows and columns of the output are swapped": _wrong_conv2d(np.transpose),
        "the stride is ignored": lambda image, kernel, stride=1, pad=0: _right_conv2d(
            image, kernel, 1, pad
        ),
        "the stride is used for rows only": lambda image, kernel, stride=1, pad=0: _right_conv2d(
            image, kernel, (stride, 1), pad
        ),
        "the stride is used for columns only": lambda image, kernel, stride=1, pad=0: _right_conv2d(
            image, kernel, (1, stride), pad
        ),
        "windows start at i and j, not at i * stride and j * stride": _windows_start_at_i,
        "the padding is ignored": lambda image, kernel, stride=1, pad=0: _right_conv2d(
            image, kernel, stride
        ),
        "the padding is at the top and left only": lambda image, kernel, stride=1, pad=0: (
            _right_conv2d(image, kernel, stride, ((pad, 0), (pad, 0)))
        ),
        "the padding is at the bottom and right only": lambda image, kernel, stride=1, pad=0: (
            _right_conv2d(image, kernel, stride, ((0, pad), (0, pad)))
        ),
        "the last row and the last column are missing": _wrong_conv2d(lambda y: y[:-1, :-1]),
        "the last row is missing": _wrong_conv2d(lambda y: y[:-1]),
        "the last column is missing": _wrong_conv2d(lambda y: y[:, :-1]),
        "the output holds whole numbers, and fractions are cut off": _wrong_conv2d(
            lambda y: y.astype(int)
        ),
        "only the first cell is filled; does return stand inside the loops?": _wrong_conv2d(
            first_only
        ),
        "only the first row is filled; does return stand inside a loop?": _wrong_conv2d(
            first_row_only
        ),
        "the output is never filled": _wrong_conv2d(np.zeros_like),
    },
    working=workings.window,
    rung="conv2d_channels reads images in colour",
)


def check_conv2d(conv2d):
    """Check a function that slides a kernel over an image of one channel.

    Parameters
    ----------
    conv2d : callable
        ``conv2d(image, kernel, stride=1, pad=0)`` takes two 2-D arrays and returns one.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import convlib
    >>> def conv2d(image, kernel, stride=1, pad=0):
    ...     return convlib.conv2d(image, kernel, stride=stride, padding=pad)
    >>> check_conv2d(conv2d)
    conv2d: all 16 cases agree with convlib.
    Covered: image 1×1 to 8×9; kernel 1×1 to 3×4; stride 1 to 3 or left
    out; pad 1 to 3 or left out; shapes that are not square; numbers below
    0; fractions.
    Next rung: conv2d_channels reads images in colour.
    """
    check(CONV2D, conv2d)


def _wrong_channels(change):
    """Return conv2d followed by a `change` of its result."""
    return lambda image, weight, bias: change(conv2d(image, weight, bias))


def _in_the_type_of_its_arrays(image, weight, bias):
    return conv2d(image, weight, bias).astype(np.result_type(image, weight, bias))


def _no_room_in_the_type_of_its_arrays(image, weight, bias):
    y = conv2d(image, weight, bias)
    if (y != _in_the_type_of_its_arrays(image, weight, bias)).any():
        raise OverflowError("out of bounds")
    return y


def _bytes(numbers):
    return np.array(numbers, dtype=np.uint8)


def _channel_case(filters, channels, height, width, kernel_height, kernel_width):
    return (
        numbers(channels, height, width),
        numbers(filters, channels, kernel_height, kernel_width),
        10 * np.arange(1, filters + 1),
    )


CONV2D_CHANNELS = Exercise(
    "conv2d_channels",
    ("image", "weight", "bias"),
    np.ndarray,
    [
        (np.array([[[2]]]), np.array([[[[3]]]]), np.array([0])),
        (np.array([[[2]]]), np.array([[[[3]]]]), np.array([10])),
        (np.array([[[1]], [[2]]]), np.array([[[[3]], [[4]]]]), np.array([10])),
        (_bytes([[[200]], [[100]]]), _bytes([[[[1]], [[1]]]]), _bytes([0])),
        (np.array([[[1]], [[2]]]), np.array([[[[3]], [[4]]], [[[5]], [[6]]]]), np.array([10, 20])),
        _channel_case(1, 2, 2, 2, 2, 2),
        _channel_case(2, 3, 3, 3, 2, 2),
        _channel_case(3, 2, 3, 4, 2, 3),
        _channel_case(4, 3, 5, 4, 3, 2),
    ],
    conv2d,
    {
        "the bias is dropped": lambda image, weight, bias: conv2d(image, weight),
        "every filter gets the first bias": lambda image, weight, bias: conv2d(
            image, weight, np.full_like(bias, bias[0])
        ),
        "the bias is added once per channel": lambda image, weight, bias: conv2d(
            image, weight, len(image) * bias
        ),
        "only the first channel is used": lambda image, weight, bias: conv2d(
            image[:1], weight[:, :1], bias
        ),
        "only the last channel is used": lambda image, weight, bias: conv2d(
            image[-1:], weight[:, -1:], bias
        ),
        "the channels meet the filter in the wrong order": lambda image, weight, bias: conv2d(
            image[::-1], weight, bias
        ),
        "every channel meets the first slice of the filter": lambda image, weight, bias: conv2d(
            image, np.repeat(weight[:, :1], len(image), axis=1), bias
        ),
        "every output channel uses the first filter": lambda image, weight, bias: conv2d(
            image, np.repeat(weight[:1], len(weight), axis=0), bias
        ),
        "there is one output channel only": _wrong_channels(lambda y: y[0]),
        "the output channels are the last axis, not the first": _wrong_channels(
            lambda y: np.moveaxis(y, 0, -1)
        ),
        "the kernels are flipped": lambda image, weight, bias: conv2d(image, flip(weight), bias),
        "rows and columns of the kernels are swapped": lambda image, weight, bias: conv2d(
            image, weight.swapaxes(2, 3), bias
        ),
        "the last row and the last column are missing": _wrong_channels(lambda y: y[:, :-1, :-1]),
        "the output is never filled": _wrong_channels(np.zeros_like),
        "sums have the type of the arrays, and a byte starts again at 0 after 255": (
            _in_the_type_of_its_arrays
        ),
        "the output has the type of the arrays, and a byte holds no sum above 255": (
            _no_room_in_the_type_of_its_arrays
        ),
    },
    working=workings.all_channels,
    rung="maxpool keeps the strongest",
)


def check_conv2d_channels(conv2d):
    """Check a function that slides a stack of filters over an image with channels.

    Parameters
    ----------
    conv2d : callable
        ``conv2d(image, weight, bias)`` takes arrays (C, H, W), (O, C, KH, KW) and (O,), and
        returns one (O, HO, WO).

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import convlib
    >>> check_conv2d_channels(convlib.conv2d)
    conv2d_channels: all 9 cases agree with convlib.
    Covered: image 1×1×1 to 3×5×4; weight 1×1×1×1 to 4×3×3×2; bias of 1 to
    4 numbers; shapes that are not square; numbers below 0; bytes.
    """
    check(CONV2D_CHANNELS, conv2d)
