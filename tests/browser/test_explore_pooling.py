"""The explorers of pooling show what plain arithmetic on each window gives."""

import gzip
import math
import re

import numpy as np
import pytest
from matplotlib.colors import to_hex
from scipy.signal import correlate2d

from convlib.draw import PALETTE
from convlib.explore import (
    explore_pool,
    explore_pool_border,
    explore_pool_kind,
    explore_pool_photo,
    explore_shift,
)
from convlib.explore.page import explorer_html
from convlib.samples import KERNELS, POOL_IMAGE, POOL_NEGATIVE, portrait
from tests.drawn import grids, painted

SQUARE = np.array([[1, 3, 8, 4, 2], [7, 5, 6, 2, 0], [2, 0, 5, 9, 1], [4, 6, 3, 7, 8],
                   [3, 1, 2, 0, 4]])
TALL = np.array([[-4, -9, -2, -9], [-7, -1, -8, -3], [-5, -6, -5, -2], [-3, -3, -9, -8],
                 [-6, -2, -4, -7], [-8, -5, -1, -9], [-2, -9, -6, -4]])
WIDE = np.array([[3, 0, 5, 1, 7, 2], [8, 4, 2, 9, 0, 6], [1, 6, 3, 5, 2, 8]])
FOUND = np.array([[7, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 5, 0, 0, 0, 0], [0, 0, 0, 0, 9, 0, 0, 0],
                  [0, 6, 0, 0, 0, 0, 0, 0]])
EDGES = abs(correlate2d(portrait(128).astype(int), KERNELS["sobel x"], mode="valid"))


def windows_of(image, size, stride, rounded=math.floor):
    """The pixels of every window: {(row, column): [(i, j), ...]}, clipped at the edge."""
    counts = [rounded((n - size) / stride) + 1 for n in image.shape]
    pixels = {(row, column): [(i, j) for i in range(row * stride, row * stride + size)
                              for j in range(column * stride, column * stride + size)
                              if i < image.shape[0] and j < image.shape[1]]
              for row, column in np.ndindex(*counts)}
    return {place: inside for place, inside in pixels.items() if inside}


def winner_of(image, pixels):
    """The first of the largest pixels of a window."""
    return max(pixels, key=lambda pixel: (image[pixel], -pixel[0], -pixel[1]))


def grid_of(numbers):
    """A 2-D array of numbers given by place."""
    rows, columns = map(max, zip(*numbers))
    return np.array([[float(numbers[i, j]) for j in range(columns + 1)] for i in range(rows + 1)])


def assert_shows_until(shown, expected, row, column):
    """The grid shows the expected numbers up to one place and is blank after it."""
    wanted = expected.ravel().copy()
    wanted[row * expected.shape[1] + column + 1:] = np.nan
    full = np.full(expected.shape, np.nan)
    full[:shown.shape[0], :shown.shape[1]] = shown
    np.testing.assert_array_equal(full, wanted.reshape(expected.shape))


def written(values):
    return ", ".join(f"{value:g}".replace("-", "−").replace("inf", "∞") for value in values)


def frames(figure, colour):
    """(row, column, height, width) of the thick frames of one colour."""
    return {tuple(np.round([p.get_y(), p.get_x(), p.get_height(), p.get_width()], 6))
            for p in figure.axes[0].patches
            if not p.get_fill() and to_hex(p.get_edgecolor()) == PALETTE[colour]}


def frame(row, column, size):
    return tuple(np.round([1.6 + row, 0.8 + column, size, size], 6))


def hanging_cells(figure):
    """(row, column) on the canvas of the unit squares that lie outside of the image."""
    corners = [polygon[0] for p in figure.axes[0].patches
               if p.get_fill() and to_hex(p.get_facecolor()) == PALETTE["outside"]
               for polygon in p.get_path().to_polygons()]
    return {tuple(np.round([row, column], 6)) for column, row in corners}


@pytest.mark.parametrize("image", [SQUARE, TALL[:6]], ids=["5x5", "6x4"])
def test_pool_shows_every_window_its_winner_and_the_output_so_far(image, drive):
    seen = {}
    for values, markup, says in drive(explore_pool(image)):
        shown = grids(markup)
        size, stride, leftovers, row, column = values.values()
        rounded = math.ceil if leftovers == "kept" else math.floor
        windows = windows_of(image, size, stride, rounded)
        pixels = windows[row, column]
        winner = winner_of(image, pixels)
        output = grid_of({place: image[winner_of(image, windows[place])] for place in windows})
        np.testing.assert_array_equal(shown["image"], image)
        assert_shows_until(shown["output"], output, row, column)
        assert painted(markup, "image", "window") == set(pixels) - {winner}
        assert painted(markup, "image", "strong") == {winner}
        assert painted(markup, "output", "strong") == {(row, column)}
        earlier = [winner_of(image, windows[place]) for place in windows if place < (row, column)]
        assert says == (
            f"Size {size}, stride {stride}, row {row}, column {column}: the largest of"
            f" {written(image[pixel] for pixel in pixels)} is {written([image[winner]])}, from"
            f" row {winner[0]}, column {winner[1]}{', again' if winner in earlier else ''}.")
        seen.setdefault((size, stride), {}).setdefault(leftovers, set()).add((row, column))
    assert set(seen) == {(size, stride) for size in (2, 3) for stride in (1, 2, 3)}
    for (size, stride), choices in seen.items():
        dropped = set(windows_of(image, size, stride, math.floor))
        kept = set(windows_of(image, size, stride, math.ceil))
        same = {"none": dropped}
        assert choices == (same if dropped == kept else {"dropped": dropped, "kept": kept})


def test_pool_outlines_the_window_and_what_hangs_over():
    image = TALL[:6]
    explorer = explore_pool(image)
    for values in explorer.states():
        size, stride, leftovers, row, column = values.values()
        figure = explorer.picture(**values).figure
        top, left = row * stride, column * stride
        winner = winner_of(image, windows_of(image, size, stride, math.ceil)[row, column])
        assert frames(figure, "window edge") == {frame(top, left, size)}
        assert frame(*winner, 1) in frames(figure, "strong edge")
        assert hanging_cells(figure) == {
            tuple(np.round([1.6 + top + i, 0.8 + left + j], 6)) for i, j in np.ndindex(size, size)
            if top + i >= image.shape[0] or left + j >= image.shape[1]}


@pytest.mark.parametrize("image", [POOL_NEGATIVE, TALL[:6, :2]], ids=["4x4", "6x2"])
def test_border_shows_zeros_winning_and_minus_infinity_losing(image, drive):
    explorer = explore_pool_border(image)
    count = 0
    for values, markup, says in drive(explorer):
        shown = grids(markup)
        border, row, column = values.values()
        value = {"0": 0, "−∞": -math.inf}[border]
        padded = np.full((image.shape[0] + 2, image.shape[1] + 2), value, dtype=float)
        padded[1:-1, 1:-1] = image
        windows = windows_of(padded, 2, 2)
        pixels = windows[row, column]
        output = grid_of({place: max(padded[pixel] for pixel in windows[place])
                          for place in windows})
        np.testing.assert_array_equal(shown["image and border"][1:, 1:], image)
        assert_shows_until(shown["output"], output, row, column)
        winner = winner_of(padded, pixels)
        is_inside = 1 <= winner[0] <= image.shape[0] and 1 <= winner[1] <= image.shape[1]
        assert says == (
            f"Border {border}, row {row}, column {column}: the largest of"
            f" {written(padded[pixel] for pixel in pixels)} is {written([output[row, column]])},"
            f" from the {'image' if is_inside else 'border'}.")
        figure = explorer.picture(**values).figure
        texts = [text for text in figure.axes[0].texts
                 if text.get_text() == border and text.get_fontsize() > 12 and not text.get_gid()]
        assert len(texts) == 2 * sum(image.shape) + 4
        assert frames(figure, "window edge") == {frame(2 * row, 2 * column, 2)}
        assert frame(*winner, 1) in frames(figure, "strong edge")
        assert painted(markup, "image and border", "strong") == ({winner} if is_inside else set())
        count += 1
    assert count == 2 * (image.shape[0] // 2 + 1) * (image.shape[1] // 2 + 1)


@pytest.mark.parametrize("image", [POOL_IMAGE, TALL, WIDE], ids=["4x4", "7x4", "3x6"])
def test_kind_shows_the_largest_and_the_mean_of_each_window(image, drive):
    explorer = explore_pool_kind(image)
    states = []
    for values, markup, says in drive(explorer):
        shown = grids(markup)
        size, kind = values.values()
        states.append((size, kind))
        windows = windows_of(image, size, size)
        rule = {"largest": max, "mean": lambda numbers: sum(numbers) / size**2}[kind]
        output = {place: rule([image[pixel] for pixel in windows[place]]) for place in windows}
        np.testing.assert_array_equal(shown["image"], image)
        np.testing.assert_allclose(shown["output"], grid_of(output), atol=0.0051)
        which = "the only" if len(windows) == 1 else "each"
        start, numbers = says.split(": ")
        assert start == f"The {kind} of {which} {size}×{size} window"
        told = [float(n.replace("−", "-")) for n in numbers.rstrip(".").split(", ")]
        np.testing.assert_allclose(told, list(output.values()), atol=0.0051)
        figure = explorer.picture(**values).figure
        assert frames(figure, "window edge") == {
            frame(i * size, j * size, size) for i, j in windows}
        pooled = {pixel for pixels in windows.values() for pixel in pixels}
        winners = {winner_of(image, pixels) for pixels in windows.values()}
        marked = winners if kind == "largest" else set()
        assert painted(markup, "image", "strong") == marked
        assert painted(markup, "image", "window") == pooled - marked
    assert states == [(size, kind) for size in range(2, min(image.shape) + 1)
                      for kind in ("largest", "mean")]


@pytest.mark.parametrize("edges", [EDGES, EDGES[:37, :90]], ids=["square", "wide"])
def test_photo_shows_both_pools_of_every_size(edges, drive):
    explorer = explore_pool_photo(edges, limits=(0, 500))
    sizes = []
    for values, _, says in drive(explorer):
        size = values["size"]
        sizes.append(size)
        rows, columns = edges.shape[0] // size, edges.shape[1] // size
        blocks = edges[:rows * size, :columns * size].reshape(rows, size, columns, size)
        left, right = explorer.picture(size=size).figure.axes[0].images
        np.testing.assert_array_equal(left.get_array(), blocks.max(axis=(1, 3)))
        np.testing.assert_allclose(right.get_array(), blocks.mean(axis=(1, 3)))
        assert left.get_clim() == right.get_clim() == (0, 500)
        assert says == (f"Windows of {size}×{size} leave {rows}×{columns} numbers. The strongest"
                        f" is {blocks.max()} among the largest and"
                        f" {blocks.mean(axis=(1, 3)).max():.0f} among the means.")
    assert sizes == [1, 2, 4, 8]


@pytest.mark.parametrize("image", [FOUND, WIDE, TALL[:, ::-1] + 9], ids=["found", "3x6", "7x4"])
def test_shift_shows_what_changed(image, drive):
    explorer = explore_shift(image)
    before = {place: max(image[pixel] for pixel in pixels)
              for place, pixels in windows_of(image, 2, 2).items()}
    shifts = []
    for values, markup, says in drive(explorer):
        shown = grids(markup)
        shift = values["shift"]
        shifts.append(shift)
        moved = np.array([[0] * shift + list(row)[:len(row) - shift] for row in image])
        after = {place: max(moved[pixel] for pixel in pixels)
                 for place, pixels in windows_of(moved, 2, 2).items()}
        np.testing.assert_array_equal(shown["image"], moved)
        np.testing.assert_array_equal(shown["output at shift 0"], grid_of(before))
        np.testing.assert_array_equal(shown["output now"], grid_of(after))
        changed = {place for place in after if after[place] != before[place]}
        pixels = [(old, new) for old, new in zip(image.flat, moved.flat)]
        strong_pixels = [old == new for old, new in pixels if old > 0]
        strong_outputs = [before[place] == after[place] for place in before if before[place] > 0]
        assert says == (
            f"Shift {shift}: {sum(old != new for old, new in pixels)} of {image.size} pixels and"
            f" {len(changed)} of {len(after)} output cells differ from shift 0."
            f" {sum(strong_pixels)} of {len(strong_pixels)} strong pixels and"
            f" {sum(strong_outputs)} of {len(strong_outputs)} strong outputs are where they were.")
        assert painted(markup, "output now", "strong") == changed
        assert painted(markup, "output now", "output") == {
            place for place in after if after[place] > 0 and place not in changed}
        figure = explorer.picture(shift=shift).figure
        assert frames(figure, "window edge") == {frame(2 * i, 2 * j, 2) for i, j in before}
    assert shifts == [0, 1, 2, 3]


def test_shift_by_one_keeps_half_of_the_strong_outputs_and_by_two_moves_all():
    explorer = explore_shift(FOUND)
    one, two = (explorer.picture(shift=shift).sentence for shift in (1, 2))
    assert re.findall(r"\d+ of \d+", one) == ["8 of 32", "4 of 8", "0 of 4", "2 of 4"]
    assert re.findall(r"\d+ of \d+", two)[2:] == ["0 of 4", "0 of 4"]


@pytest.mark.parametrize("explorer", [
    explore_pool(SQUARE), explore_pool_border(POOL_NEGATIVE), explore_pool_kind(POOL_IMAGE),
    explore_pool_photo(EDGES), explore_shift(FOUND),
], ids=["pool", "border", "kind", "photo", "shift"])
def test_frames_share_one_canvas_and_stay_within_the_budget(explorer):
    canvases = {tuple(explorer.picture(**values).figure.get_size_inches())
                for values in explorer.states()}
    assert len(canvases) == 1
    assert max(canvases.pop()) <= 15 * 0.4
    assert len(gzip.compress(explorer_html(explorer).encode())) <= 120_000
