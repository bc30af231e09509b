"""Picture of a confusion matrix: what is in the picture, and what the network reads."""

import numpy as np

from convlib.draw import grid_panel
from convlib.explore.engine import Picture


def show_confusion(counts):
    """Show how often each digit was read as each.

    Parameters
    ----------
    counts : ndarray of int, shape (10, 10)
        A row for each digit that was written, a column for each that was read.

    Returns
    -------
    Picture

    Examples
    --------
    >>> show_confusion(np.array([[5, 1], [0, 4]])).sentence
    '9 of 10 are read rightly. Most often confused: 0 read as 1, 1 times.'
    """
    wrong = counts - np.diag(np.diag(counts))
    row, column = map(int, np.unravel_index(wrong.argmax(), wrong.shape))
    panel = grid_panel(
        np.ma.masked_array(counts, counts == 0),
        title="rows: written, columns: read",
        index=True,
        paint={"output": np.eye(len(counts), dtype=bool), "strong": wrong > 0},
    )
    return Picture(
        panel,
        f"{np.trace(counts)} of {counts.sum()} are read rightly. Most often confused:"
        f" {row} read as {column}, {wrong[row, column]} times.",
    )
