"""A stack of layers on a square image: its sizes, and what a cell sees of every layer below it."""

from typing import NamedTuple

import numpy as np

from convlib.shapes import integer, output_size

KINDS = ("conv", "pool")

MOST = {"length": 32, "size": 7, "stride": 4, "padding": 3, "dilation": 4}
"""The largest setting of each kind; larger layers are too small to be drawn."""


class Layer(NamedTuple):
    """One layer: what it does, and its settings, the same along rows and columns."""

    kind: str
    size: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1


def checked_layer(layer):
    """Return a Layer of plain integers, or raise what is wrong with it."""
    layer = Layer(*layer)
    if layer.kind not in KINDS:
        raise ValueError(f'a layer must be "conv" or "pool"; got {layer.kind!r}')
    numbers = []
    for name, value in zip(Layer._fields[1:], layer[1:]):
        value = integer(value, name, 0 if name == "padding" else 1)
        if value > MOST[name]:
            raise ValueError(f"{name} must be at most {MOST[name]} on a bench; got {value}")
        numbers.append(value)
    return Layer(layer.kind, *numbers)


def lengths(length, layers):
    """Return the rows, which are also the columns, of the image and of every layer.

    Parameters
    ----------
    length : int
    layers : list of Layer

    Returns
    -------
    list of int

    Raises
    ------
    ValueError
        If a window does not fit, or a pool's padding is more than half of its window.

    Examples
    --------
    >>> lengths(16, [Layer("conv", 3), Layer("pool", 2, 2)])
    [16, 14, 7]
    """
    found = [length]
    for number, (kind, size, stride, padding, dilation) in enumerate(layers, 1):
        if kind == "pool" and 2 * padding > size:
            raise ValueError(
                f"layer {number}: padding {padding} is more than half of the pool window {size}"
            )
        span, room = (size - 1) * dilation + 1, found[-1] + 2 * padding
        if span > room:
            raise ValueError(
                f"layer {number}: a window of {span}×{span} does not fit on {room}×{room} cells"
            )
        found.append(output_size(found[-1], size, stride, padding, dilation))
    return found


def fields(layers):
    """Return how many pixels a cell of each layer spans, and how many lie between neighbours.

    Parameters
    ----------
    layers : list of Layer

    Returns
    -------
    list of (int, int)
        The image first.

    Examples
    --------
    >>> fields([Layer("conv", 3), Layer("pool", 2, 2), Layer("conv", 3, dilation=2)])
    [(1, 1), (3, 1), (4, 2), (12, 2)]
    """
    spans, step = 1, 1
    found = [(spans, step)]
    for layer in layers:
        spans += (layer.size - 1) * layer.dilation * step
        step *= layer.stride
        found.append((spans, step))
    return found


def ways(length, layers, cell):
    """Count, along one axis, the ways from a cell of the last layer to every cell below it.

    Parameters
    ----------
    length : int
    layers : list of Layer
    cell : int
        Of the last layer.

    Returns
    -------
    list of ndarray of int
        One count for each cell of the image, of the first layer and so on; padding is left out.

    Examples
    --------
    >>> [counts.tolist() for counts in ways(5, [Layer("conv", 3), Layer("conv", 2)], 1)]
    [[0, 1, 2, 2, 1], [0, 1, 1], [0, 1]]
    """
    sizes = lengths(length, layers)
    counts = np.zeros(sizes[-1], dtype=int)
    counts[cell] = 1
    found = [counts]
    for layer, below in zip(reversed(layers), reversed(sizes[:-1])):
        start = np.arange(len(counts)) * layer.stride - layer.padding
        counts = np.zeros(below, dtype=int)
        for tap in range(layer.size):
            at = start + tap * layer.dilation
            inside = (at >= 0) & (at < below)
            np.add.at(counts, at[inside], found[0][inside])
        found.insert(0, counts)
    return found


def reached(length, layers, cell):
    """Find, along one axis, the cells of every layer that a cell of the image reaches.

    Parameters
    ----------
    length : int
    layers : list of Layer
    cell : int
        Of the image.

    Returns
    -------
    list of ndarray of bool
        The image first.

    Examples
    --------
    >>> [cells.astype(int).tolist() for cells in reached(5, [Layer("conv", 3)], 1)]
    [[0, 1, 0, 0, 0], [1, 1, 0]]
    """
    found = [np.arange(length) == cell]
    for layer, above in zip(layers, lengths(length, layers)[1:]):
        start = np.arange(above) * layer.stride - layer.padding
        seen = start[:, np.newaxis] + np.arange(layer.size) * layer.dilation
        inside = (seen >= 0) & (seen < len(found[-1]))
        found.append((inside & found[-1][seen * inside]).any(axis=1))
    return found
