"""Explorer of one wave alone: its numbers, its stripes and its places on the map of waves."""

import numpy as np

from convlib.draw import (
    beside,
    canvas,
    counted,
    draw_grid,
    draw_label,
    draw_outline,
    draw_photo,
    mark,
    number_text,
)
from convlib.explore.engine import Cells, Explorer

SIDE = 64  # pixels of the picture, along each axis
SHOWN = 8  # numbers of its top row that are written
FINEST = 4
MAP = 7.2
CELL = MAP / (2 * FINEST + 1)
PLACES = (1.5, 1.4)


def explore_wave():
    """Show one wave alone, as numbers, as stripes, and as two places on a map.

    Returns
    -------
    Explorer
        Sliders `down` and `right`: how often the wave goes up and down from top to
        bottom and from left to right, below 0 if the pointer turns the other way. It opens at
        0 down and 1 right.

    Examples
    --------
    >>> explore_wave().picture(down=0, right=1).sentence
    'Up and down 0 times from top to bottom, 1 time from left to right. \
On the map: down 0, right 1, and opposite.'
    """

    def frame(down, right):
        image = wave_image(down, right)
        drawing = beside(_stripes(image), _map(wave_map(image)))
        times = [counted(abs(n), "time") for n in (down, right)]
        opposite = ", and opposite" if down or right else ", the middle"
        return drawing, (
            f"Up and down {times[0]} from top to bottom, {times[1]} from left"
            f" to right. On the map: down {down}, right {number_text(right)}{opposite}."
        )

    far = FINEST * CELL
    cells = {
        "opposite": Cells(
            "down", "right", start=(far, far), step=(-CELL, -CELL), size=(CELL, CELL)
        ),
        "waves": Cells("down", "right", start=(0, far), step=(CELL, CELL), size=(CELL, CELL)),
    }
    return Explorer(
        frame,
        play=("down", "right"),
        cells=cells,
        opens_at={"right": 1},
        down=(0, FINEST),
        right=(-FINEST, FINEST),
    )


def wave_image(down, right, size=SIDE):
    """Compute a wave that is at its height in the top left corner.

    Parameters
    ----------
    down, right, size : int

    Returns
    -------
    ndarray of float, shape (size, size)
        From −1 to 1: how far across the tip of a pointer stands that turns `down`
        times on the way down and `right` times on the way right.

    Examples
    --------
    >>> wave_image(0, 1, size=4)[0]
    array([ 1.,  0., -1.,  0.])
    """
    turned = np.add.outer(down * np.arange(size), right * np.arange(size)) % size
    return np.cos(2 * np.pi * turned / size).round(6) + 0.0


def wave_map(image):
    """Mark the waves that an image holds.

    Parameters
    ----------
    image : ndarray, shape (n, n)

    Returns
    -------
    ndarray, shape (9, 9)
        1 for a wave that is in the image, else 0; from −4 to 4 times down and right.
    """
    times = np.arange(-FINEST, FINEST + 1)
    sizes = np.abs(np.fft.fft2(image))[np.ix_(times, times)]
    return (sizes > sizes.max() / 2).astype(float)


def _stripes(image):
    ax = canvas(SHOWN + 0.2, SHOWN + 3.2)
    shown = image[:1, :: SIDE // SHOWN].round(1) + 0.0
    draw_grid(ax, shown, at=(0.9, 0.1), title="every eighth pixel of the top row")
    at = (3.1, 0.1)
    draw_photo(ax, image, at=at, height=SHOWN, title="stripes", limits=(-1, 1))
    return draw_outline(ax, at=at, shape=(SHOWN, SHOWN), colour="line")


def _map(places):
    ax = canvas(PLACES[1] + MAP + 0.2, PLACES[0] + MAP + 1)
    top, left = PLACES
    draw_label(ax, "map of waves", at=(top - 1.1, left + MAP / 2), size="title")
    draw_photo(ax, places, at=PLACES, height=MAP, limits=(0, 1))
    draw_outline(ax, at=PLACES, shape=(MAP, MAP), colour="line")
    above, below = FINEST * CELL, (FINEST + 1) * CELL
    mark(ax, "opposite", middle=(top + above / 2, left + MAP / 2), shape=(above, MAP))
    mark(ax, "waves", middle=(top + above + below / 2, left + MAP / 2), shape=(below, MAP))
    draw_outline(ax, at=(top + above, left + above), shape=(CELL, CELL), colour="line")
    for n in range(len(places)):
        draw_label(
            ax, n - FINEST, at=(top - 0.4, left + (n + 0.5) * CELL), size="index", colour="quiet"
        )
        draw_label(
            ax,
            n - FINEST,
            at=(top + (n + 0.5) * CELL, left - 0.25),
            size="index",
            colour="quiet",
            align="right",
        )
    draw_label(ax, "right", at=(top + MAP + 0.5, left + MAP / 2), colour="quiet")
    return draw_label(ax, "down", at=(top + MAP + 0.5, left - 0.1), colour="quiet", align="right")
