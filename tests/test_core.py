import numpy as np
import pytest
import scipy.ndimage
import scipy.signal
import torch_answers
from cases import array, conv_case, pool_case
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from convlib import avgpool, conv2d, conv_step, flip, maxpool, output_size, pad, pool_step
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

WORKED = [[12, 12, 17], [10, 17, 19], [9, 6, 14]]
INF, NAN = np.inf, np.nan


def from_hypothesis(make_case):
    """Turn a maker of cases into a strategy."""
    return st.composite(lambda draw: make_case(lambda low, high: draw(st.integers(low, high))))()


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


def test_conv2d_of_the_worked_example():
    assert_array_equal(conv2d(IMAGE, KERNEL), WORKED)


def test_conv2d_with_the_flipped_kernel():
    assert_array_equal(conv2d(IMAGE, flip(KERNEL)), [[18, 20, 19], [10, 9, 17], [11, 8, 14]])


def test_conv2d_stride_by_hand():
    x = np.array([[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11, 12, 13, 14, 15]])
    k = np.array([[1, 10]])
    expected = [[1 * 1 + 2 * 10, 3 * 1 + 4 * 10], [11 * 1 + 12 * 10, 13 * 1 + 14 * 10]]
    assert_array_equal(conv2d(x, k, stride=2), expected)
    assert_array_equal(
        conv2d(x, k, stride=(1, 3)),
        [[1 + 20, 4 + 50], [6 + 70, 9 + 100], [11 + 120, 14 + 150]],
    )


def test_conv2d_dilation_by_hand():
    x = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    k = np.array([[1, 10], [100, 1000]])
    assert_array_equal(conv2d(x, k, dilation=2), [[1 * 1 + 3 * 10 + 7 * 100 + 9 * 1000]])
    assert_array_equal(
        conv2d(x, k, dilation=(2, 1)),
        [[1 + 2 * 10 + 7 * 100 + 8 * 1000, 2 + 3 * 10 + 8 * 100 + 9 * 1000]],
    )


def test_conv2d_padding_by_hand():
    x, k = np.array([[1, 2]]), np.array([[1, 10]])
    assert_array_equal(conv2d(x, k, padding=(0, 1)), [[0 * 1 + 1 * 10, 1 + 2 * 10, 2 + 0 * 10]])
    assert_array_equal(conv2d(x, k, padding="same"), [[1 + 2 * 10, 2 + 0 * 10]])
    assert_array_equal(conv2d(x, k, padding="valid"), [[1 + 2 * 10]])
    assert_array_equal(
        conv2d(x, k, padding=((1, 0), (0, 2))), [[0, 0, 0], [1 + 2 * 10, 2 + 0 * 10, 0]]
    )


def test_conv2d_channels_filters_and_bias_by_hand():
    x = np.array([[[1, 2]], [[3, 4]]])
    weight = np.array([[[[1]], [[10]]], [[[2]], [[20]]], [[[0]], [[-1]]]])
    expected = [
        [[1 * 1 + 3 * 10 + 5, 2 * 1 + 4 * 10 + 5]],
        [[1 * 2 + 3 * 20 + 6, 2 * 2 + 4 * 20 + 6]],
        [[1 * 0 + 3 * -1 + 7, 2 * 0 + 4 * -1 + 7]],
    ]
    assert_array_equal(conv2d(x, weight, np.array([5, 6, 7])), expected)


def test_conv2d_groups_by_hand():
    x = np.array([[[1]], [[2]], [[3]], [[4]]])
    weight = np.array([[[[1]], [[10]]], [[[100]], [[1000]]]])
    expected = [[[1 * 1 + 2 * 10]], [[3 * 100 + 4 * 1000]]]
    assert_array_equal(conv2d(x, weight, groups=2), expected)
    depthwise = np.array([5, 6, 7, 8]).reshape(4, 1, 1, 1)
    assert_array_equal(
        conv2d(x, depthwise, groups=4), [[[1 * 5]], [[2 * 6]], [[3 * 7]], [[4 * 8]]]
    )


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


def test_maxpool_by_hand():
    assert_array_equal(maxpool(POOL_IMAGE, 2), [[7, 8], [6, 9]])
    assert_array_equal(maxpool(POOL_IMAGE, 2, stride=1), [[7, 8, 8], [7, 6, 9], [6, 6, 9]])
    assert_array_equal(maxpool(POOL_IMAGE, 3, stride=1), [[8, 9], [7, 9]])
    assert_array_equal(maxpool(POOL_IMAGE, (1, 4)), [[8], [7], [9], [7]])
    assert_array_equal(maxpool(POOL_IMAGE, (4, 1)), [[7, 6, 8, 9]])
    assert_array_equal(maxpool(POOL_IMAGE, 3, stride=2), [[8]])
    assert_array_equal(maxpool(POOL_IMAGE, 3, stride=2, ceil_mode=True), [[8, 9], [6, 9]])
    assert_array_equal(
        maxpool(POOL_IMAGE, 2, stride=1, dilation=2),
        [[max(1, 8, 2, 5), max(3, 4, 0, 9)], [max(7, 6, 4, 3), max(5, 2, 6, 7)]],
    )


def test_maxpool_below_zero():
    assert_array_equal(maxpool(POOL_NEGATIVE, 2), [[7 - 10, 8 - 10], [6 - 10, 9 - 10]])


@pytest.mark.parametrize("dtype", ["int8", "int64", "float16", "float64"])
def test_padding_never_wins(dtype):
    x = np.array([[-5, -6], [-7, -8]], dtype=dtype)
    assert_array_equal(maxpool(x, 2, padding=1), [[-5, -6], [-7, -8]])


def test_indices_count_row_by_row_without_the_padding():
    y, indices = maxpool(POOL_IMAGE, 2, return_indices=True)
    assert_array_equal(indices, [[1 * 4 + 0, 0 * 4 + 2], [3 * 4 + 1, 2 * 4 + 3]])
    y, indices = maxpool(POOL_IMAGE[:2], 2, padding=1, stride=2, return_indices=True)
    assert_array_equal(y, [[1, 8, 4], [7, 6, 2]])
    assert_array_equal(indices, [[0, 2, 3], [4, 6, 7]])


def test_first_of_equal_winners_and_last_nan():
    assert maxpool(np.full((3, 3), 5), 3, return_indices=True)[1] == 0
    x = np.array([[1, NAN], [NAN, 9]])
    y, indices = maxpool(x, 2, return_indices=True)
    assert np.isnan(y)
    assert indices == 2
    lowest = np.full((2, 2), -INF)
    assert_array_equal(maxpool(lowest, 2, padding=1, return_indices=True)[1], [[0, 1], [2, 3]])


def test_avgpool_by_hand():
    assert_array_equal(avgpool(POOL_IMAGE, 2), [[16 / 4, 20 / 4], [12 / 4, 24 / 4]])
    x = np.array([[8, 4]])
    assert_array_equal(avgpool(x, (1, 2), padding=(0, 1)), [[(0 + 8) / 2, (4 + 0) / 2]])
    assert_array_equal(
        avgpool(x, (1, 2), padding=(0, 1), count_include_pad=False), [[8 / 1, 4 / 1]]
    )


def test_avgpool_in_ceil_mode_does_not_count_what_hangs_over():
    x = np.array([[1, 2, 3, 4]])
    assert_array_equal(
        avgpool(x, (1, 3), ceil_mode=True), [[(1 + 2 + 3) / 3, 4 / 1]]
    )
    with_padding = avgpool(x, (1, 3), stride=(1, 2), padding=(0, 1), ceil_mode=True)
    assert_array_equal(with_padding, [[(0 + 1 + 2) / 3, (2 + 3 + 4) / 3, (4 + 0) / 2]])


# ---------------------------------------------------------------- dtypes and shapes


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int32", "uint64"])
def test_integers_give_exact_int64(dtype):
    x = np.ones((3, 3), dtype=dtype)
    y = conv2d(x, np.full((2, 2), 200, dtype=np.uint8))
    assert y.dtype == np.int64
    assert_array_equal(y, np.full((2, 2), 4 * 200))


def test_sums_of_a_photograph_do_not_wrap():
    x = grey(photograph())[:8, :9]
    y = conv2d(x, np.full((3, 3), 255, dtype=np.uint8))
    assert_array_equal(y, scipy.signal.correlate2d(x.astype(int), np.full((3, 3), 255), "valid"))


def test_large_integers_stay_exact():
    x = np.array([[2**53 + 1]])
    assert conv2d(x, np.array([[1]])) == 2**53 + 1
    assert conv_step(x, np.array([[1]])) == 2**53 + 1


@pytest.mark.parametrize(
    "x, weight, bias, y",
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
def test_conv2d_promotes_as_numpy_does(x, weight, bias, y):
    result = conv2d(
        np.ones((1, 2, 2), x), np.ones((1, 1, 2, 2), weight), np.ones(1, bias)
    )
    assert result.dtype == y
    assert_array_equal(result, [[[5]]])


def test_float16_is_summed_in_float32():
    x = np.ones((64, 64), dtype=np.float16)
    k = np.ones((64, 64), dtype=np.float16)
    x[0, 0] = 2048  # in float16, 2048 + 1 is 2048
    assert conv2d(x, k) == 6144  # float16 has no 6143
    assert conv_step(x, k) == 2048 + 64 * 64 - 1
    assert avgpool(np.full((2, 2), 60000, dtype=np.float16), 2) == 60000 - 60000 % 32


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int64", "uint64", "float16", "float32"])
def test_pool_dtypes(dtype):
    x = np.array([[0, 1], [1, 1]], dtype=dtype)
    assert maxpool(x, 2, padding=1).dtype == x.dtype
    assert_array_equal(maxpool(x, 2, padding=1), x)
    y = avgpool(x, 2)
    assert y.dtype == (x.dtype if x.dtype.kind == "f" else np.float64)
    assert_array_equal(y, [[3 / 4]])


def test_a_python_bias_does_not_widen_floats():
    assert conv2d(np.ones((2, 2), np.float32), np.ones((1, 1), np.float32), 0.5).dtype == np.float32


def batch_and_filters(integer):
    return array(integer, (2, 2, 5, 6)), array(integer, (3, 2, 2, 3))


@given(from_hypothesis(batch_and_filters))
def test_axes_in_front_are_only_repetition(case):
    x, weight = case
    y = conv2d(x, weight)
    assert_array_equal(conv2d(x[1], weight), y[1])
    assert_array_equal(
        sum(conv2d(x[0, c], weight[2, c]) for c in range(2)), y[0, 2]
    )
    for pool in (maxpool, avgpool):
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


def zeros_on_sides(x, weight, options):
    """Return the padding of `options` for np.pad."""
    padding = options["padding"]
    if padding == "valid":
        return [(0, 0), (0, 0)]
    if padding == "same":
        sides = []
        for axis in (-2, -1):
            n, k = x.shape[axis], weight.shape[axis]
            stride, dilation = options["stride"][axis], options["dilation"][axis]
            starts = np.arange(0, n, stride)
            total = max(starts[-1] + dilation * (k - 1) + 1 - n, 0)
            sides.append((total // 2, (total + 1) // 2))
        return sides
    if np.ndim(padding) == 2:
        return list(padding)
    ph, pw = np.broadcast_to(padding, 2)
    return [(ph, ph), (pw, pw)]


def scipy_conv2d(x, weight, options):
    """Compute conv2d from scipy.signal.correlate2d."""
    sides = zeros_on_sides(x, weight, options)
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
    assert_array_equal(conv2d(x, weight, **options), scipy_conv2d(x, weight, options), strict=True)


@given(from_hypothesis(conv_case))
def test_float_conv2d_equals_scipy(case):
    x, weight, options = case
    x, weight = x / 7, weight / 3
    assert_allclose(
        conv2d(x, weight, **options), scipy_conv2d(x, weight, options), rtol=1e-13, atol=1e-13
    )


def scipy_pool(x, filter_, options, outside):
    """Filter at every pixel with `outside` around, then keep the pixels where windows stand."""
    size, stride = options["size"], options["stride"] or options["size"]
    dilation = options.get("dilation", (1, 1))
    margin = 10
    sides = [(0, 0)] * (x.ndim - 2) + [(margin, margin)] * 2
    padded = np.pad(x.astype(float), sides, constant_values=outside)
    footprint = spread(np.ones(size, int), dilation).astype(bool)
    planes = padded.reshape(-1, *padded.shape[-2:])
    # With these origins the filter's window starts at the pixel it belongs to.
    origin = [-(n // 2) for n in footprint.shape]
    filtered = np.array([filter_(plane, footprint, origin) for plane in planes])
    places = []
    for axis in range(2):
        n = x.shape[axis - 2]
        numbers = (v[axis] for v in (size, stride, options["padding"], dilation))
        count = output_size(n, *numbers, options["ceil_mode"])
        places.append(margin - options["padding"][axis] + stride[axis] * np.arange(count))
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
    assert_array_equal(maxpool(x, **options), scipy_pool(x, scipy_max, options, -INF))


def cells_counted(n, k, stride, padding, places, include_padding):
    """Count the cells of each window along one axis, as PyTorch's divisor does."""
    starts = stride * np.arange(places) - padding
    ends = np.minimum(starts + k, n + padding)
    if include_padding:
        return ends - starts
    return np.minimum(ends, n) - np.maximum(starts, 0)


@given(from_hypothesis(pool_case), st.booleans())
def test_avgpool_equals_scipy(case, include_padding):
    x, options = case
    del options["dilation"]
    sums = scipy_pool(x, scipy_sum, options, 0)
    stride = options["stride"] or options["size"]
    rows, columns = map(
        cells_counted,
        x.shape[-2:],
        options["size"],
        stride,
        options["padding"],
        sums.shape[-2:],
        (include_padding, include_padding),
    )
    y = avgpool(x, **options, count_include_pad=include_padding)
    assert_allclose(y, sums / np.outer(rows, columns), rtol=1e-14, atol=1e-14)


@given(from_hypothesis(pool_case))
def test_indices_point_at_the_winners(case):
    x, options = case
    options["dilation"] = (1, 1)  # so that every window sees a pixel
    y, indices = maxpool(x, **options, return_indices=True)
    assert_array_equal(maxpool(x, **options), y, strict=True)
    planes = x.reshape(*x.shape[:-2], -1)
    winners = np.take_along_axis(planes, indices.reshape(*indices.shape[:-2], -1), axis=-1)
    assert_array_equal(winners.reshape(y.shape), y)
    # A number that is larger the earlier it stands has the same indices: ties go to the first.
    places = np.arange(x.shape[-2] * x.shape[-1]).reshape(x.shape[-2:])
    tilted = x * 10_000 - places
    assert_array_equal(maxpool(tilted, **options, return_indices=True)[1], indices)


# ---------------------------------------------------------------- PyTorch


def assert_equals_torch(function, x, options, answer):
    if function == "maxpool":
        y, indices = maxpool(x.astype(float), **options, return_indices=True)
        assert_array_equal(y, answer[0])
        assert_array_equal(indices, answer[1])
        return
    with np.errstate(invalid="ignore"):
        y = {"conv2d": conv2d, "avgpool": avgpool}[function](x, **options)
    assert y.shape == np.shape(answer)
    assert_allclose(y, answer, rtol=1e-13, atol=1e-13)


COMMITTED = torch_answers.committed_answers()


@pytest.mark.parametrize(
    "call", COMMITTED, ids=[f"{i}-{call[0]}" for i, call in enumerate(COMMITTED, start=2)]
)
def test_committed_answer_of_torch(call):
    assert_equals_torch(*call)


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


@pytest.mark.live_torch
@pytest.mark.filterwarnings("ignore:Using padding='same':UserWarning")
@given(from_hypothesis(conv_case))
def test_conv2d_equals_torch(case):
    x, weight, options = case
    options["weight"] = weight
    assert_equals_torch("conv2d", x, options, torch_answers.ask_torch("conv2d", x, options))


@pytest.mark.live_torch
@given(from_hypothesis(pool_case))
def test_maxpool_equals_torch(case):
    x, options = case
    assert_equals_torch("maxpool", x, options, torch_answers.ask_torch("maxpool", x, options))


@pytest.mark.live_torch
@given(from_hypothesis(pool_case), st.booleans())
def test_avgpool_equals_torch(case, include_padding):
    x, options = case
    del options["dilation"]
    options["count_include_pad"] = include_padding
    assert_equals_torch("avgpool", x, options, torch_answers.ask_torch("avgpool", x, options))


def with_special_values(x):
    """Replace most numbers by NaN and infinities."""
    return np.random.default_rng(x.size).choice([NAN, INF, -INF, 0, 1, 2], x.shape)


@pytest.mark.live_torch
@pytest.mark.filterwarnings("ignore:Using padding='same':UserWarning")
@given(from_hypothesis(conv_case))
def test_conv2d_of_nan_and_inf_equals_torch(case):
    x, weight, options = case
    x = with_special_values(x)
    options["weight"] = weight
    assert_equals_torch("conv2d", x, options, torch_answers.ask_torch("conv2d", x, options))


@pytest.mark.live_torch
@given(from_hypothesis(pool_case))
def test_pools_of_nan_and_inf_equal_torch(case):
    x, options = case
    x = with_special_values(x)
    assert_equals_torch("maxpool", x, options, torch_answers.ask_torch("maxpool", x, options))
    del options["dilation"]
    assert_equals_torch("avgpool", x, options, torch_answers.ask_torch("avgpool", x, options))


# ---------------------------------------------------------------- NaN, inf, and what must hold


def test_nan_and_inf_reach_only_the_cells_that_see_them():
    x = IMAGE.astype(float)
    x[0, 0], x[4, 4] = NAN, INF
    with np.errstate(invalid="ignore"):
        y = conv2d(x, np.ones((3, 3)))
    assert np.isnan(y[0, 0])
    assert y[2, 2] == INF
    untouched = np.ones((3, 3), bool)
    untouched[0, 0] = untouched[2, 2] = False
    assert_array_equal(y[untouched], conv2d(IMAGE, np.ones((3, 3)))[untouched])
    assert np.isnan(maxpool(x, 2)[0, 0])
    assert avgpool(x, 2, stride=3)[1, 1] == INF


@given(from_hypothesis(conv_case), st.integers(-5, 5), st.integers(-5, 5))
def test_conv2d_is_linear(case, a, b):
    x, weight, options = case
    options["bias"] = None
    z = np.random.default_rng(0).integers(-9, 10, x.shape)
    assert_array_equal(
        conv2d(a * x + b * z, weight, **options),
        a * conv2d(x, weight, **options) + b * conv2d(z, weight, **options),
    )


@given(from_hypothesis(conv_case))
def test_conv2d_shifts_with_its_image(case):
    x, weight, options = case
    options |= {"padding": 0, "stride": 1}
    shifted = np.pad(x, [(0, 0)] * (x.ndim - 2) + [(2, 0), (1, 0)])
    assert_array_equal(
        conv2d(shifted, weight, **options)[..., 2:, 1:], conv2d(x, weight, **options)
    )


@given(from_hypothesis(conv_case))
def test_the_flipped_kernel_gives_true_convolution(case):
    x, weight, _ = case
    x, k = x.reshape(-1, *x.shape[-2:])[0], weight.reshape(-1, *weight.shape[-2:])[0]
    assert_array_equal(conv2d(x, flip(k)), scipy.signal.convolve2d(x, k, "valid"))


@given(from_hypothesis(conv_case))
def test_flipping_everything_flips_the_answer(case):
    x, weight, options = case
    options |= {"padding": 0, "stride": 1}
    assert_array_equal(
        conv2d(flip(x), flip(weight), **options), flip(conv2d(x, weight, **options))
    )


@given(from_hypothesis(conv_case))
def test_turning_everything_turns_the_answer(case):
    x, weight, options = case
    y = conv2d(x, weight, **options)
    turned = options | {"stride": options["stride"][::-1], "dilation": options["dilation"][::-1]}
    if np.ndim(options["padding"]) > 0:
        turned["padding"] = options["padding"][::-1]
    x, weight, y = (np.swapaxes(array, -1, -2) for array in (x, weight, y))
    assert_array_equal(conv2d(x, weight, **turned), y)


@given(from_hypothesis(lambda integer: (array(integer, (9, 13)), integer(1, 3), integer(1, 3))))
def test_max_of_max(case):
    x, height, width = case
    twice = maxpool(maxpool(x, (height, width), stride=1), (2, 3), stride=1)
    assert_array_equal(twice, maxpool(x, (height + 1, width + 2), stride=1))


@given(from_hypothesis(pool_case), st.integers(-20, 20))
def test_maxpool_follows_a_rising_change_of_brightness(case, step):
    x, options = case
    options["dilation"] = (1, 1)
    assert_array_equal(maxpool(x + step, **options), maxpool(x, **options) + step)
    assert_array_equal(maxpool(x**3, **options), maxpool(x, **options) ** 3)


@given(from_hypothesis(pool_case))
def test_the_mean_is_never_above_the_maximum(case):
    x, options = case
    del options["dilation"]
    mean = avgpool(x, **options, count_include_pad=False)
    assert (mean <= maxpool(x, **options) + 1e-12).all()


# ---------------------------------------------------------------- inputs are left alone


@given(from_hypothesis(conv_case), from_hypothesis(pool_case))
def test_inputs_may_be_read_only_and_are_not_changed(conv, pool):
    x, weight, options = conv
    z, pool_options = pool
    arrays = [array for array in (x, weight, options["bias"], z) if isinstance(array, np.ndarray)]
    before = [array.copy() for array in arrays]
    for array_ in arrays:
        array_.flags.writeable = False
    conv2d(x, weight, **options)
    pad(x, 1)
    flip(weight)
    conv_step(x, x)
    pool_step(z)
    maxpool(z, **pool_options, return_indices=True)
    del pool_options["dilation"]
    avgpool(z, **pool_options)
    for array_, copy in zip(arrays, before):
        assert_array_equal(array_, copy, strict=True)


def test_results_do_not_share_memory_with_inputs():
    x = np.arange(9.0).reshape(3, 3)
    one = np.ones((1, 1))
    for y in (conv2d(x, one), maxpool(x, 1), avgpool(x, 1), pad(x, 0), flip(x)):
        assert not np.shares_memory(x, y)


def test_views_and_fortran_order_give_the_same_answer():
    x = np.arange(100).reshape(10, 10)
    view = x[::-2, ::3]
    assert_array_equal(conv2d(view, KERNEL[::-1]), conv2d(view.copy(), KERNEL[::-1].copy()))
    assert_array_equal(maxpool(np.asfortranarray(x), 3), maxpool(x, 3))
