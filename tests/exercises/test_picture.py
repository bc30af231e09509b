"""The picture of a failing case: what went in, what was expected, what came, and why."""

import re
from html import unescape

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from convlib.draw import number_text
from convlib.exercises.picture import MOST, failing_picture, first_difference
from convlib.exercises.report import Mistake, check
from tests.test_exercises import EXERCISES, LEARNERS, TABLES


def cells(picture):
    """Return the numbers of a picture by the names of their cells."""
    found = re.findall(r'data-cell="([^"]+)"[^>]*>([^<]*)<', picture.panels())
    return {unescape(name): text for name, text in found}


def picture_of(exercise, function):
    with pytest.raises(Mistake) as caught:
        check(exercise, function)
    return caught.value.picture


def every_cell(exercise):
    """List (case, part, place, number) for every cell of every right answer."""
    for case in exercise.cases:
        answer = exercise.right(*case)
        named = zip(exercise.parts, answer) if exercise.parts else [("", answer)]
        for part, value in named:
            for place, number in np.ndenumerate(np.atleast_1d(np.asarray(value))):
                yield case, part, place, number


def value_of(text):
    """Compute the arithmetic before the last sign of equality."""
    left = text.rpartition(" = ")[0].rpartition(": ")[2]
    for sign, operator in {"·": "*", "−": "-"}.items():
        left = left.replace(sign, operator)
    return eval(left, {"max": lambda *numbers: max(numbers), "exp": np.exp})


@pytest.mark.parametrize("exercise", [e for e in EXERCISES if e.working], ids=lambda e: e.name)
def test_the_arithmetic_of_every_cell_gives_its_number(exercise):
    for case, part, place, number in every_cell(exercise):
        text = exercise.working(case, place, part).text
        assert number_text(number) in re.split(r"[ :]+", text), (text, case, place)
        if " = " in text and "[" not in text:
            rounded = 0.005 * (1 + sum(map(float, re.findall(r"[\d.]+", text))))
            assert value_of(text) == pytest.approx(number, abs=rounded), (text, place)


def test_the_cell_that_differs_stands_beside_its_patch_and_products():
    picture = picture_of(TABLES["CONV2D"], LEARNERS["CONV2D", "the kernel is flipped"])
    shown = cells(picture)
    assert picture.sentence == ("conv2d: row 0, column 0 should be 21 and is 12. 1·1 + 2·10 = 21.")
    assert (shown["expected[0,0]"], shown["got[0,0]"]) == ("21", "12")
    assert [shown[f"{name}[0,1]"] for name in ("patch", "kernel", "products")] == ["2", "10", "20"]
    markup = picture.panels()
    assert markup.count("--draw-strong-edge") == 1
    assert markup.count("--draw-output-edge") == 1


ODD = [
    *(..., None, "12", [], {"a": 1}, (1, 2), 7, np.nan, [[1], [1, 2]]),
    *(np.zeros((0, 3)), np.array(["a"]), np.zeros((2, 2, 2)), np.zeros((99, 99)), np.array([[1j]])),
]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_any_answer_can_be_drawn(exercise):
    case = exercise.cases[-1]
    for answer in ODD:
        picture = failing_picture(exercise, case, exercise.right(*case), answer)
        rows = [int(i) for i in re.findall(r"got\[(\d+),", picture.panels())]
        assert max(rows, default=0) < MOST


@pytest.mark.parametrize(
    ("answer", "kind"),
    [([6], "a list"), (np.array([6]), "an array of 1 number"), ("6", "a text")],
)
def test_what_came_in_the_place_of_a_number_is_named(answer, kind):
    exercise = TABLES["CONV_STEP"]
    picture = failing_picture(exercise, exercise.cases[0], 6, answer)
    assert picture.sentence == f"conv_step returns {kind}, not a number."
    if not isinstance(answer, str):
        assert cells(picture)[f"got: {kind}[0,0]"] == "6"
        assert "--draw-strong-edge" not in picture.panels()


def test_grids_to_compare_begin_at_one_height():
    right = np.arange(6).reshape(3, 2)
    picture = failing_picture(TABLES["FLIP"], (right,), right, right[:1])
    expected, got = picture.drawing.rows[1]
    assert expected.height == got.height
    assert expected.grids["expected"].row == got.grids["got"].row


def test_only_the_channel_that_is_read_is_marked():
    exercise = TABLES["RELU"]
    case = next(case for case in exercise.cases if case[0].ndim == 3)
    right = exercise.right(*case)
    given = right.copy()
    given[1, 1, 0] += 1
    markup = failing_picture(exercise, case, right, given).panels()
    assert markup.count("--draw-window-edge") == 1


def test_an_answer_of_millions_of_cells_too_many_is_soon_laid_beside_the_right_one():
    right = np.zeros((2, 3))
    assert first_difference(TABLES["FLIP"], right, np.zeros((9000, 9000))).place == (0, 3)


def test_missing_cells_come_after_cells_that_differ():
    exercise = TABLES["FLIP"]
    right = np.array([[1, 2], [3, 4]])
    assert first_difference(exercise, right, right[:1]).place == (1, 0)
    assert first_difference(exercise, right, right[:, ::-1][:1]).place == (0, 0)
    assert first_difference(exercise, right[:1], right).place == (1, 0)
    assert first_difference(exercise, right, right) is None


def test_a_notebook_gets_the_drawing_with_its_sentence_as_plain_text():
    picture = picture_of(TABLES["FLIP"], lambda kernel: kernel)
    bundle = picture._repr_mimebundle_()
    assert bundle["text/plain"] == picture.sentence
    assert f'role="img" aria-label="{picture.sentence}"' in bundle["image/svg+xml"]


def test_a_kernel_shows_the_picture_and_then_the_text():
    notebook = nbformat.v4.new_notebook()
    source = "from convlib.exercises import check_flip\ncheck_flip(lambda kernel: kernel)"
    notebook.cells = [nbformat.v4.new_code_cell(source)]
    NotebookClient(notebook, allow_errors=True).execute()
    kinds = ("display_data", "error")
    shown, error = (o for o in notebook.cells[0].outputs if o.output_type in kinds)
    assert shown.data["text/plain"].startswith("flip: row 0, column 0 should be 0 and is 4.")
    assert shown.data["image/svg+xml"].startswith("<svg")
    assert error.traceback[0] == "flip is not right yet. The smallest case that fails:"
