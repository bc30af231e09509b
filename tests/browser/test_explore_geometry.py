"""The explorers of padding, stride and dilation show what SciPy and counting by hand give."""

import re
from itertools import product

import numpy as np
import pytest
from scipy.signal import correlate2d

from convlib.explore import explore_geometry, explore_line, explore_same
from convlib.samples import IMAGE, KERNEL
from tests.drawn import grids, painted

WIDE = np.arange(30).reshape(5, 6) % 7 - 3
EVEN = np.array([[1, -2, 0], [0, 3, 1]])


def places(n, k, stride, before, after, dilation):
    """List what each place sees, moving a window on until it no longer fits."""
    seen, start = [], -before
    while start + (k - 1) * dilation < n + after:
        seen.append([start + cell * dilation for cell in range(k)])
        start += stride
    return seen


# ---------------------------------------------------------------- one row

LINES = [
    {"n": (5, 8), "k": (3, 5), "stride": 1, "padding": (0, 2), "dilation": 1},
    {"n": (5, 8), "k": 3, "stride": (1, 3), "padding": (0, 1), "dilation": 1},
    {"n": (5, 9), "k": (2, 3), "stride": 1, "padding": 0, "dilation": (1, 4)},
    {"n": (4, 5), "k": (2, 3), "stride": (1, 3), "padding": (0, 1), "dilation": (1, 2)},
    {"n": 5, "k": 3, "stride": 1, "padding": 0, "dilation": 1},
]


def possible_lines(settings):
    """Combine all values of all settings and keep those with a place for the window."""
    ranges = [range(s, s + 1) if isinstance(s, int) else range(s[0], s[1] + 1)
              for s in settings.values()]
    return [line for line in product(*ranges) if places(*line[:3], line[3], line[3], line[4])]


def assert_shows_line(markup, n, before, after, seen):
    shown = grids(markup)
    cells = np.arange(-before, n + after)
    np.testing.assert_array_equal(shown["image columns"], [cells])
    np.testing.assert_array_equal(shown["output"], np.arange(len(seen))[:, np.newaxis])
    expected = np.full((len(seen), seen[-1][-1] + before + 1), np.nan)
    for place, columns in enumerate(seen):
        expected[place, np.add(columns, before)] = columns
    np.testing.assert_array_equal(shown["places"], expected)

    zeros = {column for column in cells if not 0 <= column < n}
    unseen = set(range(n)) - set(sum(seen, []))
    assert painted(markup, "image columns", "outside") == {(0, c + before) for c in zeros}
    assert painted(markup, "image columns", "strong") == {(0, c + before) for c in unseen}
    assert painted(markup, "places", "outside") == {
        (place, c + before) for place, columns in enumerate(seen) for c in columns if c in zeros}


def assert_names_unseen(says, n, seen):
    unseen = sorted(set(range(n)) - set(sum(seen, [])))
    found = re.search(r"No window sees columns? ([\d, ]*)\.$", says)
    assert ([int(column) for column in found[1].split(", ")] if found else []) == unseen


@pytest.mark.parametrize("settings", LINES, ids=str)
def test_line_shows_every_place(settings, drive):
    visited = []
    for values, markup, says in drive(explore_line(**settings)):
        n, k, stride, padding, dilation = (settings | values).values()
        visited.append((n, k, stride, padding, dilation))
        seen = places(n, k, stride, padding, padding, dilation)
        assert_shows_line(markup, n, padding, padding, seen)
        assert_names_unseen(says, n, seen)
        moves = f"{len(seen) - 1} move{'s' * (len(seen) != 2)}"
        assert (f" In steps of {stride} that is {moves} and"
                f" {len(seen)} place{'s' * (len(seen) != 1)}.") in says
        total, span = n + 2 * padding, seen[0][-1] - seen[0][0] + 1
        assert f" can move {total} − {span} = {total - span}. " in says
    assert sorted(visited) == possible_lines(settings)


def test_line_sentence_writes_out_the_formula():
    explorer = explore_line(n=(5, 9), k=3, padding=(0, 1), stride=(1, 2), dilation=(1, 2))
    says = explorer.picture(n=8, padding=1, stride=2, dilation=2).sentence
    assert says == ("On 8 + 2·1 = 10 cells a window that spans 2·(3 − 1) + 1 = 5 can move"
                    " 10 − 5 = 5. In steps of 2 that is 2 moves and 3 places."
                    " No window sees columns 0, 2, 4, 6.")
    says = explorer.picture(n=8, stride=2).sentence
    assert says == ("On 8 cells a window of 3 can move 8 − 3 = 5. In steps of 2 that is"
                    " 2 moves and 3 places. No window sees column 7.")


def test_same_puts_the_odd_zero_at_the_end(drive):
    count = 0
    for values, markup, says in drive(explore_same()):
        n, k, stride = values["n"], values["k"], values["stride"]
        before = after = 0
        wanted = len(places(n, k, stride, 0, 0, 1))
        if values["padding"] == "same":
            wanted = -(-n // stride)
            while len(places(n, k, stride, before, after, 1)) < wanted:
                before, after = (before, after + 1) if before == after else (after, after)
            assert says.startswith(f"⌈{n}/{stride}⌉ = {wanted} places reach over ({wanted} − 1)")
            assert f"·{stride} + {k} = {(wanted - 1) * stride + k} cells. " in says
            zeros = (f"{before} zero{'s' * (before != 1)} before it,"
                     f" {after} zero{'s' * (after != 1)} after it.")
            assert f" The image has {n}: {zeros}" in says
        else:
            assert f" can move {n} − {k} = {n - k}. In steps of {stride} that is " in says
            assert f" and {wanted} place{'s' * (wanted != 1)}." in says
        seen = places(n, k, stride, before, after, 1)
        assert len(seen) == wanted
        assert_shows_line(markup, n, before, after, seen)
        assert_names_unseen(says, n, seen)
        count += 1
    assert count == 2 * 5 * 3 * 3


# ---------------------------------------------------------------- on an image

def spread(kernel, dilation):
    """Write a dilated kernel as a larger one with zeros in its gaps."""
    wide = np.zeros(dilation * (np.array(kernel.shape) - 1) + 1, dtype=int)
    wide[::dilation, ::dilation] = kernel
    return wide


def sum_text(patch, kernel):
    def text(number):
        return f"(−{-number})" if number < 0 else str(number)

    return " + ".join(f"{text(a)}·{text(b)}" for a, b in zip(patch.flat, kernel.flat))


def assert_paints_image(markup, says, image, kernel, dilation, padding, stride, row, column):
    """Compare the pixels of each colour, and how many the sentence says are unseen."""
    rows, columns = (places(n, k, stride, padding, padding, dilation)
                     for n, k in zip(image, kernel))
    window = set(product(rows[row], columns[column]))
    pixels = set(np.ndindex(image))
    zeros = set(product(*(range(-padding, n + padding) for n in image))) - pixels
    unseen = pixels - set(product(sum(rows, []), sum(columns, [])))

    def shown(colour):
        return {(i - padding, j - padding) for i, j in painted(markup, "image", colour)}

    assert shown("window") == window
    assert shown("strong") == unseen
    assert shown("outside") == zeros - window
    count = re.search(r"\. No window sees (\d+) of the (\d+) pixels\.$", says)
    assert (tuple(map(int, count.groups())) if count else (0, len(pixels))) == (
        len(unseen), len(pixels))


@pytest.mark.parametrize("image, kernel, most_padding, strides", [
    (IMAGE, KERNEL, {1: 1, 2: 2}, (1, 3)),
    (WIDE, EVEN, {1: 1, 2: 1}, (2, 3)),
])
def test_geometry_shows_what_scipy_computes(image, kernel, most_padding, strides, drive):
    visited = set()
    for values, markup, says in drive(explore_geometry(image, kernel, stride=strides)):
        dilation, padding, stride, row, column = values.values()
        visited.add((dilation, padding, stride, row, column))
        padded = np.pad(image, padding)
        output = correlate2d(padded, spread(kernel, dilation), mode="valid")[::stride, ::stride]
        shown = grids(markup)
        np.testing.assert_array_equal(shown["image"], padded)
        np.testing.assert_array_equal(shown["kernel"], kernel)
        done = row * output.shape[1] + column + 1
        written = shown["output"][~np.isnan(shown["output"])]
        np.testing.assert_array_equal(written, output.ravel()[:done])
        assert painted(markup, "output", "output") == {(row, column)}
        assert_paints_image(markup, says, image.shape, kernel.shape, *values.values())

        top, left = row * stride, column * stride
        patch = padded[top:, left:][::dilation, ::dilation][:kernel.shape[0], :kernel.shape[1]]
        result = str(output[row, column]).replace("-", "−")
        assert says.startswith(f"Output {output.shape[0]}×{output.shape[1]}."
                               f" Row {row}, column {column}: {sum_text(patch, kernel)}"
                               f" = {result}.")
    wanted = set()
    for dilation in (1, 2):
        for padding, stride in product(range(most_padding[dilation] + 1), range(strides[0], 4)):
            shape = [len(places(n, k, stride, padding, padding, dilation))
                     for n, k in zip(image.shape, kernel.shape)]
            wanted |= {(dilation, padding, stride, *place) for place in np.ndindex(*shape)}
    assert visited == wanted


def test_geometry_takes_one_value_for_a_slider():
    explorer = explore_geometry(IMAGE, KERNEL, dilation=2, padding=0, stride=1)
    assert list(explorer.sliders) == ["row", "column"]
    assert explorer.picture().sentence == (
        "Output 1×1. Row 0, column 0: 3·0 + 2·1 + 0·2 + 3·2 + 2·2 + 3·0 + 2·0 + 0·1 + 1·2"
        " = 14. No window sees 16 of the 25 pixels.")
