"""Ask PyTorch, and write what it answers to torch_answers.json.

    python tests/torch_answers.py

The file stands in for PyTorch on machines that do not have it. Each line is one call: the name of
the function in convlib, its arguments, and the answer.
"""

import json
from math import ceil
from pathlib import Path

import numpy as np
from cases import conv_case, pool_case

FILE = Path(__file__).with_suffix(".json")
NAN, INF = float("nan"), float("inf")


def as_batch(x):
    import torch

    return torch.from_numpy(np.array(x, dtype=np.float64).reshape((1,) * (4 - x.ndim) + x.shape))


def as_input(y, ndim):
    return y.numpy().reshape(y.shape[4 - ndim :])


def zeros_on_sides(x, weight, stride, padding, dilation):
    """Return ((top, bottom), (left, right)) for the padding that PyTorch's conv2d has not."""
    if padding != "same":
        return padding
    axes = x.shape[-2:], weight.shape[-2:], stride, dilation
    totals = [
        max((ceil(n / s) - 1) * s + d * (k - 1) + 1 - n, 0) for n, k, s, d in zip(*axes)
    ]
    return [(total // 2, total - total // 2) for total in totals]


def torch_conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """Call PyTorch with the arguments of convlib.conv2d."""
    import torch

    batch = as_batch(x)
    stride, dilation = np.broadcast_to(stride, 2).tolist(), np.broadcast_to(dilation, 2).tolist()
    if (padding == "same" and stride != [1, 1]) or np.ndim(padding) == 2:
        sides = zeros_on_sides(x, weight, stride, padding, dilation)
        (top, bottom), (left, right) = sides
        batch = torch.nn.functional.pad(batch, (left, right, top, bottom))
        padding = 0
    if bias is not None:
        bias = torch.from_numpy(np.atleast_1d(np.array(bias, dtype=np.float64)))
    y = torch.nn.functional.conv2d(
        batch, as_batch(weight), bias, stride, padding, dilation, groups
    )
    return as_input(y, x.ndim)


def torch_maxpool(x, size, stride=None, padding=0, dilation=1, ceil_mode=False):
    """Return the values and indices of PyTorch for the arguments of convlib.maxpool."""
    import torch

    y, indices = torch.nn.functional.max_pool2d(
        as_batch(x), size, stride, padding, dilation, ceil_mode, return_indices=True
    )
    return as_input(y, x.ndim), as_input(indices, x.ndim)


def torch_avgpool(x, size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    """Call PyTorch with the arguments of convlib.avgpool."""
    import torch

    y = torch.nn.functional.avg_pool2d(
        as_batch(x), size, stride, padding, ceil_mode, count_include_pad
    )
    return as_input(y, x.ndim)


def special_calls():
    """Yield calls with NaN, infinities, ties and windows that see only padding."""
    odd = np.array([[1, NAN, 3, -INF], [4, INF, 2, -INF], [NAN, 7, INF, -INF], [0, 0, 5, 5.0]])
    kernel = np.array([[1, 0], [2, -1.0]])
    yield "conv2d", odd, {"weight": kernel, "padding": 1}
    yield "conv2d", np.ones((3, 3)), {"weight": kernel, "bias": INF}
    yield "conv2d", np.ones((3, 3)), {"weight": np.array([[1, INF], [-INF, 1]]), "padding": 1}
    yield "conv2d", np.ones((3, 3)), {"weight": np.array([[1, INF], [2, 1]]), "padding": 1}
    yield "conv2d", odd, {"weight": np.array([[NAN, 0], [0, -INF]])}
    for size in (1, 2, 3, 4, (1, 4), (4, 1)):
        for options in ({}, {"stride": 1}, {"stride": 2, "ceil_mode": True}):
            padding = 0 if 1 in np.atleast_1d(size) else 1
            yield "maxpool", odd, {"size": size, "padding": padding, **options}
            yield "avgpool", odd, {"size": size, "padding": padding, **options}
    for x in (np.full((3, 3), -INF), np.full((3, 3), 5), -np.eye(4) - 1):
        yield "maxpool", x, {"size": 2, "padding": 1}
        yield "maxpool", x, {"size": 3, "stride": 1, "padding": 1, "dilation": 1}
    yield "maxpool", -np.ones((5, 2)), {"size": 2, "stride": 1, "padding": 1, "dilation": 3}
    yield "maxpool", np.ones((2, 2)), {"size": 3, "stride": 2, "ceil_mode": True}
    yield "avgpool", np.ones((2, 2)), {"size": 3, "stride": 2, "ceil_mode": True}


def calls():
    """Yield (function, x, options) of every call in the file."""
    yield from special_calls()
    rng = np.random.default_rng(20240607)

    def integer(low, high):
        return int(rng.integers(low, high + 1))

    for _ in range(150):
        x, weight, options = conv_case(integer)
        yield "conv2d", x, {"weight": weight, **options}
    for _ in range(120):
        x, options = pool_case(integer)
        yield "maxpool", x, options
        del options["dilation"]
        yield "avgpool", x, options | {"count_include_pad": bool(integer(0, 1))}


def ask_torch(function, x, options):
    """Return PyTorch's answer: an array, or for maxpool a pair of arrays."""
    ask = {"conv2d": torch_conv2d, "maxpool": torch_maxpool, "avgpool": torch_avgpool}
    return ask[function](x, **options)


def plain(value):
    """Turn arrays, and tuples of arrays, into lists; whole floats into ints."""
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, list):
        return [plain(v) for v in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def committed_answers():
    """Return (function, x, options, answer) of every line of the file."""
    answers = []
    for line in FILE.read_text().splitlines()[1:]:
        function, x, options, answer = json.loads(line)
        for name in ("weight", "bias"):
            if isinstance(options.get(name), list):
                options[name] = np.array(options[name])
        if function == "maxpool":
            answer = [np.array(part) for part in answer]
        answers.append((function, np.array(x), options, answer))
    return answers


def main():
    import torch

    torch.set_num_threads(1)
    lines = [json.dumps({"torch": torch.__version__.partition("+")[0]})]
    for function, x, options in calls():
        answer = plain(ask_torch(function, x, options))
        options = {name: plain(value) for name, value in options.items()}
        lines.append(json.dumps([function, plain(x), options, answer], separators=(",", ":")))
    FILE.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
