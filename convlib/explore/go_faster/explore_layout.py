"""An explorer of memory: in which order the numbers of an image lie."""

import numpy as np

from convlib.draw import canvas, draw_grid, draw_label, draw_outline, number_text
from convlib.explore.channels import channel_names
from convlib.explore.explorer import Explorer

TOP = 1.6
LEFT = 0.8
GAP = 2.0
ORDERS = {"channels first": (0, 1, 2), "channels last": (1, 2, 0)}
"""For each order of the axes (C, H, W), which of them comes first, second and third."""

FILLS = ["strong", "output", "window", "kernel"]


def explore_layout(image):
    """Walk through memory and see where in the image each number belongs.

    Parameters
    ----------
    image : ndarray, shape (C, H, W)
        At most four channels.

    Returns
    -------
    Explorer
        Slider `order` chooses (C, H, W) or (H, W, C), `position` the place in memory.

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
        memory_top = TOP + image.shape[1] + 1.3
        ax = canvas(LEFT + image.size + 0.4, memory_top + 3)
        _draw_image(ax, image, names, (c, row, column))
        _draw_memory(ax, stored.ravel(), channel_of.transpose(axes).ravel(), position,
                     top=memory_top)
        steps = ", ".join(f"next {axis} +{step}" for axis, step in _steps(stored.shape, axes))
        draw_label(ax, steps, at=(memory_top + 2.3, LEFT), align="left")
        return ax.figure, (f"{order.capitalize()}, position {position}: row {row}, column"
                           f" {column}, {names[c]}, the number"
                           f" {number_text(image[c, row, column])}. Steps in memory: {steps}.")

    return Explorer(frame, play="position", order=list(ORDERS), position=(0, image.size - 1))


def _steps(stored_shape, axes):
    """Tell how far apart neighbours along each axis lie in memory, the nearest first."""
    names = ("channel", "row", "column")
    step = 1
    for axis, size in reversed(list(zip(axes, stored_shape))):
        yield names[axis], step
        step *= size


def _draw_image(ax, image, names, marked):
    for c, (channel, name) in enumerate(zip(image, names)):
        left = LEFT + c * (image.shape[2] + GAP)
        draw_grid(ax, channel, at=(TOP, left), title=name, index=True, fill=FILLS[c])
        if c == marked[0]:
            draw_outline(ax, at=(TOP + marked[1], left + marked[2]), shape=(1, 1), colour="ink")


def _draw_memory(ax, numbers, channels, position, *, top):
    """Draw the numbers in a row, filled with the colours of their channels."""
    paint = {FILLS[c]: (channels == c)[np.newaxis] for c in range(channels.max() + 1)}
    draw_grid(ax, numbers[np.newaxis], at=(top, LEFT), title="memory", paint=paint)
    for place in range(len(numbers)):
        draw_label(ax, place, at=(top + 1.3, LEFT + place + 0.5), size="index", colour="quiet")
    draw_outline(ax, at=(top, LEFT + position), shape=(1, 1), colour="ink")
