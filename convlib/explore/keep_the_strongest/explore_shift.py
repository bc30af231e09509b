"""Explorer of a shift: what moves, what changes and what stays when the image moves."""

import numpy as np

from convlib.core import maxpool
from convlib.draw import below, beside, grid_panel, outline
from convlib.explore.engine import Explorer

SIZE = 2


def explore_shift(image):
    """Move an image to the right and pool it with windows of 2 and stride 2.

    Parameters
    ----------
    image : ndarray, shape (H, W)
        Zeros come in from the left.

    Returns
    -------
    Explorer
        Slider `shift`: by how many columns the image moves.

    Examples
    --------
    >>> image = np.array([[7, 0, 0, 0], [0, 5, 0, 0]])
    >>> explore_shift(image).picture(shift=1).sentence[:66]
    'Shift 1: 4 of 8 pixels and 1 of 2 output cells differ from shift 0'
    """
    before = maxpool(image, SIZE)

    def frame(shift):
        moved = np.zeros_like(image)
        moved[:, shift:] = image[:, : image.shape[1] - shift]
        output = maxpool(moved, SIZE)
        ax = grid_panel(moved, title="image", index=True, paint={"outside": moved == 0})
        for i, j in np.ndindex(output.shape):
            outline(ax, "image", np.s_[i * SIZE : i * SIZE + SIZE, j * SIZE : j * SIZE + SIZE])
        earlier = grid_panel(
            before, title="output at shift 0", index=True, paint={"output": before > 0}
        )
        now = grid_panel(output, title="output now", index=True, paint={"output": output > 0})
        for cell in np.argwhere(output != before):
            outline(now, "output now", tuple(cell), colour="strong edge")
        drawing = below(ax, beside(earlier, now))
        return drawing, (
            f"Shift {shift}: {(moved != image).sum()} of {image.size} pixels and"
            f" {(output != before).sum()} of {output.size} output cells differ from shift 0."
            f" {_same(image, moved)} strong pixels and {_same(before, output)} strong outputs"
            " are where they were."
        )

    return Explorer(frame, play="shift", shift=(0, 3))


def _same(before, after):
    """Count the numbers above 0 that stand unchanged in their cell."""
    is_strong = before > 0
    return f"{(before == after)[is_strong].sum()} of {is_strong.sum()}"
