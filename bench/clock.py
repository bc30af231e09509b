"""Time functions against each other, fairly."""

import time
from statistics import median

import numpy as np

ROUNDS = 9
PAUSE = 0.04  # seconds
HOPELESS = 25  # times the fastest


def settle():
    """Bring the memory allocator to where it is in a process that has run for a while.

    Once a block has been freed, blocks up to its size are kept for reuse. Before that, every
    large array is fresh memory from the system, which takes longer than many a convolution.
    """
    np.ones(31 * 2**20, np.uint8)


def once(function):
    """Return the seconds that one call takes."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def race(functions, rounds=ROUNDS):
    """Return the median seconds of each function, measured in turn.

    In each round every function is called once to warm up and then three times, of which the
    middle one counts. Before that comes a pause: the threads of the library that ran before go
    on waiting for work, and take time from the next, for some 25 ms.

    A function much slower than the fastest is timed in its first call only.

    Parameters
    ----------
    functions : dict of str -> function without arguments
    rounds : int

    Returns
    -------
    seconds : dict of str -> float
    """
    first = {name: min(once(function), once(function)) for name, function in functions.items()}
    limit = HOPELESS * min(first.values())
    times = {name: [] for name in functions if first[name] <= limit}
    for _ in range(rounds):
        for name in times:
            time.sleep(PAUSE)
            once(functions[name])
            times[name].append(median(once(functions[name]) for _ in range(3)))
    return first | {name: median(values) for name, values in times.items()}
