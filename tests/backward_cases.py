"""Draw calls for the tests of backward passes, and ask PyTorch for its gradients."""

import numpy as np
from hypothesis import strategies as st

from cases import conv_case, pool_case, sides_of
from convlib import core
from torch_answers import as_batch, as_input


def drawn(make_case):
    """Turn a maker of cases into a strategy."""
    return st.composite(lambda draw: make_case(lambda low, high: draw(st.integers(low, high))))()


def gradient_like(integer, y):
    return np.random.default_rng(integer(0, 9999)).integers(-9, 10, y.shape)


def conv_backward_case(integer):
    """Return (dy, x, weight, options) of whole numbers."""
    x, weight, options = conv_case(integer)
    del options["bias"]
    if integer(0, 1):
        options["stride"] = (1, 1)  # has ways of its own
    return gradient_like(integer, core.conv2d(x, weight, **options)), x, weight, options


def alike_on_both_sides(integer):
    """Return a pool case whose padding PyTorch has, too: numbers, up to half a window."""
    x, options = pool_case(integer)
    options["padding"] = tuple(integer(0, k // 2) for k in np.broadcast_to(options["size"], 2))
    return x, options


def maxpool_backward_case(integer):
    """Return (dy, x, options), with many ties and every window on a pixel."""
    x, options = alike_on_both_sides(integer)
    x //= integer(1, 5)
    if any(options["padding"]):
        options["dilation"] = 1  # PyTorch sends somewhere from windows that see only padding
    return gradient_like(integer, core.maxpool(x, **options)), x, options


def avgpool_backward_case(integer):
    x, options = alike_on_both_sides(integer)
    del options["dilation"]
    options["count_include_pad"] = bool(integer(0, 1))
    return gradient_like(integer, core.avgpool(x, **options)), x, options


def transpose_case(integer):
    """Return (x, weight, bias, options) of conv_transpose2d."""
    kernel = integer(1, 3), integer(1, 3)
    stride, dilation = (integer(1, 3), integer(1, 3)), (integer(1, 2), integer(1, 2))
    extra = tuple(integer(0, max(s, d) - 1) for s, d in zip(stride, dilation))
    image = integer(2, 4), integer(2, 4)
    spans = [(n - 1) * s + d * (k - 1) for n, s, d, k in zip(image, stride, dilation, kernel)]
    padding = tuple(integer(0, span // 2) for span in spans)
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    options |= {"output_padding": extra}
    rng = np.random.default_rng(integer(0, 9999))
    dimensions = integer(2, 4)
    if dimensions == 2:
        return rng.integers(-9, 10, image), rng.integers(-9, 10, kernel), integer(-9, 9), options
    groups, per_group, filters = integer(1, 2), integer(1, 2), integer(1, 2)
    channels = groups * per_group
    x = rng.integers(-9, 10, (integer(1, 2), channels, *image)[4 - dimensions :])
    weight = rng.integers(-9, 10, (channels, filters, *kernel))
    bias = [None, rng.integers(-9, 10, groups * filters)][integer(0, 1)]
    return x, weight, bias, options | {"groups": groups}


def torch_gradients(forward, dy, *arrays):
    """Return PyTorch's gradients of `forward(*arrays)`, of the arrays' shapes."""
    import torch

    tensors = [as_batch(array).requires_grad_() for array in arrays]
    y = forward(*tensors)
    gradients = torch.autograd.grad(y, tensors, as_batch(dy))
    return [as_input(gradient, array.ndim) for gradient, array in zip(gradients, arrays)]


def torch_conv_gradients(dy, x, weight, stride, padding, dilation, groups=1):
    """Return PyTorch's dx and dweight for the arguments of convlib."""
    import torch

    padding = sides_of(padding, x.shape[-2:], weight.shape[-2:], stride, dilation)
    sides = np.array(padding)
    if sides.ndim < 2:
        sides = np.broadcast_to(np.broadcast_to(sides, 2)[:, np.newaxis], (2, 2))
    (top, bottom), (left, right) = sides.tolist()

    def forward(x, weight):
        x = torch.nn.functional.pad(x, (left, right, top, bottom))
        return torch.nn.functional.conv2d(x, weight, None, stride, 0, dilation, groups)

    return torch_gradients(forward, dy, x, weight)
