"""Numbers, sums, shapes and lists are written one way."""

from fractions import Fraction

import numpy as np
import pytest

from convlib.draw import (
    as_fractions,
    channel_names,
    listing,
    number_text,
    size_text,
    sum_of_products,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-3, "−3"),
        (0.5, "0.5"),
        (-0.001, "0"),
        (1 / 3, "0.33"),
        (-1 / 3, "−0.33"),
        (2.0, "2"),
        (100.0, "100"),
        (np.float32(2), "2"),
        ("-", "-"),
        ("-x", "−x"),
        ("", ""),
        (np.int64(-10), "−10"),
        (np.inf, "∞"),
        (-np.inf, "−∞"),
        (Fraction(1, 16), "1/16"),
        (Fraction(-1, 2), "−1/2"),
        (np.uint8(255), "255"),
        (10.10, "10.1"),
    ],
)
def test_numbers_are_written_one_way(value, text):
    assert number_text(value) == text


def test_sum_of_products_puts_negative_factors_in_brackets():
    patch, kernel = np.array([[-1, 2], [0, 3]]), np.array([[4, -5], [-6, 7]])
    assert sum_of_products(patch, kernel) == "(−1)·4 + 2·(−5) + 0·(−6) + 3·7"


@pytest.mark.parametrize(("shape", "text"), [((3,), "3"), ((3, 4), "3×4"), ((1, 2, 3), "1×2×3")])
def test_shapes_are_written_with_crosses(shape, text):
    assert size_text(shape) == text


@pytest.mark.parametrize(
    ("numbers", "most", "text"),
    [
        ([], 3, ""),
        ([1], 3, "1"),
        ([1, -2, 3], 3, "1, −2, 3"),
        ([1, 2, 3, 4], 3, "1, 2, 3, …"),
        (np.arange(4).reshape(2, 2), 9, "0, 1, 2, 3"),
        (range(10), 9, "0, 1, 2, 3, 4, 5, 6, 7, 8, …"),
    ],
)
def test_lists_end_in_dots_where_something_is_left_out(numbers, most, text):
    assert listing(numbers, most) == text


def test_three_channels_have_the_names_of_their_colours():
    assert channel_names(3) == ["red", "green", "blue"]
    assert channel_names(1) == ["channel 0"]
    assert channel_names(4) == ["channel 0", "channel 1", "channel 2", "channel 3"]


@pytest.mark.parametrize("divisor", [3, 4, 9, 16])
def test_simple_fractions_are_written_exactly(divisor):
    array = np.array([[1, -2], [4, 0]]) / divisor
    fractions = as_fractions(array)
    assert fractions.shape == array.shape
    assert [(f.numerator * divisor) // f.denominator for f in fractions.flat] == [1, -2, 4, 0]


@pytest.mark.parametrize(
    "array", [np.array([[1, 2]]), np.array([1.5, 2.0]), np.array([0.1234567]), np.array([1 / 17])]
)
def test_other_numbers_stay_as_they_are(array):
    assert as_fractions(array) is array
