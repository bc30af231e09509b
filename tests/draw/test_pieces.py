"""Cells, grids, labels, lines, dots and photographs stand where they are asked to."""

import re

import numpy as np
import pytest

from convlib.draw import (
    canvas,
    draw_arrow,
    draw_block,
    draw_cells,
    draw_dot,
    draw_grid,
    draw_label,
    draw_line,
    draw_outline,
    draw_photo,
    draw_pixels,
)
from convlib.draw.canvas import CELL, Photo, svg_panels
from convlib.draw.palette import PALETTE
from convlib.draw.pieces import DIGIT, MINUS, SMALLEST, grey_levels
from tests.drawn import bytes_of, filled, grids, outlined, painted, panels, texts


def drawn(panel):
    """Return a panel as it is read back from its markup."""
    return panels(svg_panels(panel))[0]


# ---------------------------------------------------------------- grids

ARRAY = np.array([[-3, 7, 0], [12, 5, -100]])


@pytest.mark.parametrize("at", [(0, 0), (1, 2), (1.5, 0.7)])
def test_grid_writes_every_number_in_its_cell(at):
    panel = draw_grid(canvas(8, 8), ARRAY, at=at, title="numbers")
    np.testing.assert_array_equal(grids(svg_panels(panel))["numbers"], ARRAY)
    for name, i, j, row, column in drawn(panel).cells:
        assert name == "numbers"
        np.testing.assert_allclose((row, column), (at[0] + i + 0.5, at[1] + j + 0.5), atol=0.01)
    assert panel.grids["numbers"] == (*at, 2, 3, 0)


def test_later_paint_lies_above_earlier():
    is_odd = ARRAY % 2 == 1
    paint = {"window": np.s_[0:2, 1:3], "strong": is_odd, "output": (0, 1)}
    markup = svg_panels(draw_grid(canvas(4, 4), ARRAY, title="g", fill="kernel", paint=paint))
    assert painted(markup, "g", "output") == {(0, 1)}
    assert painted(markup, "g", "strong") == {(0, 0), (1, 1)}
    assert painted(markup, "g", "window") == {(0, 2), (1, 2)}
    assert painted(markup, "g", "kernel") == {(1, 0)}


def test_every_cell_has_exactly_one_square():
    panel = draw_grid(canvas(4, 4), ARRAY, title="g", paint={"window": np.s_[:, 1]})
    places = [(round(row), round(column)) for _, row, column in drawn(panel).squares]
    assert sorted(places) == sorted(np.ndindex(ARRAY.shape))


def test_wide_cells_leave_room_for_long_numbers():
    options = {"at": (1, 0.5), "title": "g", "index": True, "paint": {"window": np.s_[1, 1:]}}
    narrow, wide = (drawn(draw_grid(canvas(9, 9), ARRAY, wide=w, **options)) for w in (1, 1.5))
    assert (narrow.wide, wide.wide) == ({"g": 1}, {"g": 1.5})
    columns = [[column for *_, column in panel.cells] for panel in (narrow, wide)]
    np.testing.assert_allclose(np.subtract(columns[1], 0.5), 1.5 * np.subtract(columns[0], 0.5))
    sizes = [[size for text, *_, size in p.texts if text == "−100"] for p in (narrow, wide)]
    assert sizes == [[SMALLEST], [16]]
    markup = svg_panels(draw_grid(canvas(9, 9), ARRAY, wide=1.5, **options))
    assert filled(markup, "g", "window") == {(1, 1), (1, 2)}
    assert [column for text, *_, column, size in wide.texts if size == 12][2:] == pytest.approx(
        [1.25, 2.75, 4.25], abs=0.01
    )


def test_masked_cells_have_a_square_and_no_number():
    array = np.ma.masked_greater(ARRAY, 6)
    markup = svg_panels(draw_grid(canvas(4, 4), array, title="g"))
    np.testing.assert_array_equal(grids(markup)["g"], [[-3, np.nan, 0], [np.nan, 5, -100]])
    assert len(panels(markup)[0].squares) == 6
    assert filled(markup, "g", "paper") == set(np.ndindex(ARRAY.shape))


def test_name_is_not_the_title_where_one_is_given():
    panel = draw_grid(canvas(4, 4), ARRAY, title="shown", name="called")
    assert list(grids(svg_panels(panel))) == list(panel.grids) == ["called"]
    assert "shown" in texts(svg_panels(panel))


def test_columns_are_counted_on_from_where_a_wider_grid_goes_on():
    markup = svg_panels(draw_grid(canvas(4, 4), [[5, 6]], name="strip", column=9))
    np.testing.assert_array_equal(grids(markup)["strip"], [[np.nan] * 9 + [5, 6]])


def test_numbers_along_the_sides_begin_with_the_first():
    panel = draw_grid(canvas(9, 9), ARRAY, at=(2, 2), title="t", index=True, first=-1)
    index = [text[0] for text in drawn(panel).texts if text[4] == 12]
    assert index == ["−1", "0", "−1", "0", "1"]
    rows = [text[2] for text in drawn(panel).texts if text[4] == 12][:2]
    np.testing.assert_allclose(rows, [2.5, 3.5], atol=0.01)
    columns = [text[3] for text in drawn(panel).texts if text[4] == 12][2:]
    np.testing.assert_allclose(columns, [2.5, 3.5, 4.5], atol=0.01)


def test_names_with_quotes_and_brackets_stay_whole():
    name = 'a "b" <c> [d]'
    markup = svg_panels(draw_grid(canvas(4, 4), [[1]], title=name))
    assert list(grids(markup)) == [name]
    assert [cell[0] for cell in panels(markup)[0].cells] == [name]


# ---------------------------------------------------------------- labels


def test_text_stays_text():
    panel = draw_label(canvas(4, 4), "a & b < c", at=(1, 1))
    assert ">a &amp; b &lt; c</text>" in panel.content()
    assert texts(panel.content()) == ["a & b < c"]


@pytest.mark.parametrize("value", [7, -12, 100, -476, -1024, 0.25, 123456, "1/16"])
def test_numbers_fit_their_cell_as_far_as_they_can_be_read(value):
    panel = draw_grid(canvas(2, 2), [[value]], title="n")
    ((text, anchor, _row, _column, size),) = [t for t in drawn(panel).texts if t[0] != "n"]
    assert (anchor, size >= SMALLEST, size <= 16) == ("middle", True, True)
    width = sum(MINUS if letter == "−" else DIGIT for letter in text) * size
    assert width <= 0.9 * CELL + 0.5 or size == SMALLEST
    assert len(text) > 4 or width <= CELL


def test_wide_numbers_are_written_smaller_than_narrow_ones():
    sizes = [
        drawn(draw_label(canvas(2, 2), value, at=(1, 1), size="number")).texts[0][4]
        for value in (7, -10, 1000, 10**7)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 16
    assert sizes[-1] == SMALLEST
    assert sizes[2] < 16


@pytest.mark.parametrize(
    ("align", "anchor"), [("left", "start"), ("center", "middle"), ("right", "end")]
)
def test_labels_stand_on_their_point(align, anchor):
    ((text, found, row, column, _),) = drawn(
        draw_label(canvas(4, 4), "x", at=(1.25, 2.5), align=align)
    ).texts
    assert (text, found) == ("x", anchor)
    np.testing.assert_allclose((row, column), (1.25, 2.5), atol=0.01)


def test_colours_have_to_be_in_the_palette():
    with pytest.raises(KeyError, match="mauve"):
        draw_label(canvas(2, 2), 1, at=(0, 0), colour="mauve")


# ---------------------------------------------------------------- lines and shapes


def test_outline_is_a_thick_frame_of_its_block():
    panel = draw_outline(canvas(5, 5), at=(1, 2), shape=(3, 2), colour="kernel edge")
    assert drawn(panel).frames == [("kernel edge", 1, 2, 3, 2)]
    assert "fill:none" in panel.content()


def test_block_is_filled():
    panel = draw_block(canvas(5, 5), at=(0.5, 1), shape=(1.5, 2), fill="window")
    assert drawn(panel).blocks == [("window", 0.5, 1, 1.5, 2)]


def test_line_goes_through_its_points():
    points = [(0, 0), (1, 2.5), (3, 1)]
    ((colour, width, found),) = drawn(draw_line(canvas(4, 4), *points, colour="ink")).lines
    assert (colour, width, found) == ("ink", 1.5, points)


@pytest.mark.parametrize("end", [(0, 4), (4, 0), (3, 4), (-2, 1)])
def test_arrow_points_to_its_end(end):
    markup = draw_arrow(canvas(9, 9), start=(1, 1), end=end, colour="red").content()
    line, head = re.findall(r' ?d="M([^"z]*)z?"', markup)
    (left, top), neck = (tuple(map(float, p.split())) for p in line.split("L"))
    assert (top, left) == (CELL, CELL)
    (x, y), one, other = (tuple(map(float, p.split())) for p in head.split("L"))
    np.testing.assert_allclose((y, x), np.array(end) * CELL, atol=0.06)
    np.testing.assert_allclose(np.add(one, other) / 2, neck, atol=0.11)
    along, across = np.subtract((x, y), neck), np.subtract(one, other)
    np.testing.assert_allclose(along @ across, 0, atol=3)
    wanted = np.subtract((x, y), (left, top))
    np.testing.assert_allclose(along / np.hypot(*along), wanted / np.hypot(*wanted), atol=0.02)


def test_dot_stands_on_its_point():
    assert drawn(draw_dot(canvas(4, 4), at=(1, 2.5), colour="output")).dots == [("output", 1, 2.5)]


def test_cells_are_unit_squares():
    panel = draw_cells(canvas(4, 4), [(0, 0), (1.5, 2)], fill="strong")
    assert drawn(panel).squares == [("strong", 0, 0), ("strong", 1.5, 2)]
    assert draw_cells(canvas(4, 4), [], fill="strong").shapes == []


# ---------------------------------------------------------------- photographs


def test_photo_keeps_its_pixels_and_its_proportions():
    image = np.arange(24, dtype=np.uint8).reshape(4, 6) * 10
    panel = draw_photo(canvas(9, 9), image, at=(1, 2), height=3, title="photo")
    (photo,) = [shape for shape in panel.shapes if isinstance(shape, Photo)]
    np.testing.assert_array_equal(photo.pixels, image)
    assert drawn(panel).images == [(1, 2, 3, 4.5)]
    assert panel.grids["photo"] == (1, 2, 3, 4.5, 0)


def test_photo_in_the_markup_has_the_same_pixels():
    import base64
    import io

    from PIL import Image

    for shape in ((5, 7), (5, 7, 3)):
        image = np.random.default_rng(1).integers(0, 256, shape).astype(np.uint8)
        markup = draw_photo(canvas(9, 9), image, height=3).content()
        png = base64.b64decode(re.search(r"base64,([^\"]*)", markup)[1])
        np.testing.assert_array_equal(np.asarray(Image.open(io.BytesIO(png))), image)


@pytest.mark.parametrize("limits", [(0, 255), (-1, 1), (10, 20), (0, 0.001)])
def test_grey_levels_run_from_black_to_white(limits):
    black, white = limits
    numbers = np.linspace(2 * black - white, 2 * white - black, 35).reshape(5, 7)
    levels = grey_levels(numbers, limits)
    np.testing.assert_array_equal(levels, bytes_of(numbers, black, white))
    assert levels.dtype == np.uint8
    assert (levels[numbers <= black] == 0).all()
    assert (levels[numbers >= white] == 255).all()


def test_grey_levels_of_one_number_do_not_divide_by_zero():
    np.testing.assert_array_equal(grey_levels(np.zeros((1, 2)), (0, 0)), [[0, 0]])


def test_pixels_write_their_numbers_in_a_colour_that_can_be_read():
    image = np.array([[0, 100], [117, 118], [200, 255]])
    markup = draw_pixels(canvas(4, 4), image, title="p").content()
    np.testing.assert_array_equal(grids(f"<svg viewBox='0 0 9 9'>{markup}</svg>")["p"], image)
    colours = re.findall(r'data-cell="p[^>]*--draw-on-(\w+)-pixel', markup)
    assert colours == ["dark", "dark", "dark", "light", "light", "light"]


def test_pieces_return_the_panel():
    panel = canvas(4, 4)
    image = np.zeros((2, 2))
    assert draw_cells(panel, [(0, 0)], fill="window") is panel
    assert draw_grid(panel, [[1]]) is panel
    assert draw_label(panel, 1, at=(0, 0)) is panel
    assert draw_outline(panel, at=(0, 0), shape=(1, 1)) is panel
    assert draw_block(panel, at=(0, 0), shape=(1, 1), fill="window") is panel
    assert draw_line(panel, (0, 0), (1, 1)) is panel
    assert draw_arrow(panel, start=(0, 0), end=(1, 1)) is panel
    assert draw_dot(panel, at=(0, 0), colour="ink") is panel
    assert draw_photo(panel, image, height=1) is panel
    assert draw_pixels(panel, image) is panel


def test_outline_of_one_grid_is_not_that_of_its_neighbour():
    panel = draw_grid(canvas(9, 9), [[1, 2]], at=(0, 0), name="one")
    draw_grid(panel, [[3, 4]], at=(3, 0), name="other")
    draw_outline(panel, at=(3, 1), shape=(1, 1))
    markup = svg_panels(panel)
    assert outlined(markup, "one") == set()
    assert outlined(markup, "other") == {(0, 1, 1, 1)}


def test_every_colour_in_the_markup_is_a_variable_with_its_light_value():
    panel = draw_grid(canvas(9, 9), ARRAY, title="t", index=True, paint={"window": (0, 0)})
    markup = svg_panels(draw_arrow(panel, start=(4, 4), end=(5, 5)))
    colours = re.findall(r"#[0-9a-f]{6}", markup)
    assert set(colours) <= {colours["light"] for colours in PALETTE.values()}
    assert len(colours) == len(re.findall(r"var\(--draw-[a-z-]+,#", markup))
