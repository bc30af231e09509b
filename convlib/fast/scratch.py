"""Keep working memory from one call to the next.

The system hands out fresh memory a page of 4096 bytes at a time, at the first touch, and takes
about a microsecond for each: 600 of them, for the columns of one layer of a network, cost as
much as its matrix product. So every thread keeps its buffers, each under a name.

A name has one owner at a time. The owner is whoever holds the array or a view of it; when all of
them are gone, at the end of a function or by ``del``, the name is free again. Nothing looks after
that in normal use. With `checked`, as in the tests, a second owner is an error.
"""

import threading
import weakref
from contextlib import contextmanager
from math import prod

import numpy as np

KEPT = 2**24  # bytes; a larger buffer is given back after the call

_kept = threading.local()
_lent = threading.local()  # with `checked`: name -> weak reference to the memory
_checking = False


def scratch(name, shape, dtype):
    """Return an array of any content, the caller's until it and all its views are gone."""
    dtype = np.dtype(dtype)
    size = prod(shape) * dtype.itemsize
    if _checking:
        return _lend(name, size).view(dtype).reshape(shape)
    if size > KEPT:
        return np.empty(shape, dtype)
    buffers = vars(_kept)
    if name not in buffers or buffers[name].size < size:
        buffers[name] = np.empty(size, np.uint8)
    return buffers[name][:size].view(dtype).reshape(shape)


def forget():
    """Give the buffers of this thread back."""
    vars(_kept).clear()


@contextmanager
def checked():
    """Make it an error to ask for a name whose earlier array, or a view of it, is still held.

    Every array is then memory of its own, filled with NaN, so that reading before writing shows.
    """
    global _checking
    before, _checking = _checking, True
    try:
        yield
    finally:
        _checking = before


def _lend(name, size):
    """Return fresh bytes if the name is free."""
    lent = vars(_lent)
    if name in lent and lent[name]() is not None:
        raise RuntimeError(f'scratch memory "{name}" is taken while its owner still uses it')
    memory = np.full(size, 0xFF, np.uint8)
    lent[name] = weakref.ref(memory)
    return memory
