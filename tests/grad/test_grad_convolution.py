"""The gradients of a convolution: by hand, exact on integers, as PyTorch's, and as differences."""

from collections import Counter
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal

from backward_cases import conv_backward_case, drawn, torch_conv_gradients
from convlib import conv2d, core, grad
from convlib.fast import compiled as forward_loops
from convlib.grad import compiled, convolution, fours, grouped, places, plain
from convlib.shapes import conv_arguments

CASES = drawn(conv_backward_case)
NAMES = "dx", "dweight", "dbias"
needs_numba = pytest.mark.skipif(not compiled.installed(), reason="Numba is not installed")
BY_LOOPS = [
    pytest.param({"grouped": 2**60, "fours": 2**60}, id="NumPy"),
    pytest.param({"grouped": -1, "fours": 2**60}, id="compiled", marks=needs_numba),
    pytest.param({"grouped": 2**60, "fours": -1}, id="fours", marks=needs_numba),
]


def arguments(x, weight, options):
    given = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1} | options
    return conv_arguments(x, weight, None, **given)


def as_floats(*arrays):
    return [array.astype(np.float64) for array in arrays]


BOTH = pytest.mark.parametrize(
    "backward", [plain.conv2d_backward, grad.conv2d_backward], ids=["plain", "fast"]
)

# ---------------------------------------------------------------- by hand


@BOTH
def test_by_hand(backward):
    x = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    k = np.array([[1, 2], [3, 5]])
    dx, dk, db = backward(np.array([[1, 0], [0, 10]]), x, k)
    assert_array_equal(dx, [[1, 2, 0], [3, 5 + 10, 20], [0, 30, 50]])
    assert_array_equal(dk, [[1 + 10 * 5, 2 + 10 * 6], [4 + 10 * 8, 5 + 10 * 9]])
    assert db == 1 + 10


@BOTH
def test_stride_padding_and_dilation_by_hand(backward):
    x, k = np.array([[1, 2, 3, 4, 5]]), np.array([[1, 10]])
    # padded 0 1 2 3 4 5; windows of pixels (0, 2), (2, 4): 0 2 | 2 4 with the zero in front
    dx, dk, _ = backward(
        np.array([[1, 100]]), x, k, stride=(1, 2), padding=((0, 0), (1, 0)), dilation=(1, 2)
    )
    assert_array_equal(dx, [[0, 10 * 1 + 1 * 100, 0, 10 * 100, 0]])
    assert_array_equal(dk, [[1 * 0 + 100 * 2, 1 * 2 + 100 * 4]])


@BOTH
def test_groups_do_not_mix(backward):
    x = np.array([[[1, 2]], [[3, 4]]])
    weight = np.array([[[[5]]], [[[7]]]])
    dy = np.array([[[1, 10]], [[100, 1000]]])
    dx, dweight, dbias = backward(dy, x, weight, groups=2)
    assert_array_equal(dx, [[[5, 50]], [[700, 7000]]])
    assert_array_equal(dweight.ravel(), [1 * 1 + 10 * 2, 100 * 3 + 1000 * 4])
    assert_array_equal(dbias, [11, 1100])


@BOTH
def test_a_batch_is_summed_into_weight_and_bias(backward):
    x = np.array([[[[1]]], [[[2]]]])
    dx, dweight, dbias = backward(np.array([[[[10]]], [[[100]]]]), x, np.array([[[[3]]]]))
    assert_array_equal(dx.ravel(), [30, 300])
    assert (dweight.item(), dbias.item()) == (10 * 1 + 100 * 2, 110)


# ---------------------------------------------------------------- exact on integers


@given(CASES)
def test_fast_equals_plain(case):
    dy, x, weight, options = case
    fast = grad.conv2d_backward(dy, x, weight, **options)
    for name, got, wanted in zip(NAMES, fast, plain.conv2d_backward(dy, x, weight, **options)):
        assert_array_equal(got, wanted, name, strict=True)


@given(CASES)
def test_adjoints(case):
    """The same sum three ways: <conv(x), dy> = <x, dx> = <weight, dweight>."""
    dy, x, weight, options = case
    dx, dweight, dbias = grad.conv2d_backward(dy, x, weight, **options)
    total = np.vdot(core.conv2d(x, weight, **options), dy)
    assert total == np.vdot(x, dx) == np.vdot(weight, dweight)
    batch = dy.reshape((1,) * (4 - dy.ndim) + dy.shape)
    assert_array_equal(np.atleast_1d(dbias), batch.sum(axis=(0, 2, 3)))


@settings(max_examples=60)
@given(CASES)
def test_every_way(case):
    dy, x, weight, options = case
    wanted = plain.conv2d_backward(dy, x, weight, **options)[:2]
    for dtype in (np.int64, np.float64):
        call = arguments(x.astype(dtype), weight.astype(dtype), options)
        full = dy.astype(dtype).reshape(call.shape)
        with patch.object(convolution, "BLOCK", 1), patch.object(convolution, "RUN", 1):
            ways = [(0, convolution.by_folding)]
            ways += [(1, convolution.by_patches), (1, convolution.by_rows)]
            ways += [(0, in_phases(0)), (1, in_phases(1))]
            if call.stride == (1, 1):
                ways += [(0, convolution.by_convolution), (1, convolution.by_dots)]
            if dtype == np.float64 and compiled.installed():
                ways += [(0, grouped.image_gradient), (1, grouped.weight_gradient)]
                ways += [(1, fours.weight_gradient), (1, row_by_row(fours.weight_gradient))]
            for which, way in ways:
                assert_array_equal(way(full, call).ravel(), wanted[which].ravel(), way.__name__)


def row_by_row(way):
    """Return the same way for pieces of one row."""

    def cut(dy, call):
        with patch.object(fours, "BLOCK", 1):
            return way(dy, call)

    return cut


def in_phases(which):
    """Return a way to the gradient of the image or the weights: that of each phase in its place."""

    def way(dy, call):
        whole = np.zeros([call.x.shape, call.weight.shape][which], dy.dtype)
        for part, cells, pixels in convolution.phases(call):
            assert part.stride == (1, 1)
            gradient = [convolution.by_convolution, convolution.by_dots][which](dy, part)
            whole[[pixels, cells][which]] = gradient
        return whole

    return way


@pytest.mark.parametrize(("stride", "dilation"), [(2, 2), (4, 2), (6, 4), (2, 3)])
def test_phases_of_a_dilated_kernel(stride, dilation):
    rng = np.random.default_rng(0)
    x, weight = rng.integers(-9, 10, (1, 2, 19, 20)), rng.integers(-9, 10, (2, 1, 3, 4))
    call = arguments(x, weight, {"stride": stride, "dilation": dilation, "groups": 2})
    dy = rng.integers(-9, 10, call.shape)
    wanted = plain.conv2d_backward(dy, x, weight, stride=stride, dilation=dilation, groups=2)
    for which in (0, 1):
        assert_array_equal(in_phases(which)(dy, call), wanted[which])


@settings(max_examples=60)
@given(CASES)
def test_there_and_back_place_by_place(case):
    dy, x, weight, options = case
    wanted = plain.conv2d_backward(dy, x, weight, **options)
    call = arguments(*as_floats(x, weight), options)
    full = dy.astype(float).reshape(call.shape)
    with patch.object(places, "MANY", 1):
        for small in (1, 2**19):
            with patch.object(places, "SMALL", small), patch.object(places, "BLOCK", small):
                y, lowered = places.there(call)
                if call.dilation[1] > 1:
                    assert y is None
                    return
                assert_array_equal(y, conv2d(x, weight, **options).reshape(call.shape))
                for got, want in zip(places.back(full, call, lowered), wanted):
                    assert_array_equal(got.ravel(), want.ravel())
                assert places.back(full, call, lowered, to_x=False)[0] is None


@needs_numba
@settings(max_examples=60)
@given(CASES)
def test_compiled_loops_equal_plain(case):
    dy, x, weight, options = case
    wanted = plain.conv2d_backward(dy, x, weight, **options)
    with patch.object(compiled, "ENOUGH", {"grouped": -1, "fours": -1}):
        for got, want in zip(grad.conv2d_backward(*as_floats(dy, x, weight), **options), wanted):
            assert_array_equal(got, want)


@needs_numba
def test_loops_are_compiled_when_enough_is_done(monkeypatch):
    monkeypatch.setattr(compiled, "done", Counter())
    monkeypatch.setattr(compiled, "ENOUGH", {"grouped": 2 * 9 * 4})
    call = arguments(np.ones((1, 2, 4, 4)), np.ones((2, 1, 3, 3)), {"groups": 2})
    dy = np.ones(call.shape)
    asked = [grouped.worth_looping(array, call) for array in (dy, dy.astype(int), dy)]
    assert asked == [False, False, True]
    monkeypatch.setattr(grouped, "PRODUCTS", 0)
    assert not grouped.worth_looping(dy, call)


@needs_numba
def test_which_layers_loops_take_four_by_four(monkeypatch):
    monkeypatch.setattr(compiled, "ENOUGH", {"grouped": 2**60, "fours": -1})

    def asked(shape, kernels, dtype=np.float32, **options):
        call = arguments(np.zeros(shape, dtype), np.zeros(kernels, dtype), options)
        return fours.worth_looping(np.zeros(call.shape, dtype), call)

    assert asked((1, 3, 64, 64), (64, 3, 3, 3), padding=1)
    assert asked((1, 64, 64, 64), (64, 64, 5, 5))
    assert not asked((1, 64, 64, 64), (65, 64, 5, 5))  # many weights
    assert not asked((1, 3, 32, 32), (64, 3, 3, 3), padding=1)  # short runs
    assert not asked((1, 3, 64, 64), (64, 3, 1, 1))
    assert not asked((1, 3, 64, 64), (64, 3, 3, 3), int, padding=1)


@needs_numba
def test_the_image_of_such_a_layer_may_go_through_loops(monkeypatch):
    monkeypatch.setattr(forward_loops, "ready", set())
    x, weight = np.ones((1, 3, 64, 64), np.float32), np.ones((8, 3, 3, 3), np.float32)
    dy = np.ones((1, 8, 62, 62), np.float32)
    for enough, expected in ((2**60, set()), (-1, {np.dtype("f")})):
        monkeypatch.setattr(compiled, "ENOUGH", {"grouped": 2**60, "fours": enough})
        convolution.by_convolution(dy, arguments(x, weight, {}))
        assert forward_loops.ready == expected


@needs_numba
def test_a_layer_four_by_four(monkeypatch):
    """More than one run, and filters and cells that are no multiple of four."""
    monkeypatch.setattr(compiled, "ENOUGH", {"grouped": 2**60, "fours": -1})
    rng = np.random.default_rng(0)
    x, weight = rng.integers(-9, 10, (2, 9, 70, 61)), rng.integers(-9, 10, (42, 3, 3, 5))
    options = {"padding": ((1, 0), (2, 3)), "groups": 3}
    dy = rng.integers(-9, 10, arguments(x, weight, options).shape)
    with patch.object(fours, "weight_gradient", wraps=fours.weight_gradient) as way:
        _, got, _ = grad.conv2d_backward(*as_floats(dy, x, weight), **options)
    assert way.called
    assert_array_equal(got, convolution.by_patches(dy, arguments(x, weight, options)))


def test_integers_that_float64_does_not_hold():
    dx, dk, _ = grad.conv2d_backward(
        np.array([[2**53 + 1, 1]]), np.array([[1, 1, 1]]), np.array([[1, 3]])
    )
    assert_array_equal(dx, [[2**53 + 1, 3 * (2**53 + 1) + 1, 3]])
    assert_array_equal(dk, [[2**53 + 2, 2**53 + 2]])


# ---------------------------------------------------------------- floats


@pytest.mark.live_torch
@settings(max_examples=60)
@given(CASES)
def test_as_pytorch(case):
    dy, x, weight, options = case
    dy, x, weight = (array / 7 for array in (dy, x, weight))
    wanted = torch_conv_gradients(dy, x, weight, **options)
    for name, got, want in zip(NAMES, grad.conv2d_backward(dy, x, weight, **options), wanted):
        assert_allclose(got, want, rtol=1e-12, atol=1e-12, err_msg=name)


@settings(max_examples=25)
@given(CASES)
def test_as_differences(case):
    dy, x, weight, options = case
    dy, x, weight = as_floats(dy, x, weight)
    dx, dweight, _ = grad.conv2d_backward(dy, x, weight, **options)

    def loss(x, weight):
        return (conv2d(x, weight, **options) ** 2).sum() / 2

    y = conv2d(x, weight, **options)
    dx, dweight, _ = grad.conv2d_backward(y, x, weight, **options)
    if y.any():
        assert grad.check_gradient(lambda x: loss(x, weight), x, dx)
        assert grad.check_gradient(lambda weight: loss(x, weight), weight, dweight)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_dtypes(dtype):
    rng = np.random.default_rng(0)
    x, weight = (rng.standard_normal(s).astype(dtype) for s in ((2, 3, 6, 6), (4, 3, 3, 3)))
    dy = rng.standard_normal((2, 4, 4, 4)).astype(dtype)
    wanted = plain.conv2d_backward(*as_floats(dy, x, weight))
    for got, want in zip(grad.conv2d_backward(dy, x, weight), wanted):
        assert got.dtype == dtype
        assert_allclose(got, want, atol=40 * np.finfo(dtype).eps)


def test_float16_sums_do_not_stop_growing():
    x = np.ones((1, 1, 64, 64), np.float16)
    _, dweight, dbias = grad.conv2d_backward(x, x, np.ones((1, 1, 1, 1), np.float16))
    assert dweight.item() == dbias.item() == 64 * 64


@pytest.mark.parametrize("enough", BY_LOOPS)
@pytest.mark.parametrize("stride", [1, 2])
def test_an_infinity_stays_where_it_is_seen(enough, stride, monkeypatch):
    monkeypatch.setattr(compiled, "ENOUGH", enough)
    monkeypatch.setattr(fours, "LONG", 0)
    x = np.zeros((1, 2, 3 + stride, 3 + stride))
    x[0, 0, 0, -1] = np.inf
    weight = np.ones((2, 1, 2, 2))
    weight[0, 0, 1, 0] = np.inf
    dy = np.ones(conv2d(np.zeros(x.shape), np.ones(weight.shape), stride=stride, groups=2).shape)
    got = grad.conv2d_backward(dy, x, weight, stride=stride, groups=2)
    wanted = plain.conv2d_backward(dy, x, weight, stride=stride, groups=2)
    for gradient, want in zip(got, wanted):
        assert_array_equal(gradient, want)


def test_nothing_given_is_changed():
    arrays = [np.ones((1, 1, 3, 3)), np.ones((1, 1, 4, 4)), np.ones((1, 1, 2, 2))]
    for array in arrays:
        array.flags.writeable = False
    grad.conv2d_backward(*arrays)


@pytest.mark.parametrize(
    ("dy", "error", "message"),
    [
        (np.ones((2, 3)), ValueError, "dy (2, 3) must have the shape of the output, (2, 2)"),
        ([[1]], TypeError, "dy must be a NumPy array; got list"),
    ],
)
@BOTH
def test_wrong_dy(backward, dy, error, message):
    with pytest.raises(error) as caught:
        backward(dy, np.ones((3, 3)), np.ones((2, 2)))
    assert str(caught.value) == message


def test_large_enough_for_all_ways_and_threads():
    rng = np.random.default_rng(0)
    for shape, kernels, options in [
        ((2, 32, 40, 40), (32, 32, 3, 3), {"padding": 1}),  # by convolution
        ((4, 3, 64, 64), (16, 3, 3, 3), {"padding": 1, "stride": 2}),  # by folding
        ((1, 64, 40, 40), (64, 1, 3, 3), {"padding": 1, "groups": 64}),  # by dots
        ((2, 32, 20, 20), (16, 32, 1, 1), {}),  # pixels are patches
        ((2, 64, 3, 3), (128, 64, 3, 3), {"padding": 1}),  # too many weights to turn
        ((4, 48, 30, 31), (48, 1, 3, 3), {"padding": 1, "groups": 48, "stride": 2}),  # in phases
        ((2, 64, 15, 15), (32, 64, 1, 1), {"stride": 2}),  # one phase
    ]:
        x, weight = rng.integers(-9, 10, shape), rng.integers(-9, 10, kernels)
        y = conv2d(x, weight, **options)
        dy = rng.integers(-9, 10, y.shape)
        exact = grad.conv2d_backward(dy, x, weight, **options)
        assert np.vdot(y, dy) == np.vdot(x, exact[0]) == np.vdot(weight, exact[1])
        floats = [array.astype(np.float32) for array in (dy, x, weight)]
        for got, want in zip(grad.conv2d_backward(*floats, **options), exact):
            assert_allclose(got, want, atol=1e-5 * np.abs(want).max())
