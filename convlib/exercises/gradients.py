"""Exercises that send the gradient of a convolution back."""

import numpy as np

from convlib.core import flip, window
from convlib.exercises import workings
from convlib.exercises.report import Exercise, check
from convlib.exercises.shared import numbers
from convlib.grad import plain
from convlib.shapes import output_size


def _right(dy, image, kernel, stride=1, pad=0):
    return plain.conv2d_backward(dy, image, kernel, stride=stride, padding=pad)


def _wrong(dimage=None, dkernel=None, dbias=None):
    """Return the right function followed by changes of its results."""

    def function(*case):
        changes = dimage, dkernel, dbias
        return tuple(c(part) if c else part for c, part in zip(changes, _right(*case)))

    return function


def _with_dy(change):
    """Return the right function with a `change` of dy, but for dbias."""
    return lambda dy, *rest: (*_right(change(dy), *rest)[:2], dy.sum())


def _padded(dy, image, kernel, stride=1, pad=0):
    """Return all three gradients, that of the image with its padding."""
    whole = np.pad(image, pad)
    return plain.conv2d_backward(dy, whole, kernel, stride=stride)


def _cut(part):
    """Return the right function, but `part(pad, n)` of each axis is kept of the padded image."""

    def function(dy, image, kernel, stride=1, pad=0):
        whole, dkernel, dbias = _padded(dy, image, kernel, stride, pad)
        return whole[tuple(part(pad, n) for n in image.shape)], dkernel, dbias

    return function


def _no_padding(dy, image, kernel, stride=1, pad=0):
    if pad:
        raise IndexError("windows reach over the edge")
    return _right(dy, image, kernel, stride)


def _by_windows(to_dimage=np.add, to_dkernel=None):
    """Return loops that put each window's part to what is there by other ways than by adding."""
    to_dkernel = to_dkernel or to_dimage

    def function(dy, image, kernel, stride=1, pad=0):
        padded = np.pad(image, pad)
        dpadded, dkernel = np.zeros(padded.shape), np.zeros(kernel.shape)
        for i, j in np.ndindex(dy.shape):
            place = window(i, len(kernel), stride), window(j, kernel.shape[1], stride)
            dpadded[place] = to_dimage(dpadded[place], dy[i, j] * kernel)
            dkernel = to_dkernel(dkernel, dy[i, j] * padded[place])
        return dpadded[tuple(slice(pad, pad + n) for n in image.shape)], dkernel, dy.sum()

    return function


def _assign(total, part):
    return part


def _whole(dy, image, kernel, stride=1, pad=0):
    if "f" in (dy.dtype.kind, kernel.dtype.kind):
        raise TypeError("cannot cast from float to int")
    return _right(dy, image, kernel, stride, pad)


def _windows_start_at_i(dy, image, kernel, stride=1, pad=0):
    close = np.zeros([n + 2 * pad - k + 1 for n, k in zip(image.shape, kernel.shape)], dy.dtype)
    close[: dy.shape[0], : dy.shape[1]] = dy
    return _right(close, image, kernel, 1, pad)


def _mixed_up(dy, image, kernel, stride=1, pad=0):
    if image.shape != kernel.shape or pad:
        raise ValueError("shapes differ")
    return dy * image, dy * kernel, dy.sum()


def _only(rows, columns):
    """Keep some of the numbers of dy, and make the others 0."""

    def change(dy):
        kept = np.zeros_like(dy)
        kept[rows, columns] = dy[rows, columns]
        return kept

    return change


def _swapped_kernel(dy, image, kernel, stride=1, pad=0):
    if len(kernel) != kernel.shape[1]:
        raise IndexError("the kernel is not square")
    _, dkernel, dbias = _right(dy, image, kernel, stride, pad)
    return _right(dy, image, kernel.T, stride, pad)[0], dkernel, dbias


def _case(image, kernel, *options, share=1):
    """Return a case whose dy has the shape of the output."""
    stride, pad = options or (1, 0)
    shape = [output_size(n, k, stride, pad) for n, k in zip(image.shape, kernel.shape)]
    return numbers(*shape)[::-1] * share, image, kernel, *options


CONV2D_BACKWARD = Exercise(
    "conv2d_backward",
    ("dy", "image", "kernel", "stride", "pad"),
    tuple,
    [
        (np.array([[2]]), np.array([[3]]), np.array([[5]])),
        (np.array([[1]]), np.array([[3, 4]]), np.array([[5, 7]])),
        (np.array([[1, 10]]), np.array([[1, 2, 3]]), np.array([[5, 7]])),
        (np.array([[1], [10]]), np.array([[1], [2], [3]]), np.array([[5], [7]])),
        _case(numbers(2, 2), numbers(2, 2)),
        _case(numbers(3, 3), numbers(1, 1), 2, 0),
        _case(numbers(3, 3), numbers(2, 2)),
        _case(numbers(2, 2), numbers(2, 2), 1, 1),
        _case(numbers(3, 4), numbers(2, 3)),
        _case(numbers(4, 3), numbers(3, 2)),
        _case(numbers(4, 4), numbers(2, 2), 2, 0),
        _case(numbers(5, 4), numbers(2, 2), 2, 0),
        _case(numbers(4, 5), numbers(2, 3), 2, 1),
        _case(numbers(5, 4), numbers(3, 3) / 4),
        _case(numbers(5, 5), numbers(3, 3), share=1 / 4),
        _case(numbers(6, 7), numbers(3, 2), 3, 2),
        _case(numbers(8, 9), numbers(3, 4), 2, 2),
    ],
    _right,
    {
        "dimage and dkernel are assigned with =; windows add up with +=": _by_windows(_assign),
        "dimage is assigned with =; windows that overlap add up with +=": _by_windows(
            _assign, np.add
        ),
        "dkernel is assigned with =; all windows add up with +=": _by_windows(np.add, _assign),
        "the kernel is turned the wrong way: stamp it as it is, or slide it flipped over dy": (
            lambda dy, image, kernel, *rest: (
                _right(dy, image, flip(kernel), *rest)[0],
                *_right(dy, image, kernel, *rest)[1:],
            )
        ),
        "dkernel is flipped": _wrong(dkernel=flip),
        "rows and columns of the kernel are swapped": _swapped_kernel,
        "rows and columns of dkernel are swapped": _wrong(dkernel=np.transpose),
        "patch and kernel are mixed up: it is the kernel that dimage gets, times dy": _mixed_up,
        "dy is ignored: every output counts as 1": _with_dy(np.ones_like),
        "only the sign of dy is used": _with_dy(np.sign),
        "the gradients have the wrong sign": _wrong(np.negative, np.negative, np.negative),
        "dbias is the mean of dy, not its sum": lambda *case: (
            *_right(*case)[:2],
            case[0].mean(),
        ),
        "dbias is the last number of dy, not the sum of all": lambda *case: (
            *_right(*case)[:2],
            case[0][-1, -1],
        ),
        "dbias is dy itself; add it up": lambda *case: (*_right(*case)[:2], case[0]),
        "dkernel is the mean over the windows, not the sum": lambda dy, *rest: (
            _right(dy, *rest)[0],
            _right(dy, *rest)[1] / dy.size,
            dy.sum(),
        ),
        "windows start at i and j, not at i * stride and j * stride": _windows_start_at_i,
        "the padding is ignored": _no_padding,
        "the padding is not removed from dimage": _padded,
        "dimage is cut out at row and column 0; the image starts at pad": _cut(
            lambda pad, n: slice(n)
        ),
        "the padding is removed at the top and left only": _cut(lambda pad, n: slice(pad, None)),
        "a slice [pad:-pad] holds nothing when pad is 0": _cut(lambda pad, n: slice(pad, -pad)),
        "the last row and the last column of windows are missing": _with_dy(
            _only(slice(-1), slice(-1))
        ),
        "only the first window is sent back; does return stand inside the loops?": _with_dy(
            _only(0, 0)
        ),
        "the gradients hold whole numbers, and fractions are cut off": _by_windows(
            lambda total, part: np.trunc(total + part)
        ),
        "the gradients hold whole numbers, and fractions do not fit in": _whole,
        "dkernel is returned before dimage": lambda *case: tuple(
            _right(*case)[place] for place in (1, 0, 2)
        ),
        "dimage and dkernel are never filled": _wrong(np.zeros_like, np.zeros_like),
    },
    ("dimage", "dkernel", "dbias"),
    working=workings.sent_back,
    rung="maxpool_backward sends them to the winners",
)


def check_conv2d_backward(conv2d_backward):
    """Check a function that sends the gradient of a convolution back.

    Parameters
    ----------
    conv2d_backward : callable
        ``conv2d_backward(dy, image, kernel, stride=1, pad=0)`` takes three 2-D arrays and returns
        ``(dimage, dkernel, dbias)``: two arrays and a number.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> from convlib import grad
    >>> def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    ...     return grad.conv2d_backward(dy, image, kernel, stride=stride, padding=pad)
    >>> check_conv2d_backward(conv2d_backward)
    conv2d_backward: all 17 cases agree with convlib.
    Covered: dy 1×1 to 5×5; image 1×1 to 8×9; kernel 1×1 to 3×4; stride 1
    to 3 or left out; pad 0 to 2 or left out; shapes that are not square;
    numbers below 0; fractions.
    Next rung: maxpool_backward sends them to the winners.
    """
    check(CONV2D_BACKWARD, conv2d_backward)


_KNOWN_FIRST = (
    "dimage and dkernel are assigned with =; windows add up with +=",
    "dimage is assigned with =; windows that overlap add up with +=",
    "dkernel is assigned with =; all windows add up with +=",
    "the kernel is turned the wrong way: stamp it as it is, or slide it flipped over dy",
    "patch and kernel are mixed up: it is the kernel that dimage gets, times dy",
    "dy is ignored: every output counts as 1",
    "dbias is dy itself; add it up",
    "only the first window is sent back; does return stand inside the loops?",
    "dkernel is returned before dimage",
    "dimage and dkernel are never filled",
)
FIRST_CONV2D_BACKWARD = CONV2D_BACKWARD._replace(
    arguments=("dy", "image", "kernel"),
    cases=[case for case in CONV2D_BACKWARD.cases if len(case) == 3],
    wrong={mistake: CONV2D_BACKWARD.wrong[mistake] for mistake in _KNOWN_FIRST},
    rung="conv2d_backward with stride and padding",
)


def check_first_conv2d_backward(conv2d_backward):
    """Check a function that sends the gradient of a convolution in steps of one back.

    Parameters
    ----------
    conv2d_backward : callable
        ``conv2d_backward(dy, image, kernel)`` takes three 2-D arrays and returns
        ``(dimage, dkernel, dbias)``: two arrays and a number.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> from convlib import grad
    >>> check_first_conv2d_backward(grad.conv2d_backward)
    conv2d_backward: all 10 cases agree with convlib.
    Covered: dy 1×1 to 3×3; image 1×1 to 5×5; kernel 1×1 to 3×3; shapes
    that are not square; numbers below 0; fractions.
    Next rung: conv2d_backward with stride and padding.
    """
    check(FIRST_CONV2D_BACKWARD, conv2d_backward)
