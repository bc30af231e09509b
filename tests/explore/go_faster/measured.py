"""The numbers of `make bench`, read from its files with nothing of the library."""

import csv
from math import ceil, floor, log10
from pathlib import Path

import convlib

FOLDER = Path(convlib.__file__).parent / "explore" / "measured"
WAYS = ["windows", "shifts", "im2col", "rows", "PyTorch"]


def lines():
    with open(FOLDER / "results.csv", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


def times(work):
    """Return the milliseconds of each method for one piece of work."""
    return {line[2]: float(line[3]) for line in lines() if line[0] == work and line[3]}


def megabytes(work):
    """Return the extra megabytes of each method for one piece of work."""
    return {line[2]: float(line[4]) for line in lines() if line[0] == work and line[4]}


def known(found):
    """Keep the methods that are shown, in their order."""
    return {way: found[way] for way in WAYS if way in found}


def exponents_around(values):
    """Return the exponents of the powers of ten from below the least value to above the last."""
    return range(floor(log10(min(values))), ceil(log10(max(values))) + 1)
