"""Convolution and pooling in NumPy, written to be read.

``shapes`` knows every size rule and error message, ``core`` is the definition as plain loops,
``fast`` does the same by faster methods, and ``samples`` holds the images and kernels of the book.
``conv2d``, ``maxpool`` and ``avgpool`` are the fast ones; ``core.conv2d`` is the definition.
``grad`` sends gradients back, and ``conv_transpose2d`` is one of them, used forwards.
"""

from convlib.core import conv_step, flip, pad, pool_step
from convlib.fast import avgpool, conv2d, maxpool
from convlib.grad import conv_transpose2d
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
    "conv_transpose2d",
]
