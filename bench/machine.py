"""Name the machine and the versions, and measure the rates that `convlib.fast.choose` uses."""

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from bench.clock import race
from convlib import fast
from convlib.fast import choose


def describe(threads):
    """Return what a reader needs to know about the machine, as a dict."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "threads": threads,
        "system": platform.platform(),
        "python": platform.python_version(),
        "blas": f"{blas['name']} {blas['version']}",
        **{name: installed(name) for name in ("numpy", "scipy", "torch")},
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
    """Measure the rates of `choose` on this machine.

    Returns
    -------
    rates : dict of str -> float
        With the names of the constants in `convlib.fast.choose`.
    """
    rng = np.random.default_rng(0)

    def random(*shape):
        return rng.standard_normal(shape, dtype=np.float32)

    left, right, few = random(512, 2048), random(2048, 2048), random(16, 2048)
    image, cells, wide = random(2048, 2048), random(9, 9), random(31, 31)
    half = image[:, ::2].copy()
    tile = image[:512, :512].copy()
    seconds = race(
        {
            "products": lambda: left @ right,
            "few": lambda: few @ right,
            "shifts": lambda: fast.conv2d(image, cells, method="shifts"),
            "pass": lambda: np.copyto(half, image[:, 1::2]),
            "transform": lambda: np.fft.rfft2(tile, norm="ortho"),
            "call": lambda: fast.conv2d(image[:9, :9], cells, method="im2col"),
        }
    )
    products = 512 * 2048 * 2048 / seconds["products"]
    filters = 16 * (products / (16 * 2048 * 2048 / seconds["few"]) - 1)
    return {
        "PRODUCTS": products,
        "FILTERS": filters,
        "SHIFTED": (2048 - 8) ** 2 * 81 / seconds["shifts"],
        "PASSES": half.size / seconds["pass"],
        "TRANSFORMS": tile.size * np.log2(tile.size) / seconds["transform"],
        "CALLS": 1 / seconds["call"],
    }


def constants():
    """Return the rates that `choose` has now."""
    names = ("PRODUCTS", "FILTERS", "SHIFTED", "PASSES", "TRANSFORMS", "CALLS")
    return {name: getattr(choose, name) for name in names}
