"""The pointer chooses the place that is under it: mouse and finger, zoomed, scrolled and stacked.

Where the places of each explorer lie is tested in tests/explore/test_pointing.py; here a browser is
asked which of them it chooses.
"""

import numpy as np
import pytest
from playwright.sync_api import expect

from convlib.draw.canvas import CELL
from tests.browser.rendered import NARROW, SITE, each, explorers, loaded, opened, pages, state
from tests.drawn import PACKED, unpacked, walked
from tests.pointed import place_of

PAGES = [path for path in pages() if 'class="point"' in (SITE / path).read_text("utf-8")]
WINDOW = next((page for page in PAGES if "slide_window" in page), None)
ROW = next((page for page in PAGES if "bend_the_line" in page), None)
ONLY_ACROSS = """.point[data-point*='"x":']:not([data-point*='"y":'])"""
SPOTS = [(0.04, 0.03), (0.3, 0.65), (0.55, 0.45), (0.97, 0.96)]
"""Parts of a rectangle, down and across, where the pointer is tried."""

TOUCH = {"viewport": NARROW, "has_touch": True, "is_mobile": True}
OUTLINES = """element => [...element.querySelectorAll(".pointed")].map((outline) =>
    [outline, outline.previousSibling].map((one) =>
        ["y", "x", "height", "width"].map((name) => +one.getAttribute(name))))"""


# Says what the explorer shows, and where a part of a rectangle lies.
FIND = """(element, [number, [down, across]]) => {
    const target = element.querySelectorAll(".point")[number];
    target.scrollIntoView({block: "center"});
    const box = target.getBoundingClientRect();
    const [x, y] = [box.left + across * box.width, box.top + down * box.height];
    const numbers = ["y", "x", "height", "width"].map((name) => +target.getAttribute(name));
    return {x, y, values: element.explorer.values(), box: numbers,
            point: JSON.parse(target.dataset.point),
            isOnTop: document.elementFromPoint(x, y) === target,
            at: [numbers[0] + down * numbers[2], numbers[1] + across * numbers[3]]};
}"""
# Presses parts of a rectangle one after the other, as the script hears of it. (Only a real pointer
# can be captured.)
PRESS = f"""async (element, [number, parts]) => {{
    const find = {FIND}, picture = element.querySelector(".picture"), spots = [];
    picture.setPointerCapture = () => {{}};
    for (const part of parts) {{
        const spot = find(element, [number, part]);
        const target = document.elementFromPoint(spot.x, spot.y);
        for (const kind of spot.isOnTop ? ["pointerdown", "lostpointercapture"] : []) {{
            target.dispatchEvent(new PointerEvent(kind, {{bubbles: true, isPrimary: true,
                pointerType: "mouse", pointerId: 1, clientX: spot.x, clientY: spot.y}}));
        }}
        await element.explorer.load();
        spots.push({{...spot, after: element.explorer.values()}});
    }}
    delete picture.setPointerCapture;
    return spots;
}}"""


def spot(target, down, across):
    """Return x and y of the browser's window for a part of a rectangle."""
    box = target.bounding_box()
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def points(explorer, of):
    return explorer.locator(f""".point[data-point*='"of":"{of}"']""")


def cell(explorer, of, row, column, rows=3, columns=3):
    """Return x and y of the middle of a cell of a grid."""
    return spot(points(explorer, of), (row + 0.5) / rows, (column + 0.5) / columns)


def cursor(page, at):
    """Return the pointer's shape at a spot."""
    return page.evaluate("at => getComputedStyle(document.elementFromPoint(...at)).cursor", at)


def window(page):
    """Return the explorer of the window, in the middle of the browser's."""
    explorer = loaded(explorers(page).first)
    explorer.evaluate("element => element.scrollIntoView({block: 'center'})")
    return explorer


def place(explorer):
    """Return the row and the column that the sliders of the window's explorer show."""
    return tuple(map(int, state(explorer)["outputs"]))


# ---------------------------------------------------------------- every explorer of the book


def places(states, rectangle, point):
    """List the states that have a place in a rectangle, each with the middle of its place."""
    found = []
    for values in states:
        where = place_of(rectangle, point, values, cut=False)
        if where is not None:
            found.append((values, where[:2] + where[2:] / 2))
    return found


def chosen(places, point, before, at):
    """Return the states whose place is nearest to a spot (row, column, in cells)."""
    number = point.get("number", [None])[0]
    sets = {*point.get("also", {}), point.get("row"), point.get("column"), number}
    found = [
        (float(np.abs(middle - at).sum()), values)
        for values, middle in places
        if all(values[name] == before[name] for name in {*values} - sets)
    ]
    nearest = min(away for away, _ in found)
    return [values for away, values in found if away <= nearest + 0.05]


def clicked(page, explorer, number, part):
    """Click at a part of a rectangle, if it lies on top; tell what was there before and after."""
    spot = explorer.evaluate(FIND, [number, part])
    if spot["isOnTop"]:
        page.mouse.click(spot["x"], spot["y"])
    return spot | {"after": explorer.evaluate("element => element.explorer.values()")}


@each(PAGES)
def test_the_nearest_place_is_chosen(visits, path):
    """One spot of each rectangle is clicked; the others are told to the script as presses."""
    page, faults = visits.to(path)
    blocks = [unpacked(block[0]) for block in PACKED.finditer((SITE / path).read_text("utf-8"))]
    for explorer, data in zip(explorers(page).all(), blocks, strict=True):
        names = loaded(explorer).evaluate("element => element.explorer.controls.map(c => c.name)")
        states = [values for values, *_ in walked(data, names)]
        count = explorer.locator(".point").count()
        spots = []
        for number in range(count):
            mine = number % len(SPOTS)
            others = SPOTS[:mine] + SPOTS[mine + 1 :]
            spots.append(clicked(page, explorer, number, SPOTS[mine]))
            spots += explorer.evaluate(PRESS, [number, others])
        tried = [spot for spot in spots if spot["isOnTop"]]
        for spot in tried:
            near = places(states, np.divide(spot["box"], CELL), spot["point"])
            at = np.divide(spot["at"], CELL)
            assert spot["after"] in chosen(near, spot["point"], spot["values"], at), spot
        assert tried or not count
    assert faults.found == []


# ---------------------------------------------------------------- mouse


@pytest.mark.parametrize("zoom", ["100%", "150%", "67%"])
@pytest.mark.parametrize("scale", [1, 1.5])
def test_every_cell_is_hit_zoomed_and_scrolled(browser, home, zoom, scale):
    with opened(browser, home, WINDOW, device_scale_factor=scale) as (page, _):
        page.evaluate("zoom => { document.body.style.zoom = zoom; }", zoom)
        explorer = window(page)
        assert page.evaluate("scrollY") > 100
        for row, column in [(0, 0), (0, 2), (1, 1), (2, 0), (2, 2)]:
            page.mouse.click(*cell(explorer, "output", row, column))
            assert place(explorer) == (row, column)


def test_a_cell_reaches_to_its_rim(browser, home):
    with opened(browser, home, WINDOW) as (page, _):
        explorer = window(page)
        for down, across, shown in [
            (0.001, 0.001, (0, 0)),
            (0.32, 0.34, (0, 1)),
            (0.34, 0.66, (1, 1)),
            (0.66, 0.68, (1, 2)),
            (0.999, 0.999, (2, 2)),
        ]:
            page.mouse.click(*spot(points(explorer, "output"), down, across))
            assert place(explorer) == shown


def test_the_window_stands_where_the_pointer_is(browser, home):
    with opened(browser, home, WINDOW) as (page, _):
        explorer = window(page)
        for pixel, shown in [
            ((0, 4), (0, 2)),
            ((2, 2), (1, 1)),
            ((4, 0), (2, 0)),
            ((3, 1), (2, 0)),
        ]:
            page.mouse.click(*cell(explorer, "image", *pixel, rows=5, columns=5))
            assert place(explorer) == shown


def test_a_drag_goes_on_outside_of_the_picture(browser, home):
    with opened(browser, home, WINDOW) as (page, faults):
        explorer = window(page)
        page.mouse.move(*cell(explorer, "image", 2, 2, 5, 5))
        page.mouse.down()
        seen = [place(explorer)]
        for target in [
            cell(explorer, "image", 3, 3, 5, 5),
            cell(explorer, "output", 0, 0),
            cell(explorer, "image", 2, -3, 5, 5),
            cell(explorer, "image", -4, 1, 5, 5),
            cell(explorer, "image", 9, -2, 5, 5),
        ]:
            page.mouse.move(*target)
            seen.append(place(explorer))
        page.mouse.up()
        assert seen == [(1, 1), (2, 2), (0, 2), (1, 0), (0, 0), (2, 0)]
        page.mouse.move(*cell(explorer, "image", 2, 2, 5, 5))
        assert place(explorer) == (2, 0)
        assert faults.found == []


def test_nothing_else_can_be_pointed_at(browser, home):
    with opened(browser, home, WINDOW) as (page, _):
        explorer = window(page)
        texts = explorer.locator(".picture text")
        others = [texts.filter(has_text=text).first for text in ("kernel", "output", "→")]
        for at in [spot(text, 0.5, 0.5) for text in others]:
            page.mouse.move(*at)
            assert cursor(page, at) != "pointer"
            page.mouse.click(*at)
            assert explorer.evaluate(OUTLINES) == []
        page.mouse.click(*cell(explorer, "output", 1, 1), button="right")
        assert place(explorer) == (0, 0)
        assert cursor(page, cell(explorer, "output", 1, 1)) == "pointer"


def test_hovering_shows_what_would_be_chosen(browser, home):
    with opened(browser, home, WINDOW) as (page, _):
        explorer = window(page)
        before = state(explorer)
        page.mouse.move(*cell(explorer, "output", 1, 2))
        image, output = explorer.evaluate(OUTLINES)
        for (outline, rectangle), side in ((image, 3), (output, 1)):
            np.testing.assert_allclose(np.subtract(outline[:2], rectangle[:2]), (CELL, 2 * CELL))
            assert outline[2:] == [side * CELL, side * CELL]
        page.mouse.move(*cell(explorer, "image", 0, 0, 5, 5))
        assert explorer.evaluate(OUTLINES) == []  # the window stands there
        page.mouse.move(*cell(explorer, "output", 2, 0))
        assert len(explorer.evaluate(OUTLINES)) == 2
        page.mouse.move(*spot(explorer.locator(".explorer-sentence"), 0.5, 0.5))
        assert state(explorer) == before
        page.mouse.click(*cell(explorer, "output", 2, 0))
        assert explorer.evaluate(OUTLINES) == []


def test_pointing_pauses_play_and_keeps_sliders_in_step(browser, home):
    with opened(browser, home, WINDOW) as (page, _):
        explorer = window(page)
        explorer.get_by_role("button", name="Play").click()
        page.mouse.click(*cell(explorer, "output", 1, 1))
        expect(explorer.get_by_role("button", name="Play")).to_be_visible()
        now = state(explorer)
        assert (now["outputs"], now["places"]) == (["1", "1"], ["1/2", "1/2"])
        assert now["label"] == now["sentence"]
        assert now["sentence"].startswith("Row 1, column 1: ")
        explorer.locator("input").last.press("ArrowRight")
        assert place(explorer) == (1, 2)


def test_a_press_before_the_frames_are_there_is_obeyed(browser, home):
    with opened(browser, home, WINDOW) as (page, _):
        explorer = window(page)
        at = cell(explorer, "output", 2, 1)
        explorer.evaluate("({explorer}) => { explorer.data = explorer.loading = undefined; }")
        page.mouse.click(*at)
        expect(explorer.locator("output").first).to_have_text("2")
        assert place(explorer) == (2, 1)


# ---------------------------------------------------------------- finger


def touch(page, *spots, end="touchEnd"):
    """Put a finger down at the first spot, move it over the others and lift it."""
    session = page.context.new_cdp_session(page)
    for number, (x, y) in enumerate(spots):
        kind = "touchMove" if number else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": end, "touchPoints": []})


def path_of(start, end, steps=8):
    return [tuple(spot) for spot in np.linspace(start, end, steps + 1).tolist()]


def test_a_tap_chooses_where_panels_are_stacked(browser, home):
    with opened(browser, home, WINDOW, **TOUCH) as (page, faults):
        explorer = window(page)
        for row, column in [(2, 2), (0, 1), (1, 0)]:
            page.touchscreen.tap(*cell(explorer, "output", row, column))
            expect(explorer.locator("output").first).to_have_text(str(row))
            assert place(explorer) == (row, column)
            assert explorer.evaluate(OUTLINES) == []
        assert faults.found == []


def test_a_finger_on_the_grid_moves_the_window_and_not_the_page(browser, home):
    with opened(browser, home, WINDOW, **TOUCH) as (page, _):
        explorer = window(page)
        before = page.evaluate("scrollY")
        touch(page, *path_of(*(cell(explorer, "image", i, 2, 5, 5) for i in (3, 1))))
        assert place(explorer) == (0, 1)
        assert page.evaluate("scrollY") == before


def test_a_finger_beside_the_grids_scrolls_the_page(browser, home):
    with opened(browser, home, WINDOW, **TOUCH) as (page, _):
        explorer = window(page)
        before = page.evaluate("scrollY")
        title = explorer.locator(".picture text", has_text="kernel").first
        x, y = spot(title, 0.5, 0.5)
        touch(page, *path_of((x, y), (x, y - 200)))
        page.wait_for_function("before => scrollY > before + 50", arg=before)
        assert place(explorer) == (0, 0)


@pytest.mark.parametrize("way", ["down", "across"])
def test_where_only_the_way_across_matters_a_finger_still_scrolls(browser, home, way):
    with opened(browser, home, ROW, **TOUCH) as (page, _):
        explorer = page.locator(".explorer", has=page.locator(ONLY_ACROSS)).first
        target = loaded(explorer).locator(ONLY_ACROSS).last
        target.evaluate("target => target.scrollIntoView({block: 'center'})")
        before, first = page.evaluate("scrollY"), state(explorer)["values"]
        x, y = spot(target, 0.5, 0.1)
        if way == "down":
            touch(page, *path_of((x, y), (x, y - 150)))
            page.wait_for_function("before => scrollY > before + 50", arg=before)
            assert state(explorer)["values"] == first
        else:
            touch(page, *path_of((x, y), spot(target, 0.5, 0.9)))
            assert page.evaluate("scrollY") == before
            assert state(explorer)["values"] != first


def test_a_gesture_that_the_browser_takes_over_chooses_nothing(browser, home):
    with opened(browser, home, WINDOW, **TOUCH) as (page, _):
        explorer = window(page)
        touch(page, *path_of(*(cell(explorer, "output", i, i) for i in (1, 2))), end="touchCancel")
        assert place(explorer) == (0, 0)
