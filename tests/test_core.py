"""The definition and every fast method meet hand arithmetic, SciPy and PyTorch."""

import numpy as np
import pytest
import scipy.ndimage
import scipy.signal
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import torch_answers
from cases import array, conv_case, from_hypothesis, pool_case, sides_of
from convlib import core, fast
from convlib.core import conv_step, flip, pad, pool_step
from convlib.samples import (
    IMAGE,
    KERNEL,
    POOL_IMAGE,
    POOL_NEGATIVE,
    RGB_IMAGE,
    RGB_KERNEL,
    grey,
    photograph,
)
from convlib.shapes import output_size
from implementations import CONVOLUTIONS, EXACT, POOLS, able, answers_as_it_should, can

WORKED = [[12, 12, 17], [10, 17, 19], [9, 6, 14]]
INF, NAN = np.inf, np.nan
# The definition, and what convlib offers under the same names.
BOTH = pytest.mark.parametrize("ops", [core, fast], ids=["core", "fast"])


# ---------------------------------------------------------------- by hand


def test_conv_step_by_hand():
    total = 0 * 3 + 1 * 3 + 2 * 2 + 2 * 0 + 2 * 0 + 0 * 1 + 0 * 3 + 1 * 1 + 2 * 2
    assert conv_step(IMAGE[:3, :3], KERNEL) == total
    assert conv_step(IMAGE[:3, :3], KERNEL, bias=5) == total + 5
    assert conv_step(IMAGE[:3, :3], KERNEL, bias=0.5) == total + 0.5


def test_conv_step_adds_up_the_channels():
    patch = RGB_IMAGE[:, :2, :2]
    red = 3 * 1 + 0 * 0 + 3 * 1 + 0 * 0
    green = 0 * 0 + 3 * 1 + 0 * 0 + 3 * 1
    blue = 0 * -1 + 0 * -1 + 0 * -1 + 0 * -1
    assert conv_step(patch, RGB_KERNEL) == red + green + blue


def test_conv_step_takes_any_number_of_axes():
    assert conv_step(np.array([1, 2]), np.array([3, 4])) == 1 * 3 + 2 * 4
    assert conv_step(np.array(2), np.array(3)) == 2 * 3


def test_conv_step_gives_python_numbers():
    assert type(conv_step(IMAGE, IMAGE)) is int
    assert type(conv_step(IMAGE * 1.0, IMAGE)) is float


def test_conv_step_adds_a_bias_of_any_type_with_room():
    bright = np.array([[200, 100]], dtype=np.uint8)
    total = conv_step(bright, np.ones_like(bright), np.uint8(7))
    assert (total, type(total)) == (200 + 100 + 7, int)


ROW, SQUARE = np.array([[1, 2]]), np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
THREE_ROWS = np.array([[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11, 12, 13, 14, 15]])
TENS, POWERS = np.array([[1, 10]]), np.array([[1, 10], [100, 1000]])
TWO_CHANNELS = np.array([[[1, 2]], [[3, 4]]])
FOUR_CHANNELS = np.array([[[1]], [[2]], [[3]], [[4]]])
CENTRE, CORNER = np.zeros((2, 3, 3), int)
CENTRE[1, 1], CORNER[2, 0] = 1, 10
HAND = {  # x, weight, options, output
    "worked": (IMAGE, KERNEL, {}, WORKED),
    "flipped": (IMAGE, flip(KERNEL), {}, [[18, 20, 19], [10, 9, 17], [11, 8, 14]]),
    "bias": (IMAGE, KERNEL, {"bias": 5}, [[17, 17, 22], [15, 22, 24], [14, 11, 19]]),
    "stride": (
        THREE_ROWS,
        TENS,
        {"stride": 2},
        [[1 * 1 + 2 * 10, 3 * 1 + 4 * 10], [11 * 1 + 12 * 10, 13 * 1 + 14 * 10]],
    ),
    "stride of columns": (
        THREE_ROWS,
        TENS,
        {"stride": (1, 3)},
        [[1 + 20, 4 + 50], [6 + 70, 9 + 100], [11 + 120, 14 + 150]],
    ),
    "stride of rows": (THREE_ROWS[:, :3], TENS, {"stride": (2, 1)}, [[21, 32], [131, 142]]),
    "dilation": (
        SQUARE,
        POWERS,
        {"dilation": 2},
        [[1 * 1 + 3 * 10 + 7 * 100 + 9 * 1000]],
    ),
    "dilation of rows": (
        SQUARE,
        POWERS,
        {"dilation": (2, 1)},
        [[1 + 2 * 10 + 7 * 100 + 8 * 1000, 2 + 3 * 10 + 8 * 100 + 9 * 1000]],
    ),
    "padding": (
        ROW,
        TENS,
        {"padding": (0, 1)},
        [[0 * 1 + 1 * 10, 1 + 2 * 10, 2 + 0 * 10]],
    ),
    "same": (ROW, TENS, {"padding": "same"}, [[1 + 2 * 10, 2 + 0 * 10]]),
    "valid": (ROW, TENS, {"padding": "valid"}, [[1 + 2 * 10]]),
    "four sides": (
        ROW,
        TENS,
        {"padding": ((1, 0), (0, 2))},
        [[0, 0, 0], [1 + 2 * 10, 2 + 0 * 10, 0]],
    ),
    "even kernel": (
        SQUARE,
        POWERS,
        {"padding": "same"},
        [[5421, 6532, 603], [8754, 9865, 906], [87, 98, 9]],
    ),
    "filters": (
        TWO_CHANNELS,
        np.array([[[[1]], [[10]]], [[[2]], [[20]]], [[[0]], [[-1]]]]),
        {"bias": np.array([5, 6, 7])},
        [
            [[1 * 1 + 3 * 10 + 5, 2 * 1 + 4 * 10 + 5]],
            [[1 * 2 + 3 * 20 + 6, 2 * 2 + 4 * 20 + 6]],
            [[1 * 0 + 3 * -1 + 7, 2 * 0 + 4 * -1 + 7]],
        ],
    ),
    "filters of 3 x 3": (
        np.array([SQUARE, 100 * SQUARE]),
        np.array([[CENTRE, CORNER], [CORNER, CENTRE]]),
        {"bias": np.array([1, 2]), "padding": ((0, 1), (1, 0))},
        # a cell of each channel: 1 * x[0] + 10 * x[1] + 1, and 10 * x[0] + 1 * x[1] + 2
        [
            [[4 + 0 + 1, 5 + 7000 + 1], [7 + 0 + 1, 8 + 0 + 1]],
            [[0 + 400 + 2, 70 + 500 + 2], [0 + 700 + 2, 0 + 800 + 2]],
        ],
    ),
    "groups": (
        FOUR_CHANNELS,
        np.array([[[[1]], [[10]]], [[[100]], [[1000]]]]),
        {"groups": 2},
        [[[1 * 1 + 2 * 10]], [[3 * 100 + 4 * 1000]]],
    ),
    "depthwise": (
        FOUR_CHANNELS,
        np.array([5, 6, 7, 8]).reshape(4, 1, 1, 1),
        {"groups": 4},
        [[[1 * 5]], [[2 * 6]], [[3 * 7]], [[4 * 8]]],
    ),
}
BY_HAND = [
    (name, case)
    for name in CONVOLUTIONS
    for case, (x, weight, options, _) in HAND.items()
    if can(name, x * 1.0, weight, **options)
]


@pytest.mark.parametrize(("name", "case"), BY_HAND, ids=["-".join(pair) for pair in BY_HAND])
def test_conv2d_by_hand(name, case):
    x, weight, options, expected = HAND[case]
    if name in EXACT:
        y = CONVOLUTIONS[name](x, weight, **options)
        assert_array_equal(y, np.array(expected), strict=True)
    y = CONVOLUTIONS[name](x * 1.0, weight, **options)
    assert_allclose(y, expected, rtol=1e-12, atol=1e-12 * np.abs(expected).max())


def test_every_implementation_meets_hand_arithmetic():
    assert {name: sum(name == by for by, _ in BY_HAND) for name in CONVOLUTIONS} == {
        **dict.fromkeys(EXACT, len(HAND)),
        "fft": len(HAND),
        "winograd2": 5,
        "winograd4": 5,
    }


def test_pad_by_hand():
    x = np.array([[1, 2]])
    assert_array_equal(pad(x, 1), [[0, 0, 0, 0], [0, 1, 2, 0], [0, 0, 0, 0]])
    assert_array_equal(pad(x, ((0, 1), (2, 0)), value=9), [[9, 9, 1, 2], [9, 9, 9, 9]])
    assert_array_equal(pad(np.array([x, x]), (0, 1)), [[[0, 1, 2, 0]], [[0, 1, 2, 0]]])
    assert pad(x.astype("float16"), 1, value=-INF).dtype == "float16"


@pytest.mark.parametrize("value", [0.1, np.float64(0.1), NAN, INF])
def test_pad_rounds_its_value_to_the_dtype_of_floats(value):
    y = pad(np.ones((1, 1), dtype=np.float32), (0, 1), value=value)
    assert_array_equal(y, np.array([[value, 1, value]], dtype=np.float32), strict=True)


def test_pad_by_nothing_is_a_copy():
    x = np.array([[1, 2]])
    pad(x, 0)[0, 0] = 9
    assert_array_equal(x, [[1, 2]])


def test_flip_by_hand():
    assert_array_equal(flip(np.array([[1, 2, 3], [4, 5, 6]])), [[6, 5, 4], [3, 2, 1]])
    assert_array_equal(flip(np.array([[[1, 2]], [[3, 4]]])), [[[2, 1]], [[4, 3]]])


def test_flip_does_not_share_memory():
    kernel = np.array([[1, 2]])
    flip(kernel)[0, 0] = 9
    assert_array_equal(kernel, [[1, 2]])


def test_pool_step_by_hand():
    assert pool_step(np.array([[1, 3], [7, 5]])) == 7
    assert pool_step(np.array([[-4, -2], [-9, -3]])) == -2
    assert type(pool_step(np.array([[1, 2]], dtype=np.uint8))) is int
    assert np.isnan(pool_step(np.array([[1, NAN], [INF, 2]])))


@BOTH
def test_maxpool_by_hand(ops):
    assert_array_equal(ops.maxpool(POOL_IMAGE, 2), [[7, 8], [6, 9]])
    assert_array_equal(ops.maxpool(POOL_IMAGE, 2, stride=1), [[7, 8, 8], [7, 6, 9], [6, 6, 9]])
    assert_array_equal(ops.maxpool(POOL_IMAGE, 3, stride=1), [[8, 9], [7, 9]])
    assert_array_equal(ops.maxpool(POOL_IMAGE, (1, 4)), [[8], [7], [9], [7]])
    assert_array_equal(ops.maxpool(POOL_IMAGE, (4, 1)), [[7, 6, 8, 9]])
    assert_array_equal(ops.maxpool(POOL_IMAGE, 3, stride=2), [[8]])
    assert_array_equal(ops.maxpool(POOL_IMAGE, 3, stride=2, ceil_mode=True), [[8, 9], [6, 9]])
    assert_array_equal(
        ops.maxpool(POOL_IMAGE, 2, stride=1, dilation=2),
        [[max(1, 8, 2, 5), max(3, 4, 0, 9)], [max(7, 6, 4, 3), max(5, 2, 6, 7)]],
    )


@BOTH
def test_maxpool_below_zero(ops):
    assert_array_equal(ops.maxpool(POOL_NEGATIVE, 2), [[7 - 10, 8 - 10], [6 - 10, 9 - 10]])


@BOTH
@pytest.mark.parametrize("dtype", ["int8", "int64", "float16", "float64"])
def test_padding_never_wins(ops, dtype):
    x = np.array([[-5, -6], [-7, -8]], dtype=dtype)
    assert_array_equal(ops.maxpool(x, 2, padding=1), [[-5, -6], [-7, -8]])


@BOTH
def test_indices_count_row_by_row_without_the_padding(ops):
    y, indices = ops.maxpool(POOL_IMAGE, 2, return_indices=True)
    assert_array_equal(indices, [[1 * 4 + 0, 0 * 4 + 2], [3 * 4 + 1, 2 * 4 + 3]])
    y, indices = ops.maxpool(POOL_IMAGE[:2], 2, padding=1, stride=2, return_indices=True)
    assert_array_equal(y, [[1, 8, 4], [7, 6, 2]])
    assert_array_equal(indices, [[0, 2, 3], [4, 6, 7]])


@BOTH
def test_first_of_equal_winners_and_last_nan(ops):
    assert ops.maxpool(np.full((3, 3), 5), 3, return_indices=True)[1] == 0
    x = np.array([[1, NAN], [NAN, 9]])
    y, indices = ops.maxpool(x, 2, return_indices=True)
    assert np.isnan(y)
    assert indices == 2
    lowest = np.full((2, 2), -INF)
    assert_array_equal(ops.maxpool(lowest, 2, padding=1, return_indices=True)[1], [[0, 1], [2, 3]])


@BOTH
def test_avgpool_by_hand(ops):
    assert_array_equal(ops.avgpool(POOL_IMAGE, 2), [[16 / 4, 20 / 4], [12 / 4, 24 / 4]])
    x = np.array([[8, 4]])
    assert_array_equal(ops.avgpool(x, (1, 2), padding=(0, 1)), [[(0 + 8) / 2, (4 + 0) / 2]])
    assert_array_equal(
        ops.avgpool(x, (1, 2), padding=(0, 1), count_include_pad=False), [[8 / 1, 4 / 1]]
    )


@BOTH
def test_pools_with_padding_on_some_sides_by_hand(ops):
    x = np.array([[-1, -2, -3]])
    one_more = ((0, 0), (0, 1))
    assert_array_equal(ops.maxpool(x, (1, 2), stride=1, padding=one_more), [[-1, -2, -3]])
    assert_array_equal(
        ops.avgpool(x, (1, 2), stride=1, padding=one_more), [[-3 / 2, -5 / 2, (-3 + 0) / 2]]
    )
    assert_array_equal(
        ops.avgpool(x, (1, 2), stride=1, padding=one_more, count_include_pad=False),
        [[-3 / 2, -5 / 2, -3 / 1]],
    )
    y, indices = ops.maxpool(POOL_IMAGE, 2, padding=((1, 0), (1, 1)), return_indices=True)
    assert_array_equal(y, [[1, 8, 4], [7, 6, 9]])
    assert_array_equal(indices, [[0, 2, 3], [4, 6, 11]])


@BOTH
def test_same_padding_of_pools_by_hand(ops):
    x = np.array([[1, 2, 3, 4, 5]])
    for pool, y in ((ops.maxpool, [[2, 4, 5]]), (ops.avgpool, [[3 / 2, 7 / 2, 5 / 2]])):
        assert_array_equal(pool(x, (1, 2), padding="same"), y)
    assert_array_equal(ops.maxpool(x, (1, 3), stride=2, padding="same"), [[2, 4, 5]])
    assert_array_equal(ops.maxpool(x, (1, 2), padding="valid"), [[2, 4]])
    # The window spans 5 pixels: 2 on each side, which is more than half of its 3 cells.
    assert_array_equal(
        ops.maxpool(x, (1, 3), stride=1, dilation=2, padding="same"), [[3, 4, 5, 4, 5]]
    )


@BOTH
def test_avgpool_in_ceil_mode_does_not_count_what_hangs_over(ops):
    x = np.array([[1, 2, 3, 4]])
    assert_array_equal(ops.avgpool(x, (1, 3), ceil_mode=True), [[(1 + 2 + 3) / 3, 4 / 1]])
    with_padding = ops.avgpool(x, (1, 3), stride=(1, 2), padding=(0, 1), ceil_mode=True)
    assert_array_equal(with_padding, [[(0 + 1 + 2) / 3, (2 + 3 + 4) / 3, (4 + 0) / 2]])


# ---------------------------------------------------------------- dtypes and shapes


@BOTH
@pytest.mark.parametrize("dtype", ["bool", "uint8", "int32", "uint64"])
def test_integers_give_exact_int64(ops, dtype):
    x = np.ones((3, 3), dtype=dtype)
    y = ops.conv2d(x, np.full((2, 2), 200, dtype=np.uint8))
    assert y.dtype == np.int64
    assert_array_equal(y, np.full((2, 2), 4 * 200))


@BOTH
def test_sums_of_a_photograph_do_not_wrap(ops):
    x = grey(photograph())[:8, :9]
    y = ops.conv2d(x, np.full((3, 3), 255, dtype=np.uint8))
    assert_array_equal(y, scipy.signal.correlate2d(x.astype(int), np.full((3, 3), 255), "valid"))


@BOTH
def test_large_integers_stay_exact(ops):
    x = np.array([[2**53 + 1]])
    assert ops.conv2d(x, np.array([[1]])) == 2**53 + 1
    assert conv_step(x, np.array([[1]])) == 2**53 + 1


@BOTH
@pytest.mark.parametrize(
    ("x", "weight", "bias", "y"),
    [
        ("float32", "float32", "float32", "float32"),
        ("float64", "float32", "float32", "float64"),
        ("float16", "float16", "float16", "float16"),
        ("uint8", "float32", "float32", "float32"),
        ("int64", "float32", "float32", "float64"),
        ("int64", "int64", "float64", "float64"),
        (">f4", ">f4", ">f4", "float32"),
    ],
)
def test_conv2d_promotes_as_numpy_does(ops, x, weight, bias, y):
    result = ops.conv2d(np.ones((1, 2, 2), x), np.ones((1, 1, 2, 2), weight), np.ones(1, bias))
    assert result.dtype == y
    assert_array_equal(result, [[[5]]])


@BOTH
def test_float16_is_summed_in_float32(ops):
    x = np.ones((64, 64), dtype=np.float16)
    k = np.ones((64, 64), dtype=np.float16)
    x[0, 0] = 2048  # in float16, 2048 + 1 is 2048
    assert ops.conv2d(x, k) == 6144  # float16 has no 6143
    assert conv_step(x, k) == 2048 + 64 * 64 - 1
    assert ops.avgpool(np.full((2, 2), 60000, dtype=np.float16), 2) == 60000 - 60000 % 32


@BOTH
@pytest.mark.parametrize("dtype", ["bool", "uint8", "int64", "uint64", "float16", "float32"])
def test_pool_dtypes(ops, dtype):
    x = np.array([[0, 1], [1, 1]], dtype=dtype)
    assert ops.maxpool(x, 2, padding=1).dtype == x.dtype
    assert_array_equal(ops.maxpool(x, 2, padding=1), x)
    y = ops.avgpool(x, 2)
    assert y.dtype == (x.dtype if x.dtype.kind == "f" else np.float64)
    assert_array_equal(y, [[3 / 4]])


@BOTH
def test_a_python_bias_does_not_widen_floats(ops):
    x = np.ones((2, 2), np.float32)
    assert ops.conv2d(x, x[:1, :1], 0.5).dtype == np.float32


def batch_and_filters(integer):
    return array(integer, (2, 2, 5, 6)), array(integer, (3, 2, 2, 3))


@BOTH
@given(from_hypothesis(batch_and_filters))
def test_axes_in_front_are_only_repetition(ops, case):
    x, weight = case
    y = ops.conv2d(x, weight)
    assert_array_equal(ops.conv2d(x[1], weight), y[1])
    assert_array_equal(sum(ops.conv2d(x[0, c], weight[2, c]) for c in range(2)), y[0, 2])
    for pool in (ops.maxpool, ops.avgpool):
        z = pool(x, 2)
        assert_array_equal(pool(x[1], 2), z[1])
        assert_array_equal(pool(x[1, 0], 2), z[1, 0])


# ---------------------------------------------------------------- SciPy


def spread(kernel, dilation):
    """Put zeros between the cells of a kernel."""
    height, width = kernel.shape
    wide = np.zeros((dilation[0] * (height - 1) + 1, dilation[1] * (width - 1) + 1), kernel.dtype)
    wide[:: dilation[0], :: dilation[1]] = kernel
    return wide


def scipy_conv2d(x, weight, options):
    """Compute conv2d from scipy.signal.correlate2d."""
    stride, dilation = options["stride"], options["dilation"]
    sides = sides_of(options["padding"], x.shape[-2:], weight.shape[-2:], stride, dilation)
    images = x.reshape((1,) * (4 - x.ndim) + x.shape)
    kernels = weight.reshape((1,) * (4 - weight.ndim) + weight.shape)
    groups = options.get("groups", 1)
    bias = np.zeros(1, int) if options["bias"] is None else np.atleast_1d(options["bias"])
    bias = np.broadcast_to(bias, len(kernels))
    batch = []
    for image in images:
        for o, kernel in enumerate(kernels):
            group = np.split(image, groups)[o * groups // len(kernels)]
            total = sum(
                scipy.signal.correlate2d(
                    np.pad(channel, sides), spread(k, options["dilation"]), "valid"
                )
                for channel, k in zip(group, kernel)
            )
            rows, columns = options["stride"]
            batch.append(total[::rows, ::columns] + bias[o])
    y = np.array(batch).reshape(len(images), len(kernels), *batch[0].shape)
    return y.reshape(y.shape[4 - x.ndim :])


@given(from_hypothesis(conv_case))
def test_conv2d_equals_scipy(case):
    x, weight, options = case
    expected = scipy_conv2d(x, weight, options)
    for name in EXACT:
        y = CONVOLUTIONS[name](x, weight, **options)
        assert_array_equal(y, expected, err_msg=name, strict=True)


def plain_case(integer):
    """Return a case whose kernel is square, for the methods that take nothing else."""
    x, weight, options = conv_case(integer)
    options |= {"stride": (1, 1), "dilation": (1, 1)}
    size, image = integer(2, 5), (integer(5, 9), integer(5, 9))
    x, weight = (
        array(integer, (*x.shape[:-2], *image)),
        array(integer, (*weight.shape[:-2], size, size)),
    )
    return x, weight, options


@given(from_hypothesis(conv_case), from_hypothesis(plain_case))
def test_float_conv2d_equals_scipy(case, plain):
    for x, weight, options in (case, plain):
        x, weight = x / 7, weight / 3
        expected = scipy_conv2d(x, weight, options)
        for name in able(x, weight, options):
            y = CONVOLUTIONS[name](x, weight, **options)
            assert_allclose(y, expected, rtol=1e-12, atol=1e-12, err_msg=name)


def scipy_pool(x, filter_, options, outside):
    """Filter at every pixel with `outside` around, then keep the pixels where windows stand."""
    size, stride = options["size"], options["stride"] or options["size"]
    dilation = options.get("dilation", (1, 1))
    sides = sides_of(options["padding"], x.shape[-2:], size, stride, dilation)
    margin = 10
    around = [(0, 0)] * (x.ndim - 2) + [(margin, margin)] * 2
    padded = np.pad(x.astype(float), around, constant_values=outside)
    footprint = spread(np.ones(size, int), dilation).astype(bool)
    planes = padded.reshape(-1, *padded.shape[-2:])
    # With these origins the filter's window starts at the pixel it belongs to.
    origin = [-(n // 2) for n in footprint.shape]
    filtered = np.array([filter_(plane, footprint, origin) for plane in planes])
    places = []
    for axis in range(2):
        n = x.shape[axis - 2]
        numbers = (v[axis] for v in (size, stride, sides, dilation))
        count = output_size(n, *numbers, options["ceil_mode"])
        places.append(margin - sides[axis][0] + stride[axis] * np.arange(count))
    y = filtered[:, places[0][:, None], places[1]]
    return y.reshape(*x.shape[:-2], *y.shape[1:])


def scipy_max(plane, footprint, origin):
    return scipy.ndimage.maximum_filter(
        plane, footprint=footprint, mode="constant", cval=-INF, origin=origin
    )


def scipy_sum(plane, footprint, origin):
    return scipy.ndimage.correlate(plane, footprint * 1.0, mode="constant", origin=origin)


@given(from_hypothesis(pool_case))
def test_maxpool_equals_scipy(case):
    x, options = case
    expected = scipy_pool(x, scipy_max, options, -INF)
    for name, ops in POOLS.items():
        assert_array_equal(ops.maxpool(x, **options), expected, err_msg=name)


def cells_counted(n, k, stride, padding, places, include_padding):
    """Count the cells of each window along one axis, as PyTorch's divisor does."""
    before, after = padding
    starts = stride * np.arange(places) - before
    ends = np.minimum(starts + k, n + after)
    if include_padding:
        return ends - starts
    return np.minimum(ends, n) - np.maximum(starts, 0)


@given(from_hypothesis(pool_case), st.booleans())
def test_avgpool_equals_scipy(case, include_padding):
    x, options = case
    del options["dilation"]
    sums = scipy_pool(x, scipy_sum, options, 0)
    size, stride = options["size"], options["stride"] or options["size"]
    rows, columns = map(
        cells_counted,
        x.shape[-2:],
        size,
        stride,
        sides_of(options["padding"], x.shape[-2:], size, stride, (1, 1)),
        sums.shape[-2:],
        (include_padding, include_padding),
    )
    for name, ops in POOLS.items():
        y = ops.avgpool(x, **options, count_include_pad=include_padding)
        expected = sums / np.outer(rows, columns)
        assert_allclose(y, expected, rtol=1e-14, atol=1e-14, err_msg=name)


@BOTH
@given(from_hypothesis(pool_case))
def test_indices_point_at_the_winners(ops, case):
    x, options = case
    options["dilation"] = (1, 1)  # so that every window sees a pixel
    y, indices = ops.maxpool(x, **options, return_indices=True)
    assert_array_equal(ops.maxpool(x, **options), y, strict=True)
    planes = x.reshape(*x.shape[:-2], -1)
    winners = np.take_along_axis(planes, indices.reshape(*indices.shape[:-2], -1), axis=-1)
    assert_array_equal(winners.reshape(y.shape), y)
    # A number that is larger the earlier it stands has the same indices: ties go to the first.
    places = np.arange(x.shape[-2] * x.shape[-1]).reshape(x.shape[-2:])
    tilted = x * 10_000 - places
    assert_array_equal(ops.maxpool(tilted, **options, return_indices=True)[1], indices)


# ---------------------------------------------------------------- PyTorch


def assert_equals_torch(name, function, x, options, answer):
    """Compare one implementation with PyTorch's answer, in float64 or in integers."""
    if function == "maxpool":
        y, indices = POOLS[name].maxpool(x, **options, return_indices=True)
        lowest = -INF if x.dtype.kind == "f" else np.iinfo(x.dtype).min
        assert_array_equal(y, np.where(np.isneginf(answer[0]), lowest, answer[0]))
        known = answer[1] >= 0
        assert_array_equal(indices[known], answer[1][known])
        return
    ops = CONVOLUTIONS[name] if function == "conv2d" else POOLS[name].avgpool
    with np.errstate(invalid="ignore"):
        y = ops(x, **options)
    assert y.shape == np.shape(answer)
    if name in fast.METHODS and name not in EXACT:
        assert_allclose(y, answer, rtol=1e-12, atol=1e-10)  # their errors are those of a tile
    else:
        assert_allclose(y, answer, rtol=1e-13, atol=1e-13)


def implementations_of(function, x, options):
    """Return the names of all that must give PyTorch's answer to a call."""
    if function != "conv2d":
        return list(POOLS)
    options = dict(options)
    weight = options.pop("weight")
    return [name for name in able(x, weight, options) if answers_as_it_should(name, x, weight)]


COMMITTED = torch_answers.committed_answers()


@pytest.mark.parametrize("name", ["fast", *CONVOLUTIONS])
def test_committed_answers_of_torch(name):
    """Every line of the file, in integers where it holds integers, and in floats."""
    met = {"conv2d": 0, "maxpool": 0, "avgpool": 0}
    for line, (function, x, options, answer) in enumerate(COMMITTED, start=2):
        for image in (x, x * 1.0):
            if name in implementations_of(function, image, options):
                try:
                    assert_equals_torch(name, function, image, options, answer)
                except AssertionError as error:
                    raise AssertionError(f"line {line} of torch_answers.json: {error}") from error
                met[function] += 1
    assert (met["conv2d"] > 0) == (name != "fast")
    assert (met["maxpool"] > 200 and met["avgpool"] > 200) == (name in POOLS)
    if name in EXACT:
        assert met["conv2d"] == 2 * sum(call[0] == "conv2d" for call in COMMITTED)


@pytest.mark.live_torch
@pytest.mark.filterwarnings("ignore:Using padding='same':UserWarning")
def test_committed_answers_are_what_torch_says():
    for (function, x, options), committed in zip(torch_answers.calls(), COMMITTED, strict=True):
        answer = torch_answers.ask_torch(function, x, options)
        assert function == committed[0]
        assert_array_equal(x, committed[1])
        if function == "maxpool":
            assert_array_equal(answer[0], committed[3][0])
            assert_array_equal(answer[1], committed[3][1])
        else:
            assert_allclose(answer, committed[3], rtol=1e-13)


def assert_all_equal_torch(function, x, options):
    answer = torch_answers.ask_torch(function, x, options)
    for name in implementations_of(function, x, options):
        assert_equals_torch(name, function, x, options, answer)


@pytest.mark.live_torch
@pytest.mark.filterwarnings("ignore:Using padding='same':UserWarning")
@given(from_hypothesis(conv_case), from_hypothesis(plain_case))
def test_conv2d_equals_torch(case, plain):
    for x, weight, options in (case, plain):
        options["weight"] = weight
        assert_all_equal_torch("conv2d", x, options)
        assert_all_equal_torch("conv2d", x * 1.0, options)


@pytest.mark.live_torch
@given(from_hypothesis(pool_case))
def test_maxpool_equals_torch(case):
    x, options = case
    assume(torch_answers.torch_can("maxpool", x, options))
    assert_all_equal_torch("maxpool", x, options)


@pytest.mark.live_torch
@given(from_hypothesis(pool_case), st.booleans())
def test_avgpool_equals_torch(case, include_padding):
    x, options = case
    del options["dilation"]
    options["count_include_pad"] = include_padding
    assume(torch_answers.torch_can("avgpool", x, options))
    assert_all_equal_torch("avgpool", x, options)


def with_special_values(x):
    """Replace most numbers by NaN and infinities."""
    return np.random.default_rng(x.size).choice([NAN, INF, -INF, 0, 1, 2], x.shape)


@pytest.mark.live_torch
@pytest.mark.filterwarnings("ignore:Using padding='same':UserWarning")
@given(from_hypothesis(conv_case))
def test_conv2d_of_nan_and_inf_equals_torch(case):
    x, weight, options = case
    assert_all_equal_torch("conv2d", with_special_values(x), options | {"weight": weight})


@pytest.mark.live_torch
@given(from_hypothesis(pool_case))
def test_pools_of_nan_and_inf_equal_torch(case):
    x, options = case
    assume(torch_answers.torch_can("maxpool", x, options))
    x = with_special_values(x)
    assert_all_equal_torch("maxpool", x, options)
    del options["dilation"]
    assert_all_equal_torch("avgpool", x, options)


# ---------------------------------------------------------------- NaN, inf, and what must hold


@BOTH
def test_nan_and_inf_reach_only_the_cells_that_see_them(ops):
    x = IMAGE.astype(float)
    x[0, 0], x[4, 4] = NAN, INF
    with np.errstate(invalid="ignore"):
        y = ops.conv2d(x, np.ones((3, 3)))
    assert np.isnan(y[0, 0])
    assert y[2, 2] == INF
    untouched = np.ones((3, 3), bool)
    untouched[0, 0] = untouched[2, 2] = False
    assert_array_equal(y[untouched], ops.conv2d(IMAGE, np.ones((3, 3)))[untouched])
    assert np.isnan(ops.maxpool(x, 2)[0, 0])
    assert ops.avgpool(x, 2, stride=3)[1, 1] == INF


@BOTH
@given(from_hypothesis(conv_case), st.integers(-5, 5), st.integers(-5, 5))
def test_conv2d_is_linear(ops, case, a, b):
    x, weight, options = case
    options["bias"] = None
    z = np.random.default_rng(0).integers(-9, 10, x.shape)
    assert_array_equal(
        ops.conv2d(a * x + b * z, weight, **options),
        a * ops.conv2d(x, weight, **options) + b * ops.conv2d(z, weight, **options),
    )


@BOTH
@given(from_hypothesis(conv_case))
def test_conv2d_shifts_with_its_image(ops, case):
    x, weight, options = case
    options |= {"padding": 0, "stride": 1}
    shifted = np.pad(x, [(0, 0)] * (x.ndim - 2) + [(2, 0), (1, 0)])
    assert_array_equal(
        ops.conv2d(shifted, weight, **options)[..., 2:, 1:], ops.conv2d(x, weight, **options)
    )


@BOTH
@given(from_hypothesis(conv_case))
def test_the_flipped_kernel_gives_true_convolution(ops, case):
    x, weight, _ = case
    x, k = x.reshape(-1, *x.shape[-2:])[0], weight.reshape(-1, *weight.shape[-2:])[0]
    assert_array_equal(ops.conv2d(x, flip(k)), scipy.signal.convolve2d(x, k, "valid"))


@BOTH
@given(from_hypothesis(conv_case))
def test_flipping_everything_flips_the_answer(ops, case):
    x, weight, options = case
    options |= {"padding": 0, "stride": 1}
    assert_array_equal(
        ops.conv2d(flip(x), flip(weight), **options), flip(ops.conv2d(x, weight, **options))
    )


@BOTH
@given(from_hypothesis(conv_case))
def test_turning_everything_turns_the_answer(ops, case):
    x, weight, options = case
    y = ops.conv2d(x, weight, **options)
    turned = options | {"stride": options["stride"][::-1], "dilation": options["dilation"][::-1]}
    if np.ndim(options["padding"]) > 0:
        turned["padding"] = options["padding"][::-1]
    x, weight, y = (np.swapaxes(array, -1, -2) for array in (x, weight, y))
    assert_array_equal(ops.conv2d(x, weight, **turned), y)


@BOTH
@given(from_hypothesis(lambda integer: (array(integer, (9, 13)), integer(1, 3), integer(1, 3))))
def test_max_of_max(ops, case):
    x, height, width = case
    twice = ops.maxpool(ops.maxpool(x, (height, width), stride=1), (2, 3), stride=1)
    assert_array_equal(twice, ops.maxpool(x, (height + 1, width + 2), stride=1))


@BOTH
@given(from_hypothesis(pool_case), st.integers(-20, 20))
def test_maxpool_follows_a_rising_change_of_brightness(ops, case, step):
    x, options = case
    options["dilation"] = (1, 1)
    assert_array_equal(ops.maxpool(x + step, **options), ops.maxpool(x, **options) + step)
    assert_array_equal(ops.maxpool(x**3, **options), ops.maxpool(x, **options) ** 3)


@BOTH
@given(from_hypothesis(pool_case))
def test_the_mean_is_never_above_the_maximum(ops, case):
    x, options = case
    del options["dilation"]
    mean = ops.avgpool(x, **options, count_include_pad=False)
    assert (mean <= ops.maxpool(x, **options) + 1e-12).all()


# ---------------------------------------------------------------- inputs are left alone


@BOTH
@given(from_hypothesis(conv_case), from_hypothesis(pool_case))
def test_inputs_may_be_read_only_and_are_not_changed(ops, conv, pool):
    x, weight, options = conv
    z, pool_options = pool
    arrays = [array for array in (x, weight, options["bias"], z) if isinstance(array, np.ndarray)]
    before = [array.copy() for array in arrays]
    for array_ in arrays:
        array_.flags.writeable = False
    ops.conv2d(x, weight, **options)
    pad(x, 1)
    flip(weight)
    conv_step(x, x)
    pool_step(z)
    ops.maxpool(z, **pool_options, return_indices=True)
    del pool_options["dilation"]
    ops.avgpool(z, **pool_options)
    for array_, copy in zip(arrays, before):
        assert_array_equal(array_, copy, strict=True)


@BOTH
def test_results_do_not_share_memory_with_inputs(ops):
    x = np.arange(9.0).reshape(3, 3)
    one = np.ones((1, 1))
    for y in (ops.conv2d(x, one), ops.maxpool(x, 1), ops.avgpool(x, 1), pad(x, 0), flip(x)):
        assert not np.shares_memory(x, y)


@BOTH
def test_views_and_fortran_order_give_the_same_answer(ops):
    x = np.arange(100).reshape(10, 10)
    view = x[::-2, ::3]
    assert_array_equal(ops.conv2d(view, KERNEL[::-1]), ops.conv2d(view.copy(), KERNEL[::-1].copy()))
    assert_array_equal(ops.maxpool(np.asfortranarray(x), 3), ops.maxpool(x, 3))
