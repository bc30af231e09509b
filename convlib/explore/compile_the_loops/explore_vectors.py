"""Explorer of vectors: how many columns of an output row one instruction computes."""

import numpy as np

from convlib.draw import below, counted, strip_panels, text_panel
from convlib.explore.engine import Explorer

PLACES = [1, 4, 8, 16]


def explore_vectors(columns):
    """Cut an output row into vectors of some numbers.

    Parameters
    ----------
    columns : int
        Of the output row.

    Returns
    -------
    Explorer
        Slider `places`: how many numbers a vector has room for.

    Examples
    --------
    >>> explore_vectors(18).picture(places=8).sentence
    'Vectors of 8: 18 columns take 2 vectors, and 2 columns are left, one by one: 4 turns.'
    """
    row = np.arange(columns)[np.newaxis]

    def frame(places):
        whole, left = divmod(columns, places)
        number = row // places
        even = (number % 2 == 0) & (number < whole)
        odd = (number % 2 == 1) & (number < whole)
        paint = {"output": even, "window": odd}
        panels = strip_panels(row, title="output row", paint=paint)
        turns = whole + left
        rest = f", and {left} columns are left, one by one" if left else ""
        says = f"{columns} columns take {counted(whole, 'vector')}{rest}: {turns} turns"
        drawing = below(*panels, text_panel(f"{turns} turns of the loop", width=9.6))
        return drawing, f"Vectors of {places}: {says}."

    return Explorer(frame, play="places", places=PLACES)
