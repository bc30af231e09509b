"""An explorer of a view: which numbers in memory a window sees without copying them."""

import numpy as np

from convlib.draw import canvas, draw_grid, draw_label, draw_outline
from convlib.explore.explorer import Explorer
from convlib.explore.words import listing

LINE = 13
TOP = 1.6
LEFT = 0.8


def explore_view(image, shape):
    """Move a window over an image and see its numbers in memory.

    Parameters
    ----------
    image : ndarray, shape (H, W)
        At most 26 numbers: memory is drawn in two lines.
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
    memory_top = TOP + height + 1.5
    steps = "one column to the right: +1", f"one row down: +{width}"

    def frame(row, column):
        window = np.s_[row:row + shape[0], column:column + shape[1]]
        ax = canvas(LEFT + LINE + 0.4, memory_top + 4.2)
        draw_grid(ax, image, at=(TOP, LEFT), title="image", index=True, paint={"window": window})
        draw_outline(ax, at=(TOP + row, LEFT + column), shape=shape)
        for line, text in enumerate(steps):
            draw_label(ax, text, at=(TOP + line + 1, LEFT + width + 1), align="left")
        for line, name in enumerate(("memory", "memory, continued")):
            part = np.s_[line * LINE:(line + 1) * LINE]
            is_seen = np.isin(positions.ravel()[part], positions[window])
            top = memory_top + 2.5 * line
            draw_grid(ax, image.ravel()[np.newaxis, part], at=(top, LEFT), title=name,
                      paint={"window": is_seen[np.newaxis]})
            for place, position in enumerate(positions.ravel()[part]):
                draw_label(ax, position, at=(top + 1.3, LEFT + place + 0.5), size="index",
                           colour="quiet")
        seen = positions[window]
        return ax.figure, (f"Row {row}, column {column}: the window starts at position"
                           f" {row}·{width} + {column} = {seen[0, 0]} and sees positions"
                           f" {listing(seen.flat, most=seen.size)}.")

    return Explorer(frame, play=("row", "column"), row=(0, height - shape[0]),
                    column=(0, width - shape[1]))
