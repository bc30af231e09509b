"""Explorer of the patches that a filter answers most, before, during and after training."""

import numpy as np

from convlib.draw import beside, gallery_panel, inked, inked_signs, number_text, photo_panel
from convlib.explore.engine import Explorer
from convlib.explore.see_what_it_sees.parts import best_places, convolutions, field

COUNT = 9
HEIGHT = 6.0


def explore_best_patches(networks, images):
    """Look for the patches that each filter answers most.

    Parameters
    ----------
    networks : dict of str to Network
        The network by the stage of its training; its first two convolutions are
        looked at.
    images : ndarray, shape (N, 1, H, W)
        Ink from 0 to 1.

    Returns
    -------
    Explorer
        Sliders `layer`, `filter` and `stage`.

    Examples
    --------
    >>> from convlib.nn import Conv2D, Network
    >>> network = Network(Conv2D(1, 2, 3, rng=0), Conv2D(2, 2, 3, rng=1))
    >>> network.parameters["0.weight"][0] = 1
    >>> images = np.ones((9, 1, 6, 6), np.float32)
    >>> explore_best_patches({"new": network}, images).picture(filter=0).sentence
    'First layer, filter 0, new: it answers above 0 at 100 % of all places, and at most 9.'
    """
    looked = {
        (layer, stage): _look(network, number, images)
        for stage, network in networks.items()
        for layer, number in zip(("first", "second"), convolutions(network), strict=True)
    }

    def filters(layer):
        return 0, looked[layer, next(iter(networks))][0].shape[0] - 1

    def frame(layer, filter, stage):
        weight, patches, above, most = looked[layer, stage]
        drawn = inked_signs(weight)[filter]
        if layer == "first":
            left = photo_panel(drawn[0], height=HEIGHT, title="filter", is_ink=True)
        else:
            left = gallery_panel(drawn, columns=4, width=HEIGHT, title="filter, all its channels")
        right = gallery_panel(patches[filter], columns=3, width=HEIGHT, title="best patches")
        return beside(left, right), (
            f"{layer.capitalize()} layer, filter {filter}, {stage}: it answers above 0 at"
            f" {100 * above[filter]:.0f} % of all places, and at most"
            f" {number_text(round(float(most[filter]), 1))}."
        )

    return Explorer(
        frame,
        play="filter",
        layer=["first", "second"],
        filter=filters,
        stage=list(networks),
    )


def _look(network, number, images):
    """Return a layer's weights, the best patches of each filter, and how it answers."""
    layers = network[: number + 1]
    size, step = field(layers)
    answers = layers(images)[0]
    patches = [
        [images[n, 0, step * i :, step * j :][:size, :size] for n, i, j in best]
        for best in (best_places(answers, o, COUNT) for o in range(answers.shape[1]))
    ]
    above = (answers > 0).mean(axis=(0, 2, 3))
    weight = network[number].parameters["weight"]
    return weight, inked(np.array(patches)), above, answers.max(axis=(0, 2, 3))
