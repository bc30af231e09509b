"""Explorer of a cover on a digit: what is left of the network's share for it."""

import numpy as np

from convlib.draw import beside, draw_block, grid_panel, ink_panel, outline
from convlib.explore.engine import Cells, Explorer
from convlib.nn import softmax

SIZE, STEP = 7, 3
HEIGHT = 5.0
PICTURE = "digit and cover"
COVERS = {"paper": (0.0, "paper"), "grey": (0.5, "line")}


def explore_occlusion(network, digits):
    """Move a cover of 7×7 pixels over a digit in steps of 3, and ask the network.

    Parameters
    ----------
    network : Network
    digits : dict of int to ndarray, shape (1, H, W)
        Pictures, ink from 0 to 1, by the digit that they show.

    Returns
    -------
    Explorer
        Sliders `digit`, `cover` (of paper or grey), `row` and `column`.

    Examples
    --------
    >>> from convlib.nn import Dense, Flatten, Network
    >>> network = Network(Flatten(), Dense(100, 2, rng=0))
    >>> network.parameters["1.weight"][...] = 0
    >>> explore_occlusion(network, {0: np.ones((1, 10, 10))}).picture().sentence
    'Cover of paper on rows 0–6, columns 0–6 of a 0: its share is 50 %.'
    """
    shares = {
        (digit, cover): _shares(network, image, value)
        for digit, image in digits.items()
        for cover, (value, _) in COVERS.items()
    }
    counts = next(iter(shares.values())).shape

    def frame(digit, cover, row, column):
        found = shares[digit, cover]
        top, left = row * STEP, column * STEP
        image = digits[digit][0]
        picture = ink_panel(image, height=HEIGHT, title=PICTURE)
        place, pixel = picture.grids[PICTURE], HEIGHT / len(image)
        draw_block(
            picture,
            at=(place.row + top * pixel, place.column + left * pixel),
            shape=(SIZE * pixel, SIZE * pixel),
            fill=COVERS[cover][1],
            edge="window edge",
            width=3,
        )
        percent = np.rint(100 * found[..., digit]).astype(int)
        title = _title(digit)
        grid = grid_panel(percent, title=title, paint={"strong": found.argmax(axis=2) != digit})
        outline(grid, title, (row, column))
        other = found[row, column].argmax()
        taken = "" if other == digit else f", and the network says {other}"
        return beside(picture, grid), (
            f"Cover of {cover} on rows {top}–{top + SIZE - 1}, columns {left}–{left + SIZE - 1}"
            f" of a {digit}: its share is {percent[row, column]} %{taken}."
        )

    def cells(digit, **others):
        pixel = HEIGHT / digits[digit].shape[1]
        step, size = (STEP * pixel,) * 2, (SIZE * pixel,) * 2
        return {
            PICTURE: Cells("row", "column", step=step, size=size),
            _title(digit): Cells("row", "column"),
        }

    return Explorer(
        frame,
        play=("row", "column"),
        cells=cells,
        digit=list(digits),
        cover=list(COVERS),
        row=(0, counts[0] - 1),
        column=(0, counts[1] - 1),
    )


def _title(digit):
    return f"share of {digit} that is left, in %"


def _shares(network, image, value):
    """Return the share of every class (rows, columns, classes) under a cover at every place."""
    rows, columns = (range(0, n - SIZE + 1, STEP) for n in image.shape[1:])
    covered = np.repeat(image[np.newaxis], len(rows) * len(columns), axis=0)
    places = [(top, left) for top in rows for left in columns]
    for one, (top, left) in zip(covered, places, strict=True):
        one[0, top : top + SIZE, left : left + SIZE] = value
    return softmax(network(covered)[0]).reshape(len(rows), len(columns), -1)
