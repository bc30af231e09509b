"""Measure the backward passes of the layers in `work` beside PyTorch's, and print the ratios.

    python -m bench.backward [quickest]

With "quickest" it compares the shortest times of many short rounds instead of medians: on a
machine that others use, that says more.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", str(len(os.sched_getaffinity(0))))  # before NumPy

import sys
from functools import partial
from math import exp, log

import numpy as np

from bench import work
from bench.clock import once, race, settle
from convlib import grad

torch = work.torch


def conv(images, channels, size, filters, kernel, options):
    """Return the ways to send a layer's gradient back."""
    x = work.random(images, channels, size, size)
    weight = work.random(filters, channels // options.get("groups", 1), kernel, kernel)
    options = {"padding": kernel // 2} | options
    inputs = [torch.from_numpy(a).requires_grad_() for a in (x, weight, np.zeros(filters, "f"))]
    y = torch.nn.functional.conv2d(*inputs, **options)
    dy = work.random(*y.shape)
    return {
        "ours": partial(grad.conv2d_backward, dy, x, weight, **options),
        "PyTorch": way_back(y, inputs, dy),
    }


def pool(ours, theirs, size, stride):
    """Return the ways to send a pool's gradient back. Ours must look for the winners again."""
    x = work.random(8, 64, 112, 112)
    tensor = torch.from_numpy(x).requires_grad_()
    y = theirs(tensor, size, stride)
    dy = work.random(*y.shape)
    return {
        "ours": partial(ours, dy, x, size, stride=stride),
        "PyTorch": way_back(y, [tensor], dy),
    }


def way_back(y, inputs, dy):
    return partial(torch.autograd.grad, y, inputs, torch.from_numpy(dy), retain_graph=True)


def check(ways):
    """Raise AssertionError unless both give the same."""
    ours, theirs = ways["ours"](), ways["PyTorch"]()
    for got, wanted in zip(ours if isinstance(ours, tuple) else (ours,), theirs):
        error = np.abs(got - wanted.numpy()).max() / np.abs(got).max()
        assert error < 1e-3, f"ours differs by {error:.1e}"


def quickest(ways, rounds=40):
    """Return the shortest of many times of each function, taken in turn."""
    times = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            way()
            times[name].append(once(way))
    return {name: min(some) for name, some in times.items()}


def main(how="medians"):
    settle()
    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    measure = quickest if how == "quickest" else race
    functional = torch.nn.functional
    layers = {name: conv(*arguments) for name, arguments in work.LAYERS.items()}
    pools = {
        f"{kind} {size}/{stride}": pool(*functions, size, stride)
        for kind, functions in (
            ("max-pool", (grad.maxpool_backward, functional.max_pool2d)),
            ("mean-pool", (grad.avgpool_backward, functional.avg_pool2d)),
        )
        for size, stride in work.POOLS.values()
    }
    print("| backward of | ours, ms | PyTorch, ms | ratio |\n| --- | --- | --- | --- |")
    ratios = {}
    for name, ways in (layers | pools).items():
        check(ways)
        seconds = measure(ways)
        ratios[name] = seconds["ours"] / seconds["PyTorch"]
        numbers = f"{1000 * seconds['ours']:.2f} | {1000 * seconds['PyTorch']:.2f}"
        print(f"| {name} | {numbers} | {ratios[name]:.2f} |", flush=True)
    some = [ratios[name] for name in layers]
    print(f"| layers, geometric mean (≤ 1.0) | | | {exp(sum(map(log, some)) / len(some)):.2f} |")
    print(f"| layers, worst (≤ 1.5) | | | {max(some):.2f} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
