"""The view of a network: its maps, what belongs to a cell, the stages, changes and undo."""

import gzip
import re

import numpy as np
import pytest
from rjsmin import jsmin

from convlib.digits import load_digits
from convlib.explore import explore_network
from convlib.nn import AvgPool, Conv2D, Dense, Flatten, MaxPool, Network, ReLU, load_stages, softmax
from convlib.web import source
from convlib.web.benches import KINDS, SHARED
from convlib.web.networks import SOURCES, network_script, network_style
from tests.in_browser import violations
from tests.web.test_network import edit_network
from tests.web.test_pad import PAGE, press, settled, stroke

BYTES_BUDGET = 20_000
POOLS = {"mean": AvgPool(2), "off": MaxPool(1, stride=2)}
SCRIPT_BUDGET = 16  # milliseconds from a stroke to everything drawn
TITLES = [
    "Input",
    *(f"{name} {n}" for n in (1, 2) for name in ("Convolution", "ReLU", "Pooling")),
    "Scores",
    "Probabilities",
]
CANVASES = """(layer) => [...document.querySelectorAll(".maps-layer")[layer]
  .querySelectorAll("canvas")].map((canvas) => {
    const { width, height } = canvas;
    const copy = Object.assign(document.createElement("canvas"), { width, height });
    const context = copy.getContext("2d", { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    return Array.from({ length: height }, (_, i) => Array.from({ length: width }, (_, j) => {
      const [r, g, b, alpha] = data.slice(4 * (i * width + j));
      return r > b + 30 ? -alpha : alpha;
    }));
  })"""


@pytest.fixture(scope="module")
def digits():
    return load_digits()


@pytest.fixture
def seven(digits):
    return digits.x_test[digits.y_test.tolist().index(7)]


def layers_seen(network, image):
    """Return what convlib's layers make of an image, with its shares at the end, no Flatten."""
    outputs = [o[0] for o in network.outputs(image[np.newaxis])]
    kept = [o for o, layer in zip(outputs, network.layers) if not isinstance(layer, Flatten)]
    return [image, *kept, softmax(outputs[-1][np.newaxis])[0]]


def assert_maps(page, network, image):
    """Every canvas and every bar shows what convlib computes."""
    settled(page)
    for number, expected in enumerate(layers_seen(network, image)):
        if expected.ndim == 1:
            bars = page.locator(".maps-layer").nth(number).locator(".share-number")
            texts = [t.replace("−", "-").removesuffix(" %") for t in bars.all_inner_texts()]
            scale = 100 if number == len(TITLES) - 1 else 1
            np.testing.assert_allclose(
                [float(t) for t in texts], scale * expected, atol=0.051 if scale > 1 else 0.006
            )
            continue
        most = 1 if number == 0 else np.abs(expected).max()
        shown = np.array(page.evaluate(CANVASES, number))
        assert shown.shape == expected.shape
        levels = 255 * expected / max(most, 1e-9)
        np.testing.assert_allclose(np.abs(shown), np.abs(levels), atol=1)
        strong = np.abs(levels) > 60
        assert (np.sign(shown[strong]) == np.sign(levels[strong])).all()


def maps(page, title):
    return page.locator(".maps").nth(TITLES.index(title))


def click(page, title, number, i, j, shape, act="click"):
    canvas = maps(page, title).locator("canvas").nth(number)
    canvas.evaluate("canvas => canvas.scrollIntoView({ block: 'center' })")
    box = canvas.bounding_box()
    at = {"x": (j + 0.5) * box["width"] / shape[1], "y": (i + 0.5) * box["height"] / shape[0]}
    getattr(canvas, act)(position=at)


def box_of(page, title, number, shape, kind="box"):
    """Return the first and last row and column of a frame over a map, or None."""
    frame = maps(page, title).locator(".map").nth(number).locator(f".{kind}:visible")
    if frame.count() == 0:
        return None
    style = frame.evaluate("({ style }) => [style.top, style.height, style.left, style.width]")
    top, height, left, width = (float(value.removesuffix("%")) / 100 for value in style)
    rows, columns = (
        [round(start * n), round((start + size) * n) - 1]
        for start, size, n in ((top, height, shape[0]), (left, width, shape[1]))
    )
    return (*rows, *columns)


def numbers(page, name):
    """Read a grid of the sum from its label, or its cells."""
    grid = page.locator(f'.sum .cells[aria-label^="{name}"]').first
    if grid.get_attribute("role") == "img":
        rows = grid.get_attribute("aria-label").removeprefix(f"{name}: ").split("; ")
        return np.array([[float(t.replace("−", "-")) for t in r.split(", ")] for r in rows])
    cells = grid.locator('[role="row"]').all()
    return np.array(
        [
            [float(t.replace("−", "-")) for t in r.locator('[role="gridcell"]').all_inner_texts()]
            for r in cells
        ]
    )


def total(page):
    text = page.locator(".sum-total").inner_text()
    return float(re.split("[=≈] ", text)[1].replace("−", "-"))


def view(page, code):
    return page.evaluate(
        f"(() => {{ const v = document.querySelector('.network').network; {code} }})()"
    )


# ---------------------------------------------------------------- layers


def test_every_layer_is_shown_in_order(open_network, seven):
    page = open_network()
    assert page.locator(".maps-layer .head").all_inner_texts() == TITLES
    sizes = page.locator(".maps-size").all_inner_texts()
    assert sizes[:4] == ["1 map of 28×28", *["8 maps of 24×24"] * 2, "8 maps of 12×12"]
    assert sizes[4:] == [*["16 maps of 8×8"] * 2, "16 maps of 4×4", *["10 numbers"] * 2]
    assert_maps(page, load_stages()[-1].network, seven)
    assert page.locator(".reads-digit").inner_text() == "7"
    assert page.locator(".reads-sentence").inner_text() == "It reads 7: 100 %."


def test_the_same_picture_at_every_stage(open_network, seven):
    page, stages = open_network(), load_stages()
    slider = page.get_by_label("stage of the training")
    assert slider.input_value() == slider.get_attribute("max") == str(len(stages) - 1)
    for number in (0, 1, 5):
        slider.fill(str(number))
        settled(page)
        stage = stages[number]
        assert_maps(page, stage.network, seven)
        assert slider.get_attribute("aria-valuetext") == stage.name
        text = f"{stage.name}: {stage.test_right} of 1,000 test digits right"
        assert page.locator(".training-name").inner_text() == text


def test_a_stroke_is_followed_by_every_layer(open_network):
    page = open_network()
    stroke(page, (3, 25), (25, 25))
    settled(page)
    image = view(page, "return [...v.picture.data]")
    assert_maps(page, load_stages()[-1].network, np.array(image, np.float32).reshape(1, 28, 28))


def test_a_story_shows_a_layer_and_the_one_before(open_network):
    page = open_network()
    press(page, "One after the other")
    seen = []
    for _ in TITLES[1:]:
        shown = page.locator(".maps-layer:visible .head").all_inner_texts()
        seen.append(shown[-1])
        assert shown == TITLES[TITLES.index(shown[-1]) - 1 : TITLES.index(shown[-1]) + 1]
        assert page.locator(".sum-title").inner_text().startswith(shown[-1])
        page.get_by_role("button", name="the next layer").evaluate("button => button.click()")
    assert seen == TITLES[1:]
    page.get_by_role("button", name="the layer before").click()
    assert page.locator(".maps-layer:visible .head").all_inner_texts() == TITLES[6:8]
    press(page, "All layers")
    assert page.locator(".maps-layer:visible").count() == len(TITLES)


# ---------------------------------------------------------------- pointing


@pytest.mark.parametrize("zoom", [1, 1.5])
def test_a_cell_of_the_first_convolution(open_network, seven, zoom):
    page, network = open_network(), load_stages()[-1].network
    page.evaluate("zoom => { document.body.style.zoom = zoom }", zoom)
    weight, bias = network.parameters["0.weight"], network.parameters["0.bias"]
    for number, i, j in ((0, 0, 0), (3, 11, 14), (7, 23, 23)):
        click(page, "Convolution 1", number, i, j, (24, 24))
        name = f"Convolution 1, map {number}, row {i}, column {j}"
        assert page.locator(".sum-title").inner_text() == name
        patch = seven[0, i : i + 5, j : j + 5]
        np.testing.assert_allclose(numbers(page, "patch"), patch, atol=0.006)
        np.testing.assert_allclose(numbers(page, "weights"), weight[number, 0], atol=0.006)
        products = patch * weight[number, 0]
        np.testing.assert_allclose(numbers(page, "products"), products, atol=0.006)
        assert total(page) == pytest.approx(products.sum() + bias[number], abs=0.006)
        assert box_of(page, "Input", 0, (28, 28)) == (i, i + 4, j, j + 4)
        assert box_of(page, "Convolution 1", number, (24, 24), "dot") == (i, i, j, j)
        assert f"rows {i} to {i + 4}, columns {j} to {j + 4}." in sentence(page)


def sentence(page):
    return page.locator(".sum-sentence").inner_text()


def test_a_cell_of_the_second_convolution_adds_up_all_maps(open_network, seven):
    page, network = open_network(), load_stages()[-1].network
    pooled = layers_seen(network, seven)[3]
    click(page, "Convolution 2", 5, 2, 3, (8, 8))
    products = pooled[:, 2:7, 3:8] * network.parameters["3.weight"][5]
    sums = [
        float(text.split(": ")[1].replace("−", "-"))
        for text in page.locator(".sum-maps button").all_inner_texts()
    ]
    np.testing.assert_allclose(sums, products.sum(axis=(1, 2)), atol=0.006)
    expected = products.sum() + network.parameters["3.bias"][5]
    assert total(page) == pytest.approx(expected, abs=0.006)
    for number in range(8):
        assert box_of(page, "Pooling 1", number, (12, 12)) == (2, 6, 3, 7)
    assert box_of(page, "Input", 0, (28, 28)) == (4, 17, 6, 19)
    assert "14×14 pixels: rows 4 to 17, columns 6 to 19." in sentence(page)
    page.locator(".sum-maps button").nth(6).click()
    np.testing.assert_allclose(numbers(page, "patch"), pooled[6, 2:7, 3:8], atol=0.006)
    np.testing.assert_allclose(numbers(page, "products"), products[6], atol=0.006)


def test_cells_of_the_other_layers(open_network, seven):
    page, network = open_network(), load_stages()[-1].network
    seen = dict(zip(TITLES, layers_seen(network, seven), strict=True))
    click(page, "Pooling 1", 1, 5, 6, (12, 12))
    window = seen["ReLU 1"][1, 10:12, 12:14]
    np.testing.assert_allclose(numbers(page, "patch"), window, atol=0.006)
    assert f"is {round(float(window.max()), 2):g}." in sentence(page)
    assert box_of(page, "ReLU 1", 1, (24, 24)) == (10, 11, 12, 13)
    assert box_of(page, "ReLU 1", 0, (24, 24)) is None
    assert box_of(page, "Input", 0, (28, 28)) == (10, 15, 12, 17)
    click(page, "ReLU 2", 4, 3, 3, (8, 8))
    assert box_of(page, "Convolution 2", 4, (8, 8)) == (3, 3, 3, 3)
    before, after = seen["Convolution 2"][4, 3, 3], seen["ReLU 2"][4, 3, 3]
    assert (before > 0) == (after > 0) == ("stays" in sentence(page))
    maps(page, "Scores").locator(".share").nth(7).click()
    weight = network.parameters["7.weight"][7].reshape(16, 4, 4)
    sums = (seen["Pooling 2"] * weight).sum(axis=(1, 2))
    texts = page.locator(".sum-maps button:visible").all_inner_texts()
    found = [float(text.split(": ")[1].replace("−", "-")) for text in texts]
    np.testing.assert_allclose(found, sums, atol=0.006)
    assert total(page) == pytest.approx(seen["Scores"][7], abs=0.006)
    assert box_of(page, "Pooling 2", 9, (4, 4)) == (0, 3, 0, 3)
    assert "the whole input" in sentence(page)
    maps(page, "Probabilities").locator(".share").nth(3).click()
    assert sentence(page).startswith(f"e to the power of {seen['Scores'][3]:.2f}")


def test_rounded_parts_need_not_add_up_and_say_so(open_network):
    page = open_network()
    write = "([sum, bias]) => convlib.totalText({terms: [{sum}], bias, value: sum + bias})"
    assert page.evaluate(write, [0.75, -0.5]) == "0.75 + (−0.5) = 0.25"
    assert page.evaluate(write, [3.394, -0.436]) == "3.39 + (−0.44) ≈ 2.96"


def test_a_pixel_shows_all_that_it_reaches(open_network, seven):
    page, network = open_network(), load_stages()[-1].network
    click(page, "Input", 0, 13, 9, (28, 28), "hover")
    changed = seven.copy()
    reached = [np.zeros(o.shape, bool) for o in layers_seen(network, seven)]
    for value in (-5, 5, 40):
        changed[0, 13, 9] = value
        for mask, a, b in zip(
            reached, layers_seen(network, seven), layers_seen(network, changed), strict=True
        ):
            mask |= a != b
    for title, mask in zip(TITLES[1:7], reached[1:7]):
        shape = mask.shape[1:]
        frame = box_of(page, title, 0, shape)
        rows, columns = np.flatnonzero(mask.any(axis=(0, 2))), np.flatnonzero(mask.any(axis=(0, 1)))
        assert frame[0] <= rows[0]
        assert frame[1] >= rows[-1]
        assert frame[2] <= columns[0]
        assert frame[3] >= columns[-1]
        if title in ("Convolution 1", "Pooling 1", "Convolution 2"):
            assert frame == (rows[0], rows[-1], columns[0], columns[-1])
    assert "5×5 in Convolution 1, 3×3 in Pooling 1" in sentence(page)
    page.mouse.move(5, 5)
    assert page.locator(".sum-title").inner_text().startswith("Convolution 1")


def test_cells_by_keyboard(open_network):
    page = open_network()
    maps(page, "Convolution 2").focus()
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert page.locator(".sum-title").inner_text() == "Convolution 2, map 1, row 1, column 1"
    page.wait_for_function(
        "document.querySelector('.only-read').textContent.startsWith('Convolution 2, map 1, row 1')"
    )
    maps(page, "Scores").focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert page.locator(".sum-title").inner_text() == "Scores, number 3"


# ---------------------------------------------------------------- changes


def write_weight(page, i, j, text):
    grid = page.locator('.sum .cells[aria-label="weights"]')
    grid.locator(f'[role="gridcell"][aria-label^="row {i}, column {j}:"]').focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_changes_are_followed_everywhere_and_undone(open_network, seven):
    page, network = open_network(), load_stages()[-1].network
    click(page, "Convolution 1", 2, 10, 10, (24, 24))
    write_weight(page, 1, 3, "-2.5")
    edit_network(network, {"what": "weight", "layer": 0, "at": 2 * 25 + 8, "value": -2.5})
    assert_maps(page, network, seven)
    bias = page.locator('.sum input[aria-label="bias"]')
    bias.fill("1.5")
    edit_network(network, {"what": "bias", "layer": 0, "at": 2, "value": 1.5})
    assert_maps(page, network, seven)
    click(page, "Convolution 2", 6, 3, 3, (8, 8))
    page.locator(".sum-maps button").nth(3).click()
    write_weight(page, 4, 0, "3")
    at = ((6 * 8 + 3) * 5 + 4) * 5
    edit_network(network, {"what": "weight", "layer": 3, "at": at, "value": 3})
    assert_maps(page, network, seven)
    press(page, "Silence filter 6")
    edit_network(network, {"what": "silence", "layer": 3, "filter": 6})
    assert_maps(page, network, seven)
    assert page.locator('.sum-maps [aria-pressed="true"]').inner_text() == "3: 0"
    page.get_by_label("swap this filter with").select_option("12")
    edit_network(network, {"what": "swap", "layer": 3, "filter": 6, "other": 12})
    assert_maps(page, network, seven)
    assert maps(page, "Convolution 2").locator(".map-name").all_inner_texts()[12] == "12 silent"
    press(page, "Undo the last change")
    edit_network(network, {"what": "swap", "layer": 3, "filter": 6, "other": 12})
    assert_maps(page, network, seven)
    press(page, "Undo all changes")
    assert_maps(page, load_stages()[-1].network, seven)
    assert page.locator(".effect").inner_text().startswith("Here stands")


@pytest.mark.parametrize("wake", ["Undo the last change", "Wake filter 1"])
def test_a_silent_filter_comes_back_with_its_bias(open_network, seven, wake):
    page = open_network()
    click(page, "Convolution 1", 1, 10, 10, (24, 24))
    press(page, "Silence filter 1")
    assert page.locator('.sum input[aria-label="bias"]').input_value() == "0"
    press(page, wake)
    assert page.locator('.sum input[aria-label="bias"]').input_value() == "-0.44"
    assert_maps(page, load_stages()[-1].network, seven)


@pytest.mark.parametrize(("how", "pool"), POOLS.items())
def test_other_pools(open_network, seven, how, pool):
    page, whole = open_network(), load_stages()[-1].network
    press(page, how)
    layers = [pool if isinstance(layer, MaxPool) else layer for layer in whole.layers]
    assert_maps(page, Network(*layers), seven)
    press(page, "largest")
    assert_maps(page, whole, seven)
    press(page, "Undo the last change")
    assert_maps(page, Network(*layers), seven)


def test_the_page_says_what_other_pools_do(seven, digits):
    whole, text = load_stages()[-1].network, PAGE.read_text(encoding="utf-8")
    x, y = digits.x_test[:200], digits.y_test[:200]
    reads = {}
    for how, pool in POOLS.items():
        layers = [pool if isinstance(layer, MaxPool) else layer for layer in whole.layers]
        network = Network(*layers)
        shares = softmax(network(seven[np.newaxis])[0])[0]
        right = (network(x)[0].argmax(axis=1) == y).sum()
        reads[how] = shares.argmax(), f"{100 * shares.max():.0f} %", right
    right = (whole(x)[0].argmax(axis=1) == y).sum()
    (one, share, ones), (other, sure, others) = reads["mean"], reads["off"]
    assert one == 7
    assert (
        f"still read as 7, with {share}; with pooling off it becomes a {other}, with {sure}."
        in text
    )
    assert f"reads {ones} and {others} rightly; unchanged {right}." in text


def test_moving_the_drawing(open_network, seven):
    page = open_network()
    for _ in range(3):
        press(page, "move the drawing to the right")
    press(page, "move the drawing up")
    expected = np.zeros_like(seven)
    expected[0, :-1, 3:] = seven[0, 1:, :-3]
    assert_maps(page, load_stages()[-1].network, expected)
    text = page.locator(".effect").inner_text()
    assert text.startswith("Moved 1 up and 3 to the right it ")
    press(page, "Undo all changes")
    assert_maps(page, load_stages()[-1].network, seven)


@pytest.mark.parametrize("filter", [1, 4])
def test_what_a_change_did_is_said_and_counted(open_network, seven, digits, filter):
    page, network = open_network(), load_stages()[-1].network
    click(page, "Convolution 1", filter, 10, 10, (24, 24))
    press(page, f"Silence filter {filter}")
    edit_network(network, {"what": "silence", "layer": 0, "filter": filter})
    shares = softmax(network(seven[np.newaxis])[0])[0]
    text = page.locator(".effect").inner_text()
    said = re.fullmatch(
        rf"Without filter {filter} of convolution 1 it (?:still )?reads (\d): (\d+) %\. "
        r"Unchanged (?:it is|it reads 7:) 100 %\.",
        text,
    )
    assert said, text
    assert int(said[1]) == shares.argmax()
    assert int(said[2]) == pytest.approx(100 * shares.max(), abs=0.51)
    x, y = digits.x_test[:200], digits.y_test[:200]
    right = (network(x)[0].argmax(axis=1) == y).sum()
    whole = (load_stages()[-1].network(x)[0].argmax(axis=1) == y).sum()
    counted = f"Of 200 test digits it now reads {right} rightly; unchanged {whole}."
    page.get_by_text(counted, exact=True).wait_for()


def test_changes_stay_when_the_stage_moves(open_network, seven):
    page, network = open_network(), load_stages()[2].network
    click(page, "Convolution 1", 3, 10, 10, (24, 24))
    press(page, "Silence filter 3")
    page.get_by_label("stage of the training").fill("2")
    edit_network(network, {"what": "silence", "layer": 0, "filter": 3})
    assert_maps(page, network, seven)


def test_what_is_no_number_changes_nothing(open_network, seven):
    page = open_network()
    click(page, "Convolution 1", 3, 10, 10, (24, 24))
    write_weight(page, 0, 0, "two")
    page.keyboard.press("Escape")
    assert_maps(page, load_stages()[-1].network, seven)
    assert view(page, "return v.changes.edits.length") == 0


def test_copied_python_computes_the_same(open_network, capsys):
    page = open_network()
    press(page, "a real 3")
    press(page, "move the drawing down")
    page.get_by_label("stage of the training").fill("6")
    click(page, "Convolution 2", 6, 3, 3, (8, 8))
    write_weight(page, 4, 0, "3")
    page.get_by_label("swap this filter with").select_option("12")
    click(page, "Convolution 1", 0, 3, 3, (24, 24))
    press(page, "Silence filter 0")
    page.locator('.sum input[aria-label="bias"]').fill("0.75")
    press(page, "mean")
    press(page, "Copy as Python")
    names = {}
    exec(page.locator(".bench-code").inner_text(), names)
    found = view(page, "return [[...v.picture.data], [...v.outputs.at(-2).data]]")
    np.testing.assert_array_equal(names["x"].ravel(), np.array(found[0], np.float32))
    np.testing.assert_allclose(names["scores"][0], found[1], rtol=1e-4, atol=1e-4)
    assert capsys.readouterr().out.startswith(str(int(np.argmax(found[1]))))


# ---------------------------------------------------------------- networks of the reader's own


def test_a_network_of_the_reader_s_own(open_network):
    rng = np.random.default_rng(0)
    network = Network(
        Conv2D(3, 2, 3, padding=2, dilation=2, rng=rng),
        ReLU(),
        MaxPool(2),
        Flatten(),
        Dense(24, 4, rng=rng),
    )
    image = rng.random((3, 6, 8)).astype(np.float32)
    page = open_network(explore_network(network, image))
    assert page.locator(".pad").count() == page.locator(".starts").count() == 0
    titles = ["Input", "Convolution", "ReLU", "Pooling", "Scores", "Probabilities"]
    assert page.locator(".maps-layer .head").all_inner_texts() == titles
    np.testing.assert_allclose(
        view(page, "return [...v.outputs.at(-2).data]"), network(image[None])[0][0], rtol=1e-5
    )
    page.locator(".maps").nth(1).locator("canvas").first.click(position={"x": 1, "y": 1})
    boxes = maps(page, "Input").locator(".map").nth(2).locator(".box:visible")
    styles = boxes.evaluate_all("all => all.map(({ style }) => [style.top, style.left])")
    places = [[float(share.rstrip("%")) for share in both] for both in styles]
    expected = [[100 * row / 6, 100 * column / 8] for row in (0, 2) for column in (0, 2)]
    np.testing.assert_allclose(places, expected, atol=0.01)
    assert sentence(page).endswith("It can see 2×2 pixels: rows 0, 2, columns 0, 2.")
    read = network(image[None])[0][0].argmax()
    assert page.locator(".reads-digit").inner_text() == str(read)


def test_a_network_without_an_answer_shows_its_maps(open_network):
    network = Network(Conv2D(1, 2, 3, rng=0), ReLU())
    page = open_network(explore_network(network))
    assert page.locator(".maps-layer .head").all_inner_texts() == ["Input", "Convolution", "ReLU"]
    assert page.locator(".reads").count() == 0


# ---------------------------------------------------------------- the page


@pytest.mark.parametrize(
    ("theme", "width"), [("light", 320), ("dark", 390), ("light", 700), ("dark", 1600)]
)
def test_accessible_and_fitting(open_network, theme, width):
    page = open_network(theme=theme, viewport={"width": width, "height": 900})
    click(page, "Convolution 2", 5, 2, 3, (8, 8))
    click(page, "Input", 0, 13, 9, (28, 28), "hover")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 1000])
def test_targets_and_text_are_large_enough(open_network, width):
    page = open_network(viewport={"width": width, "height": 900})
    click(page, "Convolution 2", 5, 2, 3, (8, 8))
    small = page.evaluate(
        """() => {
          const all = [...document.querySelectorAll(".network *")]
            .filter((e) => e.checkVisibility());
          const targets = all
            .filter((e) => e.matches("button, select, input, [role=gridcell], .maps"));
          const texts = all.filter((e) =>
            [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
          const isSmall = (e) => {
            const { width, height } = (e.closest("label") ?? e).getBoundingClientRect();
            return Math.min(width, height) < 23.9;
          };
          return [
            targets.filter(isSmall).map((e) => e.outerHTML.slice(0, 80)),
            texts.filter((e) => Number.parseFloat(getComputedStyle(e).fontSize) < 11)
              .map((e) => e.outerHTML.slice(0, 80)),
          ];
        }"""
    )
    assert small == [[], []]


def test_forced_colours_show_what_is_chosen_and_print_a_still(open_network):
    page = open_network(forced_colors="active")
    style = "(element, name) => getComputedStyle(element)[name]"
    whole, story = (
        page.get_by_role("button", name=name) for name in ("All layers", "One after the other")
    )
    assert whole.evaluate(style, "outlineStyle") == "solid"
    assert story.evaluate(style, "outlineStyle") == "none"
    assert page.locator(".map-frame").first.evaluate(style, "outlineStyle") == "solid"
    assert page.locator(".share-bar").first.evaluate(style, "forcedColorAdjust") == "none"
    page.emulate_media(media="print")
    assert page.locator(".network :is(.pad-tools, .starts, .changes):visible").count() == 0
    assert page.locator(".network canvas:visible").count() > 50
    assert page.locator(".reads-sentence").inner_text() == "It reads 7: 100 %."


def test_the_theme_is_followed(open_network):
    page = open_network()
    ink = """() => { const canvas = document.querySelector(".gets-picture");
      const copy = document.createElement("canvas");
      const context = copy.getContext("2d", { willReadFrequently: true });
      context.drawImage(canvas, 0, 0);
      const { data } = context.getImageData(0, 0, 28, 28);
      return Math.max(...data.filter((value, at) => at % 4 === 0)); }"""
    assert page.evaluate(ink) < 80
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_function(f"({ink})() > 200")


def test_without_script_a_still_stands(open_network):
    page = open_network(java_script_enabled=False)
    assert page.locator(".network svg").first.is_visible()
    assert page.locator(".bench-sentence").inner_text() == "It reads 7: 100 %."


def test_a_stroke_is_drawn_fast(open_network):
    page = open_network()
    times = view(
        page,
        """
        v.pad.clear(); v.pad.begin([4, 4], false);
        return Array.from({ length: 60 }, (_, n) => {
          const start = performance.now();
          v.pad.go([4 + n / 3, 4 + n / 3]);
          v.update();
          return performance.now() - start;
        });""",
    )
    print(f"quickest {min(times):.1f} ms, median {np.median(times):.1f} ms")
    assert min(times) <= SCRIPT_BUDGET  # the others wait for whatever else the machine does


def test_scripts_are_light():
    """What comes in addition to the sources that the benches have, too, as the site sends it."""
    benches = {*SHARED, *sum(KINDS.values(), ())}
    shared = "\n".join(source(name) for name in SOURCES if name in benches)
    more = weight(jsmin(network_script())) - weight(jsmin(shared))
    more += weight(network_style()) - weight(source("bench.css"))
    print(more, "bytes more")
    assert more <= BYTES_BUDGET


def weight(text):
    return len(gzip.compress(text.encode()))
