"""Fit the rates in convlib/fast/rates.json to the measured times, for each kind of processor.

    python -m bench.fit

`make bench` runs it last. It looks for rates by which the method with the shortest estimate is
the fastest measured one, or nearly, in every row: the loss of a row is how much slower the chosen
method is, on the average over a soft choice, so that a method barely chosen counts in part. Rates
are also drawn, less strongly, towards estimates that are right, and towards round numbers.
"""

import csv
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from bench import narrow, work
from convlib import fast
from convlib.explore.measured import read_machine, read_table
from convlib.fast import choose, compiled, rates

SOFT = 0.06  # how much estimates, as logarithms, may differ and still share a choice
RIGHT = 0.01  # how much a wrong estimate counts, beside a wrong choice
NEAR = 0.003  # how much, for each row, a rate far from the round number counts
COMPETE = 3  # times the fastest: slower methods need no right estimate
START = {
    "PRODUCTS": 1.5e11,
    "FILTERS": 20,
    "SHIFTED": 1e10,
    "PASSES": 2.5e9,
    "TRANSFORMS": 7e9,
    "CALLS": 1e5,
    "INTEGERS": 3e9,  # not fitted: the table has floats only
    "TOGETHER": 1.2e11,
    "ALONE": 2.5e10,
}
NARROW = {"PRODUCTS": 8e10, "FILTERS": 10}  # what half as long vectors change at once
FILE = Path(rates.FILE)


def tables():
    """Return the measured milliseconds for each kind, {kind: {work: {method: milliseconds}}}."""
    older = {}
    with open(narrow.TABLE, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            older.setdefault(row["work"], {})[row["method"]] = float(row["milliseconds"])
    return {"AVX2": older, read_machine()["vectors"]: read_table("milliseconds")}


def rows(times):
    """Return the convolutions of a table: calls, their methods, and the logarithms of times."""
    found = []
    for name, call in work.calls().items():
        ways = {method: t for method, t in times.get(name, {}).items() if method in fast.METHODS}
        if ways:
            compiled.ready.add(call.x.dtype)
            seconds = np.log([t / 1000 for t in ways.values()])
            found.append((name, call, [fast.METHODS[method] for method in ways], seconds))
    return found


def fit(times, start):
    """Return the rates that suit a table best, from those to start with, as dicts."""
    found = rows(times)
    names = [name for name in start if name != "INTEGERS"]
    first = np.log([start[name] for name in names])

    def loss(logs):
        tried = rates.Rates(**start | dict(zip(names, np.exp(logs))))
        total = NEAR * len(found) * ((logs - first) ** 2).sum()
        for _, call, methods, seconds in found:
            estimates = np.log([method.seconds(call, tried) for method in methods])
            slower = seconds - seconds.min()
            share = np.exp((estimates.min() - estimates) / SOFT)
            total += (share / share.sum()) @ slower
            total += RIGHT * ((estimates - seconds)[slower < np.log(COMPETE)] ** 2).mean()
        return total

    best = first
    for _ in range(3):
        best = minimize(loss, best, method="Nelder-Mead", options={"maxiter": 1500}).x
    return start | {name: float(f"{rate:.3g}") for name, rate in zip(names, np.exp(best))}


def slower(times, fitted):
    """Return for each convolution the chosen method, and how many times as long it takes."""
    ratios = {}
    for name, call, methods, seconds in rows(times):
        chosen = choose.fastest(call, methods, rates.Rates(**fitted))
        ratios[name] = chosen.name, float(np.exp(seconds[methods.index(chosen)] - seconds.min()))
    return ratios


def main():
    table = rates.table()
    for kind, times in tables().items():
        table[kind] = fit(times, START | (NARROW if kind == "AVX2" else {}))
        print(f"\n{kind}: {table[kind]}\n\n| work | chosen | of the best time, at most 1.1 |")
        print("| --- | --- | --- |")
        for name, (method, ratio) in slower(times, table[kind]).items():
            print(f"| {name} | {method} | {ratio:.2f} |")
    FILE.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
