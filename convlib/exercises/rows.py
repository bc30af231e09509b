"""Exercises on one row of numbers: its waves, and a convolution block by block."""

import numpy as np

from convlib.exercises.report import Exercise, check
from convlib.exercises.shared import numbers


def _apart(readings):
    return np.real(readings), np.imag(readings)


def _transform(row, change=lambda turns: turns):
    n = len(row)
    turns = change(np.outer(np.arange(n), np.arange(n)) / n)
    return _apart(np.exp(-2j * np.pi * turns) @ row)


def _transform_reader(transform, row):
    """Ask a reader's function, and take how far across and up its readings point."""
    readings = transform(row)
    return _apart(readings) if isinstance(readings, (np.ndarray, list)) else readings


TRANSFORM = Exercise(
    "transform",
    ("row",),
    tuple,
    [
        (np.array([2]),),
        (np.array([1, 2]),),
        (numbers(3),),
        (np.array([3, 1, 2, 0]),),
        (numbers(6),),
    ],
    _transform,
    {
        "the pointers turn forwards; they are turned back": lambda row: _transform(
            row, np.negative
        ),
        "the turns are not divided by n": lambda row: _transform(
            row, lambda turns: turns * len(row)
        ),
        "the readings are divided by n": lambda row: tuple(
            part / len(row) for part in _transform(row)
        ),
        "only how far across they point is left": lambda row: (
            _transform(row)[0],
            np.zeros(len(row)),
        ),
        "only the first reading is made, the sum": lambda row: tuple(
            part[:1] for part in _transform(row)
        ),
    },
    ("across", "up"),
    call=_transform_reader,
)


def check_transform(transform):
    """Check a function that takes a row of numbers apart into waves.

    Parameters
    ----------
    transform : callable
        ``transform(row)`` takes a 1-D array and returns as many complex numbers.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import numpy as np
    >>> check_transform(np.fft.fft)
    transform: all 5 cases agree with convlib.
    Covered: row of 1 to 6 numbers; numbers below 0.
    """
    check(TRANSFORM, transform)


def _blocks(row, kernel, block, put=np.add, last=True, overhang=True, moves=True):
    output = np.zeros(len(row) + len(kernel) - 1, dtype=int)
    for start in range(0, len(row) if last else len(row) - block + 1, block):
        part = np.convolve(row[start : start + block], kernel)
        if not overhang:
            part = part[: len(part) - len(kernel) + 1]
        at = start * moves
        output[at : at + len(part)] = put(output[at : at + len(part)], part)
    return output


OVERLAP_ADD = Exercise(
    "overlap_add",
    ("row", "kernel", "block"),
    np.ndarray,
    [
        (np.array([2]), np.array([3]), 1),
        (np.array([1, 2]), np.array([3, 4]), 1),
        (np.array([3, 1, 2, 1, 3, 2]), np.array([2, 1]), 3),
        (numbers(5), np.array([1, 2, 1]), 8),
        (numbers(7), numbers(3), 3),
        (numbers(8), np.array([1, 4, 6, 4, 1]), 3),
    ],
    lambda row, kernel, block: np.convolve(row, kernel),
    {
        "the blocks overwrite each other with =; they add up with +=": lambda *case: _blocks(
            *case, put=lambda old, new: new
        ),
        "the overhang of each block is cut off": lambda *case: _blocks(*case, overhang=False),
        "the last, shorter block is left out": lambda *case: _blocks(*case, last=False),
        "every block is put at place 0; it belongs at its start": lambda *case: _blocks(
            *case, moves=False
        ),
        "the kernel is turned round": lambda row, kernel, block: np.convolve(row, kernel[::-1]),
    },
)


def check_overlap_add(overlap_add):
    """Check a function that convolves a row block by block.

    Parameters
    ----------
    overlap_add : callable
        ``overlap_add(row, kernel, block)`` takes two 1-D arrays of integers and the length of
        a block, and returns what `np.convolve` does.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import numpy as np
    >>> check_overlap_add(lambda row, kernel, block: np.convolve(row, kernel))
    overlap_add: all 6 cases agree with convlib.
    Covered: row of 1 to 8 numbers; kernel of 1 to 5 numbers; block 1 to 8;
    numbers below 0.
    """
    check(OVERLAP_ADD, overlap_add)
