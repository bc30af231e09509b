"""Panels, drawings of panels, and how they become SVG."""

import re
from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import pytest

from convlib.draw import (
    below,
    beside,
    canvas,
    draw_grid,
    draw_label,
    draw_outline,
    draw_photo,
    glue,
    grid_panel,
    sign_panel,
    together,
)
from convlib.draw.canvas import (
    CELL,
    GAP,
    Panels,
    Photo,
    digest,
    plain_png,
    px,
    svg_file,
    svg_panels,
)
from convlib.draw.palette import PALETTE
from convlib.samples import portrait
from tests.drawn import filled, grids, outlined, panels


def sizes(drawing):
    return [[(panel.width, panel.height) for panel in row] for row in drawing.rows]


# ---------------------------------------------------------------- rows of panels


def test_beside_makes_one_row_and_below_keeps_rows():
    one, two, three = canvas(3, 2), canvas(4, 1), canvas(5, 6)
    assert sizes(beside(one, beside(two, three))) == [[(3, 2), (4, 1), (5, 6)]]
    assert sizes(below(one, beside(two, three))) == [[(3, 2)], [(4, 1), (5, 6)]]
    assert sizes(below(below(one, two), three)) == [[(3, 2)], [(4, 1)], [(5, 6)]]
    assert isinstance(beside(one), Panels)


def test_every_panel_becomes_an_svg_and_every_row_a_div():
    markup = svg_panels(below(canvas(3, 2), beside(canvas(4, 1), canvas(5, 6))))
    rows = ElementTree.fromstring(f"<x>{markup}</x>")
    assert [row.get("class") for row in rows] == ["panels", "panels"]
    boxes = [[svg.get("viewBox") for svg in row] for row in rows]
    assert boxes == [["0 0 108 72"], ["0 0 144 36", "0 0 180 216"]]
    assert all(svg.get("width") == svg.get("viewBox").split()[2] for row in rows for svg in row)


def test_a_sign_wraps_with_the_panel_after_it():
    before, after = grid_panel([[1]], title="before"), grid_panel([[2]], title="after")
    markup = svg_panels(beside(before, sign_panel("=", before), after))
    first, signed = ElementTree.fromstring(markup)
    assert [first.tag, signed.get("class")] == ["svg", "signed"]
    sign, follower = signed
    assert [text.text for text in sign.iter("text")] == ["="]
    assert "after" in [text.text for text in follower.iter("text")]


def test_what_keeps_together_takes_the_room_of_its_widest_panel_at_least():
    before, after = grid_panel([[1]], title="a"), grid_panel([[2]], title="b")
    parts = (
        before,
        sign_panel("=", before),
        after,
        together(canvas(3, 1), canvas(5, 2)),
        canvas(1, 1),
    )
    first, signed, group, last = ElementTree.fromstring(svg_panels(beside(*parts)))
    assert [part.tag for part in (first, *signed, *group, last)] == ["svg"] * 6
    assert [panel.get("width") for panel in group] == [px(3 * CELL), px(5 * CELL)]
    assert group.get("style") == f"flex:1 0 {px(5 * CELL)}px;max-width:{px((3 + 5 + 0.3) * CELL)}px"
    assert signed.get("style") is None


def test_markup_can_stand_on_a_page_any_number_of_times():
    markup = svg_panels(grid_panel([[1]], title="a", index=True))
    assert " id=" not in markup
    assert "url(" not in markup


# ---------------------------------------------------------------- glue


def marked(width, height, name):
    """A panel with one cell in its lower right corner."""
    panel = draw_grid(canvas(width, height), [[7]], at=(height - 1, width - 1), name=name)
    return draw_outline(panel, at=(height - 1, width - 1), shape=(1, 1))


def test_glue_centres_rows_and_panels():
    whole = glue(below(marked(3, 2, "a"), beside(marked(4, 2, "b"), marked(2, 4, "c"))), margin=1)
    assert (whole.width, whole.height) == (4 + GAP + 2 + 2, 2 + GAP + 4 + 2)
    wanted = {
        "a": (1 + 2 - 1, (whole.width - 3) / 2 + 3 - 1),
        "b": (1 + 2 + GAP + (4 - 2) / 2 + 2 - 1, 1 + 4 - 1),
        "c": (1 + 2 + GAP + 4 - 1, 1 + 4 + GAP + 2 - 1),
    }
    assert {name: place[:2] for name, place in whole.grids.items()} == wanted
    (panel,) = panels(svg_panels(whole))
    for name, corner in wanted.items():
        np.testing.assert_allclose(panel.corners[name], corner, atol=0.01)


def test_glue_puts_what_keeps_together_below_each_other():
    drawing = beside(marked(3, 2, "a"), together(marked(4, 2, "b"), marked(2, 3, "c")))
    whole = glue(drawing)
    assert (whole.width, whole.height) == (3 + GAP + 4, 2 + GAP + 3)
    assert whole.grids["c"].row == 2 + GAP + 3 - 1


def test_glued_panels_keep_what_they_show():
    whole = glue(beside(marked(3, 2, "a"), marked(2, 2, "b")))
    markup = svg_panels(glue(whole, margin=0.25))
    assert {name: grid.tolist() for name, grid in grids(markup).items()} == {"a": [[7]], "b": [[7]]}
    for name in ("a", "b"):
        assert outlined(markup, name) == {(0, 0, 1, 1)}
        assert (0, 0) in filled(markup, name, "paper")


def test_glue_of_one_panel_changes_nothing():
    panel = marked(3, 2, "a")
    whole = glue(panel)
    assert (whole.width, whole.height) == (3, 2)
    assert whole.grids == panel.grids


# ---------------------------------------------------------------- files


def test_file_is_one_svg_that_brings_its_colours_and_says_what_it_shows():
    drawing = below(marked(3, 2, "a"), marked(3, 3, "b"))
    root = ElementTree.fromstring(svg_file(drawing, 'Nine "cells" & <more>.'))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("aria-label") == 'Nine "cells" & <more>.'
    assert root.get("role") == "img"
    width, height = (3 + 2 * GAP) * CELL, (5 + 3 * GAP) * CELL
    assert root.get("viewBox") == f"0 0 {px(width)} {px(height)}"
    style, paper = root[0].text, root[1]
    assert re.match(r"@media \(prefers-color-scheme:dark\)\{svg\{--draw-", style)
    assert all(colours["dark"] in style for colours in PALETTE.values())
    assert (paper.get("width"), paper.get("height")) == (px(width), px(height))
    assert PALETTE["paper"]["light"] in paper.get("style")


def test_file_shows_what_the_panels_show():
    drawing = below(marked(3, 2, "a"), marked(3, 3, "b"))
    inside = svg_file(drawing, "").split("/>", 1)[1]
    assert inside.count("<text") == svg_panels(drawing).count("<text") == 2


# ---------------------------------------------------------------- digest


def photo_with(change=0):
    photo = portrait(64)
    photo[10, 20] ^= change
    return draw_photo(canvas(6, 6), photo, height=5)


def test_digest_sees_one_pixel_of_a_photograph():
    assert digest(photo_with()) == digest(photo_with())
    assert digest(photo_with()) != digest(photo_with(1))


def test_digest_does_not_depend_on_the_compressor(monkeypatch):
    before = digest(photo_with())
    monkeypatch.setattr(Photo, "markup", lambda photo: "")
    assert digest(photo_with()) == before


BASE = {"array": [[1, 2], [3, 4]], "title": "t", "paint": {"window": (0, 0)}}


@pytest.mark.parametrize(
    "change",
    [
        {"array": [[1, 2], [3, 5]]},
        {"title": "u"},
        {"paint": {"window": (0, 1)}},
        {"paint": {"strong": (0, 0)}},
        {"index": True},
        {"room": (3, 2)},
        {"name": "n"},
    ],
)
def test_digest_sees_every_change(change):
    assert digest(grid_panel(**BASE)) == digest(grid_panel(**BASE))
    assert digest(grid_panel(**BASE)) != digest(grid_panel(**(BASE | change)))


def test_digest_sees_the_order_and_the_size_of_panels():
    one, two = marked(3, 2, "a"), marked(4, 2, "b")
    drawings = [
        beside(one, two),
        beside(two, one),
        below(one, two),
        one,
        marked(3, 3, "a"),
        draw_label(marked(3, 2, "a"), "x", at=(0, 0)),
    ]
    assert len({digest(drawing) for drawing in drawings}) == len(drawings)
    assert all(re.fullmatch("[0-9a-f]{8}", digest(drawing)) for drawing in drawings)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (36.0, "36"), (7.25, "7.2"), (-0.5, "-0.5"), (100.04, "100"), (1.96, "2")],
)
def test_lengths_have_one_decimal_at_most(value, text):
    assert px(value) == text


@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (4, 2, 3)])
def test_plain_png_holds_the_same_pixels(shape):
    from PIL import Image

    pixels = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    image = Image.open(BytesIO(plain_png(pixels)))
    np.testing.assert_array_equal(np.array(image), pixels)
