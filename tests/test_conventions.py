"""Every row of *Know the conventions* gives the same numbers on both sides."""

import math
import re

import numpy as np
import pytest

import conventions
from convlib import conv2d

ROWS = conventions.read_rows()
ANSWERS = conventions.committed_answers()
names = [conventions.key(row) for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=names)
def test_row_equals_the_committed_answer(row):
    answer = ANSWERS[conventions.key(row)]
    y = conventions.run_here(row)
    assert list(y.shape) == answer["shape"]
    np.testing.assert_allclose(y.ravel(), answer["numbers"], rtol=0, atol=1e-8)


@pytest.mark.parametrize("library", conventions.MODULES)
def test_library_still_says_so(library):
    """Where a library is missing, the run says so, and the committed answers are what is left."""
    rows = [row for row in ROWS if row.library == library]
    assert len(rows) >= 4
    assert all(conventions.key(row) in ANSWERS for row in rows)
    for row in rows if conventions.installed(library) else ():
        there, here = conventions.run_there(row), conventions.run_here(row)
        np.testing.assert_allclose(here, there, rtol=0, atol=1e-8, err_msg=conventions.key(row))


def test_answers_are_those_of_the_rows():
    assert sorted(ANSWERS) == sorted(names)


def test_every_answer_has_numbers_that_tell():
    """An answer of equal numbers would hide a window at the wrong place."""
    for name, answer in ANSWERS.items():
        assert len(set(answer["numbers"])) >= 4, name


def test_page_tells_the_sizes_of_its_tables():
    text = conventions.CHAPTER.read_text(encoding="utf-8")
    told = re.search(r"one image of (\d)×(\d).+one kernel of (\d)×(\d)", text).groups()
    found = conventions.arrays("NumPy")
    assert tuple(map(int, told)) == found["x"].shape + found["k"].shape
    assert "two images with four channels, 6×7 each, and `w` six kernels of 3×3" in text
    assert (found["batch"].shape, found["w"].shape) == ((2, 4, 6, 7), (6, 4, 3, 3))


@pytest.mark.parametrize("n", range(3, 12))
@pytest.mark.parametrize(("k", "s"), [(3, 2), (3, 1), (2, 3), (5, 3)])
def test_same_adds_the_zeros_that_the_page_counts(n, k, s):
    x, kernel = np.arange(1.0, n + 1)[np.newaxis], np.arange(1.0, k + 1)[np.newaxis]
    zeros = max((math.ceil(n / s) - 1) * s + k - n, 0)
    by_hand = np.pad(x, ((0, 0), (zeros // 2, zeros - zeros // 2)))
    answer = conv2d(by_hand, kernel, stride=s)
    np.testing.assert_array_equal(answer, conv2d(x, kernel, stride=s, padding="same"))


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ("conv2d(x, flip(k))", "conv2d(x, k)"),
        ('stride=2, padding="same"', "stride=2, padding=1"),
        ("count_include_pad=False", "count_include_pad=True"),
        ('"symmetric"', '"reflect"'),
        ("ceil_mode=True", "ceil_mode=False"),
        ("dilation=2", "dilation=1"),
    ],
)
def test_another_convention_is_noticed(there, here):
    rows = [row for row in ROWS if there in row.here]
    assert rows
    for row in rows:
        with pytest.raises(AssertionError):
            test_row_equals_the_committed_answer(row._replace(here=row.here.replace(there, here)))
