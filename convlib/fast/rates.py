"""How fast this machine's kind of work goes: the rates behind every method's estimate.

The time of a method is a sum: multiply-adds at the rate of the machinery that does them, numbers
moved at the rate of a pass over memory, and calls at what a call costs. `make bench` measures the
rates, and names the machine, in convlib/explore/measured/machine.json; how many passes a method
makes was fitted to the times in results.csv beside it. On another machine the rates are all
different, but the choice depends only on how they compare.
"""

from math import prod

# Rates per second for float32; for float64 they are half as high.
PRODUCTS = 1.5e11  # multiply-adds in a product of large matrices ...
FILTERS = 20  # ... and the number of filters that gets half of that
SHIFTED = 1.4e10  # multiply-adds of `shifts`
PASSES = 2.5e9  # numbers read, changed and written
TRANSFORMS = 7e9  # numbers times log2(numbers in a tile)
CALLS = 1e5  # blocks or tiles
INTEGERS = 3e9  # multiply-adds in a product of integers: no fast library has one


def multiply_adds(call):
    """Count the multiply-adds of the definition."""
    return prod(call.shape) * call.weight[0].size


def patches(call):
    """Count the numbers in all patches: a copy of each channel's window for every place."""
    return call.weight[0].size * call.groups * prod(call.shape) // call.shape[1]


def product(call, count, as_floats=False):
    """Estimate seconds for matrix products of so many multiply-adds.

    Integers are multiplied as such, or as floats where those are exact.
    """
    if call.x.dtype.kind != "f" and not as_floats:
        return count / INTEGERS
    filters = call.weight.shape[0] // call.groups
    return count * (1 + FILTERS / filters) / PRODUCTS
