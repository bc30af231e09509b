"""Time functions against each other, fairly."""

import random
import time
from statistics import median

import numpy as np

ROUNDS = 5
PAUSE = 0.05  # seconds
WARM_UP = 0.08  # seconds
HOPELESS = 5  # times the fastest


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


def warm_up(function):
    """Call a function once, and again until WARM_UP has passed."""
    end = time.perf_counter() + WARM_UP
    function()
    while time.perf_counter() < end:
        function()


def race(functions, rounds=ROUNDS):
    """Return the median seconds of each function, measured in turn.

    Each round has another order, because what ran before leaves its traces: the threads of the
    library go on waiting for work, and take time from the next, for some 100 ms. So before every
    function comes a pause, and then it is called for a while to warm up. That also gives the
    processor time to reach its full speed, and the system time to put threads on different cores.
    Then it is called three times, of which the middle one counts.

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
    for turn in range(rounds):
        for name in random.Random(turn).sample(list(times), len(times)):
            time.sleep(PAUSE)
            warm_up(functions[name])
            times[name].append(median(once(functions[name]) for _ in range(3)))
    return first | {name: median(values) for name, values in times.items()}
