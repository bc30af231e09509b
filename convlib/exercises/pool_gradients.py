"""The exercise that sends the gradient of a max-pool back to the winners."""

import numpy as np

from convlib.core import window
from convlib.exercises import workings
from convlib.exercises.report import Exercise, check
from convlib.exercises.shared import numbers
from convlib.grad import plain
from convlib.shapes import output_size


def _right(dy, image, size, stride):
    return plain.maxpool_backward(dy, image, size, stride=stride)


def _with_dy(change):
    """Return the right function with a `change` of dy."""
    return lambda dy, *rest: _right(change(dy), *rest)


def _by_windows(share, start=lambda i, size, stride: i * stride):
    """Return loops that add `share(patch)` times dy to each window, from `start(...)` on."""

    def function(dy, image, size, stride):
        dimage = np.zeros(image.shape)
        for i, j in np.ndindex(dy.shape):
            top, left = start(i, size, stride), start(j, size, stride)
            place = slice(top, top + size), slice(left, left + size)
            dimage[place] += dy[i, j] * share(image[place])
        return dimage

    return function


def _one(patch, at):
    """Return 1 in one place of a patch, and 0 elsewhere."""
    share = np.zeros(patch.shape)
    share.flat[at] = 1
    return share


def _first(patch):
    return _one(patch, patch.argmax())


def _last(patch):
    return _one(patch, patch.size - 1 - patch.ravel()[::-1].argmax())


def _above_zero(patch):
    return _one(patch, np.maximum(patch, 0).argmax())


def _turned(patch):
    if patch.shape[0] != patch.shape[1]:
        raise ValueError("this window is cut off")
    return _first(patch).T


def _all_equal_in_image(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i, j in np.ndindex(dy.shape):
        place = window(i, size, stride), window(j, size, stride)
        dimage += dy[i, j] * (image == image[place].max())
    return dimage


def _put(put):
    """Return loops in which a winner's place (row, column) and its dy are handled by `put`."""

    def function(dy, image, size, stride):
        dimage = np.zeros(image.shape)
        for i, j in np.ndindex(dy.shape):
            patch = image[window(i, size, stride), window(j, size, stride)]
            put(dimage, dy[i, j], patch, (i * stride, j * stride), int(patch.argmax()))
        return dimage

    return function


def _assign(dimage, dy, patch, start, winner):
    a, b = divmod(winner, len(patch))
    dimage[start[0] + a, start[1] + b] = dy


def _send_number(dimage, dy, patch, start, winner):
    a, b = divmod(winner, len(patch))
    dimage[start[0] + a, start[1] + b] += patch.max()


def _forget_start(dimage, dy, patch, start, winner):
    dimage[divmod(winner, len(patch))] += dy


def _unravel_by_image(dimage, dy, patch, start, winner):
    a, b = divmod(winner, dimage.shape[1])
    dimage[start[0] + a, start[1] + b] += dy


def _cut_off(dimage, dy, patch, start, winner):
    a, b = divmod(winner, len(patch))
    place = start[0] + a, start[1] + b
    dimage[place] = np.trunc(dimage[place] + dy)


def _only(rows, columns):
    """Keep some of the numbers of dy, and make the others 0."""

    def change(dy):
        kept = np.zeros_like(dy)
        kept[rows, columns] = dy[rows, columns]
        return kept

    return change


def _case(image, size, stride, share=1):
    """Return a case whose dy has the shape of the output."""
    shape = [output_size(n, size, stride) for n in image.shape]
    return numbers(*shape)[::-1] * share, image, size, stride


MAXPOOL_BACKWARD = Exercise(
    "maxpool_backward",
    ("dy", "image", "size", "stride"),
    np.ndarray,
    [
        (np.array([[5]]), np.array([[2]]), 1, 1),
        (np.array([[5]]), np.array([[1, 3], [7, 5]]), 2, 2),
        (np.array([[5]]), np.array([[-4, -9], [-2, -3]]), 2, 2),
        (np.array([[8]]), np.array([[1, 6], [6, 6]]), 2, 2),
        (np.array([[1, 10]]), np.array([[1, 9, 2], [3, 5, 4]]), 2, 1),
        _case(numbers(2, 4), 2, 2),
        _case(np.array([[7, 2, 7], [1, 5, 3], [7, 0, 4]]), 2, 1),
        _case(numbers(4, 3), 2, 1),
        _case(numbers(4, 4), 2, 2, share=1 / 4),
        _case(numbers(5, 4), 2, 2),
        _case(numbers(5, 7) - 5, 3, 2),
        _case(numbers(7, 6), 2, 3),
        _case(numbers(7, 7) // 3, 3, 1),
    ],
    _right,
    {
        "dimage is assigned with =; a pixel that won twice adds up with +=": _put(_assign),
        "every one of equal winners gets all of dy; only the first does": _by_windows(
            lambda patch: patch == patch.max()
        ),
        "dy is split among equal winners; the first gets all of it": _by_windows(
            lambda patch: (patch == patch.max()) / (patch == patch.max()).sum()
        ),
        "the last of equal winners gets dy; the first does": _by_windows(_last),
        "every pixel of the window gets dy; only the winner does": _by_windows(np.ones_like),
        "every pixel of the window gets a share, as for a mean": _by_windows(
            lambda patch: np.ones(patch.shape) / patch.size
        ),
        "the smallest number gets dy; the largest does": _by_windows(lambda patch: _first(-patch)),
        "a number below 0 never wins; does the search start at 0?": _by_windows(_above_zero),
        "the winner's number is sent back, not dy": _put(_send_number),
        "dy is ignored: every winner gets 1": _with_dy(np.ones_like),
        "row and column of the winner are swapped": _by_windows(_turned),
        "the winner's place is counted from the window; add where the window starts": _put(
            _forget_start
        ),
        "the winner's number is divided by the image's width, not by the window's": _put(
            _unravel_by_image
        ),
        "pixels outside the window get dy, too, if they equal the winner": _all_equal_in_image,
        "windows start at i and j, not at i * stride and j * stride": _by_windows(
            _first, lambda i, size, stride: i
        ),
        "windows move by their size, and the stride is ignored": _by_windows(
            _first, lambda i, size, stride: i * size
        ),
        "the last row and the last column of windows are missing": _with_dy(
            _only(slice(-1), slice(-1))
        ),
        "only the first window is sent back; does return stand inside the loops?": _with_dy(
            _only(0, 0)
        ),
        "dimage holds whole numbers, and fractions are cut off": _put(_cut_off),
        "dimage has the shape of dy; every pixel of the image has a gradient": lambda dy, *rest: dy,
        "dimage is never filled": lambda dy, image, *rest: np.zeros(image.shape),
    },
    working=workings.won,
    rung="a network that learns",
)


def check_maxpool_backward(maxpool_backward):
    """Check a function that sends the gradient of a max-pool back to the winners.

    Parameters
    ----------
    maxpool_backward : callable
        ``maxpool_backward(dy, image, size, stride)`` takes two 2-D arrays and two integers, and
        returns an array of the shape of `image`.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> from convlib import grad
    >>> def maxpool_backward(dy, image, size, stride):
    ...     return grad.maxpool_backward(dy, image, size, stride=stride)
    >>> check_maxpool_backward(maxpool_backward)
    maxpool_backward: all 13 cases agree with convlib.
    Covered: dy 1×1 to 5×5; image 1×1 to 7×7; size 1 to 3; stride 1 to 3;
    shapes that are not square; numbers below 0; fractions.
    Next rung: a network that learns.
    """
    check(MAXPOOL_BACKWARD, maxpool_backward)


def _shared_out(dy, image, size, stride, put=np.add, share=lambda size: 1 / size**2, step=None):
    dimage = np.zeros(image.shape)
    for i, j in np.ndindex(dy.shape):
        place = window(i, size, step or stride), window(j, size, step or stride)
        dimage[place] = put(dimage[place], dy[i, j] * share(size))
    return dimage


AVGPOOL_BACKWARD = Exercise(
    "avgpool_backward",
    ("dy", "image", "size", "stride"),
    np.ndarray,
    MAXPOOL_BACKWARD.cases,
    _shared_out,
    {
        "dimage is assigned with =; shares of windows that overlap add up with +=": (
            lambda *case: _shared_out(*case, put=lambda old, new: new)
        ),
        "every pixel gets all of dy; it gets its share": lambda *case: _shared_out(
            *case, share=lambda size: 1
        ),
        "the share is 1 of size; a window has size times size pixels": lambda *case: _shared_out(
            *case, share=lambda size: 1 / size
        ),
        "the winner gets all of dy, as for max-pooling": _right,
        "windows start at i and j, not at i * stride and j * stride": lambda *case: _shared_out(
            *case, step=1
        ),
        "dy is ignored: every output counts as 1": lambda dy, *rest: _shared_out(
            np.ones_like(dy), *rest
        ),
    },
)


def check_avgpool_backward(avgpool_backward):
    """Check a function that sends the gradient of a mean back to all pixels of its window.

    Parameters
    ----------
    avgpool_backward : callable
        ``avgpool_backward(dy, image, size, stride)`` takes two 2-D arrays and two integers, and
        returns an array of the shape of `image`.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> from convlib import grad
    >>> def avgpool_backward(dy, image, size, stride):
    ...     return grad.avgpool_backward(dy, image, size, stride=stride)
    >>> check_avgpool_backward(avgpool_backward)
    avgpool_backward: all 13 cases agree with convlib.
    Covered: dy 1×1 to 5×5; image 1×1 to 7×7; size 1 to 3; stride 1 to 3;
    shapes that are not square; numbers below 0; fractions.
    """
    check(AVGPOOL_BACKWARD, avgpool_backward)
