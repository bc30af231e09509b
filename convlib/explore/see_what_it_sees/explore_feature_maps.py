"""Explorer of the maps that a digit leaves in every layer, before, during and after training."""

import numpy as np

from convlib.draw import beside, gallery_panel, inked, number_text, photo_panel, size_text
from convlib.explore.engine import Explorer
from convlib.explore.see_what_it_sees.parts import named_parts

HEIGHT = 6.0
GREYS = 15
"""Steps from white to black in which maps are drawn, so that many of them travel in few bytes."""


def explore_feature_maps(networks, digits):
    """Follow a digit through the layers of a network.

    Parameters
    ----------
    networks : dict of str to Network
        The network by the stage of its training.
    digits : dict of int to ndarray, shape (1, H, W)
        Ink from 0 to 1, by what was written.

    Returns
    -------
    Explorer
        Sliders `digit`, `layer` and `stage`.

    Examples
    --------
    >>> from convlib.nn import Conv2D, Dense, Flatten, Network, ReLU
    >>> network = Network(Conv2D(1, 2, 3, rng=0), ReLU(), Flatten(), Dense(32, 3, rng=1))
    >>> network.parameters["0.weight"][...] = 1
    >>> digits = {1: np.ones((1, 6, 6), np.float32)}
    >>> explore_feature_maps({"new": network}, digits).picture().sentence[:58]
    'Digit 1, first filters, new: 2 maps of 4×4, 100 % of their'
    """
    images = np.stack([*digits.values()])
    place = {digit: number for number, digit in enumerate(digits)}
    seen = {stage: network.outputs(images) for stage, network in networks.items()}
    parts = named_parts(next(iter(networks.values())))

    def frame(digit, layer, stage):
        maps = seen[stage][parts[layer]][place[digit]]
        most = float(maps.max())
        levels = np.rint(GREYS * np.clip(maps / max(most, 1e-9), 0, 1)) / GREYS
        panel = gallery_panel(
            inked(levels),
            columns=4 if len(maps) <= 16 else 6,
            width=8,
            title=f"{len(maps)} maps of {size_text(maps.shape[1:])}",
        )
        whole = photo_panel(inked(digits[digit][0]), height=HEIGHT, title="digit")
        answer = seen[stage][-1][place[digit]].argmax()
        return beside(whole, panel), (
            f"Digit {digit}, {layer}, {stage}: {len(maps)} maps of"
            f" {size_text(maps.shape[1:])}, {100 * (maps > 0).mean():.0f} % of their numbers above"
            f" 0, the largest {number_text(round(most, 1))}. The network says {answer}."
        )

    return Explorer(
        frame,
        play="layer",
        digit=list(digits),
        layer=list(parts),
        stage=list(networks),
    )
