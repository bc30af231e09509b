"""Compare a prediction with what comes out, and name the likely slip.

The page does the same in the reader's browser (convlib/web/predict.js).
"""

import numpy as np


def predict(guess, answer, slips=None):
    """Say whether a prediction is right, and if not, what probably slipped.

    Parameters
    ----------
    guess : number, sequence of numbers, or array
        The prediction; ``...`` while there is none.
    answer : number, sequence of numbers, or array
        What comes out. It is not printed.
    slips : dict of str to array, optional
        Sentence -> the answer that deserves it, such as that of the flipped kernel.

    Raises
    ------
    TypeError
        If `guess` is not made of numbers.

    Examples
    --------
    >>> predict((3, 4), (4, 3))
    The two are swapped.
    >>> predict([[12, 10], [12, 17]], np.array([[12, 12], [10, 17]]))
    Rows and columns are swapped.
    >>> predict(..., 12)
    Put your prediction in place of the dots.
    """
    if guess is ...:
        print("Put your prediction in place of the dots.")
        return
    slips = {says: _rows(slip, "slip") for says, slip in (slips or {}).items()}
    print(judge(_rows(guess, "guess"), _rows(answer, "answer"), slips))


def judge(guess, answer, slips):
    """Return the sentence about a guess; all are 2-D arrays, a single line has one row.

    Parameters
    ----------
    guess, answer : (R, C) ndarray
    slips : dict of str to (R, C) ndarray

    Returns
    -------
    str

    Examples
    --------
    >>> judge(np.array([[4]]), np.array([[3]]), {})
    'That is one too many.'
    """
    mine, right = guess.ravel(), answer.ravel()
    if mine.size == 0:
        return "Write a number first, in digits."
    if np.array_equal(mine, right):
        shaped = len(guess) in (1, len(answer))
        return "Right." if shaped else "The numbers are right, but not their rows."
    for says, slip in slips.items():
        if np.array_equal(mine, slip.ravel()):
            return says
    if len(guess) > 1 and np.array_equal(guess.T.ravel(), right):
        return "Rows and columns are swapped."
    if mine.size != right.size:
        if _run_together(mine, right):
            return "Write the digits apart."
        told = "That is 1 number" if mine.size == 1 else f"Those are {mine.size} numbers"
        return f"{told}; the answer has {right.size}."
    if right.size == 2 and np.array_equal(mine[::-1], right):
        return "The two are swapped."
    return _by_number(mine, right, answer.shape)


def _run_together(mine, right):
    """Say whether one number stands where as many single digits are wanted."""
    digits = all(value in range(10) for value in right)
    return mine.size == 1 and digits and len(f"{mine[0]:.15g}") == right.size


def _by_number(mine, right, shape):
    """Compare number by number."""
    more = mine - right
    each = "Each is" if right.size > 1 else "That is"
    if (more == 1).all():
        return f"{each} one too many."
    if (more == -1).all():
        return f"{each} one too few."
    if np.array_equal(-mine, right):
        return "The sign is the other way round."
    if right.size == 1:
        return "Not yet."
    place = int(np.flatnonzero(more)[0])
    if shape[0] == 1:
        return f"Not yet: look at number {place + 1} again."
    row, column = divmod(place, shape[1])
    return f"Not yet: look at row {row}, column {column} again."


def _rows(value, name):
    """Return numbers as a 2-D array of floats."""
    try:
        array = np.atleast_2d(np.asarray(value, dtype=np.float64))
    except (TypeError, ValueError):
        raise TypeError(f"{name} must be numbers, such as 12 or (3, 3); got {value!r}") from None
    return array.reshape(array.size // max(array.shape[-1], 1), array.shape[-1])
