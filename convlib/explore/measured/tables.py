"""Read the files that `make bench` writes into this folder."""

import csv
import json
from importlib.resources import files

HERE = files(__package__)


def read_machine():
    """Read where the table of `make bench` was measured.

    Returns
    -------
    dict
        Processor, threads, versions; and `"rates"`, a dict of what happens in a second.

    Examples
    --------
    >>> sorted(read_machine())[:2]
    ['blas', 'cores']
    """
    return json.loads(HERE.joinpath("machine.json").read_text(encoding="utf-8"))


def read_table(column):
    """Read one column of the table of `make bench`.

    Parameters
    ----------
    column : str
        "milliseconds" or "extra megabytes".

    Returns
    -------
    dict of str to dict
        For each piece of work the number of each method that has one.

    Examples
    --------
    >>> "shifts" in read_table("milliseconds")["1024² image, kernel 3"]
    True
    """
    table = {}
    for row in _rows():
        if row[column]:
            table.setdefault(row["work"], {})[row["method"]] = float(row[column])
    return table


def multiply_adds():
    """Read how many multiply-adds each piece of work takes.

    Returns
    -------
    dict of str to int
        Pools, which multiply nothing, are left out.

    Examples
    --------
    >>> multiply_adds()["1024² image, kernel 3"] == 3**2 * 1022**2
    True
    """
    return {row["work"]: int(row["multiply-adds"]) for row in _rows() if row["multiply-adds"]}


def read_rewritings():
    """Read the table of ``python -m bench.rewritings``.

    Returns
    -------
    dict of str to dict
        For each piece of work the milliseconds of each way to do it.

    Examples
    --------
    >>> list(read_rewritings()["512² image, kernel 3"])[:2]
    ['as written', 'four loops']
    """
    table = {}
    for row in _rows("compiled.csv"):
        table.setdefault(row["work"], {})[row["method"]] = float(row["milliseconds"])
    return table


def _rows(name="results.csv"):
    text = HERE.joinpath(name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
