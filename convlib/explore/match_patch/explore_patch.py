"""Explorer of one patch: which cells it holds, and what the kernel makes of them."""

import numpy as np

from convlib.draw import below, beside, grid_panel, outline
from convlib.explore.engine import Cells, Explorer
from convlib.explore.match_patch.products import arithmetic, products_row


def explore_patch(image, kernel):
    """Cut a patch out of an image, multiply it by a kernel and add up.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW)

    Returns
    -------
    Explorer
        Sliders `row` and `column`: the patch's top left cell.

    Examples
    --------
    >>> from convlib.samples import IMAGE, KERNEL
    >>> explore_patch(IMAGE, KERNEL).picture().sentence[-27:]
    '1·0 + 3·0 + 1·1 + 2·2 = 12.'
    """
    height, width = kernel.shape

    def frame(row, column):
        window = np.s_[row : row + height, column : column + width]
        patch = image[window]
        image_panel = grid_panel(image, title="image", index=True, paint={"window": window})
        outline(image_panel, "image", window)
        patch_panel = grid_panel(patch, title="patch", fill="window")
        drawing = below(image_panel, beside(patch_panel, products_row(patch, kernel)))
        return drawing, f"Row {row}, column {column}: {arithmetic(patch, kernel)}."

    return Explorer(
        frame,
        play=("row", "column"),
        cells={"image": Cells("row", "column", size=kernel.shape)},
        row=(0, image.shape[0] - height),
        column=(0, image.shape[1] - width),
    )
