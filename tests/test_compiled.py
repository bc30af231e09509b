"""Compiled loops: what `test_fast` does not ask of every method."""

import os
import subprocess
import sys
import threading
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from convlib import core, fast
from convlib.fast import choose, compiled, scratch
from convlib.fast.blocks import Block, slices
from convlib.shapes import conv_arguments

ROOT = Path(__file__).parents[1]
needs_numba = pytest.mark.skipif(not compiled.installed(), reason="Numba is not installed")


def run(program, **environment):
    """Run a Python program in a process of its own; a warning is an error."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "2", **environment},
    )


def integers(*shape):
    return np.random.default_rng(sum(shape)).integers(-9, 10, shape)


@needs_numba
def test_a_run_of_sums_is_put_in_its_place_alone():
    """What lies between the rows of outputs, and before and after the run, is left alone."""
    from convlib.fast.loops import put

    for start, stop, expected in (
        (0, 7, [[0, 1, 2, 3, 4], [-1] * 5, [-1] * 5]),
        (3, 16, [[-1, -1, -1, 0, 1], [4, 5, 6, 7, 8], [11, 12, -1, -1, -1]]),
    ):
        y = np.full((4, 5), -1)
        put.py_func(np.arange(20), y, start, stop, 7, 1)
        assert_array_equal(y, [[-1] * 5, *expected])


@needs_numba
@pytest.mark.parametrize("kernels", [1, compiled.KERNELS, 8])
def test_what_is_not_wanted_of_a_tile_is_left_alone(kernels):
    """Two rows of sums, one after the other, with numbers before and after them."""
    from convlib.fast.loops import add_runs
    from convlib.fast.vectors import MANY

    if kernels == 8:
        kernels = MANY
    weight, bias = integers(kernels, 2).astype("f"), np.arange(kernels, dtype="f")
    for count in (1, 3, 8, 15, 16, 17, 31, 33, 48, 64, 65, 95, 97, 200):
        apart = count + 2
        pixels = np.pad(integers(2 * apart + 5), (0, 200)).astype("f")
        sums = np.full((kernels, 7 + 2 * count + 100), -1, "f")
        starts = np.array([0, 3], np.uintp)
        add_runs(kernels, sums, 7, count, pixels, 1, 2, apart, (starts, weight, bias))
        rows = [pixels[1 + run * apart :] for run in range(2)]
        expected = [
            weight[:, :1] * row[:count] + weight[:, 1:] * row[3 : 3 + count] + bias[:, np.newaxis]
            for row in rows
        ]
        assert_array_equal(sums[:, 7 : 7 + 2 * count], np.concatenate(expected, axis=1))
        assert (sums[:, :7] == -1).all()
        assert (sums[:, 7 + 2 * count :] == -1).all()


KERNELS = [(3, 3), (5, 5), (1, 1), (2, 3), (4, 1)]


@needs_numba
@pytest.mark.parametrize("size", KERNELS)
@pytest.mark.parametrize("stride", [1, 2, (1, 2), (3, 2)])
def test_strides_and_kernels_equal_core(size, stride):
    """With filters that are taken together and that are not."""
    for groups, filters, padding in product([1, 2], [2, 8, 14], [0, 1, ((0, 2), (5, 1))]):
        x, weight = integers(2, 4, 11, 12), integers(filters, 4 // groups, *size)
        options = {"stride": stride, "padding": padding, "groups": groups}
        y = fast.conv2d(x, weight, integers(filters), **options, method="compiled")
        expected = fast.conv2d(x, weight, integers(filters), **options, method="shifts")
        assert_array_equal(y, expected, strict=True)


@needs_numba
@pytest.mark.parametrize("rows", [1, 4])
def test_rows_and_piles_share_their_padding(rows, monkeypatch):
    """Whatever is read beyond the last pixel of a row is padding of the next row, or pile."""
    monkeypatch.setattr(compiled, "cut", lambda call: blocks_of(call, rows))
    for width, size, stride, left, right in product((10, 11), (3, 4), (1, 2), (0, 1, 2, 4), (0, 3)):
        x, weight = integers(2, 3, 8, width), integers(5, 3, 3, size)
        options = {"stride": (1, stride), "padding": ((1, 1), (left, right)), "bias": integers(5)}
        with scratch.checked():
            y = fast.conv2d(x, weight, **options, method="compiled")
        assert_array_equal(y, core.conv2d(x, weight, **options))


def blocks_of(call, rows):
    """Return blocks of so many rows each."""
    (images, _, height, _), groups = call.shape, slice(0, call.groups)
    return [Block(slice(0, images), groups, some) for some in slices(height, rows)]


@needs_numba
@pytest.mark.parametrize("blocks", [1, compiled.BLOCK])
@pytest.mark.parametrize("shape", [(1, 3, 30, 41), (1, 1, 3, 1300), (3, 9, 26, 25)])
def test_runs_end_within_rows_and_at_the_end_of_an_image(shape, blocks, monkeypatch):
    """Images with and without a copy, of several runs each."""
    monkeypatch.setattr(compiled, "BLOCK", blocks)
    x = integers(*shape)
    for size, padding in product([(3, 3), (1, 1), (1, 2)], [0, (1, 2)]):
        weight = integers(6, shape[1], *size)
        y = fast.conv2d(x, weight, padding=padding, method="compiled")
        assert_array_equal(y, fast.conv2d(x, weight, padding=padding, method="shifts"))


@needs_numba
@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
def test_kernels_together_or_alone_and_tiles_within_a_run(dtype):
    """With runs as long as a tile or several, or one sum longer or shorter, or hardly any."""
    for width, filters in product((4, 49, 65, 66, 67, 97, 113, 194, 579), (1, 3, 5, 8, 13)):
        x, weight = integers(2, 3, width).astype(dtype), integers(filters, 2, 3, 3).astype(dtype)
        options = {"padding": ((0, 0), (1, 0)), "bias": np.arange(filters)}
        y = fast.conv2d(x, weight, **options, method="compiled")
        assert_array_equal(y, fast.conv2d(x, weight, **options, method="shifts"), strict=True)


def test_images_are_copied_only_where_it_matters():
    """Where rows do not follow each other as they should, or a tile might reach over the end."""
    x = np.ones((1, 1, 40, 40))
    for size, stride, padding, rows, copied in (
        (3, 1, 0, 38, False),
        (2, 1, 0, 15, False),
        (3, 1, 1, 40, True),
        (3, 2, 0, 19, True),
        (3, 1, 0, 14, True),
    ):
        call = conv_arguments(x, np.ones((1, 1, size, size)), None, stride, padding, 1, 1)
        room, pixels, _ = compiled.room_for(call, x, rows)
        assert (len(room) > 0) == np.shares_memory(room, pixels) == copied
        assert np.shares_memory(pixels, x) != copied


@needs_numba
@pytest.mark.parametrize("dtype", ["float32", "int64"])
def test_vectors_move_the_numbers_and_no_others(dtype):
    from numba import njit

    from convlib.fast import loops

    move = loops.move

    @njit
    def compiled_move(to, place, source, start, count, step):
        move(to, place, source, start, count, step)

    for step, count in product((1, 2, 3), (0, 1, 7, 8, 9, 15, 16, 17, 40)):
        source = np.arange(5 + 40 * step).astype(dtype)[: 5 + max(step * (count - 1), 0) + 1]
        expected, to = np.full((2, 50), -1, dtype)
        move(expected, 4, source, 5, count, step)
        compiled_move(to, 4, source, 5, count, step)
        assert_array_equal(to, expected)


GUARDED = """
import ctypes, mmap, numpy as np
from convlib.fast import conv2d
page = mmap.PAGESIZE
memory = mmap.mmap(-1, 5 * page)
whole = np.frombuffer(memory, np.uint8)
last = ctypes.c_void_p(whole.ctypes.data + 4 * page)
assert ctypes.CDLL(None).mprotect(last, page, 0) == 0  # whoever touches it is stopped
# Of 25 rows and columns, the last of two runs is shorter than a tile; wide rows have none.
for shape in (2, 2), (5, 5), (8, 8), (17, 17), (25, 25), (33, 33), (63, 63), (9, 114), (5, 258):
    numbers = shape[0] * shape[1]
    x = whole[4 * page - 4 * numbers : 4 * page].view("f").reshape(shape)
    x[...] = 1
    for stride in (1, 2, 3):
        y = conv2d(x, np.ones((2, 2), "f"), stride=stride, method="compiled")
        assert (y == 4).all()
print("done")
"""


@needs_numba
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is guarded by Linux")
def test_nothing_beyond_the_image_is_read():
    assert run(GUARDED).stdout == "done\n"


@needs_numba
def test_sums_are_taken_in_the_order_of_the_definition():
    """A product is not rounded before it is added, so that a sum is at least as exact."""
    x = np.array([[[1e8, 1, -1e8]]], np.float32)
    y = fast.conv2d(x, np.ones((1, 1, 1, 3), np.float32), method="compiled")
    assert y == (np.float32(1e8) + np.float32(1)) - np.float32(1e8)


def call_of(size, dtype=np.float32):
    x, weight = np.ones((1, 64, 64, 64), dtype), np.ones((64, 1, size, size), dtype)
    return conv_arguments(x, weight, None, 1, 1, 1, 64)


@needs_numba
def test_auto_compiles_nothing_but_uses_what_is_compiled(monkeypatch):
    monkeypatch.setattr(compiled, "ready", set())
    methods = [fast.METHODS[name] for name in ("shifts", "rows", "im2col", "compiled")]
    assert choose.fastest(call_of(3), methods).name != "compiled"
    fast.conv2d(np.ones((4, 4), np.float32), np.ones((3, 3), np.float32), method="compiled")
    assert choose.fastest(call_of(3), methods).name == "compiled"
    assert choose.fastest(call_of(5), methods).name == "compiled"
    assert choose.fastest(call_of(3, float), methods).name != "compiled"


@pytest.mark.parametrize("count", ["1", "2", "5"])
@pytest.mark.parametrize(
    ("images", "groups", "size"), [(1, 1, 9), (1, 64, 20), (7, 3, 40), (1, 1, 1100)]
)
def test_blocks_cover_every_output_once(images, groups, size, count, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", count)
    x, weight = np.ones((images, groups, size, size)), np.ones((groups, 1, 3, 3))
    call = conv_arguments(x, weight, None, 1, 1, 1, groups)
    done = np.zeros((images, groups, size), int)
    blocks = compiled.cut(call)
    for block in blocks:
        done[block] += 1
    assert (done == 1).all()
    work = (9 + 2 * compiled.MOVED) * x.size
    shared = work >= 2 * compiled.LITTLE and count != "1"
    assert (len(blocks) > 1) == (shared or x.size > compiled.BLOCK)


@needs_numba
def test_numba_is_imported_on_first_use():
    program = """
import sys, numpy as np
from convlib.fast import conv2d
x, k = np.ones((9, 9)), np.ones((3, 3))
conv2d(x, k)
print("numba" in sys.modules)
conv2d(x, k, method="compiled")
print("numba" in sys.modules)
"""
    done = run(program)
    assert (done.stdout, done.stderr) == ("False\nTrue\n", "")


def test_without_numba_auto_does_without():
    program = """
import sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "numba":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Hidden())
sys.modules["numba"] = None
import numpy as np
from convlib.fast import conv2d
x, k = np.ones((9, 9)), np.ones((3, 3))
print(conv2d(x, k).sum())
try:
    conv2d(x, k, method="compiled")
except ValueError as error:
    print(error)
"""
    done = run(program)
    assert done.stderr == ""
    total, error = done.stdout.splitlines()
    assert total == str(7 * 7 * 9.0)
    assert error.startswith('method "compiled" needs Numba: pip install numba; use "windows"')


KEPT = """
import numba, numpy as np
from convlib.fast import compiled, conv2d
y = conv2d(np.ones((9, 9)), np.ones((3, 3)), method="compiled")
stats = compiled.loops_for(np.dtype(float)).stats
print(int(y.sum()), len(stats.cache_hits), len(stats.cache_misses))
"""


@needs_numba
def test_loops_are_kept_from_one_program_to_the_next(tmp_path):
    first, second = (run(KEPT, NUMBA_CACHE_DIR=str(tmp_path)) for _ in range(2))
    assert (first.stdout, first.stderr) == ("441 0 1\n", "")
    assert (second.stdout, second.stderr) == ("441 1 0\n", "")


@needs_numba
def test_loops_are_compiled_where_nothing_can_be_kept():
    """As for a user who may write neither beside the library nor in a folder of their own."""
    hide = """
from numba.core.caching import CacheImpl
CacheImpl._locator_classes = []
"""
    done = run(hide + KEPT, NUMBA_OPT="0", NUMBA_LOOP_VECTORIZE="0")
    assert (done.stdout, done.stderr) == ("441 0 1\n", "")


@needs_numba
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_process_runs_and_compiles():
    program = """
import os, numpy as np
from convlib.fast import conv2d
x = np.ones((300, 300))
conv2d(x, np.ones((3, 3)), method="compiled")
if os.fork() == 0:
    same = (conv2d(x, np.ones((3, 3)), method="compiled") == 9).all()
    new = (conv2d(x.astype("f"), np.ones((5, 5), "f"), method="compiled") == 25).all()
    os._exit(0 if same and new else 1)
print(os.waitpid(-1, 0)[1])
"""
    assert run(program).stdout == "0\n"


@needs_numba
def test_threads_may_compile_at_the_same_time():
    compiled.loops_for.cache_clear()
    results = {}

    def work(thread, dtype):
        x, kernel = np.ones((20, 20), dtype), np.ones((3, 3), dtype)
        results[thread, dtype] = fast.conv2d(x, kernel, method="compiled")

    calls = list(product(range(3), ("float32", "float64", "int64")))
    workers = [threading.Thread(target=work, args=call) for call in calls]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert all((results[call] == 9).all() for call in calls)


@needs_numba
def test_images_in_any_order_of_memory():
    x = integers(2, 3, 9, 9) * 1.0
    weight = integers(3, 3, 3, 3) * 1.0
    expected = fast.conv2d(x, weight, method="compiled")
    last = np.ascontiguousarray(x.transpose(1, 2, 3, 0)).transpose(3, 0, 1, 2)
    unaligned = np.frombuffer(b"\0" + x.tobytes(), np.uint8)[1:].view(float).reshape(x.shape)
    for image in last, unaligned, np.asfortranarray(x):
        assert_array_equal(fast.conv2d(image, weight, method="compiled"), expected)
    assert_array_equal(fast.conv2d(x, np.asfortranarray(weight), method="compiled"), expected)
