"""Explorer of one weight's gradient: every output's gradient, times the pixel that it met."""

import numpy as np

from convlib.draw import beside, grid_panel, outline, sign_panel, sum_of_products
from convlib.explore.engine import Cells, Explorer


def explore_weight(image, dy, size):
    """Point at a weight and see every output's gradient times the pixel that it met.

    Parameters
    ----------
    image : ndarray, 2-D
    dy : ndarray, 2-D
    size : (int, int)
        Rows and columns of the kernel.

    Returns
    -------
    Explorer
        Sliders `row` and `column` of the weight.

    Examples
    --------
    >>> explore_weight(np.array([[1, 2, 3]]), np.array([[1, 10]]), (1, 2)).picture(
    ...     column=1
    ... ).sentence
    'The weight at row 0, column 1 met 2 pixels: 1·2 + 10·3 = 32.'
    """

    def frame(row, column):
        met = np.s_[row : row + dy.shape[0], column : column + dy.shape[1]]
        gradient = np.array(
            [
                [
                    (image[u : u + dy.shape[0], v : v + dy.shape[1]] * dy).sum()
                    for v in range(size[1])
                ]
                for u in range(size[0])
            ]
        )
        later = np.zeros(size, dtype=bool)
        later.flat[row * size[1] + column + 1 :] = True
        image_panel = grid_panel(image, title="image", index=True, paint={"window": met})
        outline(image_panel, "image", met)
        answer = grid_panel(
            np.ma.masked_array(gradient, later),
            title="kernel's gradient",
            index=True,
            paint={"kernel": (row, column)},
        )
        outline(answer, "kernel's gradient", (row, column), colour="kernel edge")
        dy_panel = grid_panel(dy, title="dy", paint={"output": np.ones(dy.shape, bool)})
        drawing = beside(
            dy_panel, sign_panel("×", image_panel), image_panel, sign_panel("→", answer), answer
        )
        return drawing, (
            f"The weight at row {row}, column {column} met {dy.size} pixels:"
            f" {sum_of_products(dy, image[met])} = {gradient[row, column]}.".replace(" -", " −")
        )

    return Explorer(
        frame,
        play=("row", "column"),
        cells={
            "kernel's gradient": Cells("row", "column"),
            "image": Cells("row", "column", size=dy.shape),
        },
        row=(0, size[0] - 1),
        column=(0, size[1] - 1),
    )
