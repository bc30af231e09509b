"""A check that does not come to an end is stopped; nothing else is."""

import signal
import threading
import time
from contextlib import suppress

import numpy as np
import pytest

from convlib import flip
from convlib.exercises.limit import TimeUp, within
from convlib.exercises.patches import FLIP
from convlib.exercises.report import Mistake, check


def endless():
    while True:
        pass


def stubborn():
    while True:
        try:
            endless()
        except BaseException:
            if time.monotonic() > stubborn.start + 0.3:
                raise


def threads():
    return [t for t in threading.enumerate() if t is not threading.main_thread() and t.is_alive()]


@pytest.fixture(autouse=True)
def no_thread_stays():
    before = len(threads())
    yield
    deadline = time.monotonic() + 2
    while len(threads()) > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(threads()) == before


def test_an_endless_function_is_stopped():
    with pytest.raises(TimeUp):
        within(0.05, endless)


def test_in_any_thread():
    caught = []

    def run():
        with pytest.raises(TimeUp):
            within(0.05, endless)
        caught.append(True)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(5)
    assert caught == [True]


def test_one_that_catches_everything_is_stopped_again():
    stubborn.start = time.monotonic()
    with pytest.raises(TimeUp):
        within(0.05, stubborn)


def test_what_ends_in_time_is_left_alone():
    assert within(0.05, lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        within(0.05, lambda: 1 / 0)
    time.sleep(0.1)


def test_time_that_is_up_at_the_very_end_hurts_nobody_later():
    for _ in range(200):
        with suppress(TimeUp):
            within(0.001, lambda: time.sleep(0.001))
    sum(range(10_000))


@pytest.fixture
def listening():
    """Hear SIGINT as Python does at a prompt: a program in the background starts deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_stays_what_it_is(listening):
    def interrupted():
        signal.raise_signal(signal.SIGINT)
        endless()

    with pytest.raises(KeyboardInterrupt):
        within(5, interrupted)


def test_of_two_limits_the_one_that_is_reached_is_told():
    for outer, inner in ((0.05, 5), (5, 0.05)):
        with pytest.raises(TimeUp) as caught:
            within(outer, lambda inner=inner: within(inner, endless))
        assert caught.value.seconds == 0.05


def test_a_check_says_what_happened_and_in_which_case():
    def endless_flip(kernel):
        turned = kernel[::-1, ::-1]
        while turned.shape[0] == 2:
            turned = turned.copy()
        return turned

    with pytest.raises(Mistake) as caught:
        check(FLIP, endless_flip, limit=0.2)
    text = str(caught.value)
    assert "kernel, shape (2, 1):" in text
    assert text.endswith(
        "flip was stopped after 0.2 seconds: it does not come to an end. Look at its loops."
    )
    assert np.array_equal(FLIP.right(FLIP.cases[0][0]), flip(FLIP.cases[0][0]))
    assert "what was expected" in caught.value.picture.sentence


def test_one_that_is_wrong_before_it_is_endless_is_told_what_is_wrong():
    def wrong_then_endless(kernel):
        if kernel.size > 2:
            endless()
        return kernel

    with pytest.raises(Mistake) as caught:
        check(FLIP, wrong_then_endless)
    text = str(caught.value)
    assert "got, shape (1, 2):\n[[4 0]]" in text
    assert "stopped" not in text
