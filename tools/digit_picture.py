"""Draw the README's picture of a digit being read: python tools/digit_picture.py [FILE]"""

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np

from convlib.draw import (
    beside,
    canvas,
    draw_block,
    draw_label,
    gallery_panel,
    inked,
    photo_panel,
)
from convlib.draw.canvas import glue
from convlib.nn import load_stages, softmax
from moving_picture import film

FILE = Path(__file__).parents[1] / "book/images/draw_a_digit.svg"
SAYS = (
    "A 3 is drawn, stroke by stroke. Beside it stand the maps that the network makes of it, and the"
    " shares of the ten digits; in the end it reads 3."
)
SECONDS = 0.45
PAUSE = 6  # frames that the last one lasts
STEPS = 12
GREYS = 15  # steps from white to black, the same on every machine
PEN = 2.6  # pixels
PATH = [  # (column, row) of a 3, as it is written
    *((9.5, 7.5), (12, 5), (15.5, 4.2), (18.5, 6), (18.3, 9.5), (15.5, 12.5), (12.8, 13.3)),
    *((16, 13.8), (18.8, 16.5), (18.5, 20.5), (15.5, 23.3), (11.5, 23.6), (8.5, 21.5)),
]


def drawn(length):
    """Draw the first part of the path with a soft pen, as a picture of 28×28."""
    ends = np.array(PATH[: length + 1], float)
    rows, columns = np.indices((28, 28)) + 0.5
    away = np.full((28, 28), np.inf)
    for start, end in pairwise(ends):
        across, down = end - start
        along = (columns - start[0]) * across + (rows - start[1]) * down
        along = np.clip(along / (across**2 + down**2), 0, 1)
        nearest = start[0] + along * across, start[1] + along * down
        away = np.minimum(away, np.hypot(columns - nearest[0], rows - nearest[1]))
    return levels(np.clip(PEN / 2 - away + 0.5, 0, 1))


def levels(values):
    """Round numbers from 0 to 1 to the few grey levels that are drawn."""
    return np.rint(GREYS * values) / GREYS


def frame(network, image):
    """Draw a picture, the maps behind both pools, and what is read, as one panel."""
    outputs = network.outputs(image[np.newaxis, np.newaxis])
    first, second = outputs[2][0], outputs[5][0]
    return glue(
        beside(
            photo_panel(inked(image), height=6, title="drawn"),
            gallery_panel(maps(first), columns=2, width=3, title="8 maps"),
            gallery_panel(maps(second), columns=4, width=6, title="16 maps"),
            shares_panel(softmax(outputs[-1])[0]),
        )
    )


def maps(values):
    return inked(levels(np.clip(values / max(float(values.max()), 1e-9), 0, 1)))


def shares_panel(shares):
    """Make a panel of one bar for each digit."""
    ax = canvas(4.8, 7.4)
    draw_label(ax, "what it reads", at=(0.6, 2.4), size="title")
    best = int(shares.argmax())
    for digit, share in enumerate(shares):
        row = 1.2 + 0.6 * digit
        is_best = digit == best
        draw_label(ax, digit, at=(row + 0.22, 0.35), colour="ink" if is_best else "quiet")
        draw_block(ax, at=(row, 0.8), shape=(0.44, 3.8), fill="outside", edge="outside")
        width = round(3.8 * float(share), 2)
        if width:
            edge = "output edge" if is_best else "line"
            draw_block(ax, at=(row, 0.8), shape=(0.44, width), fill=edge, edge=edge)
    return ax


def frames():
    """Draw the picture after each part of the path, as a list of panels."""
    network = load_stages(dtype=np.float64)[-1].network
    return [frame(network, drawn(length)) for length in range(1, STEPS + 1)]


def markup():
    """Write all frames as one SVG file that shows them in turn, for ever."""
    return film(frames(), SAYS, seconds=SECONDS, pause=PAUSE)


def write(file):
    """Write the moving picture to a file."""
    Path(file).write_text(markup(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(sys.argv[1] if len(sys.argv) > 1 else FILE)
