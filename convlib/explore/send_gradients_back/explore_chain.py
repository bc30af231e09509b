"""Explorer of two layers: numbers run down to the output, gradients run back up."""

import numpy as np

from convlib.core import conv2d
from convlib.draw import beside, canvas, draw_arrow, grid_panel, listing
from convlib.explore.engine import Cells, Explorer
from convlib.grad.plain import conv2d_backward

STEPS = ["output", "second layer", "bend", "first layer"]
"""What has sent its gradient back so far."""

ARROW = 0.7
"""Rows that an arrow takes."""

BETWEEN = 0.4
"""Columns between numbers and their gradients."""


def explore_chain(image, first, second, target):
    """Send the gradient of a loss back through a convolution, a ReLU and another convolution.

    Parameters
    ----------
    image, first, second : ndarray, 2-D
        The image and the kernels of the two layers.
    target : ndarray
        What the output should be. The loss is half the sum of the squared differences.

    Returns
    -------
    Explorer
        Slider `back`: how far the gradients have come.

    Examples
    --------
    >>> explorer = explore_chain(
    ...     np.array([[3, 1, 2, 1]]), np.array([[1, -1]]), np.array([[1, 3]]), np.array([[1, 1]])
    ... )
    >>> explorer.picture(back="bend").sentence
    'Back through the bend: where it cut off, nothing comes back. Before it the gradient is \
1, 0, 6.'
    """
    before = conv2d(image, first)
    bent = np.maximum(before, 0)
    output = conv2d(bent, second)
    dy = output - target
    dbent, dsecond, _ = conv2d_backward(dy, bent, second)
    dbefore = dbent * (before > 0)
    dimage, dfirst, _ = conv2d_backward(dbefore, image, first)
    forward = {"image": image, "before the bend": before, "bent": bent, "output": output}
    backward = {"image": dimage, "before the bend": dbefore, "bent": dbent, "output": dy}
    reached = dict(zip(["output", "bent", "before the bend", "image"], range(len(STEPS))))
    kernels = {
        "image": ("first kernel", first, dfirst, 3),
        "bent": ("second kernel", second, dsecond, 1),
    }
    told = {
        "output": f"The gradient of the output is what it is off by: dy is {listing(dy.ravel())}.",
        "second layer": (
            f"Back through the second layer: its kernel gets {listing(dsecond.ravel())}, and what"
            f" it was made of gets {listing(dbent.ravel())}."
        ),
        "bend": (
            "Back through the bend: where it cut off, nothing comes back. Before it the gradient is"
            f" {listing(dbefore.ravel())}."
        ),
        "first layer": (
            f"Back through the first layer: its kernel gets {listing(dfirst.ravel())}, and the"
            f" image {listing(dimage.ravel())}."
        ),
    }

    arrives = {_gradient_of(name): when for name, when in reached.items()}
    arrives |= {_gradient_of(title): when for title, _, _, when in kernels.values()}

    def frame(back):
        so_far = STEPS.index(back)
        rows = [
            (
                grid_panel(values, title=name, paint=_cut(name, before)),
                _gradient(backward[name], name, reached[name], so_far),
            )
            for name, values in forward.items()
        ]
        layers = {
            list(forward).index(name): (
                grid_panel(kernel, title=title, fill="kernel"),
                _gradient(dkernel, title, when, so_far),
            )
            for name, (title, kernel, dkernel, when) in kernels.items()
        }
        return _ways(rows, layers, so_far), told[back]

    cells = {name: Cells(also={"back": STEPS[when]}) for name, when in arrives.items()}
    return Explorer(frame, play="back", cells=cells, back=STEPS)


def _cut(name, before):
    """Return the paint of what the bend cuts off."""
    return {"outside": before <= 0} if name == "before the bend" else {}


def _ways(rows, layers, so_far):
    """Draw numbers and gradients below each other with arrows, and beside them what layers have.

    Parameters
    ----------
    rows : list of (Panel, Panel)
        Numbers and their gradient.
    layers : dict of int to (Panel, Panel)
        For the arrow after that row, a kernel and its gradient.
    so_far : int
        How many arrows upwards there are.
    """
    heights = [panels[0].height for panels in rows]
    bottoms = np.cumsum(np.add(heights, ARROW)) - ARROW
    ax = _column(rows, bottoms - heights, bottoms[-1])
    down, up = (
        ax.grids[name].column + ax.grids[name].width / 2
        for name in ("image", _gradient_of("image"))
    )
    for number, above in enumerate(bottoms[:-1]):
        draw_arrow(ax, start=(above, down), end=(above + ARROW, down))
        when = len(rows) - 1 - number
        if when <= so_far:
            colour = "strong edge" if when == so_far else "quiet"
            draw_arrow(ax, start=(above + ARROW, up), end=(above, up), colour=colour)
    heights = [panels[0].height for panels in layers.values()]
    tops = bottoms[list(layers)] + ARROW / 2 - np.divide(heights, 2)
    free = min(tops[0], bottoms[-1] - tops[-1] - heights[-1])  # both stand centred on the page
    return beside(ax, _column(layers.values(), tops - free, bottoms[-1] - 2 * free))


def _column(rows, tops, height):
    """Make one panel of rows of two panels, each centred in its column."""
    left, right = (max(panel.width for panel in column) for column in zip(*rows, strict=True))
    ax = canvas(left + BETWEEN + right, height)
    for panels, top in zip(rows, tops.tolist(), strict=True):
        for panel, middle in zip(panels, (left / 2, ax.width - right / 2), strict=True):
            ax.put(panel, at=(top, middle - panel.width / 2))
    return ax


def _gradient(values, of, when, so_far):
    """Make the panel of a gradient, blank until the way back has come to it, pink as it does."""
    shown = np.ma.masked_array(values, mask=np.full(values.shape, when > so_far))
    paint = {"strong": np.ones(values.shape, bool)} if when == so_far else {}
    return grid_panel(shown, title="gradient", name=_gradient_of(of), paint=paint)


def _gradient_of(name):
    return f"its gradient ({name})"
