"""The explorer of memory shows numbers where NumPy stores them."""

import numpy as np
import pytest

from convlib.explore import explore_layout
from tests.drawn import grids, painted

TINY = np.array([[[10, 11], [12, 13]], [[20, 21], [22, 23]], [[30, 31], [32, 33]]])
WIDE = np.arange(12).reshape(2, 2, 3) * 3 - 7
NAMES = {2: ["channel 0", "channel 1"], 3: ["red", "green", "blue"]}
FILLS = ["strong", "output", "window"]
TOP, LEFT = 1.6, 0.8


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
    return ", ".join(f"next {name} +{step}" for name, step in zip(names[::-1], strides[::-1]))


@pytest.mark.parametrize("image", [TINY, WIDE])
def test_layout_shows_memory_and_where_each_number_belongs(image, drive):
    explorer = explore_layout(image)
    names = NAMES[len(image)]
    seen = []
    for values, markup, says in drive(explorer):
        order, position, shown = values["order"], values["position"], grids(markup)
        seen.append((order, position))
        line = lines(image)[order]
        for c, name in enumerate(names):
            np.testing.assert_array_equal(shown[name], image[c])
        np.testing.assert_array_equal(shown["memory"], [[image[place] for place in line]])
        for c, name in enumerate(names):
            same_channel = {(0, p) for p, place in enumerate(line) if place[0] == c}
            assert painted(markup, "memory", FILLS[c]) == same_channel
            assert painted(markup, name, FILLS[c]) == set(np.ndindex(image.shape[1:]))
        c, i, j = line[position]
        value = str(image[c, i, j]).replace("-", "−")
        assert says == (f"{order.capitalize()}, position {position}: row {i}, column {j},"
                        f" {names[c]}, the number {value}. Steps in memory:"
                        f" {steps(image, order)}.")
        ax = explorer.frame(**values)[0].axes[0]
        assert steps(image, order) in [text.get_text() for text in ax.texts]
        frames = {(p.get_y(), p.get_x()) for p in ax.patches if not p.get_fill()}
        pixel = (TOP + i, LEFT + c * (image.shape[2] + 2) + j)
        cell = (TOP + image.shape[1] + 1.3, LEFT + position)
        assert frames == {pixel, cell}
    assert seen == [(order, p) for order in lines(image) for p in range(image.size)]


def test_positions_of_the_chapter():
    explorer = explore_layout(TINY)
    first = explorer.picture(order="channels first", position=1 * 4 + 0 * 2 + 1)
    last = explorer.picture(order="channels last", position=0 * 6 + 1 * 3 + 1)
    for picture in (first, last):
        assert "row 0, column 1, green, the number 21." in picture.sentence
