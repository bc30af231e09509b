"""View of a network: a pad to draw on, every layer as maps, every number as the sum behind it."""

import base64
from functools import cache

import numpy as np

from convlib.digits import load_digits
from convlib.draw import bars_panel, below, beside, gallery_panel, ink_panel, inked, size_text
from convlib.explore.engine import Picture
from convlib.explore.engine.bench import Bench, Setting
from convlib.explore.networks.packing import layers_of, pack_book, pack_network
from convlib.nn import MaxPool, Network, load_stages, softmax
from convlib.shapes import numbers_array

PAD = 1, 28, 28
GREYS = 15  # steps from white to black, the same on every machine
SHOWN = 7  # the digit that the book's network is shown first


def explore_network(network=None, image=None):
    """Look into a network: draw for it, see what every layer makes of it, change its weights.

    Parameters
    ----------
    network : Network or None
        None stands for the book's, which reads digits, at 14 stages of its training.
    image : ndarray, shape (H, W) or (C, H, W), or None
        What it gets first, ink from 0 to 1. Networks that take 28×28 pixels of one channel have a
        pad to draw on, which is empty if there is no image.

    Returns
    -------
    NetworkView
        With a kernel, `view.image` is the picture that the network gets, as it was drawn; setting
        it draws it, and `view.observe` tells of changes.

    Raises
    ------
    TypeError
        If `network` is no Network, or has a layer that cannot be shown.
    ValueError
        If the image does not fit the network.

    Examples
    --------
    >>> from convlib.nn import Dense, Flatten
    >>> view = explore_network(Network(Flatten(), Dense(4, 2, rng=0)), np.ones((2, 2)))
    >>> view.image.shape, view.scores.shape
    ((1, 2, 2), (2,))
    """
    return NetworkView(network, image)


class NetworkView(Bench):
    """What `explore_network` returns: a network and the picture that it gets."""

    kind = "network"
    image = Setting()

    def __init__(self, network, image):
        self.is_book = network is None
        self.network = _book().network if self.is_book else network
        if not isinstance(self.network, Network):
            raise TypeError(
                f"network must be a Network of convlib.nn; got {type(network).__name__}"
            )
        layers_of(self.network)
        if image is None:
            image = _first_digit() if self.is_book else np.zeros(PAD, np.float32)
        super().__init__(image=image)

    @property
    def scores(self):
        """What the last layer makes of the picture."""
        return self._results["scores"]

    def checked(self, settings):
        """Return the picture as (C, H, W) in float32, which nobody can write to."""
        image = numbers_array(settings["image"], "image").astype(np.float32)
        if image.ndim not in (2, 3):
            raise ValueError(f"image must be (H, W) or (C, H, W); got shape {image.shape}")
        image = image.reshape(-1, *image.shape[-2:])
        image.flags.writeable = False
        return {"image": image}

    def results(self, settings):
        """Run the network."""
        return {"scores": self.network(settings["image"][np.newaxis])[0][0]}

    def written(self, settings):
        """Write the picture as base64 of its numbers."""
        return base64.b64encode(settings["image"].tobytes()).decode()

    def read(self, state):
        """Read a picture of the same shape."""
        numbers = np.frombuffer(base64.b64decode(state), np.float32)
        return {"image": numbers.reshape(self.image.shape)}

    def packed(self):
        """Write the network as text for the script."""
        return _packed_book() if self.is_book else pack_network(self.network, self.image.shape)

    def title(self):
        """Say in one line what is looked into."""
        layers, count = len(self.network.layers), self.network.count()
        return f"Network of {layers} layers and {count:,} numbers"

    def picture(self):
        """Draw the picture, the maps behind each pool or layer, and the shares, as a still."""
        outputs = self.network.outputs(self.image[np.newaxis].astype(np.float64))
        panels = [ink_panel(self.image[0], height=5.5, title="what the network gets")]
        for layer, output in zip(self.network.layers, outputs):
            if output.ndim == 4 and isinstance(layer, MaxPool):
                panels.append(_maps(output[0]))
        drawing = beside(*panels)
        if outputs[-1].ndim != 2:
            return Picture(drawing, f"What the network makes of {size_text(self.image.shape)}.")
        shares = softmax(outputs[-1])[0]
        texts = {str(n): f"{share:.0%}".replace("%", " %") for n, share in enumerate(shares)}
        bars = bars_panel(
            {str(n): float(np.round(share, 3)) for n, share in enumerate(shares)},
            title="what it reads",
            texts=texts,
            most=1,
            colour="output",
        )
        best = int(shares.argmax())
        return Picture(below(drawing, bars), f"It reads {best}: {texts[str(best)]}.")


def _maps(maps):
    levels = np.rint(GREYS * np.clip(maps / max(float(maps.max()), 1e-9), 0, 1)) / GREYS
    title = f"{len(maps)} maps of {size_text(maps.shape[1:])}"
    return gallery_panel(inked(levels), columns=4, width=6, title=title)


@cache
def _book():
    return load_stages(dtype=np.float64)[-1]


@cache
def _packed_book():
    return pack_book(load_digits())


def _first_digit():
    digits = load_digits()
    return digits.x_test[digits.y_test.tolist().index(SHOWN)]
