"""Explorer of edges: the score of each patch of a photograph."""

import numpy as np

from convlib.draw import (
    below,
    beside,
    canvas,
    draw_outline,
    draw_pixels,
    photo_panel,
    size_text,
)
from convlib.draw.placement import EDGE, TITLE
from convlib.explore.engine import Cells, Explorer
from convlib.explore.match_patch.products import arithmetic, products_row

PHOTO = 7.0
MARK = 0.6
WIDE = 1.5
"""Columns that a number such as −860 takes."""


def explore_edge(photo, kernel, step=14):
    """Lay a kernel on patches of a photograph and read the score of each.

    Parameters
    ----------
    photo : ndarray, shape (H, W)
        Grey levels from 0 to 255.
    kernel : ndarray, shape (KH, KW)
    step : int
        Distance in pixels from one patch to the next.

    Returns
    -------
    Explorer
        Sliders `row` and `column`: the patch's top left pixel.

    Examples
    --------
    >>> from convlib.samples import KERNELS, portrait
    >>> explore_edge(portrait(128), KERNELS["sobel x"]).picture(row=28, column=98).sentence[-6:]
    '= 376.'
    """
    height, width = kernel.shape
    scale = PHOTO / photo.shape[0]
    mark_limit = scale * np.array(photo.shape) - MARK

    def frame(row, column):
        patch = photo[row : row + height, column : column + width]
        title = f"photograph, {size_text(photo.shape)}"
        whole = photo_panel(photo, height=PHOTO, title=title)
        mark = np.array([row + height / 2, column + width / 2]) * scale - MARK / 2
        at = np.clip(mark, 0, mark_limit) + whole.grids[title][:2]
        draw_outline(whole, at=at, shape=(MARK, MARK), colour="strong edge")
        ax = canvas(width + 2 * EDGE, TITLE + height + EDGE)
        draw_pixels(ax, patch, at=(TITLE, EDGE), title="patch")
        draw_outline(ax, at=(TITLE, EDGE), shape=patch.shape, colour="strong edge")
        drawing = below(whole, beside(ax, products_row(patch, kernel, WIDE)))
        return drawing, f"Row {row}, column {column}: {arithmetic(patch, kernel)}."

    middle = scale * np.array(kernel.shape) / 2 - MARK / 2
    return Explorer(
        frame,
        cells={
            f"photograph, {size_text(photo.shape)}": Cells(
                "row", "column", step=(scale, scale), size=(MARK, MARK), start=tuple(middle)
            )
        },
        row=list(range(0, photo.shape[0] - height + 1, step)),
        column=list(range(0, photo.shape[1] - width + 1, step)),
    )
