"""Bench of layers: a stack of up to five, and what one cell sees of every layer below it."""

import numpy as np

from convlib.draw import beside, squares_panel
from convlib.explore.benches.layers import (
    MOST,
    Layer,
    checked_layer,
    fields,
    lengths,
    reached,
    ways,
)
from convlib.explore.engine import Picture
from convlib.explore.engine.bench import Bench, Setting
from convlib.shapes import integer

VERSION = "1"
MOST_LAYERS = 5
WIDTH = 4.5  # of a layer in the still picture, in cells of the other drawings
WORDS = {"conv": "convolution", "pool": "pool"}


def bench_layers(length, layers, *, place=None):
    """Stack layers that the reader can change, and point at a cell to see what it sees.

    Parameters
    ----------
    length : int
        Rows and columns of the image, at most 32.
    layers : list of (str, int, int, int, int)
        One to five: "conv" or "pool", then the size of the window, stride, padding and dilation,
        the same along rows and columns; what is left out is 1, and for the padding 0.
    place : (int, int, int), optional
        Layer, row and column of the cell that is pointed at, the image being layer 0. The middle
        of the last layer if left out.

    Returns
    -------
    LayersBench
        `bench.length`, `bench.layers` and `bench.place` are read and set as attributes;
        `bench.lengths` and `bench.fields` follow from them.

    Examples
    --------
    >>> bench = bench_layers(9, [("conv", 3), ("pool", 2, 2), ("conv", 2)])
    >>> bench.lengths, bench.fields[-1]
    ([9, 7, 3, 2], (6, 2))
    """
    return LayersBench(length=length, layers=layers, place=place)


class LayersBench(Bench):
    """A stack of layers that the reader changes, and what a cell of it sees.

    Made by `bench_layers`, which says what its attributes are.
    """

    kind = "layers"
    length, layers, place = Setting(), Setting(), Setting()

    @property
    def lengths(self):
        """Rows, and columns, of the image and of each layer."""
        return self._results["lengths"]

    @property
    def fields(self):
        """Pixels that a cell of each layer spans, and pixels between neighbours."""
        return self._results["fields"]

    def load(self, state):
        """Take over a state from its text; layers that do not fit are refused."""
        self.change(**self.read(state))

    def checked(self, settings):
        """Return settings that a bench can hold; whether the layers fit shows later."""
        length = integer(settings["length"], "length")
        if length > MOST["length"]:
            raise ValueError(f"length must be at most {MOST['length']} on a bench; got {length}")
        layers = tuple(map(checked_layer, settings["layers"]))
        if not 1 <= len(layers) <= MOST_LAYERS:
            raise ValueError(f"layers must be 1 to {MOST_LAYERS} on a bench; got {len(layers)}")
        place = settings["place"]
        if place is not None:
            place = tuple(integer(number, "place", 0) for number in place)
            if len(place) != 3 or place[0] > len(layers):
                raise ValueError(
                    f"place must be a layer up to {len(layers)}, a row and a column; got {place}"
                )
        return {"length": length, "layers": layers, "place": place}

    def results(self, settings):
        """Compute what follows from settings."""
        layers = settings["layers"]
        return {"lengths": lengths(settings["length"], layers), "fields": fields(layers)}

    def written(self, settings):
        """Write settings as text: `1;n=9;l=conv,3/pool,2,2;o=2,0,0`."""
        usual = Layer("", 0)
        parts = [f"n={settings['length']}"]
        texts = []
        for layer in settings["layers"]:
            numbers = list(layer)
            while len(numbers) > 2 and numbers[-1] == usual[len(numbers) - 1]:
                numbers.pop()
            texts.append(",".join(map(str, numbers)))
        parts.append("l=" + "/".join(texts))
        if settings["place"] is not None:
            parts.append("o=" + ",".join(map(str, settings["place"])))
        return ";".join([VERSION, *parts])

    def read(self, state):
        """Read settings from text."""
        version, *parts = state.split(";")
        if version != VERSION:
            raise ValueError(f"state must be of version {VERSION}; got {state[:20]!r}")
        read = dict(part.split("=") for part in parts)
        layers = [layer.split(",") for layer in read["l"].split("/")]
        place = read.get("o")
        return {
            "length": int(read["n"]),
            "layers": [(kind, *map(int, numbers)) for kind, *numbers in layers],
            "place": place and tuple(map(int, place.split(","))),
        }

    def title(self):
        """Say in one line what lies on the bench."""
        return f"Bench of layers: image {self.length}×{self.length}, {self._stack_text()}"

    def picture(self):
        """Draw the state as a still picture with its sentence."""
        layer, *_ = self.standing()
        panels = []
        for number, (rows, columns) in enumerate(self.seen()):
            title = f"{number} {WORDS[self.layers[number - 1].kind]}" if number else "image"
            fill = "window" if number < layer else "output"
            panels.append(
                squares_panel(np.outer(rows, columns) > 0, width=WIDTH, title=title, fill=fill)
            )
        return Picture(beside(*panels), self.sentence())

    def standing(self):
        """Return the layer, row and column that are pointed at, inside of the layer."""
        if self.place is None:
            last = len(self.layers)
            return last, (self.lengths[last] - 1) // 2, (self.lengths[last] - 1) // 2
        layer, *cell = self.place
        return layer, *(min(at, self.lengths[layer] - 1) for at in cell)

    def seen(self):
        """List the rows and the columns of each layer that belong to the cell pointed at.

        Below it they are counts of the ways that lead there; above it, what it reaches.
        """
        layer, *cell = self.standing()
        below = [ways(self.length, self.layers[:layer], at) for at in cell]
        above = [reached(self.lengths[layer], self.layers[layer:], at) for at in cell]
        return [*zip(*below), *[*zip(*above)][1:]]

    def sentence(self):
        """Say what the cell that is pointed at sees, and what it reaches."""
        layer, row, column = self.standing()
        sizes = [tuple(np.count_nonzero(axis) for axis in both) for both in self.seen()]
        what = f"layer {layer}" if layer else "the image"
        told = [f"Row {row}, column {column} of {what}"]
        if layer:
            between = [
                f"{rows}×{columns} cells of layer {number}"
                for number, (rows, columns) in reversed([*enumerate(sizes[1:layer], 1)])
            ]
            rows, columns = sizes[0]
            pixels = f"{rows}×{columns} pixels ({rows * columns} of {self.length**2})"
            told.append(f"sees {_joined([*between, pixels])}")
        if layer < len(self.layers):
            above = [
                f"{rows}×{columns} cells of layer {number}"
                for number, (rows, columns) in enumerate(sizes[layer + 1 :], layer + 1)
            ]
            told.append(f"{'and reaches' if layer else 'reaches'} {_joined(above)}")
        return f"{' '.join(told)}."

    def _stack_text(self):
        return ", ".join(f"{WORDS[layer.kind]} {layer.size}×{layer.size}" for layer in self.layers)


def _joined(texts):
    *others, last = texts
    return f"{', '.join(others)} and {last}" if others else last
