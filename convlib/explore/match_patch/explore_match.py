"""Explorer of a match: the scores that several patches get from one kernel."""

from convlib.core import conv_step
from convlib.draw import (
    below,
    beside,
    canvas,
    draw_grid,
    draw_outline,
    draw_photo,
    draw_pixels,
    mark,
    number_text,
)
from convlib.draw.placement import EDGE, TITLE, text_width
from convlib.explore.engine import Cells, Explorer
from convlib.explore.match_patch.products import arithmetic, products_row

THUMBNAIL = 1.2


def explore_match(patches, kernels):
    """Compare the scores that several patches get from one kernel.

    Parameters
    ----------
    patches : dict of str to ndarray, shape (KH, KW)
        Grey levels, 0 is black and the largest of all white.
    kernels : dict of str to ndarray, shape (KH, KW)

    Returns
    -------
    Explorer
        Sliders `kernel` and `patch`.

    Examples
    --------
    >>> import numpy as np
    >>> explorer = explore_match({"dark": np.array([[0, 1]]), "bright": np.array([[3, 3]])},
    ...                          {"sum": np.array([[1, 1]])})
    >>> explorer.picture(patch="dark").sentence
    'Kernel sum, patch dark: 0·1 + 1·1 = 1. All scores: dark 1, bright 6.'
    """
    limits = (0, max(patch.max() for patch in patches.values()))
    pictures = [THUMBNAIL * array.shape[1] / array.shape[0] for array in patches.values()]
    width = max(*pictures, *map(text_width, patches)) + 0.2

    def frame(kernel, patch):
        chosen, weights = patches[patch], kernels[kernel]
        scores = {name: conv_step(array, weights) for name, array in patches.items()}
        ax = canvas(chosen.shape[1] + 2 * EDGE, TITLE + chosen.shape[0] + EDGE)
        draw_pixels(ax, chosen, at=(TITLE, EDGE), title="patch", limits=limits)
        draw_outline(ax, at=(TITLE, EDGE), shape=chosen.shape, colour="line")
        scored = [
            _score_panel(array, name, scores[name], limits, width, is_chosen=name == patch)
            for name, array in patches.items()
        ]
        drawing = below(beside(ax, products_row(chosen, weights)), beside(*scored))
        listed = ", ".join(f"{name} {number_text(score)}" for name, score in scores.items())
        return drawing, (
            f"Kernel {kernel}, patch {patch}: {arithmetic(chosen, weights)}. All scores: {listed}."
        )

    cells = {
        grid: Cells(also={"patch": name}) for name in patches for grid in (name, f"{name}, picture")
    }
    return Explorer(frame, play="patch", cells=cells, kernel=list(kernels), patch=list(patches))


def _score_panel(array, name, score, limits, width, *, is_chosen):
    """Draw a patch as a small picture, and its score below it."""
    shape = (THUMBNAIL, THUMBNAIL * array.shape[1] / array.shape[0])
    ax = canvas(width, THUMBNAIL + 2.4)
    corner = (0.2, (width - shape[1]) / 2)
    draw_photo(ax, array, at=corner, height=THUMBNAIL, limits=limits)
    draw_outline(ax, at=corner, shape=shape, colour="strong edge" if is_chosen else "line")
    middle = corner[0] + shape[0] / 2, width / 2
    mark(ax, f"{name}, picture", middle=middle, shape=shape)
    fill = "output" if is_chosen else "paper"
    return draw_grid(ax, [[score]], at=(THUMBNAIL + 1.2, width / 2 - 0.5), title=name, fill=fill)
