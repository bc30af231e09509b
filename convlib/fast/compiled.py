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
from math import inf, prod

import numpy as np

from convlib.fast.blocks import Block, slices
from convlib.fast.method import Method
from convlib.fast.rates import multiply_adds
from convlib.fast.scratch import scratch
from convlib.fast.threads import cores, for_each
from convlib.shapes import span

WRITTEN_OUT = (3, 5, 7)  # square kernels that get loops of their own, without dilation
STRIDES = (1, 2)  # of the columns, that they know
BLOCK = 2**17  # numbers of images and outputs that stay in the cache
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
    weight = np.require(call.weight, requirements="CA")
    lay_out, loops = loops_for(y.dtype, *kind(call))
    ready.add((y.dtype, kind(call)))

    def work(block):
        groups, rows = block.groups, (block.rows.start, block.rows.stop)
        some = slice(groups.start * per_group, groups.stop * per_group)
        seen = slice(groups.start * channels, groups.stop * channels)
        x = np.require(call.x[block.images.start, seen], requirements="CA")
        piles = scratch("piles", (len(x), *room(call, rows[1] - rows[0])), y.dtype)
        (top, _), (left, _) = call.padding
        lay_out(x, piles, top - rows[0] * call.stride[0], left)
        out = y[block.images.start, some]
        loops(piles, weight[some], call.bias[some], out, per_group, *rows, *steps)

    steps = call.stride[0], *call.dilation
    for_each(work, cut(call))
    return y


def room(call, rows):
    """Return the shape of the piles of one channel under so many output rows."""
    height, width = call.weight.shape[2:]
    seen = (rows - 1) * call.stride[0] + span(height, call.dilation[0])
    columns = call.shape[3] + (span(width, call.dilation[1]) - 1) // call.stride[1]
    return seen, call.stride[1], columns


def kind(call):
    """Return the kernel size that is written out and the stride, or zeros for the loop of all."""
    height, width = call.weight.shape[2:]
    stride = call.stride[1]
    if height == width in WRITTEN_OUT and stride in STRIDES and call.dilation == (1, 1):
        return height, stride
    return 0, 0


def cut(call):
    """Return blocks of one image each, that fit in the cache and keep all cores busy."""
    images, _, height, _ = call.shape
    filters, channels = call.weight.shape[:2]
    per_row = (channels * call.stride[0] + filters // call.groups) * call.x.shape[3]
    rows = min(max(BLOCK // per_row, 1), height)
    groups = min(max(BLOCK // (per_row * height), 1), call.groups)
    shares = min(cores(), max(multiply_adds(call) // LITTLE, 1))
    while images * -(-call.groups // groups) * -(-height // rows) < shares:
        if groups > 1:
            groups = -(-groups // 2)
        elif rows > 1:
            rows = -(-rows // 2)
        else:
            break
    return [
        Block(slice(n, n + 1), some_groups, some_rows)
        for n in range(images)
        for some_groups in slices(call.groups, groups)
        for some_rows in slices(height, rows)
    ]


@cache
def loops_for(dtype, size, stride):
    """Return two compiled functions for numbers of a type and a kind of kernel.

    Returns
    -------
    lay_out : function of (x, piles, top, left)
    loops : function of (piles, weight, bias, y, per_group, first, last, down, apart, aside)
    """
    from numba import from_dtype, njit, types

    def numbers(axes, readonly=True):
        return types.Array(from_dtype(dtype), axes, "C", readonly=readonly)

    def compiled(function, *arguments):
        options = {"nogil": True, "fastmath": {"contract"}}
        try:
            return njit(types.void(*arguments), cache=True, **options)(function)
        except RuntimeError:  # there is no folder to keep it in
            return njit(types.void(*arguments), **options)(function)

    whole = types.intp
    arrays = numbers(4), numbers(4), numbers(1), numbers(3, readonly=False)
    return (
        compiled(lay_piles(stride), numbers(3), numbers(4, readonly=False), whole, whole),
        compiled(written_out(size, stride) if size else any_size, *arrays, *[whole] * 6),
    )


def lay_piles(known_step):
    """Return the loops that lay out the pixels for a stride of columns, not yet compiled.

    Rows are copied with zeros around the image, and columns are dealt out by the stride. With a
    stride of 2 the first pile gets columns 0, 2, 4 ... and the second 1, 3, 5 ...: what lies under
    one cell of the kernel is then a run along memory, whatever the stride.

    Parameters
    ----------
    known_step : int
        The stride, which shortens the innermost loop, or 0 for any.
    """

    def lay_out(x, piles, top, left):
        height, width = x.shape[1:]
        channels, rows, any_step, columns = piles.shape
        step = known_step if known_step else any_step
        for pile in range(step):
            start = min(max(-((pile - left) // step), 0), columns)
            stop = max(min(-((pile - left - width) // step), columns), start)
            for c in range(channels):
                for i in range(rows):
                    out = piles[c, i, pile]
                    if not 0 <= i - top < height:
                        out[:] = 0
                        continue
                    row = x[c, i - top, max(start * step + pile - left, 0) :]
                    inside = out[start:]
                    for j in range(start):
                        out[j] = 0
                    for j in range(stop - start):
                        inside[j] = row[j * step]
                    for j in range(stop, columns):
                        out[j] = 0

    return lay_out


def written_out(size, step):
    """Return the loops for one size of kernel and stride of columns, not yet compiled."""

    def loops(piles, weight, bias, y, per_group, first, last, down, apart, aside):
        filters, channels = weight.shape[:2]
        for o in range(filters):
            seen = o // per_group * channels
            for c in range(channels):
                for i in range(first, last):
                    for j in range(y.shape[2]):
                        total = y[o, i, j] if c else bias[o]
                        for a in range(size):
                            row = (i - first) * down + a
                            for b in range(size):
                                pixel = piles[seen + c, row, b % step, j + b // step]
                                total += weight[o, c, a, b] * pixel
                        y[o, i, j] = total

    return loops


def any_size(piles, weight, bias, y, per_group, first, last, down, apart, aside):
    """Add to a row of outputs one cell of the kernel after the other, of any kernel."""
    filters, channels, height, width = weight.shape
    across = piles.shape[2]
    for o in range(filters):
        seen = o // per_group * channels
        for i in range(first, last):
            out = y[o, i]
            out[:] = bias[o]
            for c in range(channels):
                for a in range(height):
                    row = (i - first) * down + a * apart
                    for b in range(width):
                        run = piles[seen + c, row, b * aside % across, b * aside // across :]
                        cell = weight[o, c, a, b]
                        for j in range(len(out)):
                            out[j] += cell * run[j]


def seconds(call, rates):
    """Estimate the time: a multiply-add for each output and cell, and a copy of the image.

    It is infinite before the loops are compiled: no call waits for a compiler unless it says so.
    """
    if (call.x.dtype, kind(call)) not in ready:
        return inf
    size, _ = kind(call)
    rate = rates.WRITTEN_OUT if size else rates.LOOPED
    moved = call.x.size + prod(call.shape)
    return multiply_adds(call) / rate + moved / rates.PASSES + 1 / rates.CALLS


METHOD = Method("compiled", convolve, obstacle, seconds, spreads_nan=False)
