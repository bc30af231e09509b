"""A wrong shape is told in words, with what may have slipped."""

import numpy as np
import pytest

from convlib.exercises.report import Mistake, check
from convlib.exercises.shapes import wrong_shape
from tests.test_exercises import TABLES


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ((3, 2), "3 rows and 2 columns; it should have 2 rows and 3 columns. Are rows and col"),
        ((1, 3), "1 row and 3 columns; it should have 2 rows and 3 columns. One is missing: range"),
        ((1, 2), "One is missing"),
        ((3, 4), "That is one too many"),
        ((3, 3), "That is one too many"),
        ((5, 5), "That is the shape of the image"),
        ((2, 2), "it should have 2 rows and 3 columns. One is missing"),
        ((1, 4), "1 row and 4 columns; it should have 2 rows and 3 columns."),
        ((6,), "6 numbers; it should have 2 rows and 3 columns."),
        ((1, 2, 3), "1 channel, 2 rows and 3 columns; it should have 2 rows and 3 columns."),
    ],
)
def test_shape_and_slip(given, says):
    told = wrong_shape([("output", np.zeros((2, 3)), np.zeros(given))], (5, 5))
    assert told.startswith("Your output has ")
    assert says in told
    if says.endswith("columns."):
        assert told.endswith(says)


def test_the_shape_alone_is_judged():
    assert wrong_shape([("output", np.zeros((2, 3)), np.ones((2, 3)))]) == ""
    assert wrong_shape([("output", 3, np.ones(2))]) == ""
    assert wrong_shape([("output", np.zeros(2), np.array(["a"]))]) == ""


def test_a_check_tells_it_of_the_part_where_no_mistake_is_known():
    exercise = TABLES["CONV2D_BACKWARD"]

    def conv2d_backward(*case):
        dimage, dkernel, dbias = exercise.right(*case)
        return dimage, np.pad(dkernel, 1), dbias

    with pytest.raises(Mistake) as caught:
        check(exercise, conv2d_backward)
    says = "Your dkernel has 3 rows and 3 columns; it should have 1 row and 1 column."
    assert caught.value.told == says
    assert str(caught.value).endswith(f"\n\n{says}")
