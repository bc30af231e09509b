"""Picture of handwritten digits beside each other, each with a title."""

from convlib.draw import below, beside, ink_panel
from convlib.explore.engine import Picture

ACROSS = 5
"""Digits in a row, where there is room."""


def show_digits(says, digits, titles, *, height=2.7):
    """Show digits as ink on paper.

    Parameters
    ----------
    says : str
        The sentence that says what the picture shows.
    digits : ndarray, shape (N, 1, H, W)
        From 0 for paper to 1 for ink.
    titles : sequence
        Written above each.
    height : float
        Of each digit, in cells.

    Returns
    -------
    Picture

    Examples
    --------
    >>> import numpy as np
    >>> show_digits("All paper.", np.zeros((1, 1, 28, 28)), ["nothing"]).sentence
    'All paper.'
    """
    panels = [
        ink_panel(digit[0], height=height, title=str(title))
        for digit, title in zip(digits, titles, strict=True)
    ]
    rows = [panels[start : start + ACROSS] for start in range(0, len(panels), ACROSS)]
    return Picture(below(*(beside(*row) for row in rows)), says)
