"""Convolution and pooling in NumPy, written to be read.

``shapes`` knows every size rule and error message, ``core`` is the definition as plain loops,
``samples`` holds the images and kernels of the book.
"""

from convlib.core import avgpool, conv2d, conv_step, flip, maxpool, pad, pool_step
from convlib.shapes import output_size

__all__ = [
    "conv_step",
    "output_size",
    "pad",
    "flip",
    "conv2d",
    "pool_step",
    "maxpool",
    "avgpool",
]
