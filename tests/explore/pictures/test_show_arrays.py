"""The picture of small arrays shows their numbers, their names and their colours."""

import numpy as np
import pytest

from convlib.draw.canvas import svg_panels
from convlib.explore import show_arrays
from tests.drawn import filled, grids, panels, texts

ARRAYS = {
    "image": [[1, 2], [3, 4]],
    "its_double": np.array([[2, 4], [6, 8]]),
    "a_row": [[-7, 0.5, 0]],
}


def test_arrays_stand_beside_each_other_with_their_numbers():
    picture = show_arrays("Three.", **ARRAYS)
    assert picture.sentence == "Three."
    (row,) = picture.drawing.rows
    assert len(row) == 3
    shown = grids(svg_panels(picture.drawing))
    assert list(shown) == ["image", "its double", "a row"]
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(shown[name.replace("_", " ")], array)


def test_arrays_take_the_colours_that_they_are_given():
    markup = svg_panels(show_arrays("", fills={"image": "window"}, **ARRAYS).drawing)
    assert filled(markup, "image", "window") == set(np.ndindex(2, 2))
    assert filled(markup, "its double", "paper") == set(np.ndindex(2, 2))


def test_each_cell_takes_a_colour_of_its_own():
    colours = [["window", "kernel"], ["outside", "kernel"]]
    markup = svg_panels(show_arrays("", fills={"image": colours}, **ARRAYS).drawing)
    assert filled(markup, "image", "kernel") == {(0, 1), (1, 1)}
    assert filled(markup, "image", "outside") == {(1, 0)}


def test_rows_and_columns_are_numbered():
    markup = svg_panels(show_arrays("", image=np.full((2, 3), 9)).drawing)
    assert texts(markup) == ["9"] * 6 + ["0", "1", "0", "1", "2", "image"]


def test_masked_cells_stay_blank():
    array = np.ma.masked_equal([[1, 2], [3, 4]], 2)
    markup = svg_panels(show_arrays("", image=array).drawing)
    np.testing.assert_array_equal(grids(markup)["image"], [[1, np.nan], [3, 4]])
    assert len(panels(markup)[0].squares) == 4


def test_long_numbers_get_wide_cells():
    picture = show_arrays("", short=[[-999]], long=[[1096.63, 2]], blank=np.ma.masked_all((1, 1)))
    short, long, _ = panels(svg_panels(picture.drawing))
    assert (short.wide, long.wide) == ({"short": 1}, {"long": 1.75})
    (size,) = [size for text, *_, size in long.texts if text == "1096.63"]
    assert size >= 12


@pytest.mark.parametrize("changed", [{"image": [[1, 2], [3, 5]]}, {"a_row": [[-7, 0.5, 1]]}])
def test_text_changes_with_one_number(changed):
    assert repr(show_arrays("", **ARRAYS)) != repr(show_arrays("", **ARRAYS | changed))
