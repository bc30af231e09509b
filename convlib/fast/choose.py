"""Choose a method by a small model of what each has to do.

The time of a method is a sum: multiply-adds at the rate of the machinery that does them, numbers
moved at the rate of a pass over memory, and calls at what a call costs. `make bench` measures the
rates, and names the machine, in bench/machine.json; how many passes a method makes was fitted to
the times in bench/results.csv. On another machine the rates are all different, but the choice
depends only on how they compare.

Integers go to the methods that are exact. Methods that let a NaN or an infinity spread are left
out if there is one, and so are numbers so large that their squares overflow.
"""

from math import log2, prod

import numpy as np

from convlib.fast.fft import tile_size
from convlib.fast.threads import cores
from convlib.shapes import span

# Rates per second for float32; for float64 they are half as high.
PRODUCTS = 1.5e11  # multiply-adds in a product of large matrices ...
FILTERS = 20  # ... and the number of filters that gets half of that
SHIFTED = 1.4e10  # multiply-adds of `shifts`
PASSES = 2.5e9  # numbers read, changed and written
TRANSFORMS = 7e9  # numbers times log2(numbers in a tile)
CALLS = 1e5  # blocks or tiles


def fastest(call, methods):
    """Return the name of the method with the shortest estimate.

    Parameters
    ----------
    call : ConvArguments
    methods : collection of str
        Those that can do it.

    Returns
    -------
    name : str
    """
    seconds = {name: estimate(call) for name, estimate in ESTIMATES.items() if name in methods}
    for name in sorted(seconds, key=seconds.get):
        if name in SPREADING and not tame(call):
            continue
        return name


def tame(call):
    """Tell whether all numbers are finite, and small enough to be squared and added up."""
    with np.errstate(all="ignore"):
        return bool(np.isfinite(np.vdot(call.x, call.x) * np.vdot(call.weight, call.weight)))


def shifts(call):
    """Estimate seconds: a multiply-add for each output and each cell of its window."""
    slower = 1 if call.stride == (1, 1) else 4  # a run ends with every row, and takes strides
    moved = call.x.size + prod(call.shape)
    return multiply_adds(call) * slower / SHIFTED + moved / PASSES + 1 / CALLS


def im2col(call):
    """Estimate seconds: patches are written, and read by one product."""
    patches = call.weight[0].size * call.groups * prod(call.shape) // call.shape[1]
    return product(call, multiply_adds(call)) + patches / PASSES + 2 / CALLS


def rows(call):
    """Estimate seconds: columns are written, weights sorted, and products added up."""
    height = call.weight.shape[2]
    stride, dilation = call.stride[0], call.dilation[0]
    seen = (call.shape[2] - 1) * stride + span(height, dilation)
    columns = call.shape[0] * call.x.shape[1] * call.weight.shape[3] * seen * call.shape[3]
    moved = columns + 3 * call.weight.size + height * prod(call.shape)
    return product(call, multiply_adds(call)) + moved / PASSES + (1 + height) / CALLS


def fft(call):
    """Estimate seconds: transforms of tiles and of kernels, and a product for each pair."""
    (images, filters, *places), channels = call.shape, call.weight.shape[1]
    windows = tuple(map(span, call.weight.shape[2:], call.dilation))
    places = tuple((n - 1) * stride + 1 for n, stride in zip(places, call.stride))
    tile = tile_size(places, windows, channels, cores())
    tiles = images * prod(-(-n // (t - w + 1)) for n, t, w in zip(places, tile, windows))
    pixels = prod(tile)
    transforms = tiles * (call.groups * channels + filters) + filters * channels
    return (
        transforms * pixels * log2(pixels) / TRANSFORMS
        + 2 * tiles * filters * channels * pixels / PASSES
        + tiles * call.groups / CALLS
    )


def winograd(call, tile):
    """Estimate seconds: tiles are written, changed, multiplied, and changed again."""
    filters, channels, size, _ = call.weight.shape
    step = tile - size + 1
    tiles = call.shape[0] * prod(-(-n // step) for n in call.shape[2:])
    pixels = tiles * tile * tile * call.groups * channels
    results = tiles * tile * tile * filters
    kernels = call.weight.size * tile * tile // size**2
    moved = (3 * pixels + results) / 2 + 4 * (kernels + prod(call.shape))
    return product(call, results * channels) + moved / PASSES + 50 / CALLS


def multiply_adds(call):
    """Count the multiply-adds of the definition."""
    return prod(call.shape) * call.weight[0].size


def product(call, count):
    """Estimate seconds for matrix products of so many multiply-adds."""
    filters = call.weight.shape[0] // call.groups
    return count * (1 + FILTERS / filters) / PRODUCTS


ESTIMATES = {
    "shifts": shifts,
    "im2col": im2col,
    "rows": rows,
    "fft": fft,
    "winograd2": lambda call: winograd(call, 4),
    "winograd4": lambda call: winograd(call, 6),
}
SPREADING = {"fft", "winograd2", "winograd4"}
