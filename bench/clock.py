"""Time functions against each other, fairly."""

import random
import time

import numpy as np

ROUNDS = 8
PAUSE = 0.03  # seconds
TURN = 0.1  # seconds
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


def turn(function):
    """Call a function twice, and again until TURN has passed; return the shortest seconds."""
    end = time.perf_counter() + TURN
    seconds = min(once(function), once(function))
    while time.perf_counter() < end:
        seconds = min(seconds, once(function))
    return seconds


def race(functions, rounds=ROUNDS):
    """Return the shortest seconds of each function, called in turns.

    Each round has another order, because what ran before leaves its traces: the threads of the
    library go on waiting for work, and take time from the next, for some 100 ms. So before every
    turn comes a pause, and a turn is long enough for the processor to reach its full speed, and
    for the system to put threads on different cores.

    Other work on the machine only ever adds time, often for whole rounds. So neither the mean nor
    the median of the calls is as steady as the shortest.

    A function much slower than the fastest is timed in its first calls only, if a call takes
    longer than a turn.

    Parameters
    ----------
    functions : dict of str -> function without arguments
    rounds : int

    Returns
    -------
    seconds : dict of str -> float
    """
    seconds = {name: min(once(function), once(function)) for name, function in functions.items()}
    limit = max(HOPELESS * min(seconds.values()), TURN)
    able = [name for name, first in seconds.items() if first <= limit]
    for number in range(rounds):
        for name in random.Random(number).sample(able, len(able)):
            time.sleep(PAUSE)
            seconds[name] = min(seconds[name], turn(functions[name]))
    return seconds
