"""Explorer of a pool's border: zeros, or cells that never win."""

import numpy as np

from convlib.core import maxpool, pad
from convlib.draw import draw_label
from convlib.explore.engine import Cells, Explorer
from convlib.explore.keep_the_strongest.pooled import largest_of, pooled_image, to_output

SIZE = 2
TITLE = "image and border"


def explore_pool_border(image):
    """Compare a border of zeros with a border that never wins, for windows of 2 and stride 2.

    Parameters
    ----------
    image : ndarray, shape (H, W)

    Returns
    -------
    Explorer
        `border` chooses what the border holds, `row` and `column` the output cell.

    Examples
    --------
    >>> from convlib.samples import POOL_NEGATIVE
    >>> explore_pool_border(POOL_NEGATIVE).picture(border="−∞").sentence
    'Border −∞, row 0, column 0: the largest of −∞, −∞, −∞, −9 is −9, from the image.'
    """
    filled = {"0": pad(image.astype(float), 1), "−∞": pad(image.astype(float), 1, -np.inf)}
    answers = {name: maxpool(x, SIZE, return_indices=True) for name, x in filled.items()}
    is_border = pad(np.zeros(image.shape, dtype=bool), 1, True)
    framed = np.ma.masked_array(pad(image, 1), is_border)

    def frame(border, row, column):
        output, indices = answers[border]
        top, left = row * SIZE, column * SIZE
        winner = divmod(int(indices[row, column]), framed.shape[1])
        ax = pooled_image(framed, (top, left), SIZE, winner, title=TITLE)
        place = ax.grids[TITLE]
        for i, j in np.argwhere(is_border):
            at = (place.row + i + 0.5, place.column + j + 0.5)
            draw_label(ax, border, at=at, size="number", colour="quiet")
        patch = filled[border][top : top + SIZE, left : left + SIZE]
        source = "border" if is_border[winner] else "image"
        return to_output(ax, output, (row, column)), (
            f"Border {border}, row {row}, column {column}: {largest_of(patch)}, from the {source}."
        )

    height, width = answers["0"][0].shape
    return Explorer(
        frame,
        play=("row", "column"),
        cells={
            "output": Cells("row", "column"),
            TITLE: Cells("row", "column", step=(SIZE, SIZE), size=(SIZE, SIZE)),
        },
        border=list(filled),
        row=(0, height - 1),
        column=(0, width - 1),
    )
