"""Explorer of the patches that Winograd's method takes from an image, and of their outputs."""

import numpy as np

from convlib.core import conv2d
from convlib.draw import beside, grid_panel, outline, sign_panel
from convlib.explore.engine import Cells, Explorer


def explore_patches(image, kernel, step=2):
    """Lay patches on an image so that the outputs of each touch those of the next.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (k, k)
    step : int
        Rows and columns of outputs that one patch gives.

    Returns
    -------
    Explorer
        Sliders `row` and `column`: which patch. Zeros that fill up the last patches, and
        outputs that are cut off again, are grey.

    Examples
    --------
    >>> from convlib.samples import IMAGE, KERNEL
    >>> explore_patches(IMAGE, KERNEL).picture(row=0, column=1).sentence
    'Patch 0, 1 reads rows 0 to 3, columns 2 to 5, and gives rows 0 to 1, columns 2 to 3.'
    """
    size = step + len(kernel) - 1
    wanted = np.subtract(image.shape, kernel.shape) + 1
    patches = -(-wanted // step)
    filled = np.pad(image, [(0, more) for more in patches * step - wanted])
    output = conv2d(filled, kernel)

    def frame(row, column):
        ax = _image(filled, image.shape, (row * step, column * step), size)
        result = _output(output, wanted, (row, column), step)
        drawing = beside(ax, sign_panel("→", result), result)
        (top, bottom, left, right), (first, last, start, end) = (
            (row * step, row * step + high - 1, column * step, column * step + high - 1)
            for high in (size, step)
        )
        return drawing, (
            f"Patch {row}, {column} reads rows {top} to {bottom}, columns {left}"
            f" to {right}, and gives rows {first} to {last}, columns {start}"
            f" to {end}."
        )

    rows, columns = (int(count) for count in patches)
    return Explorer(
        frame,
        play=("row", "column"),
        cells={
            "image": Cells("row", "column", step=(step, step), size=(size, size)),
            "output": Cells("row", "column", step=(step, step), size=(step, step)),
        },
        row=(0, rows - 1),
        column=(0, columns - 1),
    )


def _beyond(shape, inside):
    mask = np.ones(shape, dtype=bool)
    mask[: inside[0], : inside[1]] = False
    return mask


def _image(filled, inside, corner, size):
    window = tuple(slice(start, start + size) for start in corner)
    paint = {"window": window, "outside": _beyond(filled.shape, inside)}
    ax = grid_panel(filled, title="image", index=True, paint=paint)
    return outline(ax, "image", window)


def _output(output, inside, patch, step):
    places = np.indices(output.shape) // step
    known = (places[0] < patch[0]) | ((places[0] == patch[0]) & (places[1] <= patch[1]))
    beyond = _beyond(output.shape, inside)
    paint = {"output": known & ~beyond, "outside": beyond}
    so_far = np.ma.masked_array(output, ~known)
    ax = grid_panel(so_far, title="output", index=True, paint=paint)
    block = tuple(slice(place * step, (place + 1) * step) for place in patch)
    return outline(ax, "output", block, colour="output edge")
