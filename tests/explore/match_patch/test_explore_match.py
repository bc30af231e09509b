"""The explorer of a match shows the step and every score that plain arithmetic gives."""

import re

import numpy as np

from convlib.explore import explore_match
from tests.drawn import bytes_of, filled, grids, panel_of, photos
from tests.explore.compared import every_state
from tests.explore.match_patch.steps import (
    EVEN,
    WIDE,
    assert_shows_the_step,
    minus,
    products_of,
    total,
)

PATCHES = {
    "upright edge": np.array([[0, 0, 3], [0, 0, 3], [0, 0, 3]]),
    "level edge": np.array([[0, 0, 0], [0, 0, 0], [3, 3, 3]]),
    "corner": np.array([[0, 0, 3], [0, 0, 3], [3, 3, 3]]),
    "white": np.array([[3, 3, 3], [3, 3, 3], [3, 3, 3]]),
    "grey": np.array([[1, 1, 1], [1, 1, 1], [1, 1, 1]]),
}
TEMPLATES = {
    "right": np.array([[0, 0, 1], [0, 0, 1], [0, 0, 1]]),
    "right minus left": np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]),
    "bottom": np.array([[0, 0, 0], [0, 0, 0], [1, 1, 1]]),
    "bottom minus top": np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]]),
}
FLAT = {"a": WIDE[:2, :3] + 4, "b": WIDE[1:3, 3:6] + 4}


@every_state(explore_match, (PATCHES, TEMPLATES), (FLAT, {"k": EVEN.T}))
def test_match_shows_the_step_and_every_score(states, patches, kernels):
    pairs = []
    for values, markup, says in states:
        kernel, name = kernels[values["kernel"]], values["patch"]
        pairs.append((values["kernel"], name))
        assert_shows_the_step(markup, says, patches[name].tolist(), kernel)
        assert says.startswith(f"Kernel {values['kernel']}, patch {name}: ")
        for other, patch in patches.items():
            score = total(products_of(patch.tolist(), kernel))
            np.testing.assert_array_equal(grids(markup)[other], [[score]])
            chosen = {(0, 0)} if other == name else set()
            assert filled(markup, other, "output") == chosen
            assert re.search(rf"scores:.* {other} {minus(score)}[,.]", says)
    assert pairs == [(kernel, patch) for kernel in kernels for patch in patches]


@every_state(explore_match, (PATCHES, TEMPLATES), (FLAT, {"k": EVEN.T}))
def test_match_shows_every_patch_as_a_picture_and_frames_the_chosen_one(states, patches, kernels):
    white = max(patch.max() for patch in patches.values())
    for values, markup, _ in states:
        chosen = values["patch"]
        large, *thumbnails = photos(states.drawing(values))
        np.testing.assert_array_equal(large, bytes_of(patches[chosen], 0, white))
        for thumbnail, patch in zip(thumbnails, patches.values(), strict=True):
            np.testing.assert_array_equal(thumbnail, bytes_of(patch, 0, white))
        for name in patches:
            panel = panel_of(markup, name)
            (picture,) = panel.images
            edge = "strong edge" if name == chosen else "line"
            assert panel.frames == [(edge, *picture)]
            below = panel.corners[name][0]
            assert below >= picture[0] + picture[2]


@every_state(explore_match, (PATCHES, TEMPLATES))
def test_match_writes_numbers_that_can_be_read_on_their_pixels(states, patches, kernels):
    for values, markup, _ in states:
        written = re.findall(
            r'data-cell="patch\[(\d),(\d)\]"[^>]*fill:var\(--draw-on-(\w+)-pixel', markup
        )
        patch = patches[values["patch"]]
        assert written == [
            (str(i), str(j), "dark" if value < 1.5 else "light")
            for (i, j), value in np.ndenumerate(patch)
        ]
