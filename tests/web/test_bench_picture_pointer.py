"""The bench of pictures by pointer, touch and keys, and with pictures that the reader brings."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from convlib.explore import bench_picture
from convlib.samples import grey
from tests.web.pictures import (
    COLOUR,
    PORTRAIT,
    REDNESS,
    SOBEL,
    at,
    frame,
    note,
    painted,
    place,
    press,
    sentence,
    shown,
    slide,
    told,
)

# ---------------------------------------------------------------- pointer


@pytest.mark.parametrize("zoom", [1, 1.5])
@pytest.mark.parametrize("above", [0, 1500])
def test_the_pixel_under_the_pointer(open_bench, zoom, above):
    page = open_bench(above=above)
    page.evaluate("zoom => { document.body.style.zoom = zoom; scrollTo(0, 0); }", zoom)
    page.locator(".bench-pictures").scroll_into_view_if_needed()
    for i, j in [(1, 1), (62, 62), (20, 33)]:
        page.mouse.move(*at(page, "picture", i, j))
        assert place(page) == (i - 1, j - 1)
    for i, j in [(0, 0), (61, 61), (40, 7)]:
        page.mouse.move(*at(page, "output", i, j))
        assert place(page) == (i, j)
        bench = bench_picture(PORTRAIT, SOBEL, place=(i, j))
        assert sentence(page) == bench.picture().sentence
        assert frame(page, "picture") == (i, j, 3, 3)
    page.mouse.move(*at(page, "picture", 0, 0))
    assert place(page) == (0, 0)
    page.mouse.move(*at(page, "picture", 63, 63))
    assert place(page) == (61, 61)


def test_leaving_brings_the_window_back_and_pressing_keeps_it(open_bench):
    page = open_bench()
    page.mouse.move(*at(page, "output", 3, 4))
    assert place(page) == (3, 4)
    page.mouse.move(1, 1)
    assert place(page) == (31, 31)
    page.mouse.click(*at(page, "output", 3, 4))
    page.mouse.move(1, 1)
    assert place(page) == (3, 4)
    assert told(page).endswith("o=3,4")


def test_dragging_moves_the_window_and_stops_at_the_border(open_bench):
    page = open_bench()
    page.mouse.move(*at(page, "picture", 10, 10))
    page.mouse.down()
    page.mouse.move(*at(page, "picture", 30, 50), steps=4)
    assert place(page) == (29, 49)
    page.mouse.move(2, 2, steps=3)
    assert place(page) == (0, 0)
    page.mouse.up()
    page.mouse.move(*at(page, "output", 5, 5))
    page.mouse.move(1, 1)
    assert place(page) == (0, 0)


def test_a_second_drag_moves_the_window_as_the_first(open_bench):
    page = open_bench()
    for to in (30, 20):
        page.mouse.move(*at(page, "picture", 10, 10))
        page.mouse.down()
        page.mouse.move(*at(page, "picture", to, to), steps=8)
        page.mouse.up()
        assert place(page) == (to - 1, to - 1)


def test_the_window_of_an_even_kernel(open_bench):
    page = open_bench(bench_picture(PORTRAIT, np.ones((2, 4), int)))
    page.mouse.move(*at(page, "picture", 20, 20))
    assert place(page) == (19, 18)


def test_dragged_by_touch_while_the_page_scrolls_elsewhere(open_bench):
    page = open_bench(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    touch = page.context.new_cdp_session(page)

    def drag(*points):
        for n, (x, y) in enumerate(points):
            kind = "touchMove" if n else "touchStart"
            touch.send(
                "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]}
            )
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    drag(*(at(page, "picture", n, n + 5) for n in (10, 30, 40)))
    assert place(page) == (39, 44)
    assert page.evaluate("scrollY") == 0
    x, y = at(page, "output", 20, 20)
    page.touchscreen.tap(x, y)
    assert place(page) == (20, 20)
    drag(*((x, y - 20 * n) for n in range(5)))
    page.wait_for_function("scrollY > 0")
    assert place(page)[1] == 20


def test_walked_with_the_keyboard(open_bench):
    page = open_bench()
    stops = []
    while "Copy link" not in stops:
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate("document.activeElement.className || document.activeElement.ariaLabel")
        )
        assert len(stops) < 40
    assert sum("bench-photo" in stop for stop in stops) == 1
    page.locator(".picture-photo").focus()
    for key, expected in [
        ("ArrowUp", (30, 31)),
        ("ArrowLeft", (30, 30)),
        ("ArrowDown", (31, 30)),
        ("Shift+ArrowRight", (31, 40)),
        ("PageUp", (21, 40)),
        ("PageDown", (31, 40)),
        ("Home", (31, 0)),
        ("ArrowLeft", (31, 0)),
        ("Control+End", (61, 61)),
        ("ArrowDown", (61, 61)),
        ("Control+Home", (0, 0)),
    ]:
        page.keyboard.press(key)
        assert place(page) == expected
        assert sentence(page).startswith(f"Row {expected[0]}, column {expected[1]}: ")
    assert page.locator(".bench-sentence").get_attribute("aria-live") == "polite"
    assert page.evaluate("scrollY") == 0


# ---------------------------------------------------------------- the reader's own picture

OWN = np.random.default_rng(1).integers(0, 256, (30, 40, 3), dtype=np.uint8)
DROP = """([element, name, type, text]) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], "own", { type }));
    const options = { bubbles: true, cancelable: true };
    const event = name === "paste" ? new ClipboardEvent(name, { clipboardData: data, ...options })
        : new DragEvent(name, { dataTransfer: data, ...options });
    return element.dispatchEvent(event);
}"""


def encoded(pixels, kind="PNG", **options):
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, format=kind, **options)
    return file.getvalue()


def choose(page, content, mime="image/png"):
    page.locator(".bench input[type=file]").set_input_files(
        {"name": "own", "mimeType": mime, "buffer": content}
    )


def is_own(page):
    return page.evaluate("!document.querySelector('.bench').bench.isFirstImage")


def wait_for_own(page):
    page.wait_for_function("!document.querySelector('.bench').bench.isFirstImage")


def test_an_own_picture_is_shown_and_goes_nowhere(open_bench):
    page = open_bench()
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    before = told(page)
    choose(page, encoded(OWN))
    wait_for_own(page)
    x = grey(OWN)
    np.testing.assert_array_equal(painted(page, "picture")[..., 0], x)
    np.testing.assert_array_equal(shown(page), bench_picture(x, SOBEL).output)
    assert note(page) == "Your picture of 30×40 pixels. It stays in this browser."
    slide(page, "bias", 5)
    page.wait_for_function("location.hash.includes('b=5')")
    assert page.evaluate("location.hash") == f"#bench={told(page)}"
    assert "b=5" in told(page)
    assert len(told(page)) < 60
    press(page, "colour")
    np.testing.assert_array_equal(painted(page, "picture"), OWN)
    press(page, "Copy as Python")
    assert "Image.open" in page.locator(".bench-code").inner_text()
    assert [url for url in requests if not url.startswith(("data:", "blob:"))] == []
    press(page, "Back to the picture of the book")
    assert not is_own(page)
    assert told(page).startswith("1;k=")
    for _ in range(4):
        press(page, "Undo")
    assert told(page) == before
    np.testing.assert_array_equal(painted(page, "picture")[..., 0], PORTRAIT)
    press(page, "Redo")
    assert is_own(page)
    press(page, "Reset")
    assert not is_own(page)


def test_python_for_an_own_picture_computes_the_same(open_bench, tmp_path, monkeypatch):
    page = open_bench(bench_picture(COLOUR, REDNESS))
    choose(page, encoded(OWN))
    wait_for_own(page)
    press(page, "Copy as Python")
    (tmp_path / "your-picture.jpg").write_bytes(encoded(OWN))
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(page.locator(".bench-code").inner_text(), names)
    np.testing.assert_array_equal(names["y"], shown(page))


@pytest.mark.parametrize("name", ["drop", "paste"])
def test_a_picture_is_dropped_or_pasted(open_bench, name):
    page = open_bench()
    element = page.locator(".picture-photo").element_handle()
    text = base64.b64encode(encoded(OWN)).decode()
    assert page.evaluate(DROP, [element, name, "image/png", text]) is False
    wait_for_own(page)
    np.testing.assert_array_equal(painted(page, "picture")[..., 0], grey(OWN))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_its_camera_says(open_bench, orientation):
    pixels = np.zeros((24, 32, 3), dtype=np.uint8)
    pixels[:8, :8] = 255
    pixels[16:, 24:] = 128
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = encoded(pixels, "JPEG", quality=100, exif=exif)
    page = open_bench()
    choose(page, content, "image/jpeg")
    wait_for_own(page)
    from PIL import ImageOps

    turned = np.array(ImageOps.exif_transpose(Image.open(io.BytesIO(content))))
    seen = painted(page, "picture").astype(int)
    assert seen.shape == turned.shape
    assert np.abs(seen - turned).max() <= 8


def test_a_large_picture_is_reduced_and_says_so(open_bench):
    large = np.kron(OWN[:24, :30], np.ones((25, 25, 1), dtype=np.uint8))
    page = open_bench()
    choose(page, encoded(large))
    wait_for_own(page)
    assert note(page) == (
        "Your picture of 600×750 pixels is reduced to 205×256. It stays in this browser."
    )
    seen = painted(page, "picture")[..., 0].astype(int)
    assert seen.shape == (205, 256)
    middles = seen[(np.arange(24) * 205 + 102) // 24][:, (np.arange(30) * 256 + 128) // 30]
    assert np.abs(middles - grey(OWN[:24, :30])).max() <= 3


def test_a_reduced_picture_is_an_average(open_bench):
    stripes = np.zeros((512, 512, 3), dtype=np.uint8)
    stripes[:, ::2] = 200
    page = open_bench()
    choose(page, encoded(stripes))
    wait_for_own(page)
    assert np.abs(painted(page, "picture").astype(int) - 100).max() <= 2


def test_what_is_transparent_lies_on_white(open_bench):
    page = open_bench()
    choose(page, encoded(np.zeros((9, 9, 4), dtype=np.uint8)))
    wait_for_own(page)
    assert (painted(page, "picture") == 255).all()


@pytest.mark.parametrize(
    ("content", "mime", "says"),
    [
        (b"Hello", "text/plain", "That is no picture; choose a file such as a JPEG or a PNG"),
        (b"Hello", "image/png", "Your browser cannot read this picture; try a JPEG or a PNG"),
        (b"", "image/jpeg", "Your browser cannot read this picture; try a JPEG or a PNG"),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
            "image/svg+xml",
            "Your browser cannot read this picture; try a JPEG or a PNG",
        ),
    ],
)
def test_what_is_no_picture_is_refused(open_bench, content, mime, says):
    page = open_bench()
    choose(page, content, mime)
    page.wait_for_function(
        "says => document.querySelector('.bench-note').textContent === says", arg=says
    )
    assert not is_own(page)
    np.testing.assert_array_equal(painted(page, "picture")[..., 0], PORTRAIT)


def test_a_picture_smaller_than_the_kernel_gets_convlib_s_sentence(open_bench):
    page = open_bench()
    choose(page, encoded(OWN[:2]))
    wait_for_own(page)
    with pytest.raises(ValueError, match="does not fit") as caught:
        bench_picture(OWN[:2, :, 0].copy(), SOBEL)
    assert sentence(page) == str(caught.value)
    assert not page.locator(".output-photo").is_visible()
    assert not page.locator(".bench-arithmetic").is_visible()
    page.mouse.move(*at(page, "picture", 0, 0))
    page.mouse.click(*at(page, "picture", 1, 1))
    page.keyboard.press("ArrowDown")
    assert sentence(page) == str(caught.value)
    page.get_by_label("rows: less").click()
    page.get_by_label("rows: less").click()
    assert shown(page).shape == (2, 38)
    assert page.locator(".output-photo").is_visible()


def test_of_two_pictures_the_last_one_is_shown(open_bench):
    page = open_bench()
    large = np.kron(OWN, np.ones((50, 50, 1), dtype=np.uint8))
    choose(page, encoded(large))
    choose(page, encoded(OWN))
    page.wait_for_function("document.querySelector('.bench-note').textContent.includes('30×40')")
    page.evaluate("new Promise((done) => setTimeout(done))")
    assert painted(page, "picture").shape == OWN.shape
