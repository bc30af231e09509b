"""Explorer of the pooling window: where it stands, and which number wins."""

from itertools import product

import numpy as np

from convlib.core import maxpool
from convlib.explore.engine import Cells, Explorer
from convlib.explore.keep_the_strongest.pooled import largest_of, pooled_image, to_output

SIZES = (2, 3)
STRIDES = (1, 2, 3)
LEFTOVERS = ("dropped", "kept")


def explore_pool(image):
    """Slide a window over an image and keep its largest number.

    Parameters
    ----------
    image : ndarray, shape (H, W)
        At least 3 rows and 3 columns.

    Returns
    -------
    Explorer
        Sliders `size` and `stride` of the window; `leftovers`, whether a last window that hangs
        over the edge is dropped or kept; `row` and `column` of the output cell.

    Examples
    --------
    >>> from convlib.samples import POOL_IMAGE
    >>> explore_pool(POOL_IMAGE).picture(stride=2).sentence
    'Size 2, stride 2, row 0, column 0: the largest of 1, 3, 7, 5 is 7, from row 1, column 0.'
    """
    answers = {
        (size, stride, leftovers): maxpool(
            image, size, stride=stride, return_indices=True, ceil_mode=leftovers == "kept"
        )
        for size, stride, leftovers in product(SIZES, STRIDES, LEFTOVERS)
    }
    shapes = {key: np.array(output.shape) for key, (output, _) in answers.items()}
    reach = [(shape - 1) * stride + size for (size, stride, _), shape in shapes.items()]
    room = np.max([*reach, image.shape], axis=0)

    def leftovers(size, stride):
        has_some = (shapes[size, stride, "dropped"] != shapes[size, stride, "kept"]).any()
        return list(LEFTOVERS) if has_some else ["dropped"]

    def rows(size, stride, leftovers):
        return 0, int(shapes[size, stride, leftovers][0]) - 1

    def columns(size, stride, leftovers, row):
        return 0, int(shapes[size, stride, leftovers][1]) - 1

    def cells(size, stride, **others):
        return {
            "output": Cells("row", "column"),
            "image": Cells("row", "column", step=(stride, stride), size=(size, size)),
        }

    def frame(size, stride, leftovers, row, column):
        output, indices = answers[size, stride, leftovers]
        top, left = row * stride, column * stride
        winner = divmod(int(indices[row, column]), image.shape[1])
        under = pooled_image(image, (top, left), size, winner, title="image", index=True, room=room)
        is_again = indices[row, column] in indices.flat[: row * output.shape[1] + column]
        return to_output(under, output, (row, column)), (
            f"Size {size}, stride {stride}, row {row}, column {column}:"
            f" {largest_of(image[top : top + size, left : left + size])},"
            f" from row {winner[0]}, column {winner[1]}{', again' if is_again else ''}."
        )

    return Explorer(
        frame,
        play=("row", "column"),
        cells=cells,
        size=list(SIZES),
        stride=list(STRIDES),
        leftovers=leftovers,
        row=rows,
        column=columns,
    )
