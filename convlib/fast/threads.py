"""Share independent pieces of work between the cores.

Python runs one thread at a time, but NumPy lets go of Python's lock while it computes: two
threads that are both inside NumPy use two cores. Handing the lock over takes some 10 µs, so a
piece should keep NumPy busy for longer than that. Matrix products need none of this: the library
behind them has threads of its own.

Some systems wake a thread on the core of the thread that wakes it, idle as the others may be, and
move it after some milliseconds: too late for us. So the helpers are kept off that core.
"""

import ctypes
import os
import sys
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from contextvars import copy_context
from functools import cache


def cores():
    """Count the threads that a call may use: OMP_NUM_THREADS, or every core of this process."""
    if sys.platform == "emscripten":  # Python in a browser cannot start threads
        return 1
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    if wanted.isdecimal() and int(wanted) > 0:
        return int(wanted)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def _helpers():
    """Return the pool of helpers, and a list of the ids of its threads."""
    ids = []
    pool = ThreadPoolExecutor(
        max_workers=max(cores() - 1, 1),
        thread_name_prefix="convlib",
        initializer=lambda: ids.append(threading.get_native_id()),
    )
    return pool, ids


def stop():
    """Let the other threads go, with the memory that they keep; the next call starts new ones."""
    helpers, _ = _helpers()
    _helpers.cache_clear()
    helpers.shutdown()


if hasattr(os, "register_at_fork"):  # a forked process starts without the threads
    os.register_at_fork(after_in_child=_helpers.cache_clear)


@cache
def _this_core():
    """Return the function of the system that tells on which core its caller runs."""
    return ctypes.CDLL(None).sched_getcpu


def _keep_apart(ids):
    """Keep threads off the core that asks, where the system lets a thread choose (Linux)."""
    if not sys.platform.startswith("linux"):
        return
    others = os.sched_getaffinity(0) - {_this_core()()}
    if others:
        with suppress(OSError):  # a sandbox may forbid it
            for thread in ids:
                os.sched_setaffinity(thread, others)


def for_each(task, pieces):
    """Call `task(piece)` for every piece, in any order, on all cores; stop at the first error."""
    waiting = deque(pieces)

    def work():
        while True:
            try:
                piece = waiting.popleft()
            except IndexError:
                return
            try:
                task(piece)
            except BaseException:
                waiting.clear()
                raise

    others = []
    count = min(cores(), len(waiting)) - 1
    if count > 0:
        helpers, ids = _helpers()
        _keep_apart(ids)
        with suppress(RuntimeError):  # helpers take nothing new while the program ends
            for _ in range(count):
                # A copy of the context carries np.errstate over to the other threads.
                others.append(helpers.submit(copy_context().run, work))
    try:
        work()
    finally:
        started = [other for other in others if not other.cancel()]
        wait(started)
        task = None  # a helper may hold on to `work` for a moment, but not to arrays
    for other in started:
        other.result()
