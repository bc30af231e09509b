"""The explorer of halos shows right, wrong and missing outputs, counted window by window."""

import re

import numpy as np
from scipy.signal import correlate2d

from convlib.draw.canvas import svg_panels
from convlib.explore import explore_halo
from convlib.samples import KERNEL
from tests.drawn import filled, grids, outlined, panels, texts
from tests.explore.compared import every_state

IMAGE = np.array(
    [
        [3, 3, 2, 1, 0, 2, 2, 3],
        [0, 0, 1, 3, 1, 3, 2, 3],
        [3, 1, 2, 2, 3, 1, 3, 0],
        [2, 0, 0, 2, 2, 3, 1, 3],
        [2, 0, 0, 0, 1, 1, 2, 2],
        [3, 1, 1, 3, 3, 3, 0, 3],
    ]
)
TALL = np.arange(35).reshape(7, 5) % 6 + 1
EVEN = np.array([[1, -2], [3, 1], [2, 2]])
WORDS = "borrowed|taken|outputs|is|are|missing|wrong"


def window_sum(image, kernel, i, j, seen):
    """Sum one window in which only the pixels of `seen` count."""
    return sum(
        int(image[i + u, j + v]) * int(kernel[u, v])
        for u, v in np.ndindex(kernel.shape)
        if (i + u, j + v) in seen
    )


def cells(first, size, shape):
    """List the cells of a block that lie in an array."""
    return {
        (i, j)
        for i in range(first[0], min(first[0] + size[0], shape[0]))
        for j in range(first[1], min(first[1] + size[1], shape[1]))
    }


def block(chosen):
    """Return a set of cells that form a block as (row, column, height, width)."""
    (top, left), (bottom, right) = min(chosen), max(chosen)
    assert len(chosen) == (bottom - top + 1) * (right - left + 1)
    return top, left, bottom - top + 1, right - left + 1


def outputs_of(image, kernel, whole, first, size, halo, zeros):
    """Return what a tile gives, cell by cell; None where a window lacks pixels."""
    seen = cells(first, (size[0] + halo, size[1] + halo), image.shape)
    given = {}
    for i, j in cells(first, size, whole.shape):
        needed = {(i + u, j + v) for u, v in np.ndindex(kernel.shape)}
        given[i, j] = window_sum(image, kernel, i, j, seen) if zeros or needed <= seen else None
    return given


def output_squares(markup, colour):
    """Return the output's cells of one colour; it may show no number yet."""
    panel = panels(markup)[-1]
    top = min(row for _, row, _ in panel.squares)
    left = min(column for _, _, column in panel.squares)
    return {
        (round(row - top), round(column - left))
        for fill, row, column in panel.squares
        if fill == colour
    }


@every_state(
    explore_halo, (IMAGE, KERNEL, ((6, 4), (3, 4), (4, 4), (3, 3))), (TALL, EVEN, [(3, 2), (2, 3)])
)
def test_halo_shows_right_wrong_and_missing_outputs(states, image, kernel, sizes):
    whole = correlate2d(image, kernel, mode="valid")
    visited, kinds = [], set()
    for values, markup, says in states:
        visited.append(tuple(values.values()))
        size = tuple(map(int, values["tile_size"].split("×")))
        halo, zeros = values["halo"], values["not_borrowed"] == "zeros"
        corners = [
            (i, j)
            for i in range(0, image.shape[0], size[0])
            for j in range(0, image.shape[1], size[1])
        ]
        first = corners[values["tile"]]
        given = {}
        for corner in corners[: values["tile"] + 1]:
            own = outputs_of(image, kernel, whole, corner, size, halo, zeros)
            given |= own
        shown = grids(markup)
        np.testing.assert_array_equal(shown["image"], image)
        written = {
            place: number
            for place, number in np.ndenumerate(shown.get("output", []))
            if not np.isnan(number)
        }
        assert written == {place: number for place, number in given.items() if number is not None}

        tile = cells(first, size, image.shape)
        patch = cells(first, (size[0] + halo, size[1] + halo), image.shape)
        reach = cells(
            first, (size[0] + kernel.shape[0] - 1, size[1] + kernel.shape[1] - 1), image.shape
        )
        lacking = reach - patch if zeros else set()
        assert filled(markup, "image", "window") == tile
        assert filled(markup, "image", "kernel") == patch - tile
        assert filled(markup, "image", "outside") == lacking
        assert outlined(markup, "image") == {block(tile)}

        bad = {place for place, number in given.items() if number != whole[place]}
        right = {place for place, number in own.items() if number == whole[place]}
        assert output_squares(markup, "output") == right
        assert output_squares(markup, "strong") == bad
        every = set(np.ndindex(whole.shape))
        assert output_squares(markup, "paper") == every - right - bad
        if written and own:
            assert outlined(markup, "output", "output edge") == {block(set(own))}

        numbers = [int(n) for n in re.findall(rf"(\d+) (?:{WORDS})", says)]
        missing = sum(number is None for number in own.values())
        wrong = len(own) - len(right) - missing
        counted = [n for n in (missing, wrong) if n]
        assert numbers == [
            len(patch - tile),
            *([len(lacking)] if lacking else []),
            *([len(own), len(right)] if own else []),
            *counted,
        ]
        assert ("only lent" in says) == (not own)
        counts = {"right": len(right), "missing": missing, "wrong": wrong, "lent": not own}
        kinds |= {kind for kind, count in counts.items() if count}
    assert kinds == {"missing", "wrong", "right", "lent"}
    widest = max(kernel.shape) - 1
    assert visited == [
        (f"{height}×{width}", halo, beyond, tile)
        for height, width in sizes
        for halo in range(widest + 1)
        for beyond in (["left out"] if halo == widest else ["left out", "zeros"])
        for tile in range(-(-image.shape[0] // height) * -(-image.shape[1] // width))
    ]


def test_halo_sentence_is_that_of_the_text():
    picture = explore_halo(IMAGE, KERNEL).picture(not_borrowed="zeros")
    assert picture.sentence == (
        "Tile 0: rows 0–5, columns 0–3, 0 borrowed pixels, 12 taken as"
        " zero. Of its 16 outputs 8 are right, 8 wrong."
    )


def test_rows_and_columns_are_numbered():
    written = texts(svg_panels(explore_halo(IMAGE, KERNEL).picture().drawing))
    first = written.index("image")
    assert written[first - 14 : first] == [*"012345", *"01234567"]
