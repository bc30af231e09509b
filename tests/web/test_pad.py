"""The pad: by mouse, finger, pen and keys; what is drawn is read rightly."""

import json
from pathlib import Path

import numpy as np
import pytest

from convlib.digits import load_digits
from convlib.nn import load_stages
from tests.web.strokes import drawings

PAGE = Path(__file__).parents[2] / "book/draw_a_digit.ipynb"
# Draws each drawing on a pad that has been cleared; returns the picture and the scores of each.
DRAW_ALL = """drawings => {
  const canvas = document.querySelector(".pad-ink");
  const view = document.querySelector(".network").network;
  const clear = document.querySelector('.network [aria-label="Clear the pad"]');
  const box = canvas.getBoundingClientRect();
  const send = (type, [x, y], buttons) => canvas.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, pointerType: "pen", isPrimary: true, button: 0, buttons, bubbles: true,
    cancelable: true,
    clientX: box.left + x / 28 * box.width, clientY: box.top + y / 28 * box.height,
  }));
  canvas.setPointerCapture = () => {};  // an event made by a script has no pointer to capture
  return JSON.stringify(drawings.map(([digit, width, strokes]) => {
    clear.click();
    view.pad.width.value = width;
    for (const points of strokes) {
      send("pointerdown", points[0], 1);
      for (const point of points.slice(1)) send("pointermove", point, 1);
      send("pointerup", points.at(-1), 0);
    }
    view.update();
    return [[...view.picture.data], [...view.outputs.at(-2).data]];
  }));
}"""


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def settled(page):
    """Wait until everything that was asked for is drawn."""
    page.wait_for_function("() => !document.querySelector('.network').network.asked")


def picture(page):
    settled(page)
    data = page.evaluate("[...document.querySelector('.network').network.picture.data]")
    return np.array(data, np.float32).reshape(28, 28)


def drawn(page):
    """Return what is drawn, in 28×28 cells, whatever the network gets."""
    return np.array(
        page.evaluate(
            "[...convlib.asDrawn(document.querySelector('.network').network.pad.ink).data]"
        )
    ).reshape(28, 28)


def stroke(page, *points):
    """Draw with the mouse."""
    box = page.locator(".pad-ink").first.bounding_box()
    places = [
        (box["x"] + x / 28 * box["width"], box["y"] + y / 28 * box["height"]) for x, y in points
    ]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place)
    page.mouse.up()


def ink_span(image):
    rows, columns = (np.flatnonzero(image.max(axis=a) > 0.5) for a in (1, 0))
    return rows[0], rows[-1], columns[0], columns[-1]


def test_a_hundred_drawings_are_read_rightly(open_network):
    page, network = open_network(), load_stages()[-1].network
    right = {"normalised": 0, "as drawn": 0}
    for name in right:
        if name == "as drawn":
            page.get_by_label("cropped, scaled, centred").uncheck()
        found = json.loads(page.evaluate(DRAW_ALL, drawings()))
        for (image, scores), (digit, *_) in zip(found, drawings(), strict=True):
            theirs = network(np.array(image, np.float32).reshape(1, 1, 28, 28))[0][0]
            np.testing.assert_allclose(scores, theirs, rtol=1e-4, atol=1e-4)
            right[name] += int(np.argmax(scores) == digit)
    assert right["normalised"] >= 92
    text = PAGE.read_text(encoding="utf-8")
    counts = right["normalised"], right["as drawn"]
    says = "It reads {} of them rightly. With the tick taken away, {}."
    assert says.format(*counts) in text


def test_the_mouse_draws_where_it_is(open_network):
    page = open_network()
    press(page, "Clear the pad")
    stroke(page, (6, 4), (6, 20), (13, 20))
    image = drawn(page)
    assert ink_span(image) == (3, 20, 5, 13)
    assert image[10, 5] > 0.9
    assert image[10, 20] == image[4, 13] == 0


@pytest.mark.parametrize(("zoom", "above"), [(1, 0), (1.5, 300), (0.67, 30)])
def test_the_pointer_is_exact_when_the_page_is_zoomed_and_scrolled(open_network, zoom, above):
    page = open_network(above=above)
    page.evaluate("zoom => { document.body.style.zoom = zoom }", zoom)
    press(page, "Clear the pad")
    page.locator(".pad-ink").evaluate("pad => pad.scrollIntoView({ block: 'center' })")
    for x, y in ((4.5, 4.5), (23.5, 6.5), (9.5, 24.5)):
        stroke(page, (x, y), (x + 0.1, y))
        image = drawn(page)
        assert image[int(y), int(x)] > 0.95
        around = image[int(y) - 2 : int(y) + 3, int(x) - 2 : int(x) + 3]
        i, j = np.indices((5, 5))
        np.testing.assert_allclose(
            [(around * i).sum() / around.sum(), (around * j).sum() / around.sum()], 2, atol=0.12
        )


def test_erase_undo_and_clear(open_network):
    page = open_network()
    press(page, "Clear the pad")
    stroke(page, (4, 14), (24, 14))
    whole = drawn(page)
    press(page, "Erase")
    stroke(page, (14, 6), (14, 22))
    assert drawn(page)[13, 13] < 0.1
    press(page, "Undo the last stroke")
    np.testing.assert_array_equal(drawn(page), whole)
    press(page, "Clear the pad")
    assert drawn(page).sum() == 0
    press(page, "Undo the last stroke")
    np.testing.assert_array_equal(drawn(page), whole)
    page.locator(".pad-ink").focus()
    page.keyboard.press("Control+z")
    assert drawn(page).sum() == 0


def test_a_first_stroke_takes_the_place_of_a_given_digit(open_network):
    page = open_network()
    given = drawn(page)
    for digit in (None, "a real 4"):
        if digit:
            press(page, digit)
            given = drawn(page)
        stroke(page, (4, 14), (24, 14))
        assert ink_span(drawn(page)) == (13, 14, 3, 24)
        stroke(page, (14, 4), (14, 24))
        assert ink_span(drawn(page)) == (3, 24, 3, 24)
        for _ in range(2):
            press(page, "Undo the last stroke")
        np.testing.assert_array_equal(drawn(page), given)
    press(page, "Erase")
    row, column = np.argwhere(given > 0.9)[0]
    stroke(page, (column + 0.5, row + 0.5), (column + 0.6, row + 0.5))
    assert drawn(page)[row, column] < 0.1
    left = drawn(page)
    assert left.sum() > given.sum() / 2
    press(page, "Draw")
    stroke(page, (2, 2), (4, 2))
    assert drawn(page).sum() > left.sum()


def test_a_wider_pen_leaves_more_ink(open_network):
    page, inks = open_network(), []
    for width in ("1.2", "4"):
        press(page, "Clear the pad")
        page.get_by_label("width of the pen").fill(width)
        stroke(page, (14, 4), (14, 24))
        inks.append(drawn(page).sum())
    expected = [20 * width + np.pi * width**2 / 4 for width in (1.2, 4)]  # with its round ends
    np.testing.assert_allclose(inks, expected, rtol=0.03)


def test_real_digits_are_given_as_they_are(open_network):
    page, digits = open_network(), load_digits()
    for name, number in (("a real 4", 4), ("a real 9", 9)):
        press(page, name)
        image = picture(page)
        label = np.flatnonzero((digits.x_test[:, 0] == image).all(axis=(1, 2)))
        assert digits.y_test[label].tolist() == [number]
    wrong = page.locator('.starts button[aria-label*="read as"]')
    assert wrong.count() == 15
    for n in (0, 14):
        name = wrong.nth(n).get_attribute("aria-label")
        wrong.nth(n).click()
        settled(page)
        assert page.locator(".reads-digit").inner_text() == name[-1]


def test_by_keyboard_alone(open_network):
    page = open_network()  # with a 7, which the first stroke takes away
    page.evaluate(
        """() => {
          globalThis.said = [];
          const live = document.querySelector(".only-read");
          const hear = () => globalThis.said.push(live.textContent);
          new MutationObserver(hear).observe(live, { childList: true, characterData: true });
        }"""
    )
    page.locator(".pad-ink").focus()
    for _ in range(2):
        page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Space")
    for _ in range(4):
        page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowLeft")
    assert ink_span(drawn(page)) == (5, 22, 13, 14)
    settled(page)
    assert page.locator(".reads-digit").inner_text() == "1"
    for text in ("row 10, column 14, pen down", "row 22, column 13, pen up", "It reads 1: "):
        page.wait_for_function("text => said.some((each) => each.includes(text))", arg=text)


def test_a_finger_draws_and_the_page_stays(open_network):
    page = open_network(has_touch=True, viewport={"width": 390, "height": 800})
    press(page, "Clear the pad")
    page.evaluate("scrollTo(0, 60)")
    box = page.locator(".pad-ink").bounding_box()
    session = page.context.new_cdp_session(page)

    def touch(kind, x, y):
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def drag(x, top, bottom):
        touch("touchStart", x, top)
        for step in range(1, 11):
            touch("touchMove", x, top + (bottom - top) * step / 10)
        touch("touchEnd", x, bottom)

    middle = box["x"] + box["width"] / 2
    drag(middle, box["y"] + box["height"] * 0.9, box["y"] + box["height"] * 0.1)
    assert page.evaluate("scrollY") == 60
    rows = ink_span(drawn(page))[:2]
    assert rows[0] <= 4
    assert rows[1] >= 23
    below = page.locator(".reads").bounding_box()
    drag(middle, below["y"] + 40, below["y"] - 200)
    page.wait_for_function("scrollY > 100")


def test_a_pen_s_other_end_erases(open_network):
    page = open_network()
    press(page, "Clear the pad")
    stroke(page, (4, 14), (24, 14))
    page.evaluate(
        """() => {
          const canvas = document.querySelector(".pad-ink");
          canvas.setPointerCapture = () => {};
          const box = canvas.getBoundingClientRect();
          const at = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
          const pen = { pointerType: "pen", pointerId: 7, isPrimary: true, bubbles: true };
          const eraser = { ...pen, ...at, button: 5, buttons: 32 };
          canvas.dispatchEvent(new PointerEvent("pointerdown", eraser));
          canvas.dispatchEvent(new PointerEvent("pointerup", { ...pen, ...at }));
        }"""
    )
    image = drawn(page)
    assert image[13, 13] < 0.1
    assert image[13, 5] > 0.9


def test_an_empty_pad_says_so(open_network):
    page = open_network()
    press(page, "Clear the pad")
    settled(page)
    assert page.locator(".reads-digit").inner_text() == "?"
    assert page.locator(".reads-sentence").inner_text().startswith("Nothing is drawn yet.")
