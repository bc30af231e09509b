"""Explorer of a digit that moves: how much each layer's output changes."""

import numpy as np

from convlib.draw import bars_panel, below, beside, ink_panel
from convlib.explore.engine import Explorer
from convlib.explore.see_what_it_sees.parts import named_parts

HEIGHT = 4.0
MOST = 2.0


def explore_moves(network, images, filter=0, shifts=8):
    """Move digits to the right, and measure the change behind every layer.

    Parameters
    ----------
    network : Network
    images : ndarray, shape (N, 1, H, W)
        Ink from 0 to 1. The first one is drawn, the change is measured on all.
    filter : int
        Of the first layer, whose maps are drawn.
    shifts : int
        How far the digits move at most.

    Returns
    -------
    Explorer
        Slider `shift`.

    Examples
    --------
    >>> from convlib.nn import Conv2D, Dense, Flatten, MaxPool, Network, ReLU
    >>> layers = Conv2D(1, 2, 3, rng=0), ReLU(), MaxPool(2), Flatten(), Dense(8, 3, rng=1)
    >>> digits = np.tri(6)[np.newaxis, np.newaxis]
    >>> explore_moves(Network(*layers), digits, shifts=2).picture(shift=1).sentence[:41]
    'Shift 1: the pixels change by 52 %, first'
    """
    parts = named_parts(network)
    before = network.outputs(images)
    moved = {shift: _moved(images, shift) for shift in range(1, shifts + 1)}
    outputs = {shift: network.outputs(x) for shift, x in moved.items()}
    conv, pool = parts["first filters"], parts["first pool"]
    strongest = {
        n: max(float(y[n][0, filter].max()) for y in outputs.values()) for n in (conv, pool)
    }

    def frame(shift):
        after = outputs[shift]
        changes = {"pixels": change(images, moved[shift])}
        changes |= {name: change(before[n], after[n]) for name, n in parts.items()}
        texts = {name: f"{100 * value:.0f} %" for name, value in changes.items()}
        same = int((before[-1].argmax(axis=1) == after[-1].argmax(axis=1)).sum())
        drawing = below(
            beside(
                ink_panel(moved[shift][0, 0], height=HEIGHT, title="digit"),
                *(
                    ink_panel(
                        after[n][0, filter], height=HEIGHT, title=title, limits=(0, strongest[n])
                    )
                    for n, title in ((conv, f"filter {filter}"), (pool, "pooled"))
                ),
            ),
            bars_panel(changes, title="change, behind each layer", texts=texts, most=MOST),
        )
        told = ", ".join(f"{name} by {texts[name]}" for name in parts)
        return drawing, (
            f"Shift {shift}: the pixels change by {texts['pixels']}, {told}. {same} of"
            f" {len(images)} digits are still called what they were."
        )

    return Explorer(frame, play="shift", shift=(1, shifts))


def change(before, after):
    """Return the sum of all differences as a share of the sum of all that was there."""
    return float(np.abs(after - before).sum() / np.abs(before).sum())


def _moved(images, shift):
    """Move images to the right; paper comes in."""
    moved = np.zeros_like(images)
    moved[..., shift:] = images[..., : images.shape[-1] - shift]
    return moved
