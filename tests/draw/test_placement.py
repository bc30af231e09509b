"""Panels that are made again and again: they fit what they hold."""

import numpy as np
import pytest

from convlib.draw import (
    beside,
    draw_grid,
    grid_panel,
    outline,
    output_panel,
    photo_panel,
    sign_panel,
    strip_panels,
    text_panel,
    tint,
    up_to,
)
from convlib.draw.canvas import canvas, svg_panels
from convlib.draw.placement import text_width
from tests.drawn import filled, grids, outlined, panels, texts

ARRAY = np.arange(6).reshape(2, 3)


def reading(panel):
    return panels(svg_panels(panel))[0]


def assert_fits(panel):
    """Everything that was drawn lies on the panel."""
    found = reading(panel)
    for _, row, column in found.squares:
        assert 0 <= row <= panel.height - 1 + 0.01
        assert 0 <= column <= panel.width - 1 + 0.01
    for text, anchor, row, column, size in found.texts:
        width = 0.55 * size * len(text) / 36
        left = column - {"start": 0, "middle": width / 2, "end": width}[anchor]
        assert left >= -0.1, text
        assert left + width <= panel.width + 0.1, text
        assert 0.1 <= row <= panel.height - 0.1, text


@pytest.mark.parametrize("index", [False, True])
@pytest.mark.parametrize("title", ["", "t", "a title that is wider than the grid"])
@pytest.mark.parametrize("room", [None, (5, 7), (1, 1)])
def test_grid_panel_fits_its_grid_title_and_numbers(title, index, room):
    panel = grid_panel(ARRAY, title=title, index=index, room=room)
    assert_fits(panel)
    np.testing.assert_array_equal(grids(svg_panels(panel))[title], ARRAY)
    place = panel.grids[title]
    shape = (2, 3) if room is None else np.maximum(room, (2, 3))
    assert panel.height >= place.row + shape[0]
    assert panel.width >= place.column + shape[1]


def test_grid_panels_of_one_room_have_one_size():
    small, large = (
        grid_panel(np.zeros(shape), title="t", room=(4, 5), index=True)
        for shape in ((1, 2), (4, 5))
    )
    assert (small.width, small.height) == (large.width, large.height)


# ---------------------------------------------------------------- strips

LONG = np.arange(22).reshape(1, 22) * 3


@pytest.mark.parametrize("most", [4, 9, 22, 30])
def test_strips_are_runs_of_one_grid(most):
    is_even = LONG % 2 == 0
    strips = strip_panels(LONG, title="memory", most=most, paint={"window": is_even})
    assert [panel.grids["memory"].width for panel in strips] == [
        min(most, 22 - start) for start in range(0, 22, most)
    ]
    markup = svg_panels(beside(*strips))
    np.testing.assert_array_equal(grids(markup)["memory"], LONG)
    assert filled(markup, "memory", "window") == {(0, j) for j in range(0, 22, 2)}
    numbers = [
        text for panel in panels(markup) for text, _, _, _, size in panel.texts if size == 12
    ]
    assert numbers == [str(j) for j in range(22)]
    for panel in strips:
        assert_fits(panel)


def test_strips_say_that_they_go_on():
    strips = strip_panels(LONG, title="memory", most=9, name="m", first=100)
    written = texts(svg_panels(beside(*strips)))
    assert [text for text in written if "memory" in text] == [
        "memory",
        "memory, continued",
        "memory, continued",
    ]
    assert "100" in written
    assert "121" in written
    assert list(strips[0].grids) == ["m"]


def test_paint_of_strips_may_be_broadcast():
    array = np.arange(20).reshape(2, 10)
    strips = strip_panels(array, title="m", most=6, paint={"window": np.arange(10) > 7})
    markup = svg_panels(beside(*strips))
    assert filled(markup, "m", "window") == {(i, j) for i in (0, 1) for j in (8, 9)}


# ---------------------------------------------------------------- photographs, signs, texts


@pytest.mark.parametrize("title", ["", "night", "a title that is wider than the photograph"])
def test_photo_panel_centres_its_photograph_and_frames_it_thinly(title):
    panel = photo_panel(np.zeros((8, 16)), height=2, title=title)
    found = reading(panel)
    ((row, column, height, width),) = found.images
    np.testing.assert_allclose((height, width), (2, 4), atol=0.01)
    np.testing.assert_allclose(column + width / 2, panel.width / 2, atol=0.01)
    ((colour, *border),) = found.borders
    assert colour == "line"
    np.testing.assert_allclose(border, (row, column, height, width), atol=0.01)
    np.testing.assert_allclose(panel.grids[title][:4], border, atol=0.01)


@pytest.mark.parametrize(
    "neighbour",
    [grid_panel(ARRAY, title="t", index=True), photo_panel(np.zeros((8, 8)), height=3, title="p")],
)
def test_sign_stands_at_half_the_height_of_its_neighbour_s_grid(neighbour):
    panel = sign_panel("=", neighbour)
    ((text, anchor, row, column, size),) = reading(panel).texts
    place = next(iter(neighbour.grids.values()))
    assert (text, anchor, size) == ("=", "middle", 24)
    np.testing.assert_allclose(row, place.row + place.height / 2, atol=0.01)
    np.testing.assert_allclose(column, panel.width / 2, atol=0.01)
    assert panel.height == neighbour.height


@pytest.mark.parametrize("wide", [1, 1.5])
def test_wide_grid_fits_its_panel(wide):
    panel = grid_panel([[-100, 200]], title="g", room=(1, 3), index=True, wide=wide)
    assert_fits(panel)
    assert panel.grids["g"].width == 2 * wide
    assert panel.width == pytest.approx(0.1 + 0.6 + 3 * wide + 0.1)


def test_text_panel_stands_level_with_the_grid_beside_it():
    grid = grid_panel([[1], [2], [3]], title="image", index=True)
    panel = text_panel("6 + 5 = 11", beside=grid)
    assert panel.height == grid.height
    ((_, _, row, *_),) = reading(panel).texts
    assert row == pytest.approx(grid.grids["image"].row + 1.5, abs=0.01)


def test_text_panel_fits_its_text_or_keeps_its_width():
    assert_fits(text_panel("6 + 5 + (−1) = 10"))
    assert text_panel("6", width=8).width == 8
    ((_, anchor, _, column, _),) = reading(text_panel("6", width=8)).texts
    assert (anchor, column) == ("middle", 4)


def test_longer_texts_are_wider():
    assert text_width("") == 0
    assert 0 < text_width("a") < text_width("ab")


# ---------------------------------------------------------------- marks


@pytest.mark.parametrize(
    ("cells", "block"),
    [
        (np.s_[1:3, 0:2], (1, 0, 2, 2)),
        ((1, 2), (1, 2, 1, 1)),
        (np.s_[:, 1], (0, 1, 4, 1)),
        (np.s_[2, :], (2, 0, 1, 5)),
        (np.s_[:, :], (0, 0, 4, 5)),
        (np.s_[1:, :2], (1, 0, 3, 2)),
        (np.s_[3:5, 4:6], (3, 4, 2, 2)),
    ],
)
def test_outline_frames_a_block_of_cells(cells, block):
    panel = grid_panel(np.zeros((4, 5), int), title="g", index=True)
    assert outline(panel, "g", cells, colour="kernel edge") is panel
    assert outlined(svg_panels(panel), "g", "kernel edge") == {block}
    assert outlined(svg_panels(panel), "g", "window edge") == set()


def test_outline_finds_the_grid_by_its_name():
    panel = draw_grid(canvas(9, 9), ARRAY, at=(1, 1), name="one")
    draw_grid(panel, ARRAY, at=(5, 2), name="other")
    outline(panel, "other", (0, 1))
    assert reading(panel).frames == [("window edge", 5, 3, 1, 1)]


@pytest.mark.parametrize("channel", ["red", "green", "blue"])
def test_tint_marks_the_left_side_in_the_channel_s_colour(channel):
    panel = tint(grid_panel(ARRAY, title=channel), channel, channel)
    ((colour, width, ((top, left), (bottom, right))),) = reading(panel).lines
    place = panel.grids[channel]
    assert (colour, width) == (channel, 5)
    np.testing.assert_allclose((top, bottom), (place.row, place.row + 2), atol=0.01)
    assert left == right
    assert 0 < place.column - left < 0.1


def test_channels_without_a_colour_are_not_tinted():
    assert reading(tint(grid_panel(ARRAY, title="c"), "c", "channel 0")).lines == []


# ---------------------------------------------------------------- outputs


@pytest.mark.parametrize("place", list(np.ndindex(2, 3)))
def test_up_to_hides_what_comes_later_in_reading_order(place):
    count = place[0] * 3 + place[1] + 1
    shown = up_to(ARRAY, place)
    assert shown.compressed().tolist() == ARRAY.ravel()[:count].tolist()
    assert shown.mask.sum() == 6 - count


@pytest.mark.parametrize("colour", ["output", "strong"])
def test_output_panel_marks_the_cell_that_is_being_computed(colour):
    markup = svg_panels(output_panel(ARRAY, (1, 0), title="o", colour=colour))
    np.testing.assert_array_equal(grids(markup)["o"], [[0, 1, 2], [3, np.nan, np.nan]])
    assert filled(markup, "o", colour) == {(1, 0)}
    assert outlined(markup, "o", f"{colour} edge") == {(1, 0, 1, 1)}


def test_output_panels_have_one_size_in_all_states():
    sizes = {
        (panel.width, panel.height)
        for panel in (output_panel(ARRAY, place) for place in np.ndindex(2, 3))
    }
    assert len(sizes) == 1
