"""Explorer of a view: which numbers in memory a window sees without copying them."""

import numpy as np

from convlib.draw import below, beside, grid_panel, listing, outline, strip_panels, text_panel
from convlib.explore.engine import Cells, Explorer


def explore_view(image, shape):
    """Move a window over an image and see its numbers in memory.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    shape : (int, int)
        Rows and columns of the window.

    Returns
    -------
    Explorer
        Sliders `row` and `column`: where the window starts.

    Examples
    --------
    >>> from convlib.samples import IMAGE
    >>> explore_view(IMAGE, (3, 3)).picture(row=1, column=2).sentence[:58]
    'Row 1, column 2: the window starts at position 1·5 + 2 = 7'
    """
    height, width = image.shape
    positions = np.arange(image.size).reshape(image.shape)
    steps = f"one column to the right: +1; one row down: +{width}"

    def frame(row, column):
        window = np.s_[row : row + shape[0], column : column + shape[1]]
        seen = positions[window]
        ax = grid_panel(image, title="image", index=True, paint={"window": window})
        outline(ax, "image", window)
        is_seen = np.isin(positions.reshape(1, -1), seen)
        memory = strip_panels(
            image.reshape(1, -1), title="memory", paint={"window": is_seen}, most=width
        )
        drawing = below(ax, text_panel(steps, width=9.6), beside(*memory))
        return drawing, (
            f"Row {row}, column {column}: the window starts at position"
            f" {row}·{width} + {column} = {seen[0, 0]} and sees positions"
            f" {listing(seen.flat, most=seen.size)}."
        )

    return Explorer(
        frame,
        play=("row", "column"),
        cells={"image": Cells("row", "column", size=shape)},
        row=(0, height - shape[0]),
        column=(0, width - shape[1]),
    )
