"""A prediction is told right, or what slipped."""

from fractions import Fraction

import nbformat
import numpy as np
import pytest

from convlib.exercises import predict
from tests.book.predictions import asking_cells, is_in_output

X = [[12, 12, 17], [10, 17, 19], [9, 6, 14]]
FLIPPED = [[18, 20, 19], [10, 9, 17], [11, 8, 14]]


@pytest.mark.parametrize(
    ("guess", "answer", "says"),
    [
        (12, 12, "Right."),
        ((3, 4), [3, 4], "Right."),
        ((1 / 8, 0.25, Fraction(5, 8)), (0.125, 0.25, 0.625), "Right."),
        (X, np.array(X), "Right."),
        (np.ravel(X), X, "Right."),
        (np.reshape(np.arange(6), (2, 3)), np.reshape(np.arange(6), (3, 2)), "their rows"),
        (np.transpose(X), X, "Rows and columns are swapped."),
        (FLIPPED, X, "kernel is flipped"),
        ((4, 3), (3, 4), "The two are swapped."),
        (4, 3, "That is one too many."),
        ((4, 5), (3, 4), "Each is one too many."),
        (2, 3, "That is one too few."),
        (-9, 9, "The sign is the other way round."),
        (7, 3, "Not yet."),
        (9, (3, 3), "That is 1 number; the answer has 2."),
        ((1, 2, 3), (3, 3), "Those are 3 numbers; the answer has 2."),
        ((1, 2, 9, 4), (1, 2, 3, 4), "look at number 3 again"),
        ([[12, 12, 17], [10, 17, 0], [9, 6, 14]], X, "look at row 1, column 2 again"),
        ([], 3, "Write a number first, in digits."),
        (..., 3, "in place of the dots"),
    ],
)
def test_a_guess_is_told(guess, answer, says, capsys):
    predict(guess, answer, slips={"The kernel is flipped.": FLIPPED})
    assert says in capsys.readouterr().out


def test_what_is_no_number_is_named():
    with pytest.raises(TypeError, match=r"guess must be numbers.*'twelve'"):
        predict("twelve", 12)


@pytest.mark.parametrize("cell", asking_cells(), ids=lambda cell: cell.id)
def test_asked_answer_is_in_the_output(cell):
    asked = cell.metadata.predict
    assert {"asks", "answer"} <= set(asked) <= {"asks", "answer", "slips"}
    assert is_in_output(asked.answer, cell)
    assert {"hide-output", "hide-cell"} & set(cell.metadata.tags)


def test_another_answer_is_noticed():
    output = nbformat.v4.new_output("execute_result", {"text/plain": "array([[6, 14],\n [8, 1]])"})
    cell = nbformat.v4.new_code_cell("conv2d(x, k)", outputs=[output])
    assert is_in_output("6 14", cell)
    assert is_in_output("2 2", cell)
    for wrong in ("14 6", "3 2", "7"):
        assert not is_in_output(wrong, cell)
