"""The transposed convolution: by hand, exact on integers, and as PyTorch's."""

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal

from backward_cases import drawn, transpose_case
from convlib import core, grad
from convlib.grad import plain
from torch_answers import as_batch, as_input

CASES = drawn(transpose_case)
BOTH = pytest.mark.parametrize(
    "transpose", [plain.conv_transpose2d, grad.conv_transpose2d], ids=["plain", "fast"]
)


@BOTH
def test_by_hand(transpose):
    x, k = np.array([[1, 10], [100, 1000]]), np.array([[1, 2], [3, 4]])
    assert_array_equal(
        transpose(x, k, 5),
        np.array([[1, 2 + 10, 20], [3 + 100, 4 + 30 + 200 + 1000, 40 + 2000], [300, 3400, 4000]])
        + np.array([[5, 5, 5], [5, 5, 5], [5, 5, 5]]),
    )


@BOTH
def test_output_padding_comes_after_the_end(transpose):
    y = transpose(np.array([[1, 10]]), np.array([[1, 2, 3]]), stride=(1, 2), output_padding=(0, 1))
    assert_array_equal(y, [[1, 2, 3 + 10, 20, 30, 0]])
    options = {"stride": (1, 2), "padding": (0, 1), "output_padding": (0, 1)}
    y = transpose(np.array([[1, 10]]), np.array([[1, 2, 3]]), **options)
    assert_array_equal(y, [[2, 3 + 10, 20, 30]])


def test_checkerboard():
    """Stride 2 and a kernel of 3 stamp pixels once, twice or four times."""
    y = grad.conv_transpose2d(np.ones((3, 3), int), np.ones((3, 3), int), stride=2)
    assert_array_equal(y[2:5, 2:5], [[4, 2, 4], [2, 1, 2], [4, 2, 4]])
    y = grad.conv_transpose2d(np.ones((3, 3), int), np.ones((4, 4), int), stride=2)
    assert_array_equal(y[2:-2, 2:-2], np.full((4, 4), 4))


@given(CASES)
def test_fast_equals_plain(case):
    x, weight, bias, options = case
    wanted = plain.conv_transpose2d(x, weight, bias, **options)
    assert_array_equal(grad.conv_transpose2d(x, weight, bias, **options), wanted, strict=True)


@given(CASES)
def test_it_is_the_gradient_of_conv2d(case):
    """<conv(y), x> = <y, convT(x)>, for an image of the size that output_padding chooses."""
    x, weight, _, options = case
    extra = options.pop("output_padding")
    if any(e >= s for e, s in zip(extra, options["stride"])):
        return  # conv2d has one place more there
    y = grad.conv_transpose2d(x, weight, output_padding=extra, **options)
    image = np.random.default_rng(y.size).integers(-9, 10, y.shape)
    assert np.vdot(core.conv2d(image, weight, **options), x) == np.vdot(image, y)
    assert_array_equal(y, grad.conv2d_backward(x, image, weight, **options)[0])


@pytest.mark.live_torch
@settings(max_examples=60)
@given(CASES)
def test_as_pytorch(case):
    import torch

    x, weight, bias, options = case
    tensor = None if bias is None else torch.from_numpy(np.atleast_1d(bias).astype(np.float64))
    wanted = torch.nn.functional.conv_transpose2d(as_batch(x), as_batch(weight), tensor, **options)
    got = grad.conv_transpose2d(x, weight, bias, **options)
    assert_allclose(got, as_input(wanted, x.ndim), atol=1e-9)


X, K = np.ones((3, 3)), np.ones((2, 2))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: grad.conv_transpose2d(X, K, output_padding=1),
            "output_padding (1, 1) must be less than stride (1, 1) or dilation (1, 1)",
        ),
        (
            lambda: grad.conv_transpose2d(X, K, padding=2),
            "padding ((2, 2), (2, 2)) leaves an image of size (0, 0); cut off less",
        ),
        (
            lambda: grad.conv_transpose2d(np.ones((2, 3, 3)), np.ones((3, 1, 2, 2))),
            "weight (3, 1, 2, 2) with groups 1 must have one kernel for each of the 2 channels "
            "of x (2, 3, 3), and groups must divide them",
        ),
        (
            lambda: grad.conv_transpose2d(np.ones((2, 3, 3)), np.ones((2, 3, 2, 2)), np.ones(2)),
            "bias (2,) must hold one number for each of the 3 output channels",
        ),
        (
            lambda: grad.conv_transpose2d(X, np.ones((1, 1, 2, 2))),
            "give x (H, W) with weight (KH, KW), or x (C, H, W) or (N, C, H, W) with weight "
            "(C, O/groups, KH, KW); got x (3, 3) and weight (1, 1, 2, 2)",
        ),
        (
            lambda: grad.conv_transpose2d(X, K, padding="same"),
            'padding must be numbers here; got "same" '
            '("valid" and "same" are for conv2d and the pools)',
        ),
    ],
)
def test_wrong_arguments(call, message):
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value) == message


def test_wrong_types():
    for x, weight, name in (([[1]], K, "x"), (X, [[1]], "weight")):
        with pytest.raises(TypeError, match=f"{name} must be a NumPy array; got list"):
            grad.conv_transpose2d(x, weight)
