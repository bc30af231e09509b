"""Make calls of every kind for the tests, from small whole numbers.

`integer(low, high)` is whatever supplies the numbers: hypothesis or a seeded generator.
"""

from functools import cache

import numpy as np
from hypothesis import strategies as st

integers = cache(st.integers)


def from_hypothesis(make_case):
    """Turn a maker of cases into a strategy."""
    return st.composite(lambda draw: make_case(lambda low, high: draw(integers(low, high))))()


def array(integer, shape):
    return np.random.default_rng(integer(0, 9999)).integers(-9, 10, shape)


def pair_of(integer, low, high):
    return integer(low, high), integer(low, high)


def sides_of(padding, image, kernel, stride, dilation):
    """Return [(top, bottom), (left, right)] for every form of padding, found independently."""
    if padding == "valid":
        return [(0, 0), (0, 0)]
    if padding == "same":
        sides = []
        for n, k, step, gap in zip(image, kernel, stride, dilation):
            last_start = list(range(0, n, step))[-1]
            total = max(last_start + gap * (k - 1) + 1 - n, 0)
            sides.append((total // 2, (total + 1) // 2))
        return sides
    if np.ndim(padding) == 2:
        return [tuple(side) for side in padding]
    return [(p, p) for p in np.broadcast_to(padding, 2).tolist()]


def conv_case(integer):
    """Return (x, weight, options) for conv2d; the kernel always fits."""
    kernel, dilation = pair_of(integer, 1, 3), pair_of(integer, 1, 2)
    padding = [
        "valid",
        "same",
        integer(0, 2),
        pair_of(integer, 0, 2),
        (pair_of(integer, 0, 2), pair_of(integer, 0, 2)),
    ][integer(0, 4)]
    image = [d * (k - 1) + 1 + integer(0, 3) for k, d in zip(kernel, dilation)]
    options = {
        "stride": pair_of(integer, 1, 3),
        "padding": padding,
        "dilation": dilation,
    }
    dimensions = integer(2, 4)
    if dimensions == 2:
        bias = [None, integer(-9, 9)][integer(0, 1)]
        return array(integer, image), array(integer, kernel), options | {"bias": bias}
    groups, per_group, filters = integer(1, 2), integer(1, 2), integer(1, 2)
    x_shape = (integer(1, 2), groups * per_group, *image)[4 - dimensions :]
    weight = array(integer, (groups * filters, per_group, *kernel))
    bias = [None, array(integer, groups * filters)][integer(0, 1)]
    return array(integer, x_shape), weight, options | {"bias": bias, "groups": groups}


def pool_case(integer):
    """Return (x, options) for both pools; `dilation` is for maxpool only."""
    size, dilation = pair_of(integer, 1, 4), pair_of(integer, 1, 2)
    image = [d * (k - 1) + 1 + integer(0, 4) for k, d in zip(size, dilation)]
    shape = (integer(1, 2), integer(1, 2), *image)[4 - integer(2, 4) :]
    padding = [
        "valid",
        "same",
        integer(0, min(size) // 2),
        tuple(integer(0, k // 2) for k in size),
        tuple(pair_of(integer, 0, k // 2) for k in size),
    ][integer(0, 4)]
    options = {
        "size": size,
        "stride": [None, pair_of(integer, 1, 4)][integer(0, 1)],
        "padding": padding,
        "dilation": dilation,
        "ceil_mode": bool(integer(0, 1)),
    }
    return array(integer, shape), options
