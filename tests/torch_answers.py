"""Ask PyTorch, and write what it answers to torch_answers.json.

    python tests/torch_answers.py

The file stands in for PyTorch on machines that do not have it. Each line is one call: the name of
the function in convlib, its arguments, and the answer.
"""

import json
from pathlib import Path

import numpy as np

from cases import conv_case, pool_case, sides_of

FILE = Path(__file__).with_suffix(".json")
NAN, INF = float("nan"), float("inf")


def as_batch(x):
    import torch

    return torch.from_numpy(np.array(x, dtype=np.float64).reshape((1,) * (4 - x.ndim) + x.shape))


def as_input(y, ndim):
    return y.numpy().reshape(y.shape[4 - ndim :])


def surround(batch, sides, value):
    """Put rows and columns of one value around the images of a batch."""
    import torch

    (top, bottom), (left, right) = sides
    return torch.nn.functional.pad(batch, (left, right, top, bottom), value=value)


def torch_conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """Call PyTorch with the arguments of convlib.conv2d."""
    import torch

    batch = as_batch(x)
    stride, dilation = np.broadcast_to(stride, 2).tolist(), np.broadcast_to(dilation, 2).tolist()
    if (padding == "same" and stride != [1, 1]) or np.ndim(padding) == 2:
        sides = sides_of(padding, x.shape[-2:], weight.shape[-2:], stride, dilation)
        batch, padding = surround(batch, sides, 0), 0
    if bias is not None:
        bias = torch.from_numpy(np.atleast_1d(np.array(bias, dtype=np.float64)))
    y = torch.nn.functional.conv2d(batch, as_batch(weight), bias, stride, padding, dilation, groups)
    return as_input(y, x.ndim)


def pool_sides(x, size, stride=None, padding=0, dilation=1, **_):
    """Return [(top, bottom), (left, right)] of a pool."""
    size, stride, dilation = (
        np.broadcast_to(v, 2).tolist() for v in (size, size if stride is None else stride, dilation)
    )
    return sides_of(padding, x.shape[-2:], size, stride, dilation)


def torch_pads(options, sides):
    """Tell whether PyTorch's own padding of pools can do it: both sides alike, half a window."""
    return options.get("padding") != "same" and all(before == after for before, after in sides)


def torch_can(function, x, options):
    """Tell whether PyTorch can be asked: its ceil_mode knows no sides that differ."""
    if function == "conv2d" or not options.get("ceil_mode"):
        return True
    return torch_pads(options, pool_sides(x, **options))


def torch_maxpool(x, **options):
    """Return the values and indices of PyTorch for the arguments of convlib.maxpool.

    Where the sides of the padding differ, the image is surrounded first. Then a winner of -inf
    may stand in the padding: its index is unknown, and -1.
    """
    import torch

    sides, batch = pool_sides(x, **options), as_batch(x)
    alike = torch_pads(options, sides)
    options["padding"] = [before for before, _ in sides] if alike else 0
    if not alike:
        batch = surround(batch, sides, -INF)
    y, indices = torch.nn.functional.max_pool2d(batch, **plain_size(options), return_indices=True)
    y, indices = as_input(y, x.ndim), as_input(indices, x.ndim)
    if not alike:
        rows, columns = np.divmod(indices, batch.shape[3])
        (top, _), (left, _) = sides
        indices = (rows - top) * x.shape[-1] + columns - left
        indices[y == -INF] = -1
    return y, indices


def torch_avgpool(x, **options):
    """Call PyTorch with the arguments of convlib.avgpool.

    Where the sides of the padding differ, the image is surrounded by zeros first, and the pixels
    are counted by a pool of ones.
    """
    import torch

    def ask(batch):
        return torch.nn.functional.avg_pool2d(batch, **plain_size(options))

    sides, batch = pool_sides(x, **options), as_batch(x)
    if torch_pads(options, sides):
        options["padding"] = [before for before, _ in sides]
        return as_input(ask(batch), x.ndim)
    options["padding"] = 0
    y = ask(surround(batch, sides, 0))
    if not options.get("count_include_pad", True):
        y = y / ask(surround(torch.ones_like(batch), sides, 0))
    return as_input(y, x.ndim)


def plain_size(options):
    """Give the size of a window the name that PyTorch has for it."""
    options = dict(options)
    return {"kernel_size": options.pop("size"), **options}


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
    options = {"size": 2, "stride": 2, "padding": 1, "dilation": 3, "ceil_mode": True}
    yield "maxpool", np.ones((1, 2)), options
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
        if torch_can("maxpool", x, options):
            yield "maxpool", x, dict(options)
        del options["dilation"]
        options["count_include_pad"] = bool(integer(0, 1))
        if torch_can("avgpool", x, options):
            yield "avgpool", x, options


def ask_torch(function, x, options):
    """Return PyTorch's answer: an array, or for maxpool a pair of arrays."""
    ask = {"conv2d": torch_conv2d, "maxpool": torch_maxpool, "avgpool": torch_avgpool}
    return ask[function](x, **dict(options))


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
