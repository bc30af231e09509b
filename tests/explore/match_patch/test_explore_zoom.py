"""The explorer that comes closer to a photograph shows the pixels that it says it shows."""

import numpy as np

from convlib.explore import explore_zoom
from convlib.samples import portrait
from tests.drawn import grids, panels, photos
from tests.explore.compared import every_state

CASES = [(portrait(128), 26, 95), (portrait(64)[:, 5:45], 56, 0), (portrait(64)[:30], 3, 56)]
SIZES = {(128, 128): [128, 64, 32, 16, 8], (64, 40): [32, 16, 8], (30, 64): [16, 8]}


def corner(photo, row, column, size):
    """Top and left of the crop: as far on the way to the smallest one as it is small."""
    return (
        row * (photo.shape[0] - size) // (photo.shape[0] - 8),
        column * (photo.shape[1] - size) // (photo.shape[1] - 8),
    )


@every_state(explore_zoom, *CASES)
def test_zoom_halves_the_crop_until_the_numbers_can_be_read(states, photo, row, column):
    seen = []
    for values, markup, says in states:
        size = values["pixels"]
        seen.append(size)
        whole, crop = photos(states.drawing(values))
        np.testing.assert_array_equal(whole, photo)
        top, left = corner(photo, row, column, size)
        expected = [[photo[i, j] for j in range(left, left + size)] for i in range(top, top + size)]
        np.testing.assert_array_equal(crop, expected)
        first = ", ".join(str(int(number)) for number in expected[0][:8])
        assert says == (
            f"{size}×{size} pixels from row {top}, column {left}."
            f" The first grey levels are {first}."
        )
        if size == 8:
            assert (top, left) == (row, column)
            np.testing.assert_array_equal(grids(markup)["crop"], expected)
        else:
            assert "crop" not in grids(markup)
    assert seen == SIZES[photo.shape]


@every_state(explore_zoom, *CASES)
def test_zoom_frame_lies_on_the_crop(states, photo, row, column):
    previous = (-1, 99, -1, 99)
    for values, markup, _ in states:
        size = values["pixels"]
        whole = panels(markup)[0]
        ((top, left, height, width),) = whole.images
        np.testing.assert_allclose(width / height, photo.shape[1] / photo.shape[0], rtol=0.01)
        ((_, frame_top, frame_left, tall, wide),) = whole.frames
        edges = (frame_top, frame_top + tall, frame_left, frame_left + wide)
        scale = height / len(photo)
        i, j = corner(photo, row, column, size)
        wanted = (
            top + scale * i,
            top + scale * (i + size),
            left + scale * j,
            left + scale * (j + size),
        )
        np.testing.assert_allclose(edges, wanted, atol=0.01)
        assert previous[0] <= edges[0]
        assert edges[1] <= previous[1] + 0.01
        assert previous[2] <= edges[2]
        assert edges[3] <= previous[3] + 0.01
        previous = edges
