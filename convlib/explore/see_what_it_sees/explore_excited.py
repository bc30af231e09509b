"""Explorer of pictures made to excite a filter, step by step, with and without restraint."""

import numpy as np

from convlib.core import conv2d, pad
from convlib.draw import beside, ink_panel, number_text
from convlib.explore.engine import Explorer
from convlib.explore.see_what_it_sees.parts import best_places, field

HEIGHT = 6.0
RATE = 0.1
STEPS = [0, 1, 2, 4, 8, 16, 32]
BLUR = np.outer([1, 2, 1], [1, 2, 1]) / 16


def explore_excited(layers, filters, images, start):
    """Make pictures that a filter answers more and more, from nearly even grey on.

    Parameters
    ----------
    layers : Network
        Up to the convolution that the filters belong to.
    filters : list of int
    images : ndarray, shape (N, 1, H, W)
        Ink from 0 to 1; the best patch among them is drawn beside the picture that was made.
    start : ndarray, shape (1, 1, size, size)
        As large as the part of an image that one number behind `layers` sees.

    Returns
    -------
    Explorer
        Sliders `filter`, `pixels` (what restrains them) and `steps`.

    Examples
    --------
    >>> from convlib.nn import Conv2D, Network
    >>> layers = Network(Conv2D(1, 1, 2, rng=0))
    >>> layers.parameters["0.weight"][...] = [[1, 1], [-1, -1]]
    >>> x, start = np.ones((1, 1, 3, 3)), np.full((1, 1, 2, 2), 0.5)
    >>> explore_excited(layers, [0], x, start).picture(steps=4).sentence[:66]
    'Filter 0, free pixels, 4 steps: the answer is 1.6, from pixels 0.1'
    """
    size, step = field(layers)
    answers = layers(images)[0]
    made = {
        (filter, pixels): _ascent(layers, filter, start, after)
        for filter in filters
        for pixels, after in RESTRAINTS.items()
    }

    def frame(filter, pixels, steps):
        picture, answer = made[filter, pixels][steps]
        low, high = float(picture.min()), float(picture.max())
        limits = (min(low, 0.0), max(high, 1.0))
        n, i, j = best_places(answers, filter, 1)[0]
        patch = images[n, 0, step * i :, step * j :][:size, :size]
        drawing = beside(
            ink_panel(picture, height=HEIGHT, title="made", limits=limits),
            ink_panel(patch, height=HEIGHT, title="best real patch"),
        )
        best = float(answers[:, filter].max())
        return drawing, (
            f"Filter {filter}, {pixels} pixels, {steps} steps: the answer is {_text(answer)}, from"
            f" pixels {_text(low)} to {_text(high)}. The best of all patches is answered"
            f" {_text(best)}."
        )

    return Explorer(frame, play="steps", filter=filters, pixels=list(RESTRAINTS), steps=STEPS)


def _ascent(layers, filter, x, after):
    """Return the picture and the answer at every number of steps in `STEPS`."""
    found = {}
    for step in range(STEPS[-1] + 1):
        y, back = layers(x)
        if step in STEPS:
            found[step] = x[0, 0], float(y[0, filter, 0, 0])
        dy = np.zeros_like(y)
        dy[:, filter] = 1
        dx, _ = back(dy)
        x = after(x + RATE * dx / np.abs(dx).max())
    return found


def _kept(x):
    return np.clip(x, 0, 1)


def _smoothed(x):
    return conv2d(pad(_kept(x)[0, 0] - 0.5, 1), BLUR)[np.newaxis, np.newaxis] + 0.5


RESTRAINTS = {"free": lambda x: x, "kept": _kept, "smooth": _smoothed}


def _text(value):
    return number_text(round(value, 1))
