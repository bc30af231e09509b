"""Keep working memory from one call to the next.

The system hands out fresh memory a page of 4096 bytes at a time, at the first touch, and takes
about a microsecond for each: 600 of them, for the columns of one layer of a network, cost as
much as its matrix product. So every thread keeps its buffers.
"""

import threading
from math import prod

import numpy as np

KEPT = 2**24  # bytes; a larger buffer is given back after the call

_kept = threading.local()


def scratch(name, shape, dtype):
    """Return an array of any content, which the next call with this name may overwrite."""
    dtype = np.dtype(dtype)
    size = prod(shape) * dtype.itemsize
    if size > KEPT:
        return np.empty(shape, dtype)
    buffers = vars(_kept)
    if name not in buffers or buffers[name].size < size:
        buffers[name] = np.empty(size, np.uint8)
    return buffers[name][:size].view(dtype).reshape(shape)


def forget():
    """Give the buffers of this thread back."""
    vars(_kept).clear()
