"""The explorer of row products shows one product for each kernel row, and their sum."""

import numpy as np
from scipy.signal import correlate2d

from convlib.explore import explore_rows
from convlib.samples import IMAGE, KERNEL
from tests.drawn import filled, grids, outlined
from tests.explore.compared import every_state
from tests.explore.go_faster.products import CASES, products, text


@every_state(explore_rows, *CASES)
def test_rows_show_one_product_for_each_kernel_row(states, image, kernel):
    output = correlate2d(image, kernel, mode="valid")
    height, width = output.shape
    tall, wide = kernel.shape
    columns = [(r, j) for r in range(image.shape[0]) for j in range(width)]
    lowered = [[image[r, j + v] for r, j in columns] for v in range(wide)]
    seen = []
    for values, markup, says in states:
        a, place, shown = values["kernel_row"], values["place"], grids(markup)
        seen.append((a, place))
        row, column = place // width, place % width
        partial = [
            correlate2d(image[u : u + height], kernel[u : u + 1], mode="valid")
            for u in range(a + 1)
        ]
        np.testing.assert_array_equal(shown["image"], image)
        np.testing.assert_array_equal(shown["kernel"], kernel)
        np.testing.assert_array_equal(shown["copies"], lowered)
        np.testing.assert_array_equal(shown["kernel row @ copies"], [partial[a].ravel()])
        np.testing.assert_array_equal(shown["sum"], np.sum(partial, axis=0))
        met = {
            (v, c) for c, (r, _) in enumerate(columns) if a <= r < a + height for v in range(wide)
        }
        assert filled(markup, "copies", "window") == met
        assert filled(markup, "kernel", "kernel") == {(a, v) for v in range(wide)}
        assert outlined(markup, "kernel", "kernel edge") == {(a, 0, 1, wide)}
        under = [(row + a, column + v) for v in range(wide)]
        assert filled(markup, "image", "window") == set(under)
        assert outlined(markup, "image") == {(row + a, column, 1, wide)}
        assert filled(markup, "sum", "output") == {(row, column)}
        assert outlined(markup, "sum", "output edge") == {(row, column, 1, 1)}
        assert filled(markup, "kernel row @ copies", "output") == {(0, place)}
        assert outlined(markup, "kernel row @ copies", "output edge") == {(0, place, 1, 1)}
        at = columns.index((row + a, column))
        assert outlined(markup, "copies") == {(0, at, wide, 1)}
        assert says == (
            f"Kernel row {a}, place {place}: column {at} gives"
            f" {products(kernel[a], [image[cell] for cell in under])}"
            f" = {text(partial[a][row, column])}. The sum in row {row}, column {column} is now"
            f" {text(sum(part[row, column] for part in partial))}."
        )
    assert seen == [(a, p) for a in range(tall) for p in range(output.size)]
    np.testing.assert_array_equal(np.sum(partial, axis=0), output)


def test_place_of_the_chapter():
    first = explore_rows(IMAGE, KERNEL).picture(kernel_row=2).sentence
    assert "column 6 gives 0·3 + 1·1 + 2·2 = 5. The sum in row 0, column 0 is now 12." in first
