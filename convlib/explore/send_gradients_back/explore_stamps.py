"""Explorer of the way back: every output stamps the kernel where its window lay."""

import numpy as np

from convlib.draw import beside, factor_text, grid_panel, number_text, outline, sign_panel
from convlib.explore.engine import Cells, Explorer


def explore_stamps(dy, kernel):
    """Stamp the kernel at every output's window, as strong as the output's gradient, and add up.

    Parameters
    ----------
    dy : ndarray, 2-D
        The gradient of the loss for every output.
    kernel : ndarray, 2-D

    Returns
    -------
    Explorer
        Sliders `row` and `column` of the output that stamps.

    Examples
    --------
    >>> explore_stamps(np.array([[1, 10]]), np.array([[5, 7]])).picture(column=1).sentence
    'The output at row 0, column 1 has the gradient 10: it stamps 10 times the kernel. Row 0, \
column 1 of the image has 57 now.'
    """
    shape = np.add(dy.shape, kernel.shape) - 1

    def frame(row, column):
        total = np.zeros(shape, dtype=int)
        for i, j in np.ndindex(dy.shape):
            if (i, j) <= (row, column):
                total[_window(i, j, kernel)] += dy[i, j] * kernel
        place = _window(row, column, kernel)
        dy_panel = grid_panel(dy, title="dy", index=True, paint={"output": (row, column)})
        outline(dy_panel, "dy", (row, column), colour="output edge")
        stamp = grid_panel(
            dy[row, column] * kernel,
            title=f"{factor_text(dy[row, column])} · kernel",
            name="stamp",
            fill="kernel",
        )
        total_panel = grid_panel(
            total, title="image's gradient", index=True, paint={"window": place}
        )
        outline(total_panel, "image's gradient", place)
        drawing = beside(
            dy_panel, sign_panel("→", dy_panel), stamp, sign_panel("→", total_panel), total_panel
        )
        strength = number_text(dy[row, column])
        return drawing, (
            f"The output at row {row}, column {column} has the gradient {strength}: it stamps"
            f" {strength} times the kernel. Row {row}, column {column} of the image has"
            f" {number_text(total[row, column])} now."
        )

    return Explorer(
        frame,
        play=("row", "column"),
        cells={
            "dy": Cells("row", "column"),
            "image's gradient": Cells("row", "column", size=kernel.shape),
        },
        row=(0, dy.shape[0] - 1),
        column=(0, dy.shape[1] - 1),
    )


def _window(i, j, kernel):
    return np.s_[i : i + kernel.shape[0], j : j + kernel.shape[1]]
