"""Choose the method whose own estimate is the shortest (see `rates`).

Methods that let a NaN or an infinity spread are left out if there is one, and so are numbers so
large that their squares overflow.
"""

import numpy as np

from convlib.fast.rates import here


def fastest(call, methods, rates=None):
    """Return the method with the shortest estimate.

    Parameters
    ----------
    call : ConvArguments
    methods : collection of Method
        Those that can do it.
    rates : Rates, optional
        Those of this machine's kind, unless others are given.

    Returns
    -------
    method : Method
    """
    rates = rates or here()
    for method in sorted(methods, key=lambda method: method.seconds(call, rates)):
        if not method.spreads_nan or tame(call):
            return method


def tame(call):
    """Tell whether all numbers are finite, and small enough to be squared and added up."""
    with np.errstate(all="ignore"):
        return bool(np.isfinite(np.vdot(call.x, call.x) * np.vdot(call.weight, call.weight)))
