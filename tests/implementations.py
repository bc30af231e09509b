"""Everything that computes a convolution or a pool, for the tests that all of them must meet."""

from functools import partial

import numpy as np

from convlib import core, fast
from convlib.shapes import conv_arguments

CONVOLUTIONS = {"core": core.conv2d, "auto": fast.conv2d} | {
    name: partial(fast.conv2d, method=name) for name in fast.METHODS
}
EXACT = ["core", "auto", "windows", "shifts", "im2col", "rows", "compiled"]  # which take integers
POOLS = {"core": core, "fast": fast}


def can(name, x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """Tell whether an implementation can do a call; core and auto can do all."""
    if name not in fast.METHODS:
        return True
    call = conv_arguments(x, weight, bias, stride, padding, dilation, groups)
    return fast.METHODS[name].obstacle(call) is None


def able(x, weight, options):
    """Return the names of the implementations that can do a call."""
    return [name for name in CONVOLUTIONS if can(name, x, weight, **options)]


def answers_as_it_should(name, x, weight):
    """Tell whether NaN and infinities stay in the outputs that see them, or there are none."""
    finite = np.isfinite(x).all() and np.isfinite(weight).all()
    return finite or name not in fast.METHODS or not fast.METHODS[name].spreads_nan
