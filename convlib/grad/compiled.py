"""When to compile loops, and how.

To compile takes a second or two, or half a second if an earlier program has done it. Nobody who
sends a few gradients back should wait for that. So NumPy does the work at first, until it has
done about a quarter of a second's work of one kind. By then, compiling is likely to pay. Both give
the same, but for the order of sums.
"""

from collections import Counter
from functools import cache
from types import SimpleNamespace

from convlib.fast.compiled import installed, translated

ENOUGH = {"pools": 2**26, "grouped": 2**28, "fours": 2**34}  # numbers, and multiply-adds
DTYPES = "fd"  # of the numbers that loops take
OPTIONS = {"nogil": True, "fastmath": {"contract", "reassoc"}}

done = Counter()


def is_worth(kind, dtype, work):
    """Count some work of a kind, and tell whether so much is done that compiled loops take over.

    Parameters
    ----------
    kind : str
    dtype : dtype
    work : int
    """
    if not installed() or dtype.char not in DTYPES:
        return False
    done[kind] += work
    return done[kind] > ENOUGH[kind]


@cache
def ready(*loops):
    """Return functions by their names; the first call with a type of numbers compiles them."""
    return SimpleNamespace(**{loop.__name__: translated(loop, **OPTIONS) for loop in loops})
