"""The explorer of edges shows the pixels of a photograph's patch and their score."""

import re

import numpy as np

from convlib.explore import explore_edge
from convlib.samples import KERNELS, portrait
from tests.drawn import outlined, panels, photos
from tests.explore.compared import every_state
from tests.explore.match_patch.steps import EVEN, assert_shows_the_step, cells_under

CASES = [(portrait(128), KERNELS["sobel x"], 14), (portrait(32)[:18, 5:], EVEN, 5)]


@every_state(explore_edge, *CASES)
def test_edge_shows_the_pixels_and_the_score(states, photo, kernel, step):
    places = []
    for values, markup, says in states:
        row, column = values["row"], values["column"]
        places.append((row, column))
        patch = cells_under(kernel, photo, row, column)
        assert_shows_the_step(markup, says, patch, kernel)
        assert says.startswith(f"Row {row}, column {column}: ")
        whole, pixels = photos(states.drawing(values))
        np.testing.assert_array_equal(whole, photo)
        np.testing.assert_array_equal(pixels, patch)
        assert outlined(markup, "patch", "strong edge") == {(0, 0, *kernel.shape)}
    assert places == [
        (row, column)
        for row in range(photo.shape[0] - kernel.shape[0] + 1)
        if row % step == 0
        for column in range(photo.shape[1] - kernel.shape[1] + 1)
        if column % step == 0
    ]


@every_state(explore_edge, CASES[0])
def test_edge_frame_holds_the_patch(states, photo, kernel, step):
    for values, markup, _ in states:
        row, column = values["row"], values["column"]
        whole = panels(markup)[0]
        ((top, left, height, width),) = whole.images
        np.testing.assert_allclose(width / height, photo.shape[1] / photo.shape[0], rtol=0.01)
        scale, near = height / len(photo), 0.01
        ((edge, frame_top, frame_left, tall, wide),) = whole.frames
        assert edge == "strong edge"
        assert top - near <= frame_top <= top + scale * row + near
        bottom, right = frame_top + tall, frame_left + wide
        assert top + scale * (row + kernel.shape[0]) - near <= bottom <= top + height + near
        assert left - near <= frame_left <= left + scale * column + near
        assert left + scale * (column + kernel.shape[1]) - near <= right <= left + width + near


def test_edge_pixels_are_written_in_a_colour_that_can_be_read():
    picture = explore_edge(portrait(128), KERNELS["sobel x"]).picture(row=112, column=84)
    written = re.findall(
        r'data-cell="patch\[(\d),(\d)\]"[^>]*fill:var\(--draw-on-(\w+)-pixel', picture.svg()
    )
    assert written == [
        (str(i), str(j), "dark" if j == 2 else "light") for i in range(3) for j in range(3)
    ]
