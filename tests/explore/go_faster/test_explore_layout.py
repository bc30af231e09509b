"""The explorer of memory shows numbers where NumPy stores them."""

import numpy as np

from convlib.explore import explore_layout
from tests.drawn import grids, outlined, panel_of, panels, texts
from tests.explore.compared import every_state

TINY = np.array([[[10, 11], [12, 13]], [[20, 21], [22, 23]], [[30, 31], [32, 33]]])
WIDE = np.arange(12).reshape(2, 2, 3) * 3 - 7
NAMES = {2: ["channel 0", "channel 1"], 3: ["red", "green", "blue"]}


def lines(image):
    """Return memory and the (channel, row, column) of each position, with plain loops."""
    channels, rows, columns = (range(n) for n in image.shape)
    return {
        "channels first": [(c, i, j) for c in channels for i in rows for j in columns],
        "channels last": [(c, i, j) for i in rows for j in columns for c in channels],
    }


def steps(image, order):
    """Return how far apart neighbours lie along each axis, as NumPy strides."""
    stored = image if order == "channels first" else image.transpose(1, 2, 0)
    strides = [s // image.itemsize for s in np.ascontiguousarray(stored).strides]
    axes = ["channel", "row", "column"]
    names = axes if order == "channels first" else [*axes[1:], axes[0]]
    pairs = zip(names[::-1], strides[::-1], strict=True)
    return ", ".join(f"next {name} +{step}" for name, step in pairs)


def underlined(markup):
    """Return the colour of the thick line along the foot of each cell of memory."""
    found = {}
    for panel in panels(markup):
        if "memory" in panel.corners:
            top, left = panel.corners["memory"]
            for colour, width, ((row, start), (_, end)) in panel.lines:
                assert width == 4
                assert 0.85 < row - top < 1
                np.testing.assert_allclose((start + end) / 2 % 1, (left + 0.5) % 1, atol=0.01)
                assert 0.8 < end - start < 1
                found[int((start + end) / 2 - left)] = colour
    return found


@every_state(explore_layout, (TINY,), (WIDE,))
def test_layout_shows_memory_and_where_each_number_belongs(states, image):
    names = NAMES[len(image)]
    seen = []
    for values, markup, says in states:
        order, position, shown = values["order"], values["position"], grids(markup)
        seen.append((order, position))
        line = lines(image)[order]
        for c, name in enumerate(names):
            np.testing.assert_array_equal(shown[name], image[c])
        np.testing.assert_array_equal(shown["memory"], [[image[place] for place in line]])
        colours = {p: names[place[0]] for p, place in enumerate(line)} if len(image) == 3 else {}
        assert underlined(markup) == colours
        for name in names:
            bars = [colour for colour, width, _ in panel_of(markup, name).lines if width == 5]
            assert bars == ([name] if len(image) == 3 else [])
        c, i, j = line[position]
        value = str(image[c, i, j]).replace("-", "−")
        assert says == (
            f"{order.capitalize()}, position {position}: row {i}, column {j},"
            f" {names[c]}, the number {value}. Steps in memory:"
            f" {steps(image, order)}."
        )
        assert steps(image, order) in texts(markup)
        assert outlined(markup, "memory") == {(0, position, 1, 1)}
        for d, name in enumerate(names):
            assert outlined(markup, name) == ({(i, j, 1, 1)} if d == c else set())
    assert seen == [(order, p) for order in lines(image) for p in range(image.size)]


def test_positions_of_the_chapter():
    explorer = explore_layout(TINY)
    first = explorer.picture(order="channels first", position=1 * 4 + 0 * 2 + 1)
    last = explorer.picture(order="channels last", position=0 * 6 + 1 * 3 + 1)
    for picture in (first, last):
        assert "row 0, column 1, green, the number 21." in picture.sentence
