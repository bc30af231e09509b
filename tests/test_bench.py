"""The measurements: their ways agree, and what is counted and written is right; nothing is timed.

The work is made small, so that every way is called at once.
"""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bench import backward, fit, narrow, run, work
from convlib import core, fast, grad
from convlib.fast import compiled, rates

ROOT = Path(__file__).parents[1]
SMALL = {
    "batch": (2, 3, 7, 4, 3, {}),
    "groups": (1, 6, 9, 4, 5, {"groups": 2}),
    "stride": (1, 3, 11, 5, 7, {"stride": 2}),
}


@pytest.mark.parametrize("arguments", SMALL.values(), ids=SMALL)
def test_every_way_of_a_layer_agrees(arguments):
    ways = work.layer(*arguments)
    assert {"auto", "im2col", "rows"} <= {*ways}
    assert ("PyTorch" in ways, "JAX" in ways) == (work.torch is not None, work.jax is not None)
    work.check(ways)
    backward.check(backward.conv(*arguments))


def test_every_way_of_an_image_agrees():
    ways = work.image(20, 5, 1)
    assert {"correlate2d", "oaconvolve", "ndimage"} <= {*ways}
    assert ("OpenCV" in ways) == (work.cv2 is not None)
    work.check(ways)


@pytest.mark.parametrize("kind", ["max", "mean"])
def test_pools_agree(kind, monkeypatch):
    monkeypatch.setattr(work, "POOLED", (2, 3, 9, 10))
    work.check(work.pool(3, 2))
    backward.check(backward.pool(kind, 3, 2))


def test_a_way_that_differs_is_noticed():
    ways = {"auto": lambda: np.ones(3), "PyTorch": lambda: np.ones(3) * 1.01}
    with pytest.raises(AssertionError, match=r"PyTorch differs by 1\.0e-02"):
        work.check(ways)


@pytest.mark.parametrize("arguments", SMALL.values(), ids=SMALL)
def test_work_is_counted(arguments, monkeypatch):
    monkeypatch.setitem(work.LAYERS, "layer", arguments)
    x, weight, options = work.arrays_of(*arguments)
    y = core.conv2d(x, weight, **options)
    assert work.multiply_adds("layer") == y.size * weight[0].size
    assert work.numbers("layer") == x.size + weight.size + y.size
    dx, dweight, _ = grad.conv2d_backward(y, x, weight, **options)
    assert work.multiply_adds("backward of layer") == 2 * y.size * weight[0].size
    read, written = x.size + weight.size + y.size, dx.size + dweight.size
    assert work.numbers("backward of layer") == read + written


def test_work_on_images_and_pools_is_counted(monkeypatch):
    assert work.multiply_adds("10² image, kernel 5") == 6 * 6 * 25
    assert work.numbers("10² image, kernel 5") == 100 + 25 + 36
    assert work.numbers("10² image") == 100 + 9 + 64
    monkeypatch.setattr(work, "POOLED", (2, 3, 9, 10))
    x, y = 2 * 3 * 9 * 10, 2 * 3 * 4 * 4
    assert work.multiply_adds("max-pool 3/2") == ""
    assert work.multiply_adds("backward of max-pool 3/2") == ""
    assert work.numbers("max-pool 3/2") == x + y
    assert work.numbers("backward of max-pool 3/2") == x + y + x
    assert work.numbers("backward of mean-pool 3/2") == y + x


def test_the_limit_is_the_longer_of_arithmetic_and_memory():
    speeds = {"PRODUCTS": 900, "BANDWIDTH": 16}
    assert_allclose(run.limit("10² image, kernel 5", speeds), 4 * 161 / 16)
    speeds = {"PRODUCTS": 9, "BANDWIDTH": 1600}
    assert_allclose(run.limit("10² image, kernel 5", speeds), 900 / 9)
    assert_allclose(run.limit("max-pool 2/2", speeds), 4 * work.numbers("max-pool 2/2") / 1600)


def test_the_table_compares_every_row(monkeypatch):
    """As if each way took a second and `auto` half of it."""
    for name in ("torch", "cv2", "jax"):
        monkeypatch.setattr(work, name, True)
    images = [f"1024² image, kernel {kernel}" for kernel in work.KERNELS]
    layers = [*work.LAYERS]
    back = [work.BACKWARD + name for name in [*work.LAYERS, *work.POOLS]]
    pixels = [f"{size}² image" for size in run.SIZES]
    ways = ["PyTorch", "JAX", "OpenCV", *run.SCIPY, "shifts", "core"]
    names = [*images, *layers, *work.POOLS, *back, *pixels, "512² image, kernel 3"]
    times = {name: {"auto": 0.5} | dict.fromkeys(ways, 1.0) for name in names}
    memory = {name: {"auto": 3.0} for name in [*images, *layers, *back]}
    rows = {(name, against): rest for name, against, *rest in run.reach(times, memory)}
    for against, at_most in (("PyTorch", 0.2), ("SciPy", 0.5), ("OpenCV", 1)):
        assert all(rows[name, against] == [0.5, at_most] for name in images)
    assert all(rows[name, "PyTorch"] == [0.5, 1.2] for name in layers)
    assert all(rows[name, "JAX"] == [0.5, None] for name in layers)
    assert all(rows[name, "PyTorch"] == [0.5, 0.4] for name in work.POOLS)
    assert all(rows[name, "PyTorch"][0] == 0.5 for name in back)
    assert all(rows[name, "our best method"] == [0.5, 1.1] for name in [*images, *layers])
    assert_allclose(rows["layers, geometric mean", "PyTorch"], [0.5, 1])
    assert_allclose(rows["backward of layers, geometric mean", "PyTorch"], [0.5, 1])
    assert rows["extra memory of auto, MB", ""] == [3, 64]


def test_what_is_written_can_be_read(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "MEASURED", tmp_path)
    name = "1024² image, kernel 3"
    times = {name: {"auto": 0.0012345, "PyTorch": 0.5}}
    run.write(times, {name: {"auto": 1.04}}, {name: 0.001}, {"vectors": "AVX2"})
    with open(tmp_path / "results.csv", encoding="utf-8") as file:
        first, second = csv.DictReader(file)
    assert (first["milliseconds"], first["extra megabytes"]) == ("1.234", "1.0")
    assert second["extra megabytes"] == ""
    assert first["milliseconds at the limit"] == "1"


def test_the_older_processor_is_one_without_long_vectors():
    program = "from convlib.fast import rates; print(rates.kind())"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env=os.environ | narrow.environment(),
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert (done.stdout, done.stderr) == ("AVX2\n", "")


def test_rates_are_fitted_to_times(monkeypatch):
    """Times by made-up rates: from other rates, the fit finds the choices that these give."""
    monkeypatch.setattr(compiled, "ready", set())
    true = rates.table()["AVX2"] | {"PASSES": 4e9, "SHIFTED": 3e9}
    here = rates.Rates(**true)
    names = ["1024² image, kernel 9", "128 channels, depthwise, 56×56, kernel 3"]
    times = {}
    for name in names:
        call = work.calls()[name]
        ways = [way for way in fast.METHODS.values() if way.seconds(call, here) < np.inf]
        times[name] = {way.name: 1000 * way.seconds(call, here) for way in ways}
    start = true | {"PASSES": 1e9, "SHIFTED": 3e10}
    assert max(ratio for _, ratio in fit.slower(times, start).values()) > 1.1
    fitted = fit.fit(times, start)
    assert max(ratio for _, ratio in fit.slower(times, fitted).values()) < 1.01
    assert fitted["INTEGERS"] == start["INTEGERS"]


@pytest.mark.skipif(work.torch is None, reason="PyTorch is not installed (`make oracle` adds it)")
def test_backward_passes_are_listed_with_their_ratios(monkeypatch, capsys):
    monkeypatch.setattr(work, "LAYERS", SMALL)
    monkeypatch.setattr(work, "POOLS", {})
    monkeypatch.setattr(backward, "race", lambda ways: {"auto": 0.001, "PyTorch": 0.002})
    backward.main()
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == "| backward of batch | 1.00 | 2.00 | 0.50 |"
    assert lines[5:] == [
        "| layers, geometric mean (≤ 1.0) | | | 0.50 |",
        "| layers, worst (≤ 1.5) | | | 0.50 |",
    ]


def test_fitted_rates_are_written(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(fit, "FILE", tmp_path / "rates.json")
    monkeypatch.setattr(fit, "fit", lambda times, start: start)
    fit.main()
    written = json.loads(fit.FILE.read_text(encoding="utf-8"))
    assert written == {"AVX-512": fit.START, "AVX2": fit.START | fit.NARROW}
    assert all(rates.Rates(**some) for some in written.values())
    measured = set.intersection(*[{*times} for times in fit.tables().values()])
    out = capsys.readouterr().out
    assert all(out.count(f"| {name} |") == 2 for name in measured & {*work.calls()})
