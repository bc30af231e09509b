"""Exercises on the size of an output and on the zeros that change it."""

from convlib.exercises import workings
from convlib.exercises.report import Exercise, check
from convlib.shapes import conv_padding, output_size

_SIZES = [
    (1, 1, 1, 0),
    (2, 1, 1, 0),
    (3, 2, 1, 0),
    (3, 3, 1, 1),
    (4, 2, 2, 0),
    (5, 2, 2, 0),
    (5, 3, 1, 0),
    (5, 3, 2, 1),
    (6, 3, 2, 2),
    (11, 4, 3, 1),
]

OUTPUT_SIZE = Exercise(
    "output_size",
    ("n", "k", "stride", "pad"),
    int,
    _SIZES,
    output_size,
    {
        "the + 1 is missing": lambda n, k, stride, pad: (n + 2 * pad - k) // stride,
        "the + 1 comes before the division": lambda n, k, stride, pad: (
            (n + 2 * pad - k + 1) // stride
        ),
        "the stride is ignored": lambda n, k, stride, pad: n + 2 * pad - k + 1,
        "the padding is ignored": lambda n, k, stride, pad: (n - k) // stride + 1,
        "the padding is counted once, not on both sides": lambda n, k, stride, pad: (
            (n + pad - k) // stride + 1
        ),
        "a part of a step is rounded up": lambda n, k, stride, pad: (
            -(-(n + 2 * pad - k) // stride) + 1
        ),
        "the kernel size is ignored": lambda n, k, stride, pad: (n + 2 * pad - 1) // stride + 1,
    },
    working=workings.places,
)


def check_output_size(output_size):
    """Check a function that counts the places of a window along one axis.

    Parameters
    ----------
    output_size : callable
        ``output_size(n, k, stride, pad)`` takes four integers and returns one.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> check_output_size(lambda n, k, stride, pad: (n + 2 * pad - k) // stride + 1)
    output_size: all 10 cases agree with convlib.
    Covered: n 1 to 11; k 1 to 4; stride 1 to 3; pad 0 to 2.
    """
    check(OUTPUT_SIZE, output_size)


OUTPUT_SIZE_DILATED = Exercise(
    "output_size",
    ("n", "k", "stride", "pad", "dilation"),
    int,
    sorted([(*case, 1) for case in _SIZES] + [(3, 2, 1, 0, 2), (5, 3, 1, 0, 2), (12, 3, 2, 1, 3)]),
    output_size,
    {
        "the dilation is ignored": lambda n, k, stride, pad, dilation: (
            (n + 2 * pad - k) // stride + 1
        ),
        "the span is dilation * k; the last cell needs no gap after it": (
            lambda n, k, stride, pad, dilation: (n + 2 * pad - dilation * k) // stride + 1
        ),
        "dilation 1 already spreads the kernel": lambda n, k, stride, pad, dilation: (
            (n + 2 * pad - (k + dilation * (k - 1))) // stride + 1
        ),
        "the + 1 is missing": lambda n, k, stride, pad, dilation: (
            (n + 2 * pad - dilation * (k - 1) - 1) // stride
        ),
        "the - 1 is missing": lambda n, k, stride, pad, dilation: (
            (n + 2 * pad - dilation * (k - 1)) // stride + 1
        ),
    },
    working=workings.places,
    rung="conv2d with stride, padding and dilation",
)


def check_output_size_dilated(output_size):
    """Check a function that counts the places of a window with gaps along one axis.

    Parameters
    ----------
    output_size : callable
        ``output_size(n, k, stride, pad, dilation)`` takes five integers and returns one.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> def output_size(n, k, stride, pad, dilation):
    ...     span = dilation * (k - 1) + 1
    ...     return (n + 2 * pad - span) // stride + 1
    >>> check_output_size_dilated(output_size)
    output_size: all 13 cases agree with convlib.
    Covered: n 1 to 12; k 1 to 4; stride 1 to 3; pad 0 to 2; dilation 1 to
    3.
    Next rung: conv2d with stride, padding and dilation.
    """
    check(OUTPUT_SIZE_DILATED, output_size)


def _same(n, k, stride):
    return conv_padding("same", (n, 1), (k, 1), (stride, 1), (1, 1))[0]


def _same_total(n, k, stride):
    return (-(-n // stride) - 1) * stride + k - n


SAME_PADDING = Exercise(
    "same_padding",
    ("n", "k", "stride"),
    tuple,
    [
        (3, 1, 1),
        (3, 3, 1),
        (4, 2, 1),
        (5, 4, 1),
        (5, 5, 1),
        (5, 3, 2),
        (6, 3, 2),
        (6, 1, 3),
        (11, 5, 4),
    ],
    _same,
    {
        "the odd zero comes first": lambda n, k, stride: _same(n, k, stride)[::-1],
        "the stride is ignored": lambda n, k, stride: _same(n, k, 1),
        "fewer than no zeros are added": lambda n, k, stride: (
            _same_total(n, k, stride) // 2,
            _same_total(n, k, stride) - _same_total(n, k, stride) // 2,
        ),
        "both sides get k // 2": lambda n, k, stride: (k // 2, k // 2),
        "both sides get (k - 1) // 2": lambda n, k, stride: ((k - 1) // 2, (k - 1) // 2),
        "both sides get all the zeros": lambda n, k, stride: (sum(_same(n, k, stride)),) * 2,
        "all the zeros are after": lambda n, k, stride: (0, sum(_same(n, k, stride))),
    },
    working=workings.zeros_for_same,
)


def check_same_padding(same_padding):
    """Check a function that finds the zeros for an output of ``ceil(n / stride)``.

    Parameters
    ----------
    same_padding : callable
        ``same_padding(n, k, stride)`` takes three integers and returns ``(before, after)``; an
        odd number of zeros has one more after.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> def same_padding(n, k, stride):
    ...     places = -(-n // stride)
    ...     total = max((places - 1) * stride + k - n, 0)
    ...     return total // 2, total - total // 2
    >>> check_same_padding(same_padding)
    same_padding: all 9 cases agree with convlib.
    Covered: n 3 to 11; k 1 to 5; stride 1 to 4.
    """
    check(SAME_PADDING, same_padding)
