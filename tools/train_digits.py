"""Train the book's network on the book's digits, and keep how it went: python tools/train_digits.py

Writes book/data/network.npz, the weights at moments of one training, and book/data/runs.npz,
the losses and accuracies of that training and of others in which one thing was changed, with three
seeds each. Nothing but the seeds is drawn by chance: the same machine makes the same files, and
another one differs where its sums are rounded in another order. Takes about five minutes.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before NumPy

from functools import partial

import numpy as np

from convlib.digits import load_digits
from convlib.nn import SGD, book_network, cosine, evaluate, fit, load_stages, predict, shifted
from convlib.nn.book import DATA, Run

PASSES, BATCH, RATE, MOMENTUM, SEEDS = 12, 100, 0.05, 0.9, 3
KEPT = "shifted copies"
STEPS = {"before learning": 0, "10 batches": 10} | {
    f"pass {number}": 80 * number for number in range(1, PASSES + 1)
}
RUNS = {
    "as built": {},
    "without pooling": {"pooling": False},
    "with padding": {"padding": 2},
    "one filter": {"filters": 1},
    "labels shuffled": {"shuffle": True},
    "rate × 10": {"rate": 10 * RATE},
    "rate ÷ 10": {"rate": RATE / 10},
    "without momentum": {"momentum": 0},
    KEPT: {"change": shifted},
}
"""Name of a run -> what is different in it."""


class Keeping(SGD):
    """Step as SGD does, and keep the weights as they are after some of the steps."""

    def __init__(self, lr, momentum, network):
        super().__init__(lr, momentum)
        self.steps, self.kept = 0, {}
        self.keep(network.parameters)

    def step(self, parameters, gradients):
        super().step(parameters, gradients)
        self.steps += 1
        self.keep(parameters)

    def keep(self, parameters):
        if self.steps in STEPS.values():
            self.kept[self.steps] = {name: array.copy() for name, array in parameters.items()}


def start(
    digits, seed, *, shuffle=False, rate=RATE, momentum=MOMENTUM, change=None, **architecture
):
    """Return a network, its optimiser, and the passes that train it as they are asked for."""
    network = book_network(rng=seed, **architecture)
    labels = digits.y_train
    if shuffle:
        labels = np.random.default_rng(seed).permutation(labels)
    optimiser = Keeping(rate, momentum, network)
    passes = fit(
        network,
        digits.x_train,
        labels,
        optimiser=optimiser,
        passes=PASSES,
        batch=BATCH,
        seed=seed,
        valid=(digits.x_valid, digits.y_valid),
        schedule=cosine,
        change=change,
    )
    return network, optimiser, passes


def run(digits, different):
    """Train with every seed; return what `Run` keeps, and the weights of the first seed."""
    rows = []
    for seed in range(SEEDS):
        network, optimiser, passes = start(digits, seed, **different)
        if seed == 0:
            kept = optimiser.kept
        records = list(passes)
        rows.append(
            (
                np.concatenate([record.losses for record in records]),
                [record.accuracy for record in records],
                [record.valid_loss for record in records],
                [record.valid_accuracy for record in records],
                evaluate(network, digits.x_test, digits.y_test)[1],
            )
        )
    return Run(*(np.array(row, np.float32) for row in zip(*rows)), network.count()), kept


def in_bytes(array):
    """Return whole numbers from -127 to 127 and the scale that turns them into the array again."""
    scale = np.float32(np.abs(array).max() / 127)
    return np.rint(array / (scale or 1)).astype(np.int8), scale


def write_stages(path, kept, digits):
    """Write the weights after the steps of `STEPS`, and count what each stage reads rightly."""
    arrays = {"names": np.array([*STEPS]), "steps": np.array([*STEPS.values()])}
    for name in kept[0]:
        numbers, scales = zip(*(in_bytes(kept[step][name]) for step in STEPS.values()))
        arrays |= {name: np.array(numbers), f"{name}.scale": np.array(scales)}
    write = partial(np.savez_compressed, path, **arrays)
    write(right=np.zeros((len(STEPS), 2), int))
    stages = load_stages(path, dtype=np.float64)
    write(right=np.array([counts(stage.network, digits) for stage in stages]))


def counts(network, digits):
    """Count the digits that a network reads rightly, of those to decide by and to test with."""
    return [
        int(np.sum(predict(network, x.astype(float)).argmax(axis=1) == y))
        for x, y in (digits[2:4], digits[4:6])
    ]


def main():
    digits, runs = load_digits(), {}
    for name, different in RUNS.items():
        runs[name], kept = run(digits, different)
        ends = ", ".join(f"{share:.1%}" for share in runs[name].valid_accuracy[:, -1])
        print(f"{name}: {runs[name].weights} weights; {ends} of those to decide by", flush=True)
        if name == KEPT:
            write_stages(DATA / "network.npz", kept, digits)
    arrays = {field: np.array([getattr(r, field) for r in runs.values()]) for field in Run._fields}
    np.savez_compressed(DATA / "runs.npz", names=np.array([*runs]), **arrays)
    for file in ("network.npz", "runs.npz"):
        print(f"{file}: {(DATA / file).stat().st_size / 1e3:.0f} KB")


if __name__ == "__main__":
    main()
