"""Name the machine and the versions, and measure what it does in a second."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from bench.clock import race
from convlib import fast
from convlib.fast.rates import kind
from convlib.fast.threads import cores, for_each

PACKAGES = ("numpy", "scipy", "numba", "torch", "jax", "opencv-python-headless")


def describe(threads):
    """Return what a reader needs to know about the machine, as a dict."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return {
        "processor": processor(),
        "vectors": kind(),
        "cores": os.cpu_count(),
        "threads": threads,
        "system": platform.platform(),
        "python": platform.python_version(),
        "blas": f"{blas['name']} {blas['version']}",
        **{name: installed(name) for name in PACKAGES},
    }


def processor():
    """Return the name of the processor."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def installed(package):
    """Return the version of a package, or "not installed"."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def rates():
    """Measure what happens in a second on this machine.

    Returns
    -------
    rates : dict of str -> float
        Some with the names of `convlib.fast.rates.Rates`, and BANDWIDTH, bytes to and from memory.
    """
    rng = np.random.default_rng(0)

    def random(*shape):
        return rng.standard_normal(shape, dtype=np.float32)

    left, right = random(512, 2048), random(2048, 2048)
    filters, patches = random(64, 576), random(576, 3136)
    image, cells = random(1024, 1024), random(9, 9)
    layer, weight = random(64, 58, 58), random(64, 64, 3, 3)
    tile = image[:512, :512].copy()
    here, there = (np.ones((cores(), 2**24), np.float32) for _ in range(2))
    seconds = race(
        {
            "products": lambda: left @ right,
            "few": lambda: filters @ patches,
            "shifts": lambda: fast.conv2d(image, cells, method="shifts"),
            "lowered": lambda: fast.conv2d(layer, weight, method="im2col"),
            "copy": lambda: for_each(lambda n: np.copyto(there[n], here[n]), range(len(here))),
            "transform": lambda: np.fft.rfft2(tile, norm="ortho"),
        }
    )
    products = 512 * 2048 * 2048 / seconds["products"]
    few = 64 * 576 * 3136 / seconds["few"]
    return {
        "PRODUCTS": products,
        "FILTERS": 64 * (products / few - 1),
        "SHIFTED": (1024 - 8) ** 2 * 81 / seconds["shifts"],
        "PASSES": patches.size / (seconds["lowered"] - seconds["few"]),
        "TRANSFORMS": tile.size * np.log2(tile.size) / seconds["transform"],
        "BANDWIDTH": 2 * here.nbytes / seconds["copy"],
    }
