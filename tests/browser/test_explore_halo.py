"""The explorers of tiles show what SciPy computes and what counting by hand gives."""

import re

import numpy as np
import pytest
from scipy.signal import correlate2d

from convlib.explore import explore_halo, explore_tiles
from convlib.samples import KERNEL
from tests.drawn import FILLED, SQUARE, grids, painted

IMAGE = np.array([[3, 3, 2, 1, 0, 2, 2, 3],
                  [0, 0, 1, 3, 1, 3, 2, 3],
                  [3, 1, 2, 2, 3, 1, 3, 0],
                  [2, 0, 0, 2, 2, 3, 1, 3],
                  [2, 0, 0, 0, 1, 1, 2, 2],
                  [3, 1, 1, 3, 3, 3, 0, 3]])
TALL = np.arange(35).reshape(7, 5) % 6 + 1
EVEN = np.array([[1, -2], [3, 1], [2, 2]])


# ---------------------------------------------------------------- two dimensions

def window_sum(image, kernel, i, j, seen):
    """Sum one window in which only the pixels of `seen` count."""
    return sum(int(image[i + u, j + v]) * int(kernel[u, v])
               for u, v in np.ndindex(kernel.shape) if (i + u, j + v) in seen)


def cells(first, size, shape):
    """List the cells of a block that lie in an array."""
    return {(i, j) for i in range(first[0], min(first[0] + size[0], shape[0]))
            for j in range(first[1], min(first[1] + size[1], shape[1]))}


def outputs_of(image, kernel, whole, first, size, halo, zeros):
    """Return what a tile gives, cell by cell; None where a window lacks pixels."""
    seen = cells(first, (size[0] + halo, size[1] + halo), image.shape)
    given = {}
    for i, j in cells(first, size, whole.shape):
        needed = {(i + u, j + v) for u, v in np.ndindex(kernel.shape)}
        given[i, j] = window_sum(image, kernel, i, j, seen) if zeros or needed <= seen else None
    return given


def count_squares(markup, colour):
    return sum(len(SQUARE.findall(path)) for name, path in FILLED.findall(markup) if name == colour)


HALOS = [(IMAGE, KERNEL, [(6, 4), (3, 4), (4, 4), (3, 3)]), (TALL, EVEN, [(3, 2), (2, 3)])]


@pytest.mark.parametrize("image, kernel, sizes", HALOS)
def test_halo_shows_right_wrong_and_missing_outputs(image, kernel, sizes, drive):
    whole = correlate2d(image, kernel, mode="valid")
    visited, kinds = 0, set()
    explorer = explore_halo(image, kernel, sizes)
    for values, markup, says in drive(explorer):
        size = tuple(map(int, values["tile_size"].split("×")))
        halo, zeros = values["halo"], values["beyond"] == "zeros"
        corners = [(i, j) for i in range(0, image.shape[0], size[0])
                   for j in range(0, image.shape[1], size[1])]
        first = corners[values["tile"]]
        given = {}
        for corner in corners[:values["tile"] + 1]:
            own = outputs_of(image, kernel, whole, corner, size, halo, zeros)
            given |= own
        shown = grids(markup)
        np.testing.assert_array_equal(shown["image"], image)
        written = {place: number for place, number in np.ndenumerate(shown.get("output", []))
                   if not np.isnan(number)}
        assert written == {place: number for place, number in given.items() if number is not None}

        tile = cells(first, size, image.shape)
        patch = cells(first, (size[0] + halo, size[1] + halo), image.shape)
        reach = cells(first, (size[0] + kernel.shape[0] - 1, size[1] + kernel.shape[1] - 1),
                      image.shape)
        assert painted(markup, "image", "window") == tile
        assert painted(markup, "image", "kernel") == patch - tile
        assert painted(markup, "image", "outside") == (reach - patch if zeros else set())

        bad = {place for place, number in given.items() if number != whole[place]}
        right = {place for place, number in own.items() if number == whole[place]}
        assert painted(markup, "output", "output") == right
        assert painted(markup, "output", "strong") == {p for p in bad if given[p] is not None}
        assert count_squares(markup, "strong") == len(bad)

        words = "borrowed|outputs|are|missing|wrong"
        numbers = [int(n) for n in re.findall(rf"(\d+) (?:{words})", says)]
        missing = sum(number is None for number in own.values())
        wrong = len(own) - len(right) - missing
        expected = [len(patch - tile), *([len(own), len(right)] if own else [])]
        assert numbers == expected + [n for n in (missing, wrong) if n]
        assert ("only lent" in says) == (not own)
        counts = {"right": len(right), "missing": missing, "wrong": wrong, "lent": not own}
        kinds |= {kind for kind, count in counts.items() if count}
        visited += 1
    assert kinds == {"missing", "wrong", "right", "lent"}
    assert visited == explorer.state_count()


def test_halo_sentence_is_that_of_the_text():
    picture = explore_halo(IMAGE, KERNEL).picture(beyond="zeros")
    assert picture.sentence == ("Tile 0: rows 0–5, columns 0–3, 0 borrowed pixels."
                                " Of its 16 outputs 8 are right, 8 wrong.")


# ---------------------------------------------------------------- one row

def starts_within(first, end, stride, span, n):
    """Count from `first` in steps, as long as the window fits the row."""
    found = []
    while first < end and first + span <= n:
        found.append(first)
        first += stride
    return found


@pytest.mark.parametrize("n, k, ranges", [
    (11, 3, {}), (9, 2, {"tile": (2, 4), "stride": (1, 4), "dilation": (1, 3)})])
def test_tiles_show_starts_and_borrowed_columns(n, k, ranges, drive):
    visited = []
    for values, markup, says in drive(explore_tiles(n, k, **ranges)):
        tile, stride, dilation = values.values()
        visited.append((tile, stride, dilation))
        span = (k - 1) * dilation + 1
        right = starts_within(0, n, stride, span, n)
        shown = grids(markup)
        np.testing.assert_array_equal(shown["image columns"], [range(n)])
        assert painted(markup, "image columns", "output") == {(0, start) for start in right}
        found = []
        for number, first in enumerate(range(0, n, tile)):
            end = min(first + tile, n)
            starts = starts_within(first, end, stride, span, n)
            found += starts
            last = max([end, *(start + span for start in starts)])
            name = f"tile {number}"
            np.testing.assert_array_equal(shown[name], [range(first, last)])
            assert shown["windows"][number, 0] == len(starts)
            columns = {colour: {first + j for _, j in painted(markup, name, colour)}
                       for colour in ("output", "strong", "kernel", "window")}
            assert columns["output"] == set(starts) & set(right)
            assert columns["strong"] == set(starts) - set(right)
            assert columns["kernel"] == set(range(end, last))
            assert columns["window"] == set(range(first, end)) - set(starts)
        assert f"tile {number + 1}" not in shown
        if tile % stride == 0 or n <= tile:
            assert found == right
            assert "no multiple" not in says
            borrowed = f"{span} − {stride} = {span - stride} column"
            assert (borrowed in says) == (span > stride)
            assert ("borrows nothing" in says) == (span <= stride)
        else:
            lists = {word: sorted(map(int, numbers.split(", "))) for word, numbers in
                     re.findall(r"(Wrong starts|Missing): ([\d, ]+)\.", says)}
            assert lists.get("Wrong starts", []) == sorted(set(found) - set(right))
            assert lists.get("Missing", []) == sorted(set(right) - set(found))
            assert f"starts at column {tile}, which is no multiple of {stride}." in says
    ends = {"tile": (3, 6), "stride": (1, 3), "dilation": (1, 2)} | ranges
    assert visited == [(t, s, d) for t in range(ends["tile"][0], ends["tile"][1] + 1)
                       for s in range(ends["stride"][0], ends["stride"][1] + 1)
                       for d in range(ends["dilation"][0], ends["dilation"][1] + 1)]
