"""Stop a function that does not come to an end, on every system, with no signal.

The exception is raised in the thread that runs the function, so Ctrl-C stays what it is.
"""

import sys
import threading

AGAIN = 0.5
"""Seconds until a function that has caught the exception gets another one."""


class TimeUp(BaseException):
    """The time is over; a function's own `except Exception` lets this pass."""

    seconds = None  # of the limit that was reached


def within(seconds, function):
    """Call a function; raise TimeUp where it stands once the time is over.

    Parameters
    ----------
    seconds : float
    function : callable
        It takes no arguments.

    Returns
    -------
    object
        What `function` returns.

    Raises
    ------
    TimeUp
        If it does not end in time. A single call of compiled code is waited for.

    Examples
    --------
    >>> within(20, lambda: 3)
    3
    """
    if sys.platform == "emscripten":  # no threads; the page ends its worker
        return function()
    watch = _Watch(seconds)
    try:
        try:
            watch.start()
            return function()
        finally:
            watch.end()
    except TimeUp:
        watch.end()
        raise


class _Watch:
    """A thread that waits, and then raises TimeUp in the thread that made it."""

    def __init__(self, seconds):
        self.watched = threading.get_ident()
        self.seconds = seconds
        self.time_up = type("TimeUp", (TimeUp,), {"seconds": seconds})  # a class is thrown
        self.ended = threading.Event()
        self.lock = threading.Lock()

    def start(self):
        threading.Thread(target=self.wait, daemon=True).start()

    def wait(self):
        pause = self.seconds
        while not self.ended.wait(pause):
            with self.lock:
                if not self.ended.is_set():
                    self.throw(self.time_up)
            pause = AGAIN

    def throw(self, exception):
        import ctypes  # a browser's Python may have none

        thread = ctypes.c_ulong(self.watched)
        thrown = exception and ctypes.py_object(exception)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, thrown)

    def end(self):
        """End the thread, and take back what it has thrown but what has not arrived yet."""
        with self.lock:
            self.ended.set()
            self.throw(None)
