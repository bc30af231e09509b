"""The explorers of one patch show what plain arithmetic gives."""

import re

import numpy as np
import pytest
from matplotlib.colors import to_hex

from convlib.draw import PALETTE
from convlib.explore import explore_edge, explore_match, explore_patch
from convlib.explore.live import LiveView
from convlib.samples import IMAGE, KERNEL, KERNELS, portrait
from tests.drawn import grids, painted

WIDE = np.arange(28).reshape(4, 7) * 5 % 9 - 4
EVEN = np.array([[1, -2], [0, 3], [-1, 4]])

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


def cells_under(kernel, image, row, column):
    """The patch, cell by cell, in plain Python."""
    return [[int(image[row + i][column + j]) for j in range(len(kernel[0]))]
            for i in range(len(kernel))]


def products_of(patch, kernel):
    return [[int(p) * int(k) for p, k in zip(*rows)] for rows in zip(patch, kernel)]


def total(rows):
    return sum(map(sum, rows))


def minus(text):
    return str(text).replace("-", "−")


def terms(says):
    """The factors that a sentence writes out: (pixel, weight) of each product."""
    found = re.findall(r"\(?(−?\d+)\)?·\(?(−?\d+)\)?", says)
    return [tuple(int(number.replace("−", "-")) for number in pair) for pair in found]


def assert_shows_the_step(shown, says, patch, kernel):
    products = products_of(patch, kernel)
    np.testing.assert_array_equal(shown["patch"], patch)
    np.testing.assert_array_equal(shown["kernel"], kernel)
    np.testing.assert_array_equal(shown["products"], products)
    np.testing.assert_array_equal(shown["sum"], [[total(products)]])
    pairs = [(p, k) for rows in zip(patch, kernel.tolist()) for p, k in zip(*rows)]
    assert terms(says) == pairs
    assert f" = {minus(total(products))}." in says


def outline(explorer, values, colour):
    """Top, left, height and width of the only outline of one colour, in cells."""
    ax = explorer.picture(**values).figure.axes[0]
    found = [p for p in ax.patches if hasattr(p, "get_width") and not p.get_fill()
             and colour_name(p) == colour]
    return [(p.get_y(), p.get_x(), p.get_height(), p.get_width()) for p in found]


def colour_name(patch):
    return {colour: name for name, colour in PALETTE.items()}[to_hex(patch.get_edgecolor())]


# ---------------------------------------------------------------- one patch of an array

@pytest.mark.parametrize("image, kernel", [(IMAGE, KERNEL), (WIDE, EVEN)])
def test_patch_shows_image_patch_kernel_products_and_sum(image, kernel, drive):
    places = set()
    explorer = explore_patch(image, kernel)
    for values, markup, says in drive(explorer):
        row, column = values["row"], values["column"]
        places.add((row, column))
        np.testing.assert_array_equal(grids(markup)["image"], image)
        assert_shows_the_step(grids(markup), says, cells_under(kernel, image, row, column), kernel)
        assert says.startswith(f"Row {row}, column {column}: ")
        under = {(row + u, column + v) for u, v in np.ndindex(kernel.shape)}
        assert painted(markup, "image", "window") == under
        [(top, left, height, width)] = outline(explorer, values, "window edge")
        assert (top - 1.6, left - 0.8) == pytest.approx((row, column))
        assert (height, width) == kernel.shape
    rows = len(image) - len(kernel) + 1
    columns = len(image[0]) - len(kernel[0]) + 1
    assert places == set(np.ndindex(rows, columns))


def test_first_patch_of_the_worked_example_is_twelve():
    says = explore_patch(IMAGE, KERNEL).picture(row=0, column=0).sentence
    assert 3*0 + 3*1 + 2*2 + 0*2 + 0*2 + 1*0 + 3*0 + 1*1 + 2*2 == 12
    assert says == ("Row 0, column 0: 3·0 + 3·1 + 2·2 + 0·2 + 0·2 + 1·0 + 3·0 + 1·1 + 2·2"
                    " = 12.")


# ---------------------------------------------------------------- many patches, many kernels

@pytest.mark.parametrize("patches, kernels", [
    (PATCHES, TEMPLATES),
    ({"a": WIDE[:2, :3] + 4, "b": WIDE[1:3, 3:6] + 4}, {"k": EVEN.T}),
])
def test_match_shows_the_step_and_every_score(patches, kernels, drive):
    pairs = []
    explorer = explore_match(patches, kernels)
    for values, markup, says in drive(explorer):
        kernel, name = kernels[values["kernel"]], values["patch"]
        pairs.append((values["kernel"], name))
        assert_shows_the_step(grids(markup), says, patches[name].tolist(), kernel)
        assert says.startswith(f"Kernel {values['kernel']}, patch {name}: ")
        for other, patch in patches.items():
            score = total(products_of(patch.tolist(), kernel))
            np.testing.assert_array_equal(grids(markup)[other], [[score]])
            assert painted(markup, other, "output") == ({(0, 0)} if other == name else set())
            assert re.search(rf"scores:.* {other} {minus(score)}[,.]", says)
    assert pairs == [(kernel, patch) for kernel in kernels for patch in patches]


def test_match_frames_the_chosen_picture():
    explorer = explore_match(PATCHES, TEMPLATES)
    for n, name in enumerate(PATCHES):
        ax = explorer.picture(patch=name).figure.axes[0]
        _, *thumbnails = [image.get_array() for image in ax.images]
        for thumbnail, patch in zip(thumbnails, PATCHES.values(), strict=True):
            np.testing.assert_array_equal(thumbnail, patch)
        [(_, left, _, width)] = outline(explorer, {"patch": name}, "strong edge")
        first, last, *_ = ax.images[n + 1].get_extent()
        assert (left, left + width) == pytest.approx((first, last))


# ---------------------------------------------------------------- patches of a photograph

@pytest.mark.parametrize("photo, kernel, step", [
    (portrait(128), KERNELS["sobel x"], 14),
    (portrait(32)[:18, 5:], EVEN, 5),
])
def test_edge_shows_the_pixels_and_the_score(photo, kernel, step, drive):
    places = []
    for values, markup, says in drive(explore_edge(photo, kernel, step)):
        row, column = values["row"], values["column"]
        places.append((row, column))
        assert_shows_the_step(grids(markup), says, cells_under(kernel, photo, row, column), kernel)
        assert says.startswith(f"Row {row}, column {column}: ")
    assert places == [
        (row, column)
        for row in range(photo.shape[0] - kernel.shape[0] + 1) if row % step == 0
        for column in range(photo.shape[1] - kernel.shape[1] + 1) if column % step == 0
    ]


def test_edge_frame_holds_the_patch():
    photo = portrait(128)
    explorer = explore_edge(photo, KERNELS["sobel x"])
    for row, column in ((0, 0), (0, 112), (112, 0), (28, 98), (112, 112)):
        values = {"row": row, "column": column}
        picture = explorer.picture(**values).figure.axes[0].images[0]
        np.testing.assert_array_equal(picture.get_array(), photo)
        left, right, bottom, top = picture.get_extent()
        scale = (bottom - top) / 128
        frames = outline(explorer, values, "strong edge")
        small = min(frames, key=lambda frame: frame[2])
        assert len(frames) == 2
        frame_top, frame_left, height, width = small
        assert top <= frame_top <= top + scale * row
        assert top + scale * (row + 3) <= frame_top + height <= bottom
        assert left <= frame_left <= left + scale * column
        assert left + scale * (column + 3) <= frame_left + width <= right


def test_edge_pixels_are_written_in_a_colour_that_can_be_read():
    live = LiveView(explore_edge(portrait(128), KERNELS["sobel x"]))
    live.controls["row"].value, live.controls["column"].value = 112, 84
    written = re.findall(r'data-cell="patch\[(\d),(\d)\]"[^>]*fill:var\(--draw-on-(\w+)-pixel',
                         live.picture.value)
    assert written == [(str(i), str(j), "dark" if j == 2 else "light")
                       for i in range(3) for j in range(3)]
