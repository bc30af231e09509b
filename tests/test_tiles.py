"""Tiles give the pixels of the whole, in threads and processes, from memory and from files."""

import os
import subprocess
import sys
import tracemalloc

import dask
import dask.array as da
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convlib import core, tiles

IMAGE = np.arange(48).reshape(6, 8) % 7 - 3
KERNEL = np.array([[1, -2, 0], [0, 3, 1]])


@st.composite
def calls(draw):
    """Draw a Dask array, its numbers, and arguments with which at least one window fits."""
    layered = draw(st.booleans())
    groups = draw(st.integers(1, 2)) if layered else 1
    kernel = draw(st.tuples(st.integers(1, 3), st.integers(1, 4)))
    options = {
        "stride": draw(st.tuples(st.integers(1, 4), st.integers(1, 4))),
        "dilation": draw(st.tuples(st.integers(1, 2), st.integers(1, 3))),
        "padding": draw(st.sampled_from(["valid", "same", 1, (2, 0), ((0, 1), (3, 2))])),
        "groups": groups,
    }
    spans = [d * (k - 1) + 1 for d, k in zip(options["dilation"], kernel)]
    size = [n + draw(st.integers(0, 12)) for n in spans]
    front = draw(st.sampled_from([(2 * groups,), (3, 2 * groups)])) if layered else ()
    layers = (groups * draw(st.integers(1, 2)), 2) if layered else ()
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    numbers = rng.integers(-9, 10, (*front, *size))
    weight = rng.integers(-9, 10, (*layers, *kernel))
    chunks = tuple(draw(st.integers(1, n)) for n in numbers.shape)
    least = [max(1, -(-(n - s) // s)) for n, s in zip(spans, options["stride"])]
    tile = tuple(draw(st.integers(n, n + 6)) for n in least)
    return da.from_array(numbers, chunks), numbers, weight, tile, options


@given(calls())
def test_tiles_are_the_whole(call):
    x, numbers, weight, tile, options = call
    y = tiles.conv2d(x, weight, tile=tile, **options)
    whole = core.conv2d(numbers, weight, **options)
    joined = y.compute(scheduler="synchronous")
    assert y.shape == whole.shape
    assert y.dtype == joined.dtype == whole.dtype
    np.testing.assert_array_equal(joined, whole)
    for axis, most in zip((-2, -1), tile):
        assert all(n == most for n in y.chunks[axis][:-1])
        assert 1 <= y.chunks[axis][-1] <= most


@pytest.mark.parametrize("dtype", ["bool", "uint8", "float16", "float32", "float64"])
def test_dtypes_are_those_of_core(dtype):
    x = (IMAGE % 2).astype(dtype)
    y = tiles.conv2d(da.from_array(x, 3), KERNEL.astype(np.int8), 2, tile=2)
    whole = core.conv2d(x, KERNEL.astype(np.int8), 2)
    assert y.dtype == y.compute().dtype == whole.dtype
    np.testing.assert_array_equal(y, whole)


def test_halo_is_as_narrow_as_windows_allow():
    assert tiles._halo((4, 4), 1, 3) == (0, 3 - 1)
    assert tiles._halo((4, 4), 2, 5) == (0, 5 - 2)
    assert tiles._halo((4, 4), 3, 3) == 0
    assert tiles._halo((4, 4), 5, 3) == 0


def test_every_tile_reads_its_own_pixels():
    assert tiles._pixels_read((4, 4, 1), 2, 3) == (4 * 2, 4 * 2, 0 * 2 + 3)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"x": IMAGE}, TypeError, "x must be a Dask array; got ndarray"),
        ({"x": da.zeros(4)}, ValueError, r"x must be .*; got shape \(4,\)"),
        ({"weight": [[1]]}, TypeError, "weight must be a NumPy array; got list"),
        ({"tile": 0}, ValueError, "tile must be at least 1; got 0"),
        ({"stride": 0}, ValueError, "stride must be at least 1; got 0"),
        ({"groups": 2}, ValueError, "groups 2 must divide"),
        ({"dilation": 7}, ValueError, r"spans \(8, 15\) and does not fit image \(6, 8\)"),
        (
            {"tile": (2, 1)},
            ValueError,
            "tile 1 is too small: a window spans 3 pixels, so with stride 1 a tile borrows 2, more "
            "than the next one has; take at least 2",
        ),
        ({"tile": 1, "stride": 2, "dilation": 2}, ValueError, "tile 1 is too small: .* at least 2"),
    ],
)
def test_mistakes_are_named(arguments, error, message):
    call = {"x": da.from_array(IMAGE, 3), "weight": KERNEL, "tile": 2} | arguments
    with pytest.raises(error, match=message):
        tiles.conv2d(**call)


# ---------------------------------------------------------------- files


def new_file(path, array):
    np.save(path, array)
    return tiles.ArrayFile(str(path))


def store_bands(y, target, tile):
    """Store as the chapter does: one band of tiles after the other."""
    for i in range(0, y.shape[0], tile):
        rows = slice(i, i + tile)
        da.store(y[rows], target, regions=(rows, np.s_[:]), lock=False)


def test_file_reads_and_writes_parts(tmp_path):
    file = new_file(tmp_path / "x.npy", IMAGE)
    assert (file.shape, file.dtype, file.ndim) == ((6, 8), IMAGE.dtype, 2)
    part = file[1:3, ::2]
    np.testing.assert_array_equal(part, IMAGE[1:3, ::2])
    part[:] = 0
    np.testing.assert_array_equal(file[:], IMAGE)
    file[0] = np.arange(8)
    np.testing.assert_array_equal(np.load(tmp_path / "x.npy")[0], np.arange(8))


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_from_file_to_file(tmp_path, stride):
    x = da.from_array(new_file(tmp_path / "x.npy", IMAGE), chunks=4)
    whole = core.conv2d(IMAGE, KERNEL, stride=stride, padding=1)
    target = new_file(tmp_path / "y.npy", np.full_like(whole, -99))
    store_bands(tiles.conv2d(x, KERNEL, tile=2, stride=stride, padding=1), target, tile=2)
    np.testing.assert_array_equal(target[:], whole)


def test_memory_does_not_grow_with_the_image(tmp_path):
    """Four tiles more take less than one more tile of sums: only their plan."""
    tile, peaks = 128, []
    for rows in (2 * tile, 6 * tile):
        x = new_file(tmp_path / f"x{rows}.npy", np.zeros((rows, tile), dtype=np.uint8))
        y = new_file(tmp_path / f"y{rows}.npy", np.zeros((rows, tile), dtype=np.int64))
        tracemalloc.start()
        with dask.config.set(scheduler="synchronous"):
            plan = tiles.conv2d(da.from_array(x, tile), np.ones((1, 1)), tile=tile)
            store_bands(plan, y, tile)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < tile * tile * 8


# ---------------------------------------------------------------- workers


def test_without_an_address_threads_work():
    with dask.config.set({"scheduler-address": None}), tiles.workers():
        assert dask.config.get("scheduler") == "threads"
    assert dask.config.get("scheduler", None) is None


def test_a_cluster_is_loaded_only_when_asked_for():
    program = "import sys, convlib.tiles; print('distributed' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert run.stdout.split() == [b"False"]


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("how", ["argument", "environment"])
def test_processes_of_a_cluster_work_by_address(tmp_path, how):
    from distributed import LocalCluster

    x = da.from_array(new_file(tmp_path / "x.npy", IMAGE), chunks=3)
    whole = core.conv2d(IMAGE, KERNEL, stride=2, padding=1)
    target = new_file(tmp_path / "y.npy", np.full_like(whole, -99))
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="localhost:0"
    ) as cluster:
        address = cluster.scheduler_address
        named = {"argument": (address, None), "environment": (None, address)}[how]
        with dask.config.set({"scheduler-address": named[1]}), tiles.workers(named[0]):
            store_bands(tiles.conv2d(x, KERNEL, tile=2, stride=2, padding=1), target, tile=2)
            assert dask.delayed(os.getpid)().compute() != os.getpid()
    np.testing.assert_array_equal(target[:], whole)
