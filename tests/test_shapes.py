import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convlib import output_size
from convlib.shapes import conv_padding, padding_pairs, pair, pool_arguments, result_dtype


def test_output_size_of_the_worked_example():
    assert output_size(5, 3) == 5 - 3 + 1


@pytest.mark.parametrize(
    ("arguments", "size"),
    [
        (dict(n=5, k=3, padding=1), 5 + 1 + 1 - 3 + 1),
        (dict(n=5, k=3, padding=(0, 1)), 5 + 0 + 1 - 3 + 1),
        (dict(n=5, k=3, stride=2), (5 - 3) // 2 + 1),
        (dict(n=6, k=3, stride=2), 2),  # starts 0, 2; the last row is not seen
        (dict(n=6, k=3, stride=2, ceil_mode=True), 3),  # starts 0, 2, 4
        (dict(n=7, k=3, dilation=2), 7 - 5 + 1),
        (dict(n=3, k=3), 1),
        (dict(n=1, k=1), 1),
        (dict(n=5, k=1, stride=9), 1),
        (dict(n=5, k=1, stride=9, ceil_mode=True), 1),  # start 9 is past the end
        (dict(n=4, k=2, stride=3, padding=1), 2),  # starts 0, 3 of 6
        (dict(n=4, k=2, stride=3, padding=1, ceil_mode=True), 2),  # 6 is past the end
        (dict(n=4, k=2, stride=5, padding=1, ceil_mode=True), 1),  # 5 is in the padding
        (dict(n=5, k=2, stride=5, padding=1, ceil_mode=True), 2),  # 5 is the last pixel
        (dict(n=2, k=3, stride=2, ceil_mode=True), 1),  # hangs over, as PyTorch has it
        (dict(n=7, k=3, stride=2, padding="valid"), 3),
        (dict(n=7, k=3, stride=2, padding="same"), 4),
    ],
)
def test_output_size(arguments, size):
    assert output_size(**arguments) == size


sizes = st.integers(1, 40)
small = st.integers(1, 5)


@given(n=sizes, k=small, stride=small, before=small, after=small, dilation=small)
def test_output_size_counts_the_starts_that_fit(n, k, stride, before, after, dilation):
    end = n + before + after
    starts = [s for s in range(0, end, stride) if s + dilation * (k - 1) < end]
    arguments = dict(stride=stride, padding=(before, after), dilation=dilation)
    if starts:
        assert output_size(n, k, **arguments) == len(starts)
    else:
        with pytest.raises(ValueError, match="does not fit"):
            output_size(n, k, **arguments)


@given(n=sizes, k=small, stride=small, padding=st.integers(0, 5), dilation=small)
def test_ceil_mode_adds_a_start_that_hangs_over(n, k, stride, padding, dilation):
    span, end = dilation * (k - 1) + 1, n + 2 * padding
    if span > end:
        return
    floor = output_size(n, k, stride, padding, dilation)
    start = floor * stride
    unseen_pixels = start - stride + span < end and start < padding + n
    size = output_size(n, k, stride, padding, dilation, ceil_mode=True)
    assert size == floor + unseen_pixels


@given(n=sizes, k=small, stride=small, dilation=small)
def test_same_padding_rounds_up(n, k, stride, dilation):
    assert output_size(n, k, stride, "same", dilation) == -(-n // stride)


@given(n=sizes, k=small, stride=small)
def test_same_padding_is_at_most_half_a_window(n, k, stride):
    ((before, after), _) = conv_padding("same", (n, 1), (k, 1), (stride, 1), (1, 1))
    assert 2 * before <= 2 * after <= k


@given(n=sizes, k=small, stride=small, dilation=small, ceil_mode=st.booleans())
def test_same_padding_of_pools_rounds_up(n, k, stride, dilation, ceil_mode):
    call = pool_arguments(np.ones((n, 1)), (k, 1), (stride, 1), "same", (dilation, 1), ceil_mode)
    assert call.shape == (1, 1, -(-n // stride), 1)


@pytest.mark.parametrize(
    ("n", "k", "stride", "dilation", "sides"),
    [
        (5, 3, 1, 1, (1, 1)),
        (5, 4, 1, 1, (1, 2)),  # 3 zeros: the odd one after
        (5, 2, 1, 1, (0, 1)),
        (5, 3, 1, 2, (2, 2)),
        (6, 3, 2, 1, (0, 1)),  # 3 places, (3 - 1) * 2 + 3 = 7 of 6
        (5, 1, 2, 1, (0, 0)),
    ],
)
def test_same_padding_puts_the_odd_zero_last(n, k, stride, dilation, sides):
    pads = conv_padding("same", (n, 9), (k, 1), (stride, 1), (dilation, 1))
    assert pads == (sides, (0, 0))


def test_valid_is_no_padding():
    assert conv_padding("valid", (5, 5), (3, 3), (1, 1), (1, 1)) == ((0, 0), (0, 0))


@pytest.mark.parametrize(
    ("padding", "sides"),
    [
        (2, ((2, 2), (2, 2))),
        ((1, 2), ((1, 1), (2, 2))),
        ([1, 2], ((1, 1), (2, 2))),
        (((1, 2), (3, 4)), ((1, 2), (3, 4))),
        (np.int64(2), ((2, 2), (2, 2))),
    ],
)
def test_padding_pairs(padding, sides):
    assert padding_pairs(padding) == sides


def test_pair():
    assert pair(3, "stride") == (3, 3)
    assert pair((3, 4), "stride") == (3, 4)
    assert type(pair(np.int32(3), "stride")[0]) is int


@pytest.mark.parametrize(
    ("operands", "dtype"),
    [
        (("uint8", "bool"), "int64"),
        (("int16", "uint64"), "int64"),
        (("float32", "float32"), "float32"),
        (("float16", "float16"), "float16"),
        (("float32", "float64"), "float64"),
        (("float16", "uint8"), "float16"),  # every uint8 is a float16
        (("float32", "int64"), "float64"),
    ],
)
def test_result_dtype(operands, dtype):
    assert result_dtype(*(np.ones(1, operand) for operand in operands)) == dtype


def test_a_python_number_does_not_widen_floats():
    assert result_dtype(np.ones(1, "float32"), 0.5) == "float32"
    assert result_dtype(np.ones(1, "int64"), 0.5) == "float64"
