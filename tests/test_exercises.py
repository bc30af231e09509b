"""Every mistake is named when a learner's own program makes it, and no other is."""

import inspect
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

import convlib
import convlib.grad
from convlib import exercises
from convlib.exercises import (
    Mistake,
    carried,
    chains,
    convolutions,
    descents,
    first_loops,
    gradients,
    layer_gradients,
    layers,
    looks,
    lowering,
    patches,
    pool_gradients,
    pools,
    rows,
    sizes,
    tilings,
)
from convlib.exercises.report import Exercise, check
from convlib.web.running import Page
from exercises import (
    learners_carried,
    learners_chains,
    learners_convolutions,
    learners_descents,
    learners_first_loops,
    learners_gradients,
    learners_layer_gradients,
    learners_layers,
    learners_looks,
    learners_lowering,
    learners_patches,
    learners_pool_gradients,
    learners_pools,
    learners_rows,
    learners_sizes,
    learners_tilings,
)

MODULES = {
    patches: learners_patches,
    sizes: learners_sizes,
    convolutions: learners_convolutions,
    pools: learners_pools,
    layers: learners_layers,
    gradients: learners_gradients,
    layer_gradients: learners_layer_gradients,
    pool_gradients: learners_pool_gradients,
    first_loops: learners_first_loops,
    chains: learners_chains,
    descents: learners_descents,
    looks: learners_looks,
    lowering: learners_lowering,
    rows: learners_rows,
    tilings: learners_tilings,
    carried: learners_carried,
}
TABLES = {
    name: value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, Exercise)
}
EXERCISES = list(TABLES.values())
LEARNERS = {
    key: program for learners in MODULES.values() for key, program in learners.PROGRAMS.items()
}


def report(check_function, function):
    """Return what the check says about a function that is wrong."""
    with pytest.raises(Mistake) as caught:
        check_function(function)
    return str(caught.value)


def named(text):
    """Return the mistake that a report names; nothing if it names none."""
    _, _, mistake = text.partition("The mistake: ")
    return mistake.removesuffix(".")


# ---------------------------------------------------------------- the tables


@pytest.fixture
def page(same_imports):
    """The Python of a page, and all that it tells."""
    told = []
    page = Page(lambda kind, content: told.append((kind, content)))
    page.told = told
    return page


def paste(page, table, program):
    """Run a program on the page as its reader writes it, and the line that checks it."""
    page.names.update(inspect.getmodule(program).__dict__)
    _, define, rest = inspect.getsource(program).partition("def ")
    check_line = f"check_{table.lower()}({program.__name__})"
    imports = f"from convlib.exercises import check_{table.lower()}"
    return page.run(f"{define}{rest}\n{imports}\n{check_line}", "yours", apart=True)


@pytest.mark.parametrize(("table", "mistake"), LEARNERS)
def test_a_program_with_a_known_mistake_is_told_its_name_and_shown_its_case(page, table, mistake):
    """The program is a learner's own; the table's function only recognises it."""
    program = LEARNERS[table, mistake]
    assert program is not TABLES[table].wrong[mistake]
    assert paste(page, table, program) == "error"
    (drawn, markup), (kind, sentence), (_, case) = page.told
    assert (drawn, kind) == ("drawing", "told")
    assert named(sentence) == mistake
    assert mistake not in case
    label = re.search('aria-label="([^"]+)"', markup)[1]
    if said := re.search(r"should be (\S+) and is (\S+)\.", label):
        for role, number in zip(("expected", "got"), said.groups()):
            assert number in re.findall(rf'data-cell="[^"]*{role}[^"]*"[^>]*>([^<]*)<', markup)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_known_mistake_has_a_program(module):
    tables = {name: table for name, table in vars(module).items() if isinstance(table, Exercise)}
    mistakes = {(name, mistake) for name, table in tables.items() for mistake in table.wrong}
    assert MODULES[module].PROGRAMS.keys() == mistakes


@pytest.mark.parametrize("learners", MODULES.values(), ids=lambda module: module.__name__)
def test_programs_are_their_own(learners):
    """They call nothing of convlib, and no two of them share one function."""
    assert "convlib" not in Path(learners.__file__).read_text(encoding="utf-8")
    programs = list(learners.PROGRAMS.values())
    assert len({program.__code__.co_firstlineno for program in programs}) == len(programs)


def test_two_swapped_functions_of_a_table_are_found():
    """What the programs are for: the table cannot vouch for itself."""
    for table, exercise in TABLES.items():
        names = list(exercise.wrong)
        for one, other in pairwise(names):
            swapped = exercise.wrong | {one: exercise.wrong[other], other: exercise.wrong[one]}
            broken = exercise._replace(wrong=swapped)
            text = report(lambda function: check(broken, function), LEARNERS[table, one])
            assert named(text) != one


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_the_right_function_passes(exercise, capsys):
    check(exercise._replace(call=None), exercise.right)
    count = len(exercise.cases)
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first == f"{exercise.name}: all {count} cases agree with convlib."
    assert second.startswith("Covered: ")


def test_a_passed_check_says_what_was_covered_and_what_comes_next(capsys):
    def conv_step(patch, kernel, bias=0):
        return (patch * kernel).sum() + bias

    exercises.check_conv_step(conv_step)
    assert capsys.readouterr().out == (
        "conv_step: all 8 cases agree with convlib.\n"
        "Covered: patch 1×1 to 3×3; kernel 1×1 to 3×3; bias −5 to 10 or left\n"
        "out; shapes that are not square; numbers below 0; fractions.\n"
        "Next rung: conv2d slides it over an image.\n"
    )
    exercises.check_conv2d(reader_conv2d)
    assert "Next rung" not in capsys.readouterr().out  # a function of another name


def test_complex_numbers_are_not_taken_for_real_ones():
    def with_whole_transforms(image, kernel, stride=1, pad=0):
        image = np.pad(image, pad)
        product = np.fft.fft2(image) * np.conj(np.fft.fft2(kernel, image.shape))
        rows, columns = (n - k + 1 for n, k in zip(image.shape, kernel.shape))
        return np.fft.ifft2(product)[:rows:stride, :columns:stride]

    said = report(exercises.check_conv2d, with_whole_transforms)
    assert named(said) == "these are complex numbers; return their real parts"


class Unreadable:
    def __array__(self, *args, **kwargs):
        raise KeyError


ODD = [10**400, Unreadable(), np.broadcast_to(1, (10**6, 10**7)), np.array([["1", "2"]])]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_any_answer_is_a_mistake_and_no_breakdown(exercise):
    for answer in ODD:
        assert "is not right yet" in report(lambda f: check(exercise, f), lambda *case: answer)


def case_size(exercise, case):
    """Count the numbers or layers of a case; where it has none but counts, take the first."""
    sizes = [np.size(v) for v in case if isinstance(v, (np.ndarray, list))]
    return sum(sizes) or (exercise.returns is int and case[0])


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_cases_grow(exercise):
    sizes = [case_size(exercise, case) for case in exercise.cases]
    assert sizes == sorted(sizes)


def test_every_exercise_has_its_check():
    checks = [name for name in exercises.__all__ if name.startswith("check_")]
    assert len(EXERCISES) == len(checks)


# ---------------------------------------------------------------- functions as readers write them


def reader_conv2d(image, kernel, stride=1, pad=0):
    image = np.pad(image, pad)
    height, width = kernel.shape
    rows = (image.shape[0] - height) // stride + 1
    columns = (image.shape[1] - width) // stride + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = np.sum(image[top : top + height, left : left + width] * kernel)
    return output


def reader_maxpool(image, size, stride):
    rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = image[top : top + size, left : left + size].max()
    return output


def test_loops_of_a_reader_pass(capsys):
    exercises.check_conv2d(reader_conv2d)
    exercises.check_maxpool(reader_maxpool)
    exercises.check_pool_step(max_with_a_loop)
    exercises.check_conv2d_channels(reader_conv2d_channels)
    assert capsys.readouterr().out.count("agree with convlib") == 4


def max_with_a_loop(patch):
    largest = -np.inf
    for value in patch.flat:
        if value > largest:
            largest = value
    return largest


def reader_conv2d_channels(image, weight, bias):
    return np.array(
        [
            sum(reader_conv2d(channel, k) for channel, k in zip(image, kernels)) + b
            for kernels, b in zip(weight, bias)
        ]
    )


def test_range_without_the_last_place():
    def conv2d(image, kernel, stride=1, pad=0):
        image = np.pad(image, pad)
        height, width = kernel.shape
        starts_i = range(0, image.shape[0] - height, stride)
        starts_j = range(0, image.shape[1] - width, stride)
        output = np.zeros((len(starts_i), len(starts_j)))
        for i, top in enumerate(starts_i):
            for j, left in enumerate(starts_j):
                output[i, j] = np.sum(image[top : top + height, left : left + width] * kernel)
        return output

    text = report(exercises.check_conv2d, conv2d)
    assert "expected, shape (1, 1):\n[[6]]\ngot, shape (0, 0):" in text


def test_loop_that_forgets_the_stride_in_the_slice():
    def conv2d(image, kernel, stride=1, pad=0):
        output = np.zeros_like(reader_conv2d(image, kernel, stride, pad))
        image = np.pad(image, pad)
        height, width = kernel.shape
        for i, j in np.ndindex(output.shape):
            output[i, j] = np.sum(image[i : i + height, j : j + width] * kernel)
        return output

    text = report(exercises.check_conv2d, conv2d)
    assert named(text) == "windows start at i and j, not at i * stride and j * stride"
    assert "stride = 2" in text


def test_return_inside_the_outer_loop():
    def conv2d(image, kernel, stride=1, pad=0):
        output = np.zeros_like(reader_conv2d(image, kernel, stride, pad))
        for i in range(output.shape[0]):
            output[i] = reader_conv2d(image, kernel, stride, pad)[i]
            return output

    text = report(exercises.check_conv2d, conv2d)
    assert named(text) == "only the first row is filled; does return stand inside a loop?"


def test_return_inside_the_inner_loop():
    def maxpool(image, size, stride):
        output = np.zeros_like(reader_maxpool(image, size, stride))
        for i, j in np.ndindex(output.shape):
            output[i, j] = reader_maxpool(image, size, stride)[i, j]
            return output

    text = report(exercises.check_maxpool, maxpool)
    assert named(text) == "only the first cell is filled; does return stand inside the loops?"


def test_loop_that_starts_at_zero():
    def pool_step(patch):
        largest = 0
        for value in patch.flat:
            largest = max(largest, value)
        return largest

    text = report(exercises.check_pool_step, pool_step)
    assert named(text) == "the maximum starts at 0, so negative numbers lose"
    assert "patch, shape (2, 2):\n[[-4 -2]\n [-9 -3]]\n" in text
    assert "expected = -2\ngot = 0\n" in text


def test_true_division_is_named():
    text = report(
        exercises.check_output_size, lambda n, k, stride, pad: (n + 2 * pad - k) / stride + 1
    )
    assert named(text) == "this is of type float; return an integer"


# ---------------------------------------------------------------- the report


def test_report_shows_the_smallest_case_that_fails():
    def conv2d(image, kernel, stride=1, pad=0):
        return convlib.conv2d(image, kernel, padding=pad)

    text = report(exercises.check_conv2d, conv2d)
    assert text == (
        "conv2d is not right yet. The smallest case that fails:\n\n"
        "image, shape (3, 3):\n[[ 4  0  7]\n [ 3 -1  6]\n [ 2 -2  5]]\n"
        "kernel, shape (1, 1):\n[[4]]\n"
        "stride = 2\n\n"
        "expected, shape (2, 2):\n[[16 28]\n [ 8 20]]\n"
        "got, shape (3, 3):\n[[16  0 28]\n [12 -4 24]\n [ 8 -8 20]]\n\n"
        "The mistake: the stride is ignored."
    )


def test_of_three_gradients_only_the_wrong_one_is_shown():
    def conv2d_backward(dy, image, kernel, stride=1, pad=0):
        dimage, dkernel, dbias = convlib.grad.conv2d_backward(dy, image, kernel)
        return dimage, dkernel, dbias / dy.size

    text = report(exercises.check_conv2d_backward, conv2d_backward)
    assert text == (
        "conv2d_backward is not right yet. The smallest case that fails:\n\n"
        "dy, shape (1, 2):\n[[ 1 10]]\nimage, shape (1, 3):\n[[1 2 3]]\n"
        "kernel, shape (1, 2):\n[[5 7]]\n\n"
        "dbias expected = 11\ndbias got = 5.5"
    )


def test_a_missing_gradient_is_not_taken_for_a_right_answer():
    def conv2d_backward(dy, image, kernel, stride=1, pad=0):
        return convlib.grad.conv2d_backward(dy, image, kernel)[:2]

    assert "expected = (array" in report(exercises.check_conv2d_backward, conv2d_backward)


def test_a_winner_that_is_crossed_out_is_a_changed_image():
    def maxpool_backward(dy, image, size, stride):
        dimage = np.zeros(image.shape)
        for i, j in np.ndindex(dy.shape):
            patch = image[i * stride : i * stride + size, j * stride : j * stride + size]
            a, b = np.unravel_index(patch.argmax(), patch.shape)
            dimage[i * stride + a, j * stride + b] += dy[i, j]
            patch[a, b] = -99
        return dimage

    text = report(exercises.check_maxpool_backward, maxpool_backward)
    assert named(text) == "your function changes image; work on a copy"


def test_a_row_too_few_is_named_where_rows_are_lists():
    def conv2d(image, kernel):
        rows, columns = image.shape[0] - kernel.shape[0], image.shape[1] - kernel.shape[1] + 1
        height, width = kernel.shape
        output = []
        for i in range(rows):
            row = [(image[i : i + height, j : j + width] * kernel).sum() for j in range(columns)]
            output.append(row)
        return np.array(output)

    assert named(report(exercises.check_first_conv2d, conv2d)) == "the last row is missing"


def test_two_mistakes_at_once_are_not_misnamed():
    def conv2d(image, kernel, stride=1, pad=0):
        return convlib.conv2d(image, convlib.flip(kernel))

    assert named(report(exercises.check_conv2d, conv2d)) == ""


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_an_unknown_mistake_is_not_named(exercise):
    def wrong(*case):
        answer = exercise.right(*case)
        return tuple(v + 2 for v in answer) if isinstance(answer, tuple) else answer + 2

    text = report(lambda function: check(exercise, function), wrong)
    assert named(text) == ""


def test_an_error_is_reported_with_its_case():
    def zero_pad(image, p):
        raise IndexError("index 2 is out of bounds")

    text = report(exercises.check_pad, zero_pad)
    assert "image, shape (1, 1):\n[[1]]\np = 1\n" in text
    assert text.endswith("It stopped with IndexError: index 2 is out of bounds")


def test_an_error_of_a_known_mistake_is_named():
    def conv_step(patch, kernel, bias=0):
        return (patch @ kernel).sum() + bias

    text = report(exercises.check_conv_step, conv_step)
    assert "It stopped with ValueError: matmul" in text
    assert named(text) == "a matrix product is taken, not cell by cell"


def test_changing_the_input_is_named_and_does_no_harm(capsys):
    def flip(kernel):
        kernel[:] = kernel[::-1, ::-1].copy()
        return kernel

    for _ in range(2):
        text = report(exercises.check_flip, flip)
        assert named(text) == "your function changes kernel; work on a copy"
        assert "kernel, shape (1, 2):\n[[4 0]]" in text
    exercises.check_flip(convlib.flip)
    assert "all 5 cases" in capsys.readouterr().out


def test_an_error_after_a_change_does_no_harm(capsys):
    def flip(kernel):
        kernel[:] = 0
        raise IndexError

    for _ in range(2):
        assert "kernel, shape (1, 2):\n[[4 0]]" in report(exercises.check_flip, flip)
    exercises.check_flip(convlib.flip)
    assert "all 5 cases" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("function", "mistake"),
    [
        (lambda image, kernel, *rest: None, "nothing is returned; end your function with return"),
        (
            lambda *case: reader_conv2d(*case).tolist(),
            "this is of type list; return a NumPy array",
        ),
        (lambda *case: "12", "this is of type str; return a NumPy array"),
    ],
)
def test_wrong_type_is_named(function, mistake):
    assert named(report(exercises.check_conv2d, function)) == mistake


def test_array_of_words_is_only_shown():
    text = report(exercises.check_conv2d, lambda *case: np.array(["a"]))
    assert text.endswith("got, shape (1,):\n['a']")


def test_result_instead_of_function():
    with pytest.raises(TypeError, match="without brackets; got ndarray"):
        exercises.check_flip(convlib.flip(np.ones((2, 2))))


def test_notebook_shows_the_text_without_a_traceback(capsys):
    shell = InteractiveShell.instance(history_manager=None, colors="nocolor")
    shell.run_cell("from convlib.exercises import check_flip\ncheck_flip(lambda kernel: kernel)")
    shown = capsys.readouterr().out
    assert shown.rstrip().endswith("The mistake: nothing is turned.")
    assert "flip is not right yet." in shown
    assert "Traceback" not in shown
    assert "report.py" not in shown
