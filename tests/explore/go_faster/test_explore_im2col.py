"""The explorer of im2col shows which patch becomes which column."""

import numpy as np
from scipy.signal import correlate2d

from convlib.explore import explore_im2col
from convlib.samples import IMAGE, KERNEL
from tests.drawn import grids, outlined, painted
from tests.explore.compared import every_state
from tests.explore.go_faster.products import CASES, assert_shows, products, text


@every_state(explore_im2col, *CASES)
def test_im2col_shows_patches_as_columns(states, image, kernel):
    output = correlate2d(image, kernel, mode="valid")
    weights = list(kernel.ravel())
    matrix = np.full((kernel.size, output.size), np.nan)
    line = np.full(output.size, np.nan)
    for values, markup, says in states:
        place, shown = values["place"], grids(markup)
        row, column = place // output.shape[1], place % output.shape[1]
        under = [(row + u, column + v) for u, v in np.ndindex(kernel.shape)]
        matrix[:, place] = [image[cell] for cell in under]
        line[place] = output[row, column]
        np.testing.assert_array_equal(shown["image"], image)
        np.testing.assert_array_equal(shown["kernel"], kernel)
        assert_shows(shown["patches"], matrix)
        assert_shows(shown["kernel @ patches"], [line])
        assert_shows(shown["output"], line.reshape(output.shape))
        for name, colour, cells in (
            ("image", "window", set(under)),
            ("patches", "window", {(r, place) for r in range(kernel.size)}),
            ("output", "output", {(row, column)}),
            ("kernel @ patches", "output", {(0, place)}),
            ("kernel", "kernel", set(np.ndindex(kernel.shape))),
        ):
            assert painted(markup, name, colour) == cells, name
        assert outlined(markup, "image") == {(row, column, *kernel.shape)}
        assert outlined(markup, "patches") == {(0, place, kernel.size, 1)}
        assert outlined(markup, "output", "output edge") == {(row, column, 1, 1)}
        assert outlined(markup, "kernel @ patches", "output edge") == {(0, place, 1, 1)}
        pixels = [image[cell] for cell in under]
        assert says == (
            f"Place {place} is row {row}, column {column}. Its patch is column"
            f" {place}: {products(weights, pixels)} = {text(output[row, column])}."
        )
    assert not np.isnan(matrix).any()


def test_place_of_the_chapter():
    assert explore_im2col(IMAGE, KERNEL).picture(place=2).sentence.endswith("+ 2·3 = 17.")
