"""Explorer of a cover on a small picture: what is left of a score."""

import numpy as np

from convlib.draw import beside, grid_panel, number_text, outline, sign_panel
from convlib.explore.engine import Cells, Explorer

SIZE = 2


def explore_cover(image, score):
    """Cover a small picture with 2×2 cells of paper, place by place, and ask for the score.

    Parameters
    ----------
    image : ndarray, shape (H, W)
        0 is paper.
    score : callable
        Takes such an image and returns a number.

    Returns
    -------
    Explorer
        Sliders `row` and `column` of the cover; the scores of later places stay blank.

    Examples
    --------
    >>> explore_cover(np.eye(3, dtype=int), np.sum).picture(row=0, column=0).sentence
    'Cover on rows 0–1, columns 0–1: the score is 1, 2 less than the 3 without a cover.'
    """
    whole = score(image)
    left = np.zeros(np.subtract(image.shape, SIZE - 1), dtype=int)
    for i, j in np.ndindex(left.shape):
        left[i, j] = score(_covered(image, i, j))

    def frame(row, column):
        block = np.s_[row : row + SIZE, column : column + SIZE]
        now = _covered(image, row, column)
        picture = grid_panel(now, title="covered", index=True, paint={"window": block})
        outline(picture, "covered", block)
        unseen = np.arange(left.size).reshape(left.shape) > row * left.shape[1] + column
        paint = {"strong": (left < whole) & ~unseen, "output": (left > whole) & ~unseen}
        asked = np.ma.masked_array(left, unseen)
        scores = grid_panel(asked, title="score left", index=True, paint=paint)
        outline(scores, "score left", (row, column))
        lost = int(whole - left[row, column])
        change = "as much as" if lost == 0 else f"{abs(lost)} {'less' if lost > 0 else 'more'} than"
        return beside(picture, sign_panel("→", scores), scores), (
            f"Cover on rows {row}–{row + SIZE - 1}, columns {column}–{column + SIZE - 1}: the score"
            f" is {number_text(left[row, column])}, {change} the {number_text(whole)} without a"
            " cover."
        )

    height, width = left.shape
    return Explorer(
        frame,
        play=("row", "column"),
        cells={
            "score left": Cells("row", "column"),
            "covered": Cells("row", "column", size=(SIZE, SIZE)),
        },
        row=(0, height - 1),
        column=(0, width - 1),
    )


def _covered(image, row, column):
    covered = image.copy()
    covered[row : row + SIZE, column : column + SIZE] = 0
    return covered
