"""Explorer of memory: in which order the numbers of a colour image lie."""

import numpy as np

from convlib.draw import (
    below,
    beside,
    channel_names,
    draw_line,
    grid_panel,
    number_text,
    outline,
    strip_panels,
    text_panel,
    tint,
)
from convlib.draw.palette import PALETTE
from convlib.explore.engine import Cells, Explorer
from convlib.explore.go_faster.memory import cell_of, mark_position

ORDERS = {"channels first": (0, 1, 2), "channels last": (1, 2, 0)}
"""For each order of the axes (C, H, W), which of them comes first, second and third."""


def explore_layout(image):
    """Walk through memory and see where in the image each number belongs.

    Parameters
    ----------
    image : ndarray, shape (C, H, W)

    Returns
    -------
    Explorer
        `order` chooses (C, H, W) or (H, W, C), slider `position` the place in memory.

    Examples
    --------
    >>> image = np.arange(12).reshape(3, 2, 2)
    >>> explore_layout(image).picture(order="channels last", position=4).sentence[:64]
    'Channels last, position 4: row 0, column 1, green, the number 5.'
    """
    names = channel_names(len(image))
    channel_of = np.indices(image.shape)[0]

    def frame(order, position):
        axes = ORDERS[order]
        stored = image.transpose(axes)
        index = np.unravel_index(position, stored.shape)
        c, row, column = (int(index[axes.index(axis)]) for axis in range(3))
        memory = strip_panels([stored.ravel()], title="memory")
        for place, channel in enumerate(channel_of.transpose(axes).ravel()):
            _underline(memory, place, names[channel])
        mark_position(memory, position)
        steps = ", ".join(f"next {axis} +{step}" for axis, step in _steps(stored.shape, axes))
        channels = [
            _channel(channel, name, (row, column) if name == names[c] else None)
            for channel, name in zip(image, names, strict=True)
        ]
        drawing = below(
            beside(*channels), beside(*memory), text_panel(steps, width=9.6, size="note")
        )
        return drawing, (
            f"{order.capitalize()}, position {position}: row {row}, column"
            f" {column}, {names[c]}, the number"
            f" {number_text(image[c, row, column])}. Steps in memory: {steps}."
        )

    def cells(order, position):
        apart = dict(_steps(image.transpose(ORDERS[order]).shape, ORDERS[order]))
        channels = {
            name: Cells(number="position", first=c * apart["channel"], every=apart["column"])
            for c, name in enumerate(names)
        }
        return channels | {"memory": Cells(column="position")}

    return Explorer(
        frame,
        play="position",
        cells=cells,
        order=list(ORDERS),
        position=(0, image.size - 1),
    )


def _steps(stored_shape, axes):
    """Tell how far apart neighbours along each axis lie in memory, the nearest first."""
    names = ("channel", "row", "column")
    step = 1
    for axis, size in reversed(list(zip(axes, stored_shape, strict=True))):
        yield names[axis], step
        step *= size


def _channel(channel, name, marked):
    ax = tint(grid_panel(channel, title=name, index=True), name, name)
    return outline(ax, name, marked) if marked else ax


def _underline(memory, position, colour):
    """Mark a number in memory with the colour of its channel."""
    panel, row, column = cell_of(memory, position)
    if colour in PALETTE:
        start, end = (row + 0.92, column + 0.06), (row + 0.92, column + 0.94)
        draw_line(panel, start, end, colour=colour, width=4)
