"""Explorer of two kernels that melt into one: a copy of the first for each weight of the second."""

import numpy as np

from convlib.draw import beside, factor_text, grid_panel, listing, number_text, outline, sign_panel
from convlib.explore.bend_the_line.merging import copies
from convlib.explore.engine import Cells, Explorer


def explore_merge(first, second):
    """Lay a copy of the first kernel at every weight of the second, and add the copies up.

    Parameters
    ----------
    first, second : ndarray, 2-D
        In the order in which an image meets them.

    Returns
    -------
    Explorer
        Sliders `row` and `column` of the second kernel's weight.

    Examples
    --------
    >>> explorer = explore_merge(np.array([[1, 2]]), np.array([[3, -1]]))
    >>> explorer.picture(column=1).sentence
    'Row 0, column 1 of the second kernel: −1 times the first kernel, laid there. Sum so far: \
3, 5, −2.'
    """
    laid = dict(copies(first, second))

    def frame(row, column):
        place = row, column
        is_there = np.s_[row : row + first.shape[0], column : column + first.shape[1]]
        so_far = np.sum([copy for at, copy in laid.items() if at <= place], axis=0)
        is_elsewhere = np.ones(so_far.shape, dtype=bool)
        is_elsewhere[is_there] = False
        weights = grid_panel(second, title="second kernel", index=True, paint={"kernel": place})
        outline(weights, "second kernel", place, colour="kernel edge")
        copy = np.ma.masked_array(laid[place], is_elsewhere)
        title = f"{factor_text(second[place])} · first"
        copy_panel = grid_panel(copy, title=title, name="copy", paint={"window": is_there})
        total = grid_panel(so_far, title="sum so far", paint={"output": is_there})
        drawing = beside(
            grid_panel(first, title="first kernel", index=True, fill="kernel"),
            weights,
            sign_panel("→", copy_panel),
            copy_panel,
            sign_panel("→", total),
            total,
        )
        return drawing, (
            f"Row {row}, column {column} of the second kernel:"
            f" {number_text(second[place])} times the first kernel, laid there."
            f" Sum so far: {listing(so_far.flat, most=so_far.size)}."
        )

    height, width = second.shape
    laid_there = Cells("row", "column", size=first.shape)
    return Explorer(
        frame,
        play=("row", "column"),
        cells={
            "second kernel": Cells("row", "column"),
            "copy": laid_there,
            "sum so far": laid_there,
        },
        row=(0, height - 1),
        column=(0, width - 1),
    )
