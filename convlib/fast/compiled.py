"""Convolve by the loops of the definition, compiled.

Plain loops are slow in Python because of what surrounds each multiply-add, not because they are
loops. Numba translates them to the instructions of the processor: it sees one number type, takes
the columns of an output row in vectors of 8 or 16, and with a kernel of a known size it writes
the cells of a window out, one multiply-add each, so that a sum stays in a register::

    for each filter, channel and output row:
        for each column j:                      # in vectors
            y[j] += k[0, 0] * x[0, j] + k[0, 1] * x[0, j + 1] + ... + k[2, 2] * x[2, j + 2]

Each kernel size that is written out so is compiled on its own, in a second or two, and kept on
disk from one program to the next. All other sizes share one loop that takes cell after cell.

Of fast-math only contraction is allowed, a product and a sum rounded once: NaN and infinities stay
where the definition has them. Numba is imported on first use. The threads are those of `threads`,
for compiled loops let go of Python's lock.

Lam, Pitrou and Seibert, Numba: a LLVM-based Python JIT compiler, 2015.
"""

from functools import cache
from importlib.util import find_spec
from itertools import product
from math import inf, prod

import numpy as np

from convlib.fast.blocks import Block, filters_of, slices
from convlib.fast.method import Method
from convlib.fast.rates import multiply_adds
from convlib.fast.scratch import scratch
from convlib.fast.threads import cores, for_each
from convlib.shapes import span

CELLS = 9
FILTERS = 4
RUN = 512
VECTOR = 16
BLOCK = 2**17  # numbers of images that stay in the cache
LITTLE = 2**18  # multiply-adds that are worth another thread

ready = set()  # the types of numbers and kinds of kernel whose loops this process has compiled


def obstacle(call):
    """Return what keeps compiled loops from a convolution, or None."""
    if not installed():
        return "needs Numba: pip install numba"
    if call.x.dtype.itemsize > 8:
        return f"would round {call.x.dtype}"
    return None


@cache
def installed():
    """Tell whether Numba is there, without importing it."""
    return find_spec("numba") is not None


def njit(function):
    """Compile a function by Numba's own `njit`, or hand it back as it is where Numba is missing.

    Parameters
    ----------
    function : function of arrays and numbers

    Returns
    -------
    function : function
        Takes and returns the same.

    Examples
    --------
    >>> njit(lambda n: n + 1)(2)
    3
    """
    if not installed():
        return function
    import numba

    return numba.njit(function)


def convolve(call):
    """Compute a convolution from its checked arguments.

    Parameters
    ----------
    call : ConvArguments

    Returns
    -------
    y : (N, O, HO, WO) array
    """
    y = np.empty(call.shape, call.x.dtype)
    filters, channels = call.weight.shape[:2]
    per_group = filters // call.groups
    lay_out, loops = loops_for(y.dtype)
    ready.add(y.dtype)
    weight = cells_in_rows(call.weight)
    spare = RUN if weight.shape[1] > call.weight[0].size else VECTOR
    as_it_is = spare < RUN and call.stride == (1, 1) and not np.any(call.padding)

    def work(block):
        rows = block.rows.start, block.rows.stop
        some = filters_of(call, block)
        seen = slice(block.groups.start * channels, block.groups.stop * channels)
        x = np.require(call.x[block.images, seen], requirements="CA")
        if as_it_is:
            pixels, piles = x.reshape(-1), (1, 1, *x.shape[2:])
            first = rows[0] * piles[3]
        else:
            piles, first = room(call, rows[1] - rows[0]), 0
            size = len(x) * x.shape[1] * prod(piles)
            pixels = scratch("pixels", (size + spare,), y.dtype)
            pixels[size:] = 0
            (top, _), (left, _) = call.padding
            lay_out(x, pixels, *piles[2:], call.stride, (top - rows[0] * call.stride[0], left))
        sums = scratch("sums", (FILTERS, RUN), y.dtype)
        places = scratch("places", (2, weight.shape[1]), np.uintp)
        kernels = weight[some], call.weight.shape[1:], call.dilation, call.bias[some]
        out = y[block.images, some]
        loops(pixels, piles, first, *kernels, out, per_group, rows, sums, places)

    for_each(work, cut(call))
    return y


def room(call, rows):
    """Return the shape of the piles of one channel under so many output rows."""
    (down, across), (height, width) = call.stride, call.weight.shape[2:]
    more = (span(height, call.dilation[0]) - 1) // down
    columns = call.shape[3] + (span(width, call.dilation[1]) - 1) // across
    return down, across, rows + more, columns


def cells_in_rows(weight):
    """Return the cells of each kernel in a row, rounded up to a multiple of CELLS by zeros."""
    filters, size = len(weight), weight[0].size
    rows = np.zeros((filters, -(-size // CELLS) * CELLS), weight.dtype)
    rows[:, :size] = weight.reshape(filters, size)
    return rows


def cut(call):
    """Return blocks of one image each, that fit in the cache and keep all cores busy."""
    images, _, height, _ = call.shape
    per_row = call.weight.shape[1] * call.stride[0] * call.x.shape[3]
    rows = min(max(BLOCK // per_row, 1), height)
    groups = min(max(BLOCK // (per_row * height), 1), call.groups)
    together = min(max(BLOCK // (per_row * height * call.groups), 1), images)
    shares = min(cores(), max(multiply_adds(call) // LITTLE, 1))
    while -(-images // together) * -(-call.groups // groups) * -(-height // rows) < shares:
        if together > 1:
            together = -(-together // 2)
        elif groups > 1:
            groups = -(-groups // 2)
        elif rows > 1:
            rows = -(-rows // 2)
        else:
            break
    pieces = slices(images, together), slices(call.groups, groups), slices(height, rows)
    return [Block(*block) for block in product(*pieces)]


@cache
def loops_for(dtype):
    """Return the compiled functions `lay_out` and `convolve` of `loops` for a type of numbers."""
    from numba import from_dtype, njit, types

    from convlib.fast import loops

    def numbers(axes, readonly=False):
        return types.Array(from_dtype(dtype), axes, "C", readonly=readonly)

    def compiled(function, *arguments):
        try:
            return njit(types.void(*arguments), cache=True, **loops.OPTIONS)(function)
        except RuntimeError:  # there is no folder to keep it in
            return njit(types.void(*arguments), **loops.OPTIONS)(function)

    def whole(count):
        return types.UniTuple(types.intp, count)

    given = [numbers(axes, readonly=True) for axes in (1, 2, 4)]
    places = types.Array(types.uintp, 2, "C")
    return (
        compiled(loops.lay_out, given[2], numbers(1), *whole(2), whole(2), whole(2)),
        compiled(
            loops.convolve,
            *(given[0], whole(4), types.intp, given[1], whole(3), whole(2), given[0]),
            *(numbers(4), types.intp, whole(2), numbers(2), places),
        ),
    )


def seconds(call, rates):
    """Estimate the time: a multiply-add for each output and cell, and a copy of the image.

    It is infinite before the loops are compiled: no call waits for a compiler unless it says so.
    """
    if call.x.dtype not in ready:
        return inf
    rate = rates.WRITTEN_OUT
    moved = call.x.size + prod(call.shape)
    return multiply_adds(call) / rate + moved / rates.PASSES + 1 / rates.CALLS


METHOD = Method("compiled", convolve, obstacle, seconds, spreads_nan=False)
