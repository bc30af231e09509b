"""The explorers of lowering show which pixel stands where, and the products that it takes part in."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from scipy.signal import correlate2d

from convlib.explore import explore_im2col, explore_rows, explore_shifts, explore_view
from convlib.samples import IMAGE, KERNEL
from tests.drawn import grids, painted

WIDE = np.arange(24).reshape(4, 6) % 7 - 3
EVEN = np.array([[1, -2, 0], [0, 3, 1]])
CASES = [(IMAGE, KERNEL), (WIDE, EVEN), (WIDE.T, EVEN)]


def text(number):
    return str(number).replace("-", "−")


def factor(number):
    return text(number) if number >= 0 else f"({text(number)})"


def products(weights, pixels):
    return " + ".join(f"{factor(a)}·{factor(b)}" for a, b in zip(weights, pixels))


def assert_shows(grid, expected):
    """Compare a grid with numbers; the cells that it leaves blank are NaN in both."""
    full = np.full(np.shape(expected), np.nan)
    full[:grid.shape[0], :grid.shape[1]] = grid
    np.testing.assert_array_equal(full, expected)


def outlined(explorer, values, colour="#0b6bb0"):
    """Row, column, height and width of the frames of one colour in a drawing."""
    ax = explorer.frame(**values)[0].axes[0]
    return [(patch.get_y(), patch.get_x(), patch.get_height(), patch.get_width())
            for patch in ax.patches
            if not patch.get_fill() and to_hex(patch.get_edgecolor()) == colour]


@pytest.mark.parametrize("image, shape", [(IMAGE, (3, 3)), (WIDE, (2, 4)), (WIDE.T, (3, 1))])
def test_view_shows_the_positions_under_the_window(image, shape, drive):
    places = []
    for values, markup, says in drive(explore_view(image, shape)):
        row, column, shown = values["row"], values["column"], grids(markup)
        places.append((row, column))
        np.testing.assert_array_equal(shown["image"], image)
        flat = [number for line in image for number in line]
        np.testing.assert_array_equal(shown["memory"], [flat[:13]])
        np.testing.assert_array_equal(shown["memory, continued"], [flat[13:]])
        window = [(row + u, column + v) for u in range(shape[0]) for v in range(shape[1])]
        seen = [i * image.shape[1] + j for i, j in window]
        assert painted(markup, "image", "window") == set(window)
        assert painted(markup, "memory", "window") == {(0, p) for p in seen if p < 13}
        assert painted(markup, "memory, continued", "window") == {
            (0, p - 13) for p in seen if p >= 13}
        assert says == (f"Row {row}, column {column}: the window starts at position"
                        f" {row}·{image.shape[1]} + {column} = {seen[0]} and sees positions"
                        f" {', '.join(map(str, seen))}.")
        assert f">one row down: +{image.shape[1]}<" in markup
    assert places == list(np.ndindex(image.shape[0] - shape[0] + 1, image.shape[1] - shape[1] + 1))


@pytest.mark.parametrize("image, kernel", CASES)
def test_shifts_add_one_weighted_image_after_another(image, kernel, drive):
    height, width = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    places = list(np.ndindex(height, width))
    total, steps = np.zeros((height, width), int), []
    for values, markup, says in drive(explore_shifts(image, kernel)):
        step, shown = values["step"], grids(markup)
        steps.append(step)
        u, v = step // kernel.shape[1], step % kernel.shape[1]
        weight, pixel = kernel[u, v], image[u, v]
        np.testing.assert_array_equal(shown["image"], image)
        np.testing.assert_array_equal(shown["kernel"], kernel)
        np.testing.assert_array_equal(shown["sum before"], total)
        added = np.array([weight * image[i + u, j + v] for i, j in places]).reshape(height, width)
        np.testing.assert_array_equal(shown["weight × pixels"], added)
        before, total = total, total + added
        np.testing.assert_array_equal(shown["sum after"], total)
        assert painted(markup, "image", "window") == {(i + u, j + v) for i, j in places}
        assert painted(markup, "kernel", "kernel") == {(u, v)}
        assert says == (
            f"Step {step}: {text(weight)}, the weight in row {u}, column {v}, times the pixels"
            f" from row {u}, column {v} on. In row 0, column 0: {text(before[0, 0])} +"
            f" {products([weight], [pixel])} = {text(total[0, 0])}.")
    assert steps == list(range(kernel.size))
    np.testing.assert_array_equal(total, correlate2d(image, kernel, mode="valid"))


@pytest.mark.parametrize("image, kernel", CASES)
def test_im2col_shows_patches_as_columns(image, kernel, drive):
    output = correlate2d(image, kernel, mode="valid")
    weights = list(kernel.ravel())
    matrix = np.full((kernel.size, output.size), np.nan)
    line = np.full(output.size, np.nan)
    for values, markup, says in drive(explore_im2col(image, kernel)):
        place, shown = values["place"], grids(markup)
        row, column = place // output.shape[1], place % output.shape[1]
        under = [(row + u, column + v) for u, v in np.ndindex(kernel.shape)]
        matrix[:, place] = [image[cell] for cell in under]
        line[place] = output[row, column]
        np.testing.assert_array_equal(shown["image"], image)
        np.testing.assert_array_equal(shown["kernel"], [[weight] for weight in weights])
        assert_shows(shown["patches"], matrix)
        assert_shows(shown["kernel @ patches"], [line])
        assert_shows(shown["output"], line.reshape(output.shape))
        assert painted(markup, "image", "window") == set(under)
        assert painted(markup, "patches", "window") == {(r, place) for r in range(kernel.size)}
        assert painted(markup, "output", "output") == {(row, column)}
        assert painted(markup, "kernel @ patches", "output") == {(0, place)}
        pixels = [image[cell] for cell in under]
        assert says == (f"Place {place} is row {row}, column {column}. Its patch is column"
                        f" {place}: {products(weights, pixels)} = {text(output[row, column])}.")
    assert not np.isnan(matrix).any()


@pytest.mark.parametrize("image, kernel", CASES)
def test_rows_show_one_product_for_each_kernel_row(image, kernel, drive):
    output = correlate2d(image, kernel, mode="valid")
    height, width = output.shape
    columns = [(r, j) for r in range(image.shape[0]) for j in range(width)]
    lowered = [[image[r, j + v] for r, j in columns] for v in range(kernel.shape[1])]
    explorer = explore_rows(image, kernel)
    states = []
    for values, markup, says in drive(explorer):
        a, place, shown = values["kernel_row"], values["place"], grids(markup)
        states.append((a, place))
        row, column = place // width, place % width
        partial = [correlate2d(image[u:u + height], kernel[u:u + 1], mode="valid")
                   for u in range(a + 1)]
        np.testing.assert_array_equal(shown["image"], image)
        np.testing.assert_array_equal(shown["kernel"], kernel)
        np.testing.assert_array_equal(shown["columns"], lowered)
        np.testing.assert_array_equal(shown["kernel row @ columns"], [partial[a].ravel()])
        np.testing.assert_array_equal(shown["sum"], np.sum(partial, axis=0))
        met = {(v, c) for c, (r, _) in enumerate(columns) if a <= r < a + height
               for v in range(kernel.shape[1])}
        assert painted(markup, "columns", "window") == met
        assert painted(markup, "kernel", "kernel") == {(a, v) for v in range(kernel.shape[1])}
        under = [(row + a, column + v) for v in range(kernel.shape[1])]
        assert painted(markup, "image", "window") == set(under)
        assert painted(markup, "sum", "output") == {(row, column)}
        assert painted(markup, "kernel row @ columns", "output") == {(0, place)}
        at = columns.index((row + a, column))
        assert (0.8 + at, kernel.shape[1], 1) in [
            (left, tall, wide) for _, left, tall, wide in outlined(explorer, values)]
        assert says == (
            f"Kernel row {a}, place {place}: column {at} gives"
            f" {products(kernel[a], [image[cell] for cell in under])}"
            f" = {text(partial[a][row, column])}. The sum in row {row}, column {column} is now"
            f" {text(sum(part[row, column] for part in partial))}.")
    assert states == [(a, p) for a in range(kernel.shape[0]) for p in range(output.size)]
    np.testing.assert_array_equal(np.sum(partial, axis=0), output)


def test_places_of_the_chapter():
    first = explore_rows(IMAGE, KERNEL).picture(kernel_row=2).sentence
    assert "column 6 gives 0·3 + 1·1 + 2·2 = 5. The sum in row 0, column 0 is now 12." in first
    assert explore_im2col(IMAGE, KERNEL).picture(place=2).sentence.endswith("+ 2·3 = 17.")
    assert explore_view(IMAGE, (3, 3)).picture(row=1, column=2).sentence.endswith(
        "sees positions 7, 8, 9, 12, 13, 14, 17, 18, 19.")
