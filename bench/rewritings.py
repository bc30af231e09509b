"""Measure the loops of *Compile the loops*, one rewriting after the other, on one thread.

    python -m bench.rewritings

It writes compiled.csv into the folder of the drawings that show it: the least time of the
processor of many calls taken in turn. What others do on the machine hardly counts then.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before NumPy

import csv
import time

import numpy as np
from numba import njit

from bench import work
from bench.clock import settle
from bench.run import MEASURED
from convlib import fast

IMAGE = "512² image, kernel 3"
LAYER = "64 to 64 channels, 56×56, kernel 3"
DEPTHWISE = "128 channels, depthwise, 56×56, kernel 3"
ROUNDS = 40


@njit
def conv_step(patch, kernel):
    return (patch * kernel).sum()


@njit
def as_written(image, kernel):
    height, width = kernel.shape
    down, across = image.shape[0] - height + 1, image.shape[1] - width + 1
    output = np.zeros((down, across), image.dtype)
    for i in range(down):
        for j in range(across):
            patch = image[i : i + height, j : j + width]
            output[i, j] = conv_step(patch, kernel)
    return output


@njit
def four_loops(image, kernel):
    height, width = kernel.shape
    down, across = image.shape[0] - height + 1, image.shape[1] - width + 1
    output = np.zeros((down, across), image.dtype)
    for i in range(down):
        for j in range(across):
            for u in range(height):
                for v in range(width):
                    output[i, j] += image[i + u, j + v] * kernel[u, v]
    return output


@njit
def columns_outside(image, kernel):
    height, width = kernel.shape
    down, across = image.shape[0] - height + 1, image.shape[1] - width + 1
    output = np.zeros((down, across), image.dtype)
    for u in range(height):
        for v in range(width):
            for j in range(across):
                for i in range(down):
                    output[i, j] += image[i + u, j + v] * kernel[u, v]
    return output


@njit
def columns_inside(image, kernel):
    height, width = kernel.shape
    down, across = image.shape[0] - height + 1, image.shape[1] - width + 1
    output = np.zeros((down, across), image.dtype)
    for i in range(down):
        for u in range(height):
            for v in range(width):
                for j in range(across):
                    output[i, j] += image[i + u, j + v] * kernel[u, v]
    return output


@njit(fastmath={"contract"})
def written_out(image, kernel):
    output = np.zeros_like(image[2:, 2:])
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            total = output[i, j]
            for u in range(3):
                for v in range(3):
                    total += image[i + u, j + v] * kernel[u, v]
            output[i, j] = total
    return output


REWRITINGS = {
    "as written": as_written,
    "four loops": four_loops,
    "columns outside": columns_outside,
    "columns inside": columns_inside,
    "written out": written_out,
}


def layer(name):
    """Return the ways to compute a layer that the chapter compares."""
    ways = work.layer(*work.LAYERS[name])
    wanted = ("im2col", "winograd4", "compiled", "PyTorch")
    return {way: ways[way] for way in wanted if way in ways}


def least(ways, rounds=ROUNDS):
    """Return the least seconds of the processor that each function took, called in turn."""
    times = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        for name, way in ways.items():
            way()
            start = time.thread_time()
            way()
            times[name] = min(times[name], time.thread_time() - start)
    return times


def main():
    settle()
    if work.torch:
        work.torch.set_num_threads(1)
        work.torch.set_grad_enabled(False)
    x, k = work.random(512, 512), work.random(3, 3)
    ways = {name: lambda f=f: f(x, k) for name, f in REWRITINGS.items()}
    ways |= {name: lambda m=name: fast.conv2d(x, k, method=m) for name in ("shifts", "compiled")}
    if work.torch:
        a, b = (work.torch.from_numpy(array[None, None]) for array in (x, k))
        ways["PyTorch"] = lambda: work.torch.nn.functional.conv2d(a, b)[0, 0]
    ways["auto"] = ways["shifts"]  # `check` compares with it
    work.check(ways)
    del ways["auto"]
    times = {IMAGE: least(ways)}
    for name in (LAYER, DEPTHWISE):
        times[name] = least(layer(name))
    with open(MEASURED / "compiled.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["work", "multiply-adds", "method", "milliseconds"])
        for name, ways in times.items():
            for method, seconds in ways.items():
                print(f"{name:44} {method:16} {1000 * seconds:.4g}")
                rows.writerow([name, work.multiply_adds(name), method, f"{1000 * seconds:.4g}"])


if __name__ == "__main__":
    main()
