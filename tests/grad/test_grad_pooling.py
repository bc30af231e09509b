"""The gradients of the pools: by hand, equal to the definition, as PyTorch's, as differences."""

from collections import Counter
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal

from backward_cases import avgpool_backward_case, drawn, maxpool_backward_case, torch_gradients
from cases import pool_case
from convlib import avgpool, core, grad, maxpool
from convlib.grad import compiled, plain, pooling
from convlib.shapes import pool_arguments

NAN, INF = np.nan, np.inf
MAX, MEAN = drawn(maxpool_backward_case), drawn(avgpool_backward_case)
needs_numba = pytest.mark.skipif(not compiled.installed(), reason="Numba is not installed")
BOTH = pytest.mark.parametrize("module", [plain, grad], ids=["plain", "fast"])

# ---------------------------------------------------------------- by hand


@BOTH
def test_a_winner_of_two_windows_hears_from_both(module):
    x = np.array([[1, 9, 2]])
    assert_array_equal(
        module.maxpool_backward(np.array([[1, 10]]), x, (1, 2), stride=1), [[0, 1 + 10, 0]]
    )


@BOTH
def test_the_first_of_equals_gets_all(module):
    x = np.array([[5, 5], [5, 5]])
    assert_array_equal(module.maxpool_backward(np.array([[3]]), x, 2), [[3, 0], [0, 0]])


@BOTH
@pytest.mark.parametrize(
    ("x", "wanted"),
    [
        ([[NAN, 1, NAN, 2]], [[0, 0, 7, 0]]),
        ([[1, NAN, INF, 2]], [[0, 7, 0, 0]]),
        ([[-INF, -INF, -INF, -INF]], [[7, 0, 0, 0]]),
        ([[1, INF, INF, 2]], [[0, 7, 0, 0]]),
    ],
)
def test_nan_and_infinity(module, x, wanted):
    dx = module.maxpool_backward(np.array([[7.0]]), np.array(x), (1, 4))
    assert_array_equal(dx, wanted)


@BOTH
def test_an_infinite_gradient_goes_to_the_winner_only(module):
    x = np.array([[1.0, 3.0, 2.0, 0.0]])
    dx = module.maxpool_backward(np.array([[INF, -INF]]), x, (1, 2))
    assert_array_equal(dx, [[0, INF, -INF, 0]])


@BOTH
def test_padding_never_wins(module):
    dx = module.maxpool_backward(np.ones((2, 2), int), -np.ones((2, 2), int), 2, padding=1)
    assert_array_equal(dx, [[1, 1], [1, 1]])


@BOTH
def test_a_window_that_sees_only_padding_sends_to_nobody(module):
    x = -np.ones((5, 2))
    y = maxpool(x, 2, stride=1, padding=1, dilation=3)
    dx = module.maxpool_backward(np.ones(y.shape), x, 2, stride=1, padding=1, dilation=3)
    assert dx.sum() == np.isfinite(y).sum() < y.size


@BOTH
def test_means_by_hand(module):
    dy = np.array([[6, 60]])
    x = np.array([[1, 2, 3]])
    assert_array_equal(module.avgpool_backward(dy, x, (1, 2), padding=(0, 1)), [[3, 30, 30]])
    assert_array_equal(
        module.avgpool_backward(dy, x, (1, 2), padding=(0, 1), count_include_pad=False),
        [[6, 30, 30]],
    )
    # what hangs over the end is never counted
    assert_array_equal(module.avgpool_backward(dy, x, (1, 2), ceil_mode=True), [[3, 3, 60]])


# ---------------------------------------------------------------- equal to the definition


@given(MAX)
def test_maxpool_equals_plain(case):
    dy, x, options = case
    wanted = plain.maxpool_backward(dy, x, **options)
    assert_array_equal(grad.maxpool_backward(dy, x, **options), wanted, strict=True)
    assert wanted.sum() == dy.sum()


@settings(max_examples=50)
@given(drawn(pool_case))
def test_maxpool_with_any_dilation(case):
    x, options = case
    x = np.where(x > 5, NAN, x)
    y = core.maxpool(x, **options)
    dy = np.arange(1.0, y.size + 1).reshape(y.shape)
    wanted = plain.maxpool_backward(dy, x, **options)
    with patch.object(pooling, "BLOCK", 1):
        assert_array_equal(grad.maxpool_backward(dy, x, **options), wanted, strict=True)
    given = {"stride": None, "padding": 0, "dilation": 1, "ceil_mode": False} | options
    turned = x.reshape((1,) * (4 - x.ndim) + x.shape).transpose(1, 2, 3, 0).copy()
    call = pool_arguments(turned.transpose(3, 0, 1, 2), **given)
    best, winner = pooling.winners(call)
    assert_array_equal(best.ravel(), y.ravel())
    dx = pooling.send_to_winners(dy.reshape(call.shape), winner, call)
    assert_array_equal(dx.ravel(), wanted.ravel())


@needs_numba
@settings(max_examples=80)
@given(drawn(pool_case))
def test_compiled_loops_give_the_same_to_the_last_digit(case):
    x, options = case
    x = np.where(x > 5, NAN, np.where(x < -5, -INF, x // 3))
    given = {"stride": None, "padding": 0, "dilation": 1, "ceil_mode": False} | options
    planes = x.reshape((1,) * (4 - x.ndim) + x.shape)
    runs = planes.transpose(2, 3, 1, 0).copy().transpose(3, 2, 0, 1)
    for image in (planes, runs):
        call = pool_arguments(image, **given)
        dy = np.random.default_rng(x.size).standard_normal(call.shape)
        results = []
        for enough in (2**60, -1):
            with patch.object(compiled, "ENOUGH", {"pools": enough}):
                y, winner = pooling.winners(call)
                results.append((y, winner, pooling.send_to_winners(dy, winner, call)))
        for got, want in zip(*results):
            assert_array_equal(got, want, strict=True)


@needs_numba
def test_loops_are_compiled_when_enough_is_done(monkeypatch):
    monkeypatch.setattr(compiled, "done", Counter())
    monkeypatch.setattr(compiled, "ENOUGH", {"pools": 2 * 64})
    asked = [compiled.is_worth("pools", np.dtype(t), 64) for t in "fefidf"]
    assert asked == [False, False, False, False, True, True]
    monkeypatch.setattr(compiled, "installed", lambda: False)
    assert not compiled.is_worth("pools", np.dtype("f"), 64)


def test_large_pools(monkeypatch):
    """Many planes and rows, some blocks of each: as a small part alone, and as the adjoint."""
    rng = np.random.default_rng(0)
    x = rng.integers(0, 50, (2, 40, 70, 71)).astype(np.float32)
    for enough in (2**60, -1):
        monkeypatch.setattr(compiled, "ENOUGH", {"pools": enough})
        for options in ({"stride": 2, "padding": 1}, {}):
            y = maxpool(x, 3, **options)
            dy = rng.integers(-9, 10, y.shape).astype(np.float32)
            dx = grad.maxpool_backward(dy, x, 3, **options)
            assert np.vdot(x, dx) == np.vdot(y, dy)
            alone = plain.maxpool_backward(dy[1, 39], x[1, 39], 3, **options)
            assert_array_equal(dx[1, 39], alone)


@given(MEAN)
def test_avgpool_equals_plain(case):
    dy, x, options = case
    wanted = plain.avgpool_backward(dy, x, **options)
    got = grad.avgpool_backward(dy, x, **options)
    assert got.dtype == wanted.dtype == np.float64
    assert_allclose(got, wanted, rtol=1e-13, atol=1e-13)


@given(MEAN)
def test_avgpool_adjoint(case):
    """<avgpool(x), dy> = <x, dx>, exactly: all counts divide 5040**2."""
    dy, x, options = case
    dy = dy * 5040.0
    dx = grad.avgpool_backward(dy, x, **options)
    assert_allclose(np.vdot(core.avgpool(x, **options), dy), np.vdot(x, dx), rtol=1e-12, atol=1e-8)


# ---------------------------------------------------------------- floats


@pytest.mark.live_torch
@settings(max_examples=60)
@given(MAX)
def test_maxpool_as_pytorch(case):
    import torch

    dy, x, options = case
    named = {name: value for name, value in options.items() if name != "size"}
    size = options["size"]
    for image in (x, np.where(x == x.max(), NAN, x), np.where(x > 0, -INF, x)):
        (wanted,) = torch_gradients(
            lambda x: torch.nn.functional.max_pool2d(x, size, **named), dy, image
        )
        assert_array_equal(grad.maxpool_backward(dy.astype(float), image, **options), wanted)


@pytest.mark.live_torch
@settings(max_examples=60)
@given(MEAN)
def test_avgpool_as_pytorch(case):
    import torch

    dy, x, options = case
    named = {name: value for name, value in options.items() if name != "size"}
    size = options["size"]
    (wanted,) = torch_gradients(lambda x: torch.nn.functional.avg_pool2d(x, size, **named), dy, x)
    assert_allclose(grad.avgpool_backward(dy, x, **options), wanted, rtol=1e-12, atol=1e-12)


@settings(max_examples=20)
@given(MAX)
def test_maxpool_as_differences(case):
    _, x, options = case
    x = np.random.default_rng(x.size).permutation(x.size).reshape(x.shape) / 3  # no ties
    dy = maxpool(x, **options)
    dx = grad.maxpool_backward(dy, x, **options)

    def loss(x):
        return (maxpool(x, **options) ** 2).sum() / 2 + x.sum()

    assert grad.check_gradient(loss, x, dx + 1)


@settings(max_examples=20)
@given(MEAN)
def test_avgpool_as_differences(case):
    _, x, options = case
    x = x / 3
    dx = grad.avgpool_backward(avgpool(x, **options), x, **options)

    def loss(x):
        return (avgpool(x, **options) ** 2).sum() / 2 + x.sum()

    assert grad.check_gradient(loss, x, dx + 1)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_dtypes(dtype):
    x = np.random.default_rng(0).standard_normal((2, 3, 7, 7)).astype(dtype)
    dy = np.ones((2, 3, 3, 3), dtype)
    for backward in (grad.maxpool_backward, grad.avgpool_backward):
        assert backward(dy, x, 3, stride=2).dtype == dtype


def test_a_window_of_more_cells_than_a_byte_counts():
    x = np.zeros((13, 13))
    x[12, 12] = 1
    assert grad.maxpool_backward(np.array([[5.0]]), x, 13)[12, 12] == 5


@BOTH
def test_wrong_dy(module):
    for backward in (module.maxpool_backward, module.avgpool_backward):
        with pytest.raises(ValueError) as caught:
            backward(np.ones((2, 3)), np.ones((1, 4, 4)), 2)
        assert str(caught.value) == "dy (2, 3) must have the shape of the output, (1, 2, 2)"
