"""What can be pointed at: where its value is drawn, and none that stands for a value is forgotten.

That the script chooses the place under the pointer is tested in the browser.
"""

from xml.etree import ElementTree

import numpy as np
import pytest

from convlib import explore
from convlib.draw import grid_panel, strip_panels
from convlib.draw.canvas import Place
from convlib.explore.engine import Cells, Explorer
from convlib.explore.homes.page import explorer_html
from convlib.explore.homes.points import pointed_panels, points
from tests.drawn import Panel
from tests.explore.compared import all_compared
from tests.explore.engine.toys import product
from tests.pointed import place_of, rectangles

NOT_POINTED_AT = {
    "explore_traffic": "its chart shows reads and writes along its axis, not the kernel's size",
    "explore_rivals": "its chart shows times along its axis, not the work",
    "explore_vectors": "its slider is a size; all vectors are drawn at once",
    "explore_threads": "its slider is a number of shares, which are all drawn at once",
    "explore_zoom": "its slider is a size",
    "explore_kernels": "its slider is a name that is not drawn",
    "explore_line": "its sliders are sizes; every place of the window is drawn at once",
    "explore_same": "its sliders are sizes; every place of the window is drawn at once",
    "explore_pool_kind": "its slider is a size; every window is drawn at once",
    "explore_pool_photo": "its slider is a size",
    "explore_shift": "its slider moves the whole image",
    "explore_overlaps": "its sliders are sizes; all stamps are drawn at once",
    "explore_best_patches": "only one filter at a time is drawn",
    "explore_excited": "only one filter at a time is drawn",
    "explore_moves": "its slider moves the whole digit",
    "explore_costs": "its charts show calls and bytes along their axis, not the kernel's size",
    "explore_speeds": "its charts show speed and memory along their axis, not the work",
    "explore_roofline": "a point of the roof is another number of channels for each method",
    "explore_spectrum": "its slider is a name that is not drawn",
    "explore_tiles": "its sliders are sizes; all tiles are drawn at once",
}
BENCHES = {"explore_network"}
"""They have no sliders, and scripts of their own that answer the pointer."""

UNMARKED = {
    ("explore_routes", "dy"): "only the output beside it is marked",
    ("explore_wave", "waves"): "pixels of a small photograph",
    ("explore_wave", "opposite"): "pixels of a small photograph",
    ("explore_waves", "finest"): "what is kept of a photograph",
}
"""Grids and marks where no frame and no colour tells the place of the state."""


def distinct():
    """One of the tests' explorers for each set of frames."""
    return {str(states): states for states in all_compared()}.values()


def pointed():
    return [states for states in distinct() if states.name not in NOT_POINTED_AT]


def is_marked(panel, place):
    """Tell whether a block of a panel has a frame, a colour of its own or a dot."""
    row, column, height, width = place
    frames = [frame[1:] for frame in panel.frames + panel.blocks]
    if any(np.allclose(place, frame, atol=0.02) for frame in frames):
        return True
    for _, down, across in panel.dots:
        if -0.01 < down - row < height + 0.01 and -0.01 < across - column < width + 0.01:
            return True
    cells = np.mgrid[row + 0.5 : row + height, column + 0.5 : column + width].reshape(2, -1).T
    return not {panel.fill_at(*cell) for cell in cells} & {None, "paper"}


# ---------------------------------------------------------------- every explorer of the book


@pytest.mark.parametrize("states", pointed(), ids=lambda states: states.name)
def test_the_place_of_a_state_is_the_one_that_is_marked(states):
    explorer, declared, found = states.explorer, set(), set()
    for values in explorer.states():
        drawing, _ = explorer.frame(**values)
        cells = explorer.cells_at(values)
        declared |= set(cells)
        found |= {name for row in drawing.rows for panel in row for name in panel.grids}
        assert all(one.names() <= set(explorer.sliders) for one in cells.values())
        for panel, rectangle, point in rectangles(pointed_panels(explorer, drawing, values)):
            place = place_of(rectangle, point, values)
            if place is not None and (states.name, point["of"]) not in UNMARKED:
                assert is_marked(panel, place), (values, point)
    assert declared <= found


def test_every_explorer_can_be_pointed_at_or_says_why_not():
    made = {states.name for states in all_compared()}
    can = {states.name for states in all_compared() if states.explorer.cells}
    every = {name for name in explore.__all__ if name.startswith("explore_")}
    assert made == every - BENCHES
    assert made - can == set(NOT_POINTED_AT)


# ---------------------------------------------------------------- what is written


def point_of(panel, **cells):
    ((_, rectangle, point),) = rectangles(f"<svg viewBox='0 0 9 9'>{points(panel, cells)}</svg>")
    return np.round(rectangle, 2).tolist(), point


def test_a_grid_s_cells_are_rows_and_columns():
    panel = grid_panel([[1, 2], [3, 4], [5, 6]], title="grid")
    assert point_of(panel, grid=Cells("a", "b")) == (
        [0.9, 0.1, 3, 2],
        {"of": "grid", "row": "a", "column": "b", "y": [0, 36, 36], "x": [0, 36, 36]},
    )


def test_windows_begin_a_stride_apart():
    panel = grid_panel(np.zeros((5, 6)), title="grid")
    _, point = point_of(panel, grid=Cells("a", "b", step=(2, 3), size=(3, 2)))
    assert (point["y"], point["x"]) == ([0, 72, 108], [0, 108, 72])


def test_places_are_counted_as_one_reads_and_those_that_are_none_are_left_out():
    panel = grid_panel(np.zeros((4, 9)), title="grid")
    cells = Cells(
        number="n", start=(0, 2), step=(2, 2), size=(2, 3), shape=(2, 2), first=5, every=3
    )
    rectangle, point = point_of(panel, grid=cells)
    assert rectangle == [0.9, 2.1, 4, 5]
    assert point["number"] == ["n", 5, 3, 2, 2]
    assert (point["y"], point["x"]) == ([0, 72, 72], [0, 72, 108])


def test_a_grid_that_is_continued_counts_on():
    panels = strip_panels([range(12)], title="grid")
    found = [point_of(panel, grid=Cells(column="n"))[1]["x"] for panel in panels]
    assert found == [[0, 36, 36], [-9 * 36, 36, 36]]


def test_a_grid_that_is_not_there_is_no_point():
    assert points(grid_panel([[1]], title="one"), {"other": Cells("a")}) == ""


def test_marks_of_the_same_sliders_belong_together():
    panel = grid_panel([[1]], title="one")
    panel.grids["two"] = Place(0, 0, 1, 1)
    cells = {"one": Cells(also={"b": 1, "a": "x"}), "two": Cells(also={"a": "y", "b": 2})}
    markup = f"<svg viewBox='0 0 9 9'>{points(panel, cells)}</svg>"
    assert [point["of"] for *_, point in rectangles(markup)] == ["a, b", "a, b"]


def test_words_are_written_as_text():
    markup = points(grid_panel([[1]], title="one"), {"one": Cells(also={"a": '<b> "c"'})})
    assert "<b>" not in markup
    ((*_, point),) = rectangles(f"<svg viewBox='0 0 9 9'>{markup}</svg>")
    assert point["also"] == {"a": '<b> "c"'}


def test_cells_must_name_sliders():
    with pytest.raises(ValueError, match=r"cells of 'product' set \['c'\], not among the sliders"):
        Explorer(product, cells={"product": Cells("a", "c")}, a=(1, 2), b=(1, 2))
    with pytest.raises(ValueError, match=r"cells of 'product' set \['word'\]"):
        Explorer(product, cells={"product": Cells(also={"word": "x"})}, a=(1, 2), b=(1, 2))


def test_a_still_picture_cannot_be_pointed_at():
    explorer = Explorer(product, cells={"product": Cells("a")}, a=(1, 2), b=(1, 2))
    assert "point" not in explorer.picture()._repr_mimebundle_()["image/svg+xml"]
    assert 'class="point"' in explorer_html(explorer)


def test_a_place_that_is_not_marked_is_noticed():
    panel = grid_panel([[1, 2, 3]], title="grid", paint={"window": np.s_[0, 1]})
    markup = f"<svg viewBox='0 0 99 99'>{panel.content()}</svg>"
    (drawn,) = (Panel(svg) for svg in ElementTree.fromstring(f"<x>{markup}</x>").iter("svg"))
    assert is_marked(drawn, (0.9, 1.1, 1, 1))
    assert not is_marked(drawn, (0.9, 0.1, 1, 1))
    assert not is_marked(drawn, (0.9, 1.1, 1, 2))
