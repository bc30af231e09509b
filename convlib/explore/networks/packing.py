"""Write a network, or the book's with its stages and digits, as text that a script reads.

The text is base64 of a compressed block: the length of a header, the header as JSON, the parameters
of each stage in the order of the layers, and the digits, one byte a pixel. `network.js` reads it.
"""

import base64
import json
import zlib

import numpy as np

from convlib.nn import AvgPool, Conv2D, Dense, Flatten, MaxPool, ReLU, load_runs, load_stages
from convlib.nn.book import DATA
from convlib.shapes import pair

PARAMETERS = "0.weight", "0.bias", "3.weight", "3.bias", "7.weight", "7.bias"
RUN = "shifted copies"
TESTED = 200
"""Test digits on which the page counts what a changed network reads rightly."""

BATCHES = 8
"""Of the training, whose mean is one point of the curve."""


def pack_network(network, shape):
    """Write a network as it is.

    Parameters
    ----------
    network : Network
        Of the layers that `convlib.nn` has.
    shape : (int, int, int)
        Of the images that it takes.

    Returns
    -------
    str
    """
    header = {
        "layers": layers_of(network),
        "shape": list(shape),
        "stages": [{"name": ""}],
        "labels": [],
    }
    arrays = [np.asarray(array, np.float32) for array in network.parameters.values()]
    return _packed(header, arrays)


def pack_book(digits):
    """Write the book's network at every stage of its training, its curve, and digits to try.

    Parameters
    ----------
    digits : Digits
        Of which the test digits are used: the first 200, and all that the network gets wrong.

    Returns
    -------
    str
    """
    with np.load(DATA / "network.npz", allow_pickle=False) as file:
        kept = {name: file[name] for name in file.files}
    stages = load_stages(dtype=np.float64)
    read = stages[-1].network(digits.x_test.astype(np.float64))[0].argmax(axis=1)
    wrong = np.flatnonzero(read != digits.y_test)
    chosen = [*range(TESTED), *(n for n in wrong.tolist() if n >= TESTED)]
    labels = digits.y_test[chosen]
    curve = load_runs()[RUN].losses[0].reshape(-1, BATCHES).mean(axis=1)
    header = {
        "layers": layers_of(stages[-1].network),
        "shape": [1, 28, 28],
        "stages": [
            {
                "name": stage.name,
                "step": stage.step,
                "right": stage.test_right,
                "scales": [float(kept[f"{name}.scale"][n]) for name in PARAMETERS],
            }
            for n, stage in enumerate(stages)
        ],
        "labels": labels.tolist(),
        "reads": read[chosen].tolist(),
        "tested": TESTED,
        "samples": [labels.tolist().index(digit) for digit in range(10)],
        "wrong": [chosen.index(n) for n in wrong.tolist()],
        "curve": [round(float(loss), 3) for loss in curve],
        "batches": BATCHES,
    }
    arrays = [kept[name][n] for n in range(len(stages)) for name in PARAMETERS]
    images = np.rint(255 * digits.x_test[chosen]).astype(np.uint8)
    return _packed(header, [*arrays, images])


def layers_of(network):
    """Describe the layers of a network in plain values.

    Parameters
    ----------
    network : Network

    Returns
    -------
    list of dict

    Raises
    ------
    TypeError
        If a layer is of a kind that cannot be shown.

    Examples
    --------
    >>> from convlib.nn import Network
    >>> layers_of(Network(ReLU(), MaxPool(2)))
    [{'kind': 'relu'}, {'kind': 'max', 'size': [2, 2], 'options': {'stride': None, 'padding': 0, \
'dilation': 1, 'ceil_mode': False}}]
    """
    return [_described(number, layer) for number, layer in enumerate(network.layers)]


def _described(number, layer):
    shapes = {name: list(array.shape) for name, array in layer.parameters.items()}
    if isinstance(layer, Conv2D):
        return {"kind": "conv", "options": dict(layer.options), **shapes}
    if isinstance(layer, Dense):
        return {"kind": "dense", **shapes}
    if isinstance(layer, MaxPool):
        options = {name: value for name, value in layer.call.items() if name != "size"}
        return {"kind": "max", "size": list(pair(layer.call["size"], "size")), "options": options}
    if isinstance(layer, AvgPool):
        return {
            "kind": "mean",
            "size": list(pair(layer.size, "size")),
            "options": dict(layer.options),
        }
    kinds = {ReLU: "relu", Flatten: "flatten"}
    if type(layer) not in kinds:
        raise TypeError(f"network has layer {number}, {layer!r}, of a kind that cannot be shown")
    return {"kind": kinds[type(layer)]}


def _packed(header, arrays):
    """Compress a header and arrays; spaces fill it up so that numbers of four bytes can follow."""
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    body = b"".join(array.tobytes() for array in arrays)
    deflate = zlib.compressobj(9, wbits=-15)
    whole = np.uint32(len(text)).tobytes() + text + body
    return base64.b64encode(deflate.compress(whole) + deflate.flush()).decode()
