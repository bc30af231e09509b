"""Build a network of layers and train it, in NumPy alone; to be read in one sitting.

- ``layers`` what a network is made of: each layer computes `y` and returns the way `back`
- ``losses`` how far off it is
- ``optimisers`` how to get closer
- ``training`` the loop that does it, many small steps
- ``files`` what it has learnt, kept
- ``book`` the network that the book trains, and what it has learnt

A layer is called with `x` and returns `y` and `back`; ``back(dy)`` returns ``dx`` and a dict of
the gradients of its parameters. What `back` needs it remembers by itself: there is no tape.
"""

from convlib.nn.book import book_network, load_runs, load_stages
from convlib.nn.files import load, save
from convlib.nn.layers import AvgPool, Conv2D, Dense, Flatten, MaxPool, Network, ReLU
from convlib.nn.losses import softmax, softmax_cross_entropy
from convlib.nn.optimisers import SGD, Adam, cosine
from convlib.nn.training import evaluate, fit, predict, shifted

__all__ = [
    "Conv2D",
    "MaxPool",
    "AvgPool",
    "ReLU",
    "Flatten",
    "Dense",
    "Network",
    "softmax",
    "softmax_cross_entropy",
    "SGD",
    "Adam",
    "cosine",
    "shifted",
    "fit",
    "evaluate",
    "predict",
    "save",
    "load",
    "book_network",
    "load_stages",
    "load_runs",
]
