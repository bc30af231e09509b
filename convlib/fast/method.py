"""What a fast method has to say about itself."""

from collections.abc import Callable
from typing import NamedTuple


class Method(NamedTuple):
    """One way to compute a convolution, and what the choice needs to know about it.

    The functions take the checked arguments of a call, a ConvArguments; the estimate also takes
    `Rates`. No part may be left out.
    """

    name: str
    convolve: Callable  # gives the (N, O, HO, WO) output
    obstacle: Callable  # gives what keeps the method from this call, or None
    seconds: Callable  # gives the estimated time
    spreads_nan: bool  # whether a NaN or an infinity reaches outputs that do not see it


def no_obstacle(call):
    """Return None: nothing keeps the method from any call."""
    return None
