"""Share independent pieces of work between the cores.

Python runs one thread at a time, but NumPy lets go of Python's lock while it computes: two
threads that are both inside NumPy use two cores. The helpers wait at one queue: to ask them and to
hear that they are done takes some 20 µs, where `concurrent.futures` takes four times as long, so a
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
from contextlib import suppress
from contextvars import copy_context
from functools import cache, partial
from queue import SimpleQueue


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
    """Return the queue from which the helpers take work, and their threads."""
    queue = SimpleQueue()

    def serve():
        while work := queue.get():
            work()
            del work  # and what it holds, while it waits for more

    helpers = [
        threading.Thread(target=serve, name="convlib", daemon=True)
        for _ in range(max(cores() - 1, 1))
    ]
    for helper in helpers:
        helper.start()
    return queue, helpers


def stop():
    """Let the other threads go, with the memory that they keep; the next call starts new ones."""
    queue, helpers = _helpers()
    _helpers.cache_clear()
    for _ in helpers:
        queue.put(None)
    for helper in helpers:
        helper.join()


if hasattr(os, "register_at_fork"):  # a forked process starts without the threads
    os.register_at_fork(after_in_child=_helpers.cache_clear)


@cache
def _this_core():
    """Return the function of the system that tells on which core its caller runs."""
    return ctypes.CDLL(None).sched_getcpu


def _keep_apart(helpers):
    """Keep threads off the core that asks, where the system lets a thread choose (Linux)."""
    if not sys.platform.startswith("linux"):
        return
    others = os.sched_getaffinity(0) - {_this_core()()}
    if others:
        with suppress(OSError):  # a sandbox may forbid it
            for helper in helpers:
                os.sched_setaffinity(helper.native_id, others)


def for_each(task, pieces):
    """Call `task(piece)` for every piece, in any order, on all cores; stop at the first error."""
    waiting, errors = deque(pieces), []

    def work():
        while waiting:
            try:
                piece = waiting.popleft()
            except IndexError:  # another thread was quicker
                return
            try:
                task(piece)
            except BaseException as error:
                waiting.clear()
                errors.append(error)

    count = min(cores(), len(waiting)) - 1
    asked, done = deque(range(count)), SimpleQueue()

    def help_out():
        try:
            asked.pop()
        except IndexError:  # all is done already
            return
        try:
            work()
        finally:
            done.put(None)

    if count > 0:
        with suppress(RuntimeError):  # no thread can be started while the program ends
            queue, helpers = _helpers()
            _keep_apart(helpers)
            for _ in range(count):
                # A copy of the context carries np.errstate over to the other threads.
                queue.put(partial(copy_context().run, help_out))
    try:
        work()
    finally:
        while asked:  # those who have not started need not
            with suppress(IndexError):
                asked.pop()
                count -= 1
        for _ in range(count):
            done.get()
        task = None  # a helper may hold on to `work` for a moment, but not to arrays
    if errors:
        raise errors.pop()
