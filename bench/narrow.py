"""Measure our methods with the vectors of an older processor, on a machine that has longer ones.

    python -m bench.narrow

`make bench` runs it after `bench.run`. It writes avx2.csv beside this file, from which `bench.fit`
learns how to choose on such processors. The libraries are told to leave AVX-512 alone; all else,
clock, cache and memory, stays that of this machine.
"""

import csv
import os
import subprocess
import sys
from pathlib import Path

from convlib.fast.rates import kind, vectors

TABLE = Path(__file__).with_name("avx2.csv")
ROUNDS = 5


def environment():
    """Return the variables under which every library keeps to AVX2."""
    longer = ("X86_V4", "AVX512")
    return {
        "NPY_DISABLE_CPU_FEATURES": " ".join(name for name in vectors() if name.startswith(longer)),
        "OPENBLAS_CORETYPE": "Haswell",
        "NUMBA_CPU_NAME": "haswell",
        "NUMBA_CPU_FEATURES": "+avx2,+fma",
    }


def main():
    if kind() == "AVX-512":
        again = [sys.executable, "-m", "bench.narrow"]
        subprocess.run(again, env=os.environ | environment(), check=True)
        return
    from bench import run
    from bench.clock import race, settle
    from convlib import fast

    settle()
    times = {}
    for name, ways in run.everything():
        ways = {method: way for method, way in ways.items() if method in fast.METHODS}
        if ways:
            times[name] = race(ways, ROUNDS)
            run.tell(name, times[name])
    with open(TABLE, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["work", "method", "milliseconds"])
        for name, ways in times.items():
            rows.writerows([name, way, f"{1000 * seconds:.4g}"] for way, seconds in ways.items())


if __name__ == "__main__":
    main()
