"""Convolve by the loops of the definition, compiled.

Plain loops are slow in Python because of what surrounds each multiply-add, not because they are
loops. Numba translates them to the instructions of the processor: it sees one number type, and
takes neighbouring outputs in vectors of 8 or 16. Some vectors of sums stay in registers until they
are complete (see `vectors`), and several kernels share each pixel that is loaded::

    for each run of outputs, and some kernels:      # 8, 4 or 1
        for some outputs j of the run:              # in vectors
            for each cell of a kernel:
                y0[j] += k0[cell] * x[start[cell] + j]
                ...
                y7[j] += k7[cell] * x[start[cell] + j]

That takes any kernel. What lies under one of its cells is a run along memory, if the rows of an
image follow each other with their padding: going on from the end of a row to the next gives some
sums that are no outputs, and that are left out. Where vectors fit a row, each row is a run. With a
stride of 2 the pixels are dealt out first, columns 0, 2, 4 ... and columns 1, 3, 5 ..., and rows
in the same way.

Of fast-math only contraction is allowed, a product and a sum rounded once: NaN and infinities stay
where the definition has them. The first call with a type of numbers imports Numba and compiles the
loops (see `loops`) for a few seconds; they are kept on disk from one program to the next. The
threads are those of `threads`, for compiled loops let go of Python's lock.

Lam, Pitrou and Seibert, Numba: a LLVM-based Python JIT compiler, 2015.
"""

from functools import cache
from importlib.util import find_spec
from itertools import product
from math import inf, prod

import numpy as np

from convlib.fast.blocks import Block, slices
from convlib.fast.method import Method
from convlib.fast.rates import multiply_adds
from convlib.fast.scratch import scratch
from convlib.fast.threads import cores, for_each
from convlib.shapes import span

# The loops are compiled with the first two of these. Numba keeps what it compiled until the file
# `loops` changes, so save that, too, after a change here or in `vectors`.
KERNELS = 4  # that share what is loaded, at the least
RUN = 576  # sums that stay in the nearest cache
BLOCK = 2**18  # numbers of images that stay in the cache
LITTLE = 2**20  # multiply-adds that are worth another thread
MOVED = 32  # multiply-adds that take as long as to read or write a number
SET_UP = 48  # sums that take as long as to begin a run

ready = set()  # the types of numbers whose loops this process has compiled


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


def types_seen(compiled):
    """List the types of the arguments that a function has been compiled for.

    Parameters
    ----------
    compiled : function
        Made by `njit`.

    Returns
    -------
    list of tuple
        One for each translation; none where Numba is missing.

    Examples
    --------
    >>> types_seen(njit(lambda n: n + 1))
    []
    """
    return getattr(compiled, "signatures", [])


def translated(function, *signature, **options):
    """Compile a function, and keep it from one program to the next where there is a folder for it.

    Parameters
    ----------
    function : function of arrays and numbers
    signature : Numba's signature, optional
        Compiles it now, and not at the first call.
    options : of Numba's `njit`
    """
    from numba import njit

    from convlib.fast import vectors  # noqa: F401, tells Numba how to compile `piles.move`

    try:
        return njit(*signature, cache=True, **options)(function)
    except RuntimeError:  # there is no folder to keep it in
        return njit(*signature, **options)(function)


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
    x, weight, bias = (np.require(a, requirements="CA") for a in (call.x, call.weight, call.bias))
    corner = call.padding[0][0], call.padding[1][0]
    loops = get_ready(y.dtype)

    def work(block):
        images, groups, rows = ((some.start, some.stop) for some in block)
        memory = room_for(call, x, rows[1] - rows[0])
        loops(x, *memory, corner, weight, call.dilation, bias, y, images, groups, rows)

    for_each(work, cut(call))
    return y


def room_for(call, x, places):
    """Return memory in which to lay out the pixels of a group, where that is needed.

    Parameters
    ----------
    call : ConvArguments
    x : (N, C, H, W) array
        In C order.
    places : int
        Rows of outputs.

    Returns
    -------
    room : (C/G, down, across, rows * columns) array
        Scratch memory, or no channels where the rows of `x` follow each other as they should.
    pixels : (P,) array
        The same memory, and a row and a run to spare at its end, or a view of `x`.
    pile : (4,) tuple of int
        Of a channel: how many down and across, and the rows and columns of each.
    """
    channels = call.weight.shape[1]
    length = (places - 1) * x.shape[3] + call.shape[3]
    if call.stride == (1, 1) and call.padding == ((0, 0), (0, 0)) and length >= RUN:
        return np.empty((0, 1, 1, 0), x.dtype), x.reshape(-1), (1, 1, *x.shape[2:])
    rows, columns = shape_of(call, places)
    shape = channels, *call.stride, rows * columns
    size = prod(shape)
    pixels = scratch("pixels", (size + columns + RUN,), x.dtype)
    pixels[size:] = 0  # the padding on the right of the last row
    return pixels[:size].reshape(shape), pixels, (*call.stride, rows, columns)


def shape_of(call, places):
    """Return the rows and columns of a pile that so many rows of outputs see.

    The padding on the right of a row is also that on the left of the next, or of the next pile.
    """
    height, width = (span(k, d) for k, d in zip(call.weight.shape[2:], call.dilation))
    (down, across), left, size = call.stride, call.padding[1][0], call.x.shape[3]
    seen = (call.shape[3] - 1) * across + width
    shared = max(left + size, seen - left + across - 1)
    columns = max(-(-shared // across), call.shape[3])
    return places + (height - 1) // down, columns


def cut(call):
    """Return blocks that fit in the cache and keep all cores busy."""
    images, _, height, _ = call.shape
    per_row = call.weight.shape[1] * call.stride[0] * call.x.shape[3]
    rows = min(max(BLOCK // per_row, 1), height)
    groups = min(max(BLOCK // (per_row * height), 1), call.groups)
    together = min(max(BLOCK // (per_row * height * call.groups), 1), images)
    work = multiply_adds(call) + MOVED * (call.x.size + prod(call.shape))
    shares = min(cores(), max(work // LITTLE, 1))
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


def get_ready(dtype):
    """Compile the loops for a type of numbers, and let "auto" choose them from now on."""
    ready.add(dtype)
    return loops_for(dtype)


@cache
def loops_for(dtype):
    """Return `loops.convolve`, compiled for a type of numbers."""
    from numba import from_dtype, types

    from convlib.fast import loops

    number = from_dtype(dtype)

    def numbers(axes, readonly=False):
        return types.Array(number, axes, "C", readonly=readonly)

    def whole(count):
        return types.UniTuple(types.intp, count)

    given = [numbers(axes, readonly=True) for axes in (4, 1)]
    return translated(
        loops.convolve,
        types.void(
            *(given[0], numbers(4), given[1], whole(4), whole(2)),
            *(given[0], whole(2), given[1], numbers(4)),
            *(whole(2), whole(2), whole(2)),
        ),
        **loops.OPTIONS,
    )


def seconds(call, rates):
    """Estimate the time: multiply-adds, with those that are left out, and a copy of the image.

    It is infinite before the loops are compiled: no call waits for a compiler unless it says so.
    """
    if call.x.dtype not in ready:
        return inf
    images, filters, height, _ = call.shape
    sums = height * shape_of(call, height)[1]
    sums += -(-sums // RUN) * SET_UP
    per_group = filters // call.groups
    together = per_group >= KERNELS
    kernels = call.groups * -(-per_group // KERNELS) * KERNELS if together else filters
    rate = rates.TOGETHER if together else rates.ALONE
    moved = call.x.size + prod(call.shape)
    return (
        images * kernels * call.weight[0].size * sums / rate
        + moved / rates.PASSES
        + 1 / rates.CALLS
    )


METHOD = Method("compiled", convolve, obstacle, seconds, spreads_nan=False)
