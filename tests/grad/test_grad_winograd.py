"""The weights' gradient by Winograd's tiles: within derived bounds of the definition."""

from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal

from backward_cases import drawn, torch_conv_gradients
from bench import work
from convlib import grad
from convlib.fast import rates, scratch
from convlib.fast import winograd as forward
from convlib.grad import convolution, plain, winograd
from convlib.shapes import conv_arguments


def winograd_case(integer):
    """Return (dy, x, weight, options) of floats: tiles that fit, and some that do not."""
    size, groups = integer(2, 5), integer(1, 2)
    padding = tuple((integer(0, size), integer(0, size)) for _ in range(2))
    image = [size + integer(0, 6) for _ in range(2)]
    channels, filters, images = integer(1, 2), integer(1, 3), integer(1, 3)
    places = [n + sum(sides) - size + 1 for n, sides in zip(image, padding)]
    rng = np.random.default_rng(integer(0, 9999))
    dy = rng.standard_normal((images, groups * filters, *places))
    x = rng.standard_normal((images, groups * channels, *image))
    weight = rng.standard_normal((groups * filters, channels, size, size))
    return dy, x, weight, {"padding": padding, "groups": groups}


CASES = drawn(winograd_case)


def arguments(x, weight, options):
    given = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1} | options
    return conv_arguments(x, weight, None, **given)


@contextmanager
def small_pieces():
    """Cut everything as small as possible: filter by filter, a row of tiles at a time."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(forward, "BLOCK", 1))
        stack.enter_context(patch.object(winograd, "WEIGHTS", 1))
        stack.enter_context(patch.object(winograd, "SMALL", 25 * 36))
        yield


@contextmanager
def shared_by(cores):
    """Cut into rows of tiles, and share these among some cores."""
    with patch.object(winograd, "cores", lambda: cores), patch.object(forward, "BLOCK", 1):
        yield


def bound(dy, call):
    """Bound the error: the same sums with every number made positive, times eps for each step.

    B, G and A take sums of at most 36 terms along both axes, the matrices themselves are rounded,
    and the sum of all tiles has a term for each of them.
    """
    matrices = tuple(np.abs(m) for m in winograd.matrices(6, 7 - call.weight.shape[2]))
    positive = call._replace(x=np.abs(call.x).astype(float))
    with patch.object(winograd, "matrices", lambda tile, size: matrices):
        sums = winograd.weight_gradient(np.abs(dy).astype(float), positive)
    terms = 3 * 36 + len(dy) * np.prod(winograd.counts(call, winograd.TILE)) + 8
    return terms * np.finfo(dy.dtype).eps * sums


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("cut", [ExitStack, small_pieces, lambda: shared_by(3)])
@settings(max_examples=40)
@given(case=CASES)
def test_equals_plain(cut, dtype, case):
    dy, x, weight, options = case
    dy, x, weight = (array.astype(dtype) for array in (dy, x, weight))
    call = arguments(x, weight, options)
    _, wanted, _ = plain.conv2d_backward(
        *(a.astype("longdouble") for a in (dy, x, weight)), **options
    )
    with cut(), scratch.checked():
        got = winograd.weight_gradient(dy, call)
    assert got.dtype == dtype
    assert (np.abs(got - wanted) <= bound(dy, call)).all()


LAYERS = {  # the layers of a network that are worth it: images, channels, rows, columns, filters
    "blocks of rows": (2, 64, 57, 50, 48, 3),
    "some filters at a time": (1, 240, 30, 29, 250, 3),
    "images together": (24, 48, 26, 27, 40, 3),
    "kernel of 2 rows": (2, 150, 61, 60, 130, 2),
}


def layer(images, channels, height, width, filters, size):
    rng = np.random.default_rng(0)
    x = rng.standard_normal((images, channels, height, width), dtype=np.float32)
    weight = rng.standard_normal((filters, channels, size, size), dtype=np.float32)
    options = {"padding": ((1, 0), (2, 1))}
    call = arguments(x, weight, options)
    return rng.standard_normal(call.shape, dtype=np.float32), x, weight, options


@pytest.fixture
def always(monkeypatch):
    """Let tiles do what they can: what is faster depends on the machine."""
    monkeypatch.setattr(winograd, "faster", lambda call, here: True)


@pytest.mark.parametrize("name", LAYERS)
def test_layers_by_tiles(name, always):
    """The error is as small as the module says."""
    dy, x, weight, options = layer(*LAYERS[name])
    with patch.object(winograd, "weight_gradient", wraps=winograd.weight_gradient) as way:
        _, got, _ = grad.conv2d_backward(dy, x, weight, **options)
    assert way.called
    call = arguments(x.astype(float), weight.astype(float), options)
    wanted = convolution.by_rows(dy.astype(float), call)
    assert (np.abs(got - wanted) <= bound(dy, arguments(x, weight, options))).all()
    typical = np.sqrt(np.mean((got - wanted) ** 2) / np.mean(wanted**2)) / np.finfo("f").eps
    assert typical < 16


@pytest.mark.live_torch
def test_a_layer_as_pytorch(always):
    dy, x, weight, options = layer(*LAYERS["blocks of rows"])
    floats = [array.astype(float) for array in (dy, x, weight)]
    wanted = torch_conv_gradients(*floats, stride=1, dilation=1, **options)
    got = grad.conv2d_backward(*floats, **options)
    for gradient, want in zip(got, wanted):
        assert_allclose(gradient, want, rtol=0, atol=1e-12 * np.abs(want).max())


@pytest.mark.parametrize("number", [np.nan, np.inf, 1e30], ids=str)
@pytest.mark.parametrize("where", ["x", "dy"])
def test_what_would_spread_goes_another_way(where, number, always):
    dy, x, weight, options = layer(*LAYERS["blocks of rows"])
    assert winograd.worth_transforming(dy, arguments(x, weight, options))
    {"x": x, "dy": dy}[where][0, 3, 0, 0] = number
    with np.errstate(all="ignore"):
        _, got, _ = grad.conv2d_backward(dy, x, weight, **options)
        wanted = convolution.by_patches(dy, arguments(x, weight, options))
    some = {"x": np.s_[:, 3], "dy": np.s_[3]}[where]
    touched = np.zeros(weight.shape, bool)
    touched[some] = True
    assert_array_equal(np.isfinite(got[~touched]), True)
    assert_array_equal(np.isnan(got), np.isnan(wanted))
    # One filter or channel gets sums with the number itself, and all others keep their digits.
    assert_allclose(got[~touched], wanted[~touched], rtol=0, atol=1e-2)


def test_integers_are_exact(always):
    dy, x, weight, options = layer(*LAYERS["blocks of rows"])
    dy, x, weight = ((9 * array).astype(int) for array in (dy, x, weight))
    _, got, _ = grad.conv2d_backward(dy, x, weight, **options)
    wanted = convolution.by_patches(dy, arguments(x, weight, options))
    assert_array_equal(got, wanted, strict=True)


@pytest.mark.parametrize(
    ("size", "options"),
    [((3, 2), {}), ((6, 6), {}), ((3, 3), {"stride": (1, 2)}), ((3, 3), {"dilation": (2, 1)})],
)
def test_what_tiles_cannot_do(size, options, always):
    call = arguments(np.ones((1, 64, 99, 99)), np.ones((64, 64, *size)), options)
    assert not winograd.worth_transforming(np.ones(call.shape), call)


@pytest.mark.parametrize("kind", ["AVX-512", "AVX2"])
def test_layers_of_the_benchmark_that_tiles_do_faster(kind, monkeypatch):
    monkeypatch.setattr(rates, "kind", lambda: kind)
    here = rates.Rates(**rates.table()[kind])
    chosen = [
        name
        for name, call in work.calls().items()
        if call.groups == 1 < call.weight.shape[1]
        and not winograd.obstacle(call, winograd.TILE)
        and winograd.faster(call, here)
    ]
    layers = [
        "64 to 64 channels, 56×56, kernel 3",
        "256 to 256 channels, 28×28, kernel 3",
        "64 to 64 channels, 56×56, kernel 3, batch of 8",
        "64 to 64 channels, 56×56, kernel 5",
        "32 to 32 channels, 112×112, kernel 3, batch of 4",
        "96 to 160 channels, 41×41, kernel 3, batch of 2",
        "64 to 64 channels, 28×28, kernel 3, batch of 16",
    ]
    assert chosen == (layers if kind == "AVX-512" else [])
