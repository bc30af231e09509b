"""What all looks inside a network share: its layers by name, and the patches that they see."""

import numpy as np

from convlib.nn import Conv2D, MaxPool, ReLU

ORDINALS = "first", "second", "third"


def named_parts(network):
    """Name the places inside a network where maps can be seen.

    Parameters
    ----------
    network : Network
        Filters, each time followed by ReLU and by a pool, in either order.

    Returns
    -------
    dict of str to int
        "first filters" (behind their ReLU, if it comes at once), "first pool" and so on: the
        number of the layer whose output it is.

    Examples
    --------
    >>> from convlib.nn import Network
    >>> named_parts(Network(Conv2D(1, 2, 3), ReLU(), MaxPool(2)))
    {'first filters': 1, 'first pool': 2}
    """
    parts, convolutions = {}, 0
    for number, layer in enumerate(network.layers):
        ordinal = ORDINALS[max(convolutions - 1, 0)]
        if isinstance(layer, Conv2D):
            ordinal = ORDINALS[convolutions]
            convolutions += 1
            parts[f"{ordinal} filters"] = number
        elif isinstance(layer, ReLU):
            before = max(parts, key=parts.get)
            parts[before] = number
        elif isinstance(layer, MaxPool):
            parts[f"{ordinal} pool"] = number
    return parts


def convolutions(network):
    """List the numbers of a network's convolutions."""
    return [n for n, layer in enumerate(network.layers) if isinstance(layer, Conv2D)]


def field(layers):
    """Return how many rows one number behind the layers sees, and how far apart two begin.

    Parameters
    ----------
    layers : Network
        Square windows, no padding, no dilation.

    Returns
    -------
    size, step : int

    Examples
    --------
    >>> from convlib.nn import Network
    >>> field(Network(Conv2D(1, 2, 5), ReLU(), MaxPool(2), Conv2D(2, 2, 5)))
    (14, 2)
    """
    size, step = 1, 1
    for layer in layers.layers:
        if isinstance(layer, Conv2D):
            size += (layer.parameters["weight"].shape[-1] - 1) * step
        elif isinstance(layer, MaxPool):
            size += (layer.call["size"] - 1) * step
            step *= layer.call["stride"] or layer.call["size"]
    return size, step


def best_places(answers, filter, count):
    """Return the images that a filter answers most, and where.

    Parameters
    ----------
    answers : ndarray, shape (N, O, H, W)
    filter, count : int

    Returns
    -------
    list of (int, int, int)
        Image, row and column of each; the strongest first, one for each image.
    """
    one = answers[:, filter]
    strongest = np.argsort(-one.max(axis=(1, 2)), kind="stable")[:count]
    return [(int(n), *map(int, np.unravel_index(one[n].argmax(), one[n].shape))) for n in strongest]
