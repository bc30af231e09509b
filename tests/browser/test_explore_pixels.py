"""Pictures of arrays show the numbers that are stored, cell by cell."""

import numpy as np
import pytest

from convlib.explore import explore_zoom, show_pixels, show_slice
from convlib.explore.svg import svg_markup
from convlib.samples import IMAGE, portrait
from tests.drawn import grids

WIDE = np.arange(15).reshape(3, 5)


@pytest.mark.parametrize("image", [IMAGE, WIDE])
def test_pixels_show_squares_and_the_same_numbers(image):
    picture = show_pixels("An image.", image)
    np.testing.assert_array_equal(grids(svg_markup(picture.figure))["what is stored"], image)
    [squares] = picture.figure.axes[0].images
    np.testing.assert_array_equal(squares.get_array(), image)
    assert squares.get_clim() == (0, image.max())
    assert picture.sentence == "An image."


@pytest.mark.parametrize("image, rows, columns, name, numbers", [
    (IMAGE, (0, 3), (0, 3), "image[0:3, 0:3]", [[3, 3, 2], [0, 0, 1], [3, 1, 2]]),
    (WIDE, (1, 3), (3, 5), "image[1:3, 3:5]", [[8, 9], [13, 14]]),
    (WIDE, (0, 1), (1, 4), "image[0:1, 1:4]", [[1, 2, 3]]),
])
def test_slice_shows_the_image_and_what_the_slice_holds(image, rows, columns, name, numbers):
    picture = show_slice(image, rows, columns)
    shown = grids(svg_markup(picture.figure))
    np.testing.assert_array_equal(shown["image"], image)
    np.testing.assert_array_equal(shown[name], numbers)
    height, width = len(numbers), len(numbers[0])
    listed = ", ".join(str(number) for row in numbers for number in row)
    assert picture.sentence == f"{name} holds {height}×{width} numbers: {listed}."
    [frame] = [patch for patch in picture.figure.axes[0].patches if not patch.get_fill()]
    assert (frame.get_y() - 1.6, frame.get_x() - 0.8) == pytest.approx((rows[0], columns[0]))
    assert (frame.get_height(), frame.get_width()) == (height, width)


@pytest.mark.parametrize("photo, row, column, sizes", [
    (portrait(128), 26, 95, [128, 64, 32, 16, 8]),
    (portrait(64)[:, 5:45], 56, 0, [32, 16, 8]),
    (portrait(64)[:30], 3, 56, [16, 8]),
])
def test_zoom_halves_the_crop_until_the_numbers_can_be_read(photo, row, column, sizes, drive):
    seen = []
    explorer = explore_zoom(photo, row, column)
    for values, markup, says in drive(explorer):
        size = values["pixels"]
        seen.append(size)
        whole, crop = explorer.picture(pixels=size).figure.axes[0].images
        np.testing.assert_array_equal(whole.get_array(), photo)
        top = row * (photo.shape[0] - size) // (photo.shape[0] - 8)
        left = column * (photo.shape[1] - size) // (photo.shape[1] - 8)
        expected = [[photo[i, j] for j in range(left, left + size)]
                    for i in range(top, top + size)]
        np.testing.assert_array_equal(crop.get_array(), expected)
        first = ", ".join(str(int(number)) for number in expected[0][:8])
        assert says == (f"{size}×{size} pixels from row {top}, column {left}."
                        f" The first grey levels are {first}.")
        if size == 8:
            assert (top, left) == (row, column)
            np.testing.assert_array_equal(grids(markup)["crop"], expected)
        else:
            assert "crop" not in grids(markup)
    assert seen == sizes


def test_zoom_frame_lies_on_the_crop():
    explorer = explore_zoom(portrait(128), 26, 95)
    previous = None
    for size in (128, 64, 32, 16, 8):
        ax = explorer.picture(pixels=size).figure.axes[0]
        left, right, bottom, top = ax.images[0].get_extent()
        [frame] = [patch for patch in ax.patches if not patch.get_fill()]
        edges = (frame.get_y(), frame.get_y() + frame.get_height(),
                 frame.get_x(), frame.get_x() + frame.get_width())
        scale = (right - left) / 128
        row, column = 26 * (128 - size) // 120, 95 * (128 - size) // 120
        assert edges == pytest.approx((top + scale * row, top + scale * (row + size),
                                       left + scale * column, left + scale * (column + size)))
        if previous:
            assert previous[0] <= edges[0] and edges[1] <= previous[1]
            assert previous[2] <= edges[2] and edges[3] <= previous[3]
        previous = edges
