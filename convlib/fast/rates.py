"""How fast this machine's kind of work goes: the rates behind every method's estimate.

The time of a method is a sum: multiply-adds at the rate of the machinery that does them, numbers
moved at the rate of a pass over memory, and calls at what a call costs. How many there are, each
method counts; the rates are in rates.json, for each kind of processor by the vectors that it
has. `make bench` fits them to the times that it measures (`bench/fit.py`). Machines of one kind
differ, but the choice depends only on how the rates compare. It is the same in every run.
"""

import os
from functools import cache
from math import prod
from typing import NamedTuple

import numpy as np

FILE = os.path.join(os.path.dirname(__file__), "rates.json")


class Rates(NamedTuple):
    """What happens in a second, for float32; for float64 all are about half as high."""

    PRODUCTS: float  # multiply-adds in a product of large matrices ...
    FILTERS: float  # ... and the number of filters that gets half of that
    SHIFTED: float  # multiply-adds of `shifts`
    PASSES: float  # numbers read, changed and written
    TRANSFORMS: float  # numbers times log2(numbers in a tile)
    CALLS: float  # blocks or tiles
    INTEGERS: float  # multiply-adds in a product of integers: no fast library has one
    TOGETHER: float  # multiply-adds of `compiled` for four kernels at a time ...
    ALONE: float  # ... and for one


def kind():
    """Return the kind of processor: "AVX-512" where NumPy found such vectors, else "AVX2"."""
    return "AVX-512" if {"X86_V4", "AVX512F"}.intersection(vectors()) else "AVX2"


def vectors():
    """Return NumPy's names of the vector instructions that it found, beyond those it needs."""
    return np.show_config(mode="dicts").get("SIMD Extensions", {}).get("found", [])


@cache
def here():
    """Return the rates of this machine's kind."""
    return Rates(**table()[kind()])


def table():
    """Read the rates of every kind."""
    import json  # not at import, which it would slow down

    with open(FILE, encoding="utf-8") as file:
        return json.load(file)


def multiply_adds(call):
    """Count the multiply-adds of the definition."""
    return prod(call.shape) * call.weight[0].size


def patches(call):
    """Count the numbers in all patches: a copy of each channel's window for every place."""
    return call.weight[0].size * call.groups * prod(call.shape) // call.shape[1]


def product(rates, call, count, as_floats=False):
    """Estimate seconds for matrix products of so many multiply-adds.

    Integers are multiplied as such, or as floats where those are exact.
    """
    if call.x.dtype.kind != "f" and not as_floats:
        return count / rates.INTEGERS
    filters = call.weight.shape[0] // call.groups
    return count * (1 + rates.FILTERS / filters) / rates.PRODUCTS
