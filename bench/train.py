"""Train the book's network on its digits beside PyTorch, and print how they compare.

    python -m bench.train [seeds]

Same network, first weights, batches, shifts and passes; the two take turns pass by pass, so that
both see the same machine. Accuracy is that of the 1,000 digits which nothing was decided by.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", str(len(os.sched_getaffinity(0))))  # before NumPy

import sys
import time
import tracemalloc
from statistics import mean

import numpy as np

from bench.clock import settle
from convlib.digits import load_digits
from convlib.nn import (
    Adam,
    Conv2D,
    Dense,
    Flatten,
    MaxPool,
    Network,
    ReLU,
    cosine,
    evaluate,
    fit,
    shifted,
    softmax_cross_entropy,
)

try:
    import torch
except ImportError:
    torch = None

PASSES, BATCH, RATE = 16, 100, 1e-2


def network(seed, dtype=np.float32):
    """Return the network that the book trains, with its first weights."""
    rng = np.random.default_rng(seed)
    return Network(
        Conv2D(1, 12, 5, rng=rng, dtype=dtype),
        MaxPool(2),
        ReLU(),
        Conv2D(12, 24, 5, rng=rng, dtype=dtype),
        MaxPool(2),
        ReLU(),
        Flatten(),
        Dense(384, 10, rng=rng, dtype=dtype),
    )


def torch_network(ours):
    """Return the same network in PyTorch, with the same weights."""
    nn = torch.nn
    theirs = nn.Sequential(
        nn.Conv2d(1, 12, 5),
        nn.MaxPool2d(2),
        nn.ReLU(),
        nn.Conv2d(12, 24, 5),
        nn.MaxPool2d(2),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(384, 10),
    )
    with torch.no_grad():
        for name, parameter in theirs.named_parameters():
            parameter.copy_(torch.from_numpy(ours.parameters[name]))
    return theirs


def our_passes(net, digits, seed):
    """Yield after each pass."""
    yield from fit(
        net,
        digits.x_train,
        digits.y_train,
        optimiser=Adam(RATE),
        passes=PASSES,
        batch=BATCH,
        seed=seed,
        schedule=cosine,
        change=shifted,
    )


def torch_passes(net, digits, seed):
    """Yield after each pass what `our_passes` does: the same steps by PyTorch."""
    rng, optimiser = np.random.default_rng(seed), torch.optim.Adam(net.parameters(), RATE)
    labels = torch.from_numpy(digits.y_train)
    count, step = len(labels), 0
    for _ in range(PASSES):
        order = rng.permutation(count)
        for some in np.split(order, range(BATCH, count, BATCH)):
            for group in optimiser.param_groups:
                group["lr"] = RATE * cosine(step / (PASSES * -(-count // BATCH)))
            step += 1
            images = torch.from_numpy(shifted(digits.x_train[some], rng))
            loss = torch.nn.functional.cross_entropy(net(images), labels[torch.from_numpy(some)])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        yield


def torch_accuracy(net, x, y):
    with torch.no_grad():
        return float((net(torch.from_numpy(x)).argmax(1).numpy() == y).mean())


def step_memory(digits):
    """Return the megabytes at the peak of a step beyond parameters, activations and gradients."""
    net, optimiser = network(0), Adam(RATE)
    x, y = digits.x_train[:BATCH], digits.y_train[:BATCH]

    def step():
        scores, back = net(x)
        dscores = softmax_cross_entropy(scores, y)[1]
        optimiser.step(net.parameters, back(dscores, to_x=False)[1])

    step()
    tracemalloc.start()
    step()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    activations = sum(output.nbytes for output in net.outputs(x))
    return (peak - 2 * activations) / 2**20


def race(digits, seed):
    """Train both with one seed; return seconds, of clock and of all cores, and accuracies."""
    ours = network(seed)
    runs = {"NumPy": our_passes(ours, digits, seed)}
    if torch:
        theirs = torch_network(ours)
        runs["PyTorch"] = torch_passes(theirs, digits, seed)
    seconds = {name: np.zeros(2) for name in runs}
    for number in range(PASSES):
        for name in sorted(runs, reverse=number % 2):
            start = np.array([time.perf_counter(), time.process_time()])
            next(runs[name])
            seconds[name] += [time.perf_counter(), time.process_time()] - start
    right = {"NumPy": [evaluate(ours, *part)[1] for part in (digits[2:4], digits[4:6])]}
    if torch:
        right["PyTorch"] = [torch_accuracy(theirs, *part) for part in (digits[2:4], digits[4:6])]
    return seconds, right


def main(seeds=5):
    settle()
    if torch:
        torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    digits = load_digits()
    print(f"{network(0).count()} weights, {PASSES} passes\n")
    print("| seed | by | seconds | of all cores | decide by | test |")
    print("| --- | --- | --- | --- | --- | --- |")
    results = []
    for seed in range(seeds):
        results.append(race(digits, seed))
        for name, spent in results[-1][0].items():
            valid, test = results[-1][1][name]
            times = f"{spent[0]:.1f} | {spent[1]:.1f}"
            print(f"| {seed} | {name} | {times} | {valid:.1%} | {test:.1%} |", flush=True)
    tests = {name: mean(right[name][1] for _, right in results) for name in results[0][1]}
    spent = {name: np.median([s[name] for s, _ in results], axis=0) for name in results[0][0]}
    rows = [("accuracy, mean of seeds", f"{tests['NumPy']:.2%}", "≥ 98.3%")]
    rows.append(("seconds of a training, median", f"{spent['NumPy'][0]:.1f}", "≤ 30"))
    if torch:
        clock, cores = spent["NumPy"] / spent["PyTorch"]
        rows.append(("of PyTorch's time", f"{clock:.2f}", "≤ 1.2"))
        rows.append(("of PyTorch's time, all cores", f"{cores:.2f}", ""))
        rows.append(("PyTorch's accuracy", f"{tests['PyTorch']:.2%}", ""))
    rows.append(("extra memory of a step, MB", f"{step_memory(digits):.1f}", "≤ 64"))
    print("\n| what | measured | wanted |\n| --- | --- | --- |")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
