"""Measure the backward passes of the layers in `work` beside PyTorch's, and print the ratios.

    python -m bench.backward

`make bench` measures them, too.
"""

from bench.environment import THREADS  # before NumPy

# isort: split

from functools import partial
from math import exp, log

import numpy as np

from bench import work
from bench.clock import race, settle
from convlib import grad
from convlib.grad import compiled

torch = work.torch


def conv(images, channels, size, filters, kernel, options):
    """Return the ways to send a layer's gradient back."""
    x, weight, options = work.arrays_of(images, channels, size, filters, kernel, options)
    side = work.outputs(size, options)
    dy = work.random(images, filters, side, side)
    ways = {"auto": partial(grad.conv2d_backward, dy, x, weight, **options)}
    if torch:
        inputs = [torch.from_numpy(a).requires_grad_() for a in (x, weight, np.zeros(filters, "f"))]
        ways["PyTorch"] = way_back(torch.nn.functional.conv2d, inputs, dy, **options)
    return ways


def pool(kind, size, stride):
    """Return the ways to send a pool's gradient back. Ours must look for the winners again."""
    x = work.random(*work.POOLED)
    dy = work.random(*work.POOLED[:2], *[(n - size) // stride + 1 for n in work.POOLED[2:]])
    ours = {"max": grad.maxpool_backward, "mean": grad.avgpool_backward}[kind]
    ways = {"auto": partial(ours, dy, x, size, stride=stride)}
    if torch:
        functional = torch.nn.functional
        theirs = {"max": functional.max_pool2d, "mean": functional.avg_pool2d}[kind]
        ways["PyTorch"] = way_back(theirs, [torch.from_numpy(x).requires_grad_()], dy, size, stride)
    return ways


def way_back(function, inputs, dy, *arguments, **options):
    """Return PyTorch's way from the gradient of a function's result to those of its inputs."""
    with torch.enable_grad():
        y = function(*inputs, *arguments, **options)
    return partial(torch.autograd.grad, y, inputs, torch.from_numpy(dy), retain_graph=True)


def everything():
    """Yield the name of each piece of work and the ways to do it.

    Compiled loops do their part from the first call, as in a program that has run for a while.
    """
    compiled.done.update(compiled.ENOUGH)
    for name, arguments in work.LAYERS.items():
        yield work.BACKWARD + name, conv(*arguments)
    for kind in ("max", "mean"):
        for name, arguments in work.POOLS.items():
            yield work.BACKWARD + name.replace("max", kind), pool(kind, *arguments)


def check(ways):
    """Raise AssertionError unless all ways give the same."""
    ours, *others = (way() for way in ways.values())
    for theirs in others:
        for got, wanted in zip(ours if isinstance(ours, tuple) else (ours,), theirs):
            error = np.abs(got - wanted.numpy()).max() / np.abs(got).max()
            assert error < 1e-3, f"ours differs by {error:.1e}"


def main():
    settle()
    torch.set_num_threads(THREADS)
    print("| work | ours, ms | PyTorch, ms | ratio |\n| --- | --- | --- | --- |")
    ratios = {}
    for name, ways in everything():
        check(ways)
        seconds = race(ways)
        ratios[name] = seconds["auto"] / seconds["PyTorch"]
        numbers = f"{1000 * seconds['auto']:.2f} | {1000 * seconds['PyTorch']:.2f}"
        print(f"| {name} | {numbers} | {ratios[name]:.2f} |", flush=True)
    some = [ratios[work.BACKWARD + name] for name in work.LAYERS]
    print(f"| layers, geometric mean (≤ 1.0) | | | {exp(sum(map(log, some)) / len(some)):.2f} |")
    print(f"| layers, worst (≤ 1.5) | | | {max(some):.2f} |")


if __name__ == "__main__":
    main()
