"""Measure every method beside PyTorch, SciPy, OpenCV and JAX, and print how they compare.

    make bench

It writes results.csv and machine.json into the folder of the drawings that show them. "The limit"
is the time that the definition's multiply-adds take at the speed of a large matrix product, or
its arrays, each moved once, at the speed of memory: the longer of the two. Methods that multiply
less, and arrays that stay in the cache, can stay below it.
"""

from bench.environment import THREADS  # before NumPy

# isort: split

import csv
import json
import tracemalloc
from math import exp, log
from pathlib import Path

from bench import backward, machine, work
from bench.clock import race, settle
from convlib import core, fast
from convlib.fast import scratch, threads

MEASURED = Path(__file__).parents[1] / "convlib/explore/measured"
SCIPY = ("correlate2d", "oaconvolve", "ndimage")
IMAGES_AT_MOST = {"PyTorch": 0.2, "SciPy": 0.5, "OpenCV": 1.0}
PRODUCT = "product alone"
BYTES = 4  # of a float32
SIZES = (256, 512, 1024, 2048, 4096, 8192)


def main():
    settle()
    if work.torch:
        work.torch.set_num_threads(THREADS)
        work.torch.set_grad_enabled(False)
    else:
        print("PyTorch is not installed (`make oracle` adds it); the rest is measured.\n")
    facts = machine.describe(THREADS)
    times, memory = {}, {}
    for name, ways in everything():
        work.check(ways)
        if name in work.LAYERS and (product := work.product(*work.LAYERS[name])):
            ways[PRODUCT] = product
        memory[name] = {method: extra_memory(ways[method]) for method in ways if is_ours(method)}
        times[name] = race(ways)
        tell(name, times[name])
    for name, ways in backward.everything():
        backward.check(ways)
        memory[name] = {"auto": extra_memory(ways["auto"])}
        times[name] = race(ways)
        tell(name, times[name])
    times |= pixels()
    times["512² image, kernel 3"] = loop()
    facts["rates"] = {name: float(f"{rate:.3g}") for name, rate in machine.rates().items()}

    limits = {name: limit(name, facts["rates"]) for name in times}
    print_table(reach(times, memory), limits)
    write(times, memory, limits, facts)


def everything():
    """Yield the name of each piece of work and the ways to do it."""
    for kernel in work.KERNELS:
        yield f"1024² image, kernel {kernel}", work.image(1024, kernel, THREADS)
    for name, arguments in work.LAYERS.items():
        yield name, work.layer(*arguments)
    for name, arguments in work.POOLS.items():
        yield name, work.pool(*arguments)


def tell(name, times):
    print(f"{name:44}", "  ".join(f"{m} {1000 * s:.2f}" for m, s in times.items()), flush=True)


def limit(name, rates):
    """Return the seconds that arithmetic or memory takes at the least, whichever is longer."""
    arithmetic = (work.multiply_adds(name) or 0) / rates["PRODUCTS"]
    return max(arithmetic, BYTES * work.numbers(name) / rates["BANDWIDTH"])


def is_ours(method):
    return method == "auto" or method in fast.METHODS


def extra_memory(way):
    """Return the megabytes at the peak of a call beyond its result, kept buffers included."""
    scratch.forget()
    threads.stop()
    tracemalloc.start()
    result = way()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    results = result if isinstance(result, tuple) else (result,)
    return (peak - sum(array.nbytes for array in results)) / 2**20


def pixels():
    """Time images of every size with a 3x3 kernel."""
    kernel = work.random(3, 3)
    times = {}
    for size in SIZES:
        x = work.random(size, size)
        times[f"{size}² image"] = race({"auto": lambda: fast.conv2d(x, kernel)})
    return times


def loop():
    """Time the definition, which is too slow to be called more than once."""
    x, kernel = work.random(512, 512), work.random(3, 3)
    ways = {"auto": lambda: fast.conv2d(x, kernel), "core": lambda: core.conv2d(x, kernel)}
    return race(ways)


def reach(times, memory):
    """Yield the rows of the table: work, against whom, ratio, and at most (or None)."""
    for kernel in work.KERNELS:
        name = f"1024² image, kernel {kernel}"
        others = times[name] | {"SciPy": min(map(times[name].get, SCIPY))}
        for other, at_most in IMAGES_AT_MOST.items():
            if other in others:
                yield name, other, others["auto"] / others[other], at_most
    if work.torch:
        ratios = [times[name]["auto"] / times[name]["PyTorch"] for name in work.LAYERS]
        for name, ratio in zip(work.LAYERS, ratios):
            yield name, "PyTorch", ratio, 1.2
        yield "layers, geometric mean", "PyTorch", geometric_mean(ratios), 1.0
        for name in work.LAYERS:
            if PRODUCT in times[name]:
                ratio = times[name][PRODUCT] / times[name]["PyTorch"]
                yield f"{name}, its matrix product alone", "PyTorch", ratio, None
        for name in work.POOLS:
            yield name, "PyTorch", times[name]["auto"] / times[name]["PyTorch"], 0.4
        back = {
            name: ways["auto"] / ways["PyTorch"]
            for name, ways in times.items()
            if name.startswith(work.BACKWARD)
        }
        for name, ratio in back.items():
            yield name, "PyTorch", ratio, 1.5 if "pool" not in name else None
        ratios = [ratio for name, ratio in back.items() if "pool" not in name]
        yield "backward of layers, geometric mean", "PyTorch", geometric_mean(ratios), 1.0
    if work.jax:
        for name in work.LAYERS:
            yield name, "JAX", times[name]["auto"] / times[name]["JAX"], None
    ways = times["512² image, kernel 3"]
    yield "512² image, kernel 3", "core's plain loop", ways["auto"] / ways["core"], 1 / 1000
    for name in memory:
        methods = [times[name][method] for method in fast.METHODS if method in times[name]]
        if methods:
            yield name, "our best method", times[name]["auto"] / min(methods), 1.1
    per_pixel = [times[f"{size}² image"]["auto"] / size**2 for size in SIZES]
    yield "time per pixel, 256² to 8192²", "256²", max(per_pixel) / per_pixel[0], 1.3
    yield "extra memory of auto, MB", "", max(ways["auto"] for ways in memory.values()), 64


def geometric_mean(ratios):
    return exp(sum(map(log, ratios)) / len(ratios))


def print_table(table, limits):
    """Print the table in Markdown."""
    print("\n| work | against | ratio | at most | reached | the limit, ms |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, against, ratio, at_most in table:
        most, reached = "", ""
        if at_most is not None:
            most, reached = f"{at_most:g}", "yes" if ratio <= at_most else "no"
        least = f"{1000 * limits[name]:.2g}" if name in limits else ""
        print(f"| {name} | {against} | {ratio:.2g} | {most} | {reached} | {least} |")


def write(times, memory, limits, facts):
    """Write every time to results.csv, and where they were taken to machine.json."""
    with open(MEASURED / "results.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        columns = ("milliseconds", "extra megabytes", "milliseconds at the limit")
        rows.writerow(["work", "multiply-adds", "method", *columns])
        for name, ways in times.items():
            count, least = work.multiply_adds(name), f"{1000 * limits[name]:.3g}"
            for method, seconds in ways.items():
                extra = memory.get(name, {}).get(method)
                extra = "" if extra is None else f"{extra:.1f}"
                rows.writerow([name, count, method, f"{1000 * seconds:.4g}", extra, least])
    text = json.dumps(facts, indent=2, ensure_ascii=False) + "\n"
    (MEASURED / "machine.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
