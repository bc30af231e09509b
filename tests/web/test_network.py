"""The browser's network is convlib's: every number of every layer, every class, every drawing."""

import base64

import numpy as np
import pytest

from convlib import avgpool, conv2d, maxpool
from convlib.digits import load_digits
from convlib.explore.networks.packing import TESTED, pack_book, pack_network
from convlib.nn import AvgPool, Conv2D, Dense, Flatten, MaxPool, Network, ReLU, load_stages, softmax
from convlib.web.networks import network_script

BATCH = 100
LAST = len(load_stages()) - 1
ROUNDING = np.finfo(np.float32).eps / 2
FORWARD = """async ([packed, stage, images, count, edits]) => {
  const { readNetwork, forward, edited } = globalThis.convlib;
  const { stages, shape } = await readNetwork(packed);
  const layers = [...edited(stages[stage].layers, edits), { kind: "softmax" }];
  const bytes = Uint8Array.from(atob(images), (letter) => letter.charCodeAt(0));
  const all = new Float32Array(bytes.buffer);
  const cells = all.length / count;
  const outputs = Array.from({ length: count }, (_, n) =>
    forward(layers, { shape, data: all.slice(n * cells, (n + 1) * cells) }));
  return layers.map((_, layer) => {
    const size = outputs[0][layer + 1].data.length, numbers = new Float32Array(count * size);
    outputs.forEach((each, n) => numbers.set(each[layer + 1].data, n * size));
    const text = new Uint8Array(numbers.buffer);
    let letters = "";
    for (let at = 0; at < text.length; at += 8192)
      letters += String.fromCharCode(...text.subarray(at, at + 8192));
    return btoa(letters);
  });
}"""


@pytest.fixture(scope="module")
def digits():
    return load_digits()


@pytest.fixture(scope="module")
def page(browser):
    page = browser.new_page()
    page.add_script_tag(content=network_script())
    yield page
    page.close()


@pytest.fixture(scope="module")
def book(digits):
    return pack_book(digits)


def seen(page, packed, x, shapes, stage=0, edits=()):
    """Return what the browser's layers make of images, softmax last."""
    outputs = [[] for _ in range(len(shapes) + 1)]
    for start in range(0, len(x), BATCH):
        part = np.ascontiguousarray(x[start : start + BATCH], np.float32)
        text = base64.b64encode(part.tobytes()).decode()
        answer = page.evaluate(FORWARD, [packed, stage, text, len(part), list(edits)])
        for layer, packed_numbers in zip(outputs, answer, strict=True):
            layer.append(np.frombuffer(base64.b64decode(packed_numbers), np.float32))
    shapes = [*shapes, shapes[-1]]
    return [np.concatenate(o).reshape(-1, *s) for o, s in zip(outputs, shapes, strict=True)]


def bounds(network, x):
    """Bound, number by number, how far sums in float32 may lie from exact ones, layer by layer.

    A sum of n products is off by at most (n + 1) roundings of the sum of their sizes, whatever the
    order, and carries on the errors of what came in, weighed as the numbers are.
    """
    error, bound = np.zeros_like(x, dtype=np.float64), []
    value = x.astype(np.float64)
    for layer in network.layers:
        name = type(layer).__name__
        if name in ("Conv2D", "Dense"):
            weight, bias = (p.astype(np.float64) for p in layer.parameters.values())
            count = weight[0].size + 1
            if name == "Conv2D":
                options = layer.options
                size = conv2d(np.abs(value) + error, np.abs(weight), np.abs(bias), **options)
                error = conv2d(error, np.abs(weight), **options)
                value = conv2d(value, weight, bias, **options)
            else:
                size = (np.abs(value) + error) @ np.abs(weight).T + np.abs(bias)
                error, value = error @ np.abs(weight).T, value @ weight.T + bias
            error = error + count * ROUNDING * size
        elif name == "ReLU":
            value = np.maximum(value, 0)
        elif name == "MaxPool":
            error, value = (maxpool(a, **layer.call) for a in (error, value))
        elif name == "AvgPool":
            error, value = (avgpool(a, layer.size, **layer.options) for a in (error, value))
            error = error + 9 * ROUNDING * np.abs(value)
        else:
            error, value = (a.reshape(len(a), -1) for a in (error, value))
        bound.append(error)
    return bound


def assert_close(found, network, x):
    """Both are within the bound of the exact numbers, so they differ by twice the bound at most."""
    expected = network.outputs(x)
    for layer, (mine, theirs, bound) in enumerate(zip(found, expected, bounds(network, x))):
        far = np.abs(mine - theirs) > 2 * bound
        assert not far.any(), (layer, np.argwhere(far)[0], np.abs(mine - theirs).max())
    shares = softmax(expected[-1].astype(np.float64))
    most = 2 * bounds(network, x)[-1].max()  # a share moves by at most a quarter of its score each
    np.testing.assert_allclose(found[-1], shares, atol=2 * most + 4 * ROUNDING)


def test_every_number_of_a_thousand_digits(page, book, digits):
    network = load_stages()[-1].network
    found = seen(page, book, digits.x_test, network.shapes((1, 28, 28)), stage=LAST)
    for start in range(0, 1000, BATCH):
        part = slice(start, start + BATCH)
        assert_close([layer[part] for layer in found], network, digits.x_test[part])
    read = found[-1].argmax(axis=1)
    np.testing.assert_array_equal(read, network(digits.x_test)[0].argmax(axis=1))
    assert (read == digits.y_test).sum() == load_stages()[-1].test_right == 985


def test_every_stage_has_its_own_weights(page, book, digits):
    for number, stage in enumerate(load_stages()):
        x = digits.x_test[:20]
        found = seen(page, book, x, stage.network.shapes((1, 28, 28)), stage=number)
        assert_close(found, stage.network, x)


def edit_network(network, edit):
    """Do to convlib's network what the browser's edit does."""
    weight, bias = (network.parameters.get(f"{edit['layer']}.{n}") for n in ("weight", "bias"))
    what = edit["what"]
    if what == "weight":
        weight.flat[edit["at"]] = edit["value"]
    elif what == "bias":
        bias[edit["at"]] = edit["value"]
    elif what == "silence":
        weight[edit["filter"]] = bias[edit["filter"]] = 0
    else:
        both = [edit["filter"], edit["other"]]
        weight[both], bias[both] = weight[both[::-1]], bias[both[::-1]]


EDITS = [
    {"what": "weight", "layer": 0, "at": 31, "value": 2.5},
    {"what": "bias", "layer": 3, "at": 7, "value": -1.25},
    {"what": "silence", "layer": 0, "filter": 3},
    {"what": "silence", "layer": 7, "filter": 3},
    {"what": "swap", "layer": 3, "filter": 2, "other": 15},
]


def test_edits_change_what_they_name(page, book, digits):
    x = digits.x_test[:10]
    for count in range(1, len(EDITS) + 1):
        network = load_stages()[-1].network
        for edit in EDITS[:count]:
            edit_network(network, edit)
        shapes = network.shapes((1, 28, 28))
        assert_close(seen(page, book, x, shapes, stage=LAST, edits=EDITS[:count]), network, x)
    whole = load_stages()[-1].network
    assert_close(seen(page, book, x, shapes, stage=LAST), whole, x)


@pytest.mark.parametrize(("how", "pool"), [("mean", AvgPool(2)), ("off", MaxPool(1, stride=2))])
def test_pools_changed(page, book, digits, how, pool):
    x, network = digits.x_test[:10], load_stages()[-1].network
    layers = [pool if isinstance(layer, MaxPool) else layer for layer in network.layers]
    found = seen(
        page, book, x, network.shapes((1, 28, 28)), stage=LAST, edits=[{"what": "pool", "how": how}]
    )
    assert_close(found, Network(*layers), x)


def test_networks_of_the_reader_s_own(page):
    rng = np.random.default_rng(2)
    network = Network(
        Conv2D(3, 4, (3, 2), rng=rng, stride=2, padding=1),
        ReLU(),
        AvgPool(2, stride=1),
        Conv2D(4, 6, 3, rng=rng, groups=2, padding="same"),
        MaxPool(3, stride=2, padding=1, ceil_mode=True),
        Flatten(),
        Dense(54, 5, rng=rng),
    )
    for array in network.parameters.values():
        array += rng.normal(size=array.shape).astype(np.float32)
    x = rng.normal(size=(7, 3, 11, 9)).astype(np.float32)
    shapes = network.shapes((3, 11, 9))
    assert_close(seen(page, pack_network(network, (3, 11, 9)), x, shapes), network, x)


def test_a_layer_that_cannot_be_shown_is_named():
    with pytest.raises(TypeError) as caught:
        pack_network(Network(ReLU(), Network()), (1, 2, 2))
    assert str(caught.value) == ("network has layer 1, Network(), of a kind that cannot be shown")


def test_book_data_is_light_and_holds_its_digits(page, book, digits):
    assert len(book) * 6 / 8 < 100_000
    header = page.evaluate(
        """async (packed) => {
          const { images, labels, samples, wrong, tested, curve } =
            await globalThis.convlib.readNetwork(packed);
          return { labels, samples, wrong, tested, curve,
            images: images.map(({ data }) => [...data]) };
        }""",
        book,
    )
    x = np.array(header["images"], np.float32).reshape(-1, 1, 28, 28)
    np.testing.assert_array_equal(x[:TESTED], digits.x_test[:TESTED])
    assert header["labels"][:TESTED] == digits.y_test[:TESTED].tolist()
    assert [header["labels"][n] for n in header["samples"]] == [*range(10)]
    network = load_stages(dtype=np.float64)[-1].network
    read = network(x.astype(np.float64))[0].argmax(axis=1)
    assert np.flatnonzero(read != header["labels"]).tolist() == sorted(header["wrong"])
    assert len(header["wrong"]) == 15
    assert len(header["curve"]) == 120


SEEN = """async ([packed, image]) => {
  const { readNetwork, forward, stops, seenBy, reachedBy } = globalThis.convlib;
  const { stages: [{ layers }], shape } = await readNetwork(packed);
  const outputs = forward(layers, { shape, data: Float32Array.from(image) });
  const all = stops(layers, outputs);
  const follow = (how, stop) => {
    const [maps, rows, columns] = all[stop].shape;
    return Array.from({ length: maps * rows * columns }, (_, n) =>
      how(layers, outputs, all, { stop, cell: [Math.floor(n / rows / columns),
        Math.floor(n / columns) % rows, n % columns] }));
  };
  return [follow(seenBy, all.length - 1), follow(reachedBy, 0)];
}"""


def test_exactly_those_pixels_are_seen_that_change_a_cell(page):
    network = Network(
        Conv2D(2, 4, 3, rng=0, dilation=2, padding=1, groups=2),
        AvgPool((1, 2), stride=(2, 3)),
        Conv2D(4, 2, 2, rng=0, groups=2, padding=1),
    )
    for array in network.parameters.values():
        array[...] = np.abs(array) + 1
    shape = 2, 9, 10
    each = np.eye(np.prod(shape), dtype=np.float32).reshape(-1, *shape)
    rest = network.outputs(np.zeros((1, *shape), np.float32))
    # A weight of at least 1 changes more than the rounding of one batch or another.
    changed = [np.abs(a - b) > 0.1 for a, b in zip(network.outputs(each), rest, strict=True)]
    packed = pack_network(network, shape)
    seen, reached = page.evaluate(SEEN, [packed, [0.0] * int(np.prod(shape))])

    def mask(axes, shape):
        found = np.zeros(shape, bool)
        if axes is not None:
            found[np.ix_(*(np.array(numbers, int) for numbers in axes))] = True
        return found

    last = changed[-1].reshape(len(each), -1)
    for cell, stops in enumerate(seen):
        np.testing.assert_array_equal(mask(stops[0], shape).ravel(), last[:, cell])
    for pixel, stops in enumerate(reached):
        for axes, layer in zip(stops[1:], changed, strict=True):
            np.testing.assert_array_equal(mask(axes, layer.shape[1:]), layer[pixel])


# ---------------------------------------------------------------- the picture that it gets


def normalised(page, strokes, base=None, name="normalise"):
    """Return the picture that the page makes of strokes, (28, 28)."""
    return np.array(
        page.evaluate(
            """([strokes, base, name]) => {
              const { inked, SIDE, ...convlib } = globalThis.convlib;
              const picture = base && { shape: [1, SIDE, SIDE], data: base };
              return [...convlib[name](inked(picture, strokes)).data];
            }""",
            [strokes, base, name],
        )
    ).reshape(28, 28)


def centre(picture):
    return [(picture.sum(axis=1 - a) * (np.arange(28) + 0.5)).sum() / picture.sum() for a in (0, 1)]


L = [[6, 4], [6, 20], [13, 20]]


@pytest.mark.parametrize("move", [(0, 0), (8, 3), (-1, -1), (7.3, 2.6)])
@pytest.mark.parametrize("scale", [1, 0.4])
def test_size_and_place_of_a_drawing_do_not_matter(page, move, scale):
    def stroke(scale, move):
        points = [[scale * x + move[0], scale * y + move[1]] for x, y in L]
        return [{"points": points, "width": 2 * scale}]

    here = normalised(page, stroke(scale, move))
    np.testing.assert_allclose(centre(here), [14, 14], atol=0.05)
    rows, columns = np.flatnonzero(here.sum(axis=1) > 1), np.flatnonzero(here.sum(axis=0) > 1)
    assert 19 <= np.ptp(rows) + 1 <= 21
    assert np.ptp(columns) + 1 < 14
    there = normalised(page, stroke(1, (0, 0)))
    assert np.abs(here - there).mean() < 0.03


def test_a_drawing_is_not_mirrored_nor_turned(page):
    picture = normalised(page, [{"points": L, "width": 2}], name="asDrawn")
    assert picture[10, 5] > 0.9
    assert picture[19, 10] > 0.9
    assert picture[10, 10] == picture[5, 19] == picture[10, 20] == 0


def test_ink_has_soft_edges_and_its_width(page):
    picture = normalised(page, [{"points": [[14, 5], [14, 23]], "width": 3}], name="asDrawn")
    np.testing.assert_allclose(picture[10:20].sum(axis=1), 3, atol=0.05)
    assert len(np.unique(picture)) > 3
    assert (np.rint(picture * 255) == np.round(picture * 255, 4)).all()


def test_erasing_takes_ink_away(page):
    line = {"points": [[4, 14], [24, 14]], "width": 3}
    gap = {"points": [[14, 8], [14, 20]], "width": 4, "erases": True}
    picture = normalised(page, [line, gap], name="asDrawn")
    assert picture[13, 14] == 0
    assert picture[13, 8] == picture[13, 20] == 1


def test_a_dot_and_an_empty_pad(page):
    assert normalised(page, []).sum() == 0
    assert normalised(page, [{"points": [[3, 3]], "width": 2}]).max() == 1


def test_a_digit_stays_as_it_is(page, digits):
    digit = digits.x_test[0, 0]
    same = normalised(page, [], digit.ravel().tolist(), name="asDrawn")
    np.testing.assert_array_equal(same.astype(np.float32), digit)


def test_moving_brings_in_paper(page, digits):
    digit = digits.x_test[0, 0]
    moved = page.evaluate(
        """data => [...globalThis.convlib.moved({ shape: [1, 28, 28], data }, [3, -2]).data]""",
        digit.ravel().tolist(),
    )
    expected = np.zeros((28, 28), np.float32)
    expected[3:, :-2] = digit[:-3, 2:]
    np.testing.assert_array_equal(np.array(moved, np.float32).reshape(28, 28), expected)
