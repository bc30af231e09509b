"""Explorer of threads: which rows of an output each of them computes."""

import numpy as np

from convlib.draw import below, grid_panel, text_panel
from convlib.explore.engine import Explorer

THREADS = [1, 2, 3, 4]
COLOURS = ("output", "window", "kernel", "image")


def explore_threads(output):
    """Deal the rows of an output out to threads.

    Parameters
    ----------
    output : ndarray, shape (H, W)

    Returns
    -------
    Explorer
        Slider `threads`.

    Examples
    --------
    >>> explore_threads(np.zeros((5, 3), int)).picture(threads=2).sentence
    'Threads 2: rows 0 to 2; rows 3 to 4. The longest share is 3 of 5 rows.'
    """
    rows = len(output)

    def frame(threads):
        size = -(-rows // threads)
        shares = [range(start, min(start + size, rows)) for start in range(0, rows, size)]
        paint = {}
        for colour, share in zip(COLOURS, shares):
            paint[colour] = np.zeros(output.shape, bool)
            paint[colour][share.start : share.stop] = True
        panel = grid_panel(output, title="output", index=True, paint=paint)
        longest = f"The longest share is {size} of {rows} rows."
        drawing = below(panel, text_panel(f"{size} of {rows} rows", width=9.6))
        named = "; ".join(map(_name, shares))
        return drawing, f"Threads {threads}: {named}. {longest}"

    return Explorer(frame, play="threads", threads=THREADS)


def _name(share):
    first, last = share[0], share[-1]
    return f"row {first}" if first == last else f"rows {first} to {last}"
