"""Exercises that look into a network: its best patch, a cover, a picture that it likes."""

import numpy as np

from convlib.exercises.report import Exercise, check
from convlib.exercises.shared import numbers


def _best(answers):
    return tuple(int(n) for n in np.unravel_index(answers.argmax(), answers.shape))


BEST_PATCH = Exercise(
    "best_patch",
    ("answers",),
    tuple,
    [
        (np.array([[[1, 5]]]),),
        (np.array([[[1], [5]], [[7], [2]]]),),
        (np.array([[[1, 5], [2, 0]], [[3, 4], [9, 7]]]),),
        (numbers(3, 2, 4) - 9,),
        (numbers(2, 4, 3) * np.array([1, -1])[:, None, None],),
    ],
    _best,
    {
        "the place is counted through all numbers; turn it into three": lambda answers: (
            answers.argmax()
        ),
        "the strongest answer is returned, not its place": np.max,
        "the weakest answer is found": lambda answers: _best(-answers),
        "row and column are swapped": lambda answers: tuple(_best(answers)[n] for n in (0, 2, 1)),
        "the digit stands last; it comes first": lambda answers: tuple(
            _best(answers)[n] for n in (1, 2, 0)
        ),
        "only the first digit is searched": lambda answers: _best(answers[:1]),
        "the size of an answer counts without its sign": lambda answers: _best(abs(answers)),
    },
    ("digit", "row", "column"),
)


def check_best_patch(best_patch):
    """Check a function that finds the strongest of many answers.

    Parameters
    ----------
    best_patch : callable
        ``best_patch(answers)`` takes an array (digit, row, column) and returns the place of its
        largest number, three integers.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import numpy as np
    >>> check_best_patch(lambda answers: np.unravel_index(answers.argmax(), answers.shape))
    best_patch: all 5 cases agree with convlib.
    Covered: answers 1×1×2 to 2×4×3; shapes that are not square; numbers
    below 0.
    """
    check(BEST_PATCH, best_patch)


def _cover(image, weights, size, hide=lambda image, place, size: _hide(image, place, size, size)):
    """Return what is left of the score, cover by cover."""
    left = np.zeros(np.subtract(image.shape, size - 1))
    for place in np.ndindex(left.shape):
        left[place] = (weights * hide(image, place, size)).sum()
    return left


def _hide(image, place, rows, columns, value=0):
    i, j = place
    covered = image.copy()
    covered[i : i + rows, j : j + columns] = value
    return covered


def _occlude_reader(occlude, image, weights, size):
    """Ask a reader's function with the score that these weights give."""
    return occlude(image, lambda covered: (weights * covered).sum(), size)


OCCLUDE = Exercise(
    "occlude",
    ("image", "weights", "size"),
    np.ndarray,
    [
        (np.array([[5]]), np.array([[2]]), 1),
        (np.array([[1, 2]]), np.array([[3, 4]]), 1),
        (np.array([[1], [2]]), np.array([[3], [4]]), 1),
        (numbers(2, 3), numbers(2, 3)[::-1], 2),
        (numbers(3, 3), numbers(3, 3).T, 2),
        (numbers(4, 3), numbers(4, 3)[:, ::-1], 2),
    ],
    _cover,
    {
        "the score that is lost is kept, not the one that is left": lambda image, weights, size: (
            (weights * image).sum() - _cover(image, weights, size)
        ),
        "the cover is one pixel, whatever size is": lambda image, weights, size: _cover(
            image, weights, size, lambda image, place, size: _hide(image, place, 1, 1)
        ),
        "the cover is as wide as size, and one row tall": lambda image, weights, size: _cover(
            image, weights, size, lambda image, place, size: _hide(image, place, 1, size)
        ),
        "the block is painted with 1, not with 0": lambda image, weights, size: _cover(
            image, weights, size, lambda image, place, size: _hide(image, place, size, size, 1)
        ),
        "nothing is covered: the whole image is scored": lambda image, weights, size: _cover(
            image, weights, size, lambda image, place, size: image
        ),
        "the last row and the last column of places are missing": lambda *case: _cover(*case)[
            :-1, :-1
        ],
    },
    call=_occlude_reader,
)


def check_occlude(occlude):
    """Check a function that covers an image place by place and keeps the score that is left.

    Parameters
    ----------
    occlude : callable
        ``occlude(image, score, size)`` takes a 2-D array, a function of an image, and the size of
        the cover, and returns a 2-D array. Here the score is ``(weights * image).sum()``.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import numpy as np
    >>> def occlude(image, score, size):
    ...     left = np.zeros(np.subtract(image.shape, size - 1))
    ...     for i, j in np.ndindex(left.shape):
    ...         covered = image.copy()
    ...         covered[i : i + size, j : j + size] = 0
    ...         left[i, j] = score(covered)
    ...     return left
    >>> check_occlude(occlude)
    occlude: all 6 cases agree with convlib.
    Covered: image 1×1 to 4×3; weights 1×1 to 4×3; size 1 to 2; shapes that
    are not square; numbers below 0.
    """
    check(OCCLUDE, occlude)


def _excite(image, weight, filter, steps, scale=lambda dx: 0.1 * dx / np.abs(dx).max()):
    for _ in range(steps):
        image = image + scale(weight[filter])
    return image


def _excite_reader(excite, image, weight, filter, steps):
    """Ask a reader's function with a layer whose filters are as large as the image."""
    from convlib import nn

    layer = nn.Conv2D(1, len(weight), image.shape, dtype=float)
    layer.parameters["weight"][:] = weight[:, None]
    made = excite(layer, image[None, None], filter, steps)
    return made[0, 0] if isinstance(made, np.ndarray) and made.ndim == 4 else made


EXCITE = Exercise(
    "excite",
    ("image", "weight", "filter", "steps"),
    np.ndarray,
    [
        (np.array([[0.5]]), np.array([[[2.0]]]), 0, 1),
        (np.array([[0.5, 0.5]]), np.array([[[2.0, -4.0]]]), 0, 1),
        (np.array([[0.5, 0.5]]), np.array([[[2.0, -4.0]], [[1.0, 0.0]]]), 1, 1),
        (numbers(2, 2) / 4, numbers(3, 2, 2) / 2, 0, 2),
        (numbers(2, 3) / 4, numbers(2, 2, 3) / 2, 1, 3),
    ],
    _excite,
    {
        "the steps go downhill; this time they go along the gradient": (
            lambda image, weight, filter, steps: 2 * image - _excite(image, weight, filter, steps)
        ),
        "all filters are excited; set dy of the one filter": lambda image, weight, filter, steps: (
            _excite(image, weight.sum(axis=0)[None], 0, steps)
        ),
        "the first filter is excited, whatever filter is": lambda image, weight, filter, steps: (
            _excite(image, weight, 0, steps)
        ),
        "only one step is taken; does return stand inside the loop?": (
            lambda image, weight, filter, steps: _excite(image, weight, filter, 1)
        ),
        "the gradient is not divided by its largest number": lambda *case: _excite(
            *case, scale=lambda dx: 0.1 * dx
        ),
        "the largest number is −4, not 2, where both are there; np.abs drops signs": (
            lambda *case: _excite(*case, scale=lambda dx: 0.1 * dx / dx.max())
        ),
        "the gradient is returned, not the picture": lambda image, weight, filter, steps: weight[
            filter
        ],
    },
    call=_excite_reader,
)


def check_excite(excite):
    """Check a function that changes a picture so that a filter answers it more.

    Parameters
    ----------
    excite : callable
        ``excite(layers, image, filter, steps)`` takes a layer, an array (1, 1, H, W) and two
        integers, and returns an array of the image's shape. In each of its steps a tenth of the
        gradient is added, divided by its largest number, whose sign is dropped.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import numpy as np
    >>> def excite(layers, image, filter, steps):
    ...     for _ in range(steps):
    ...         y, back = layers(image)
    ...         dy = np.zeros_like(y)
    ...         dy[:, filter] = 1
    ...         dx, _ = back(dy)
    ...         image = image + 0.1 * dx / np.abs(dx).max()
    ...     return image
    >>> check_excite(excite)
    excite: all 5 cases agree with convlib.
    Covered: image 1×1 to 2×3; weight 1×1×1 to 2×2×3; filter 0 to 1; steps
    1 to 3; shapes that are not square; numbers below 0; fractions.
    """
    check(EXCITE, excite)
