"""The explorers of Send gradients back show what loops over single numbers give."""

import re

import numpy as np

from convlib.explore import (
    explore_nudge,
    explore_overlaps,
    explore_routes,
    explore_stamps,
    explore_weight,
)
from tests.drawn import filled, grids, outlined
from tests.explore.compared import every_state

IMAGE = np.array([[1, 2, 0], [0, 1, 3], [2, 1, 1]])
KERNEL = np.array([[1, 0], [-1, 2]])
TARGET = np.array([[2, 5], [1, 2]])
DY = np.array([[1, 2], [-1, 0]])
POOLED = np.array([[1, 3, 8, 4], [7, 5, 6, 2]])


def slid(image, kernel):
    """Slide a kernel with four loops."""
    down, across = np.subtract(image.shape, kernel.shape) + 1
    output = np.zeros((down, across))
    for i in range(down):
        for j in range(across):
            for u in range(kernel.shape[0]):
                for v in range(kernel.shape[1]):
                    output[i, j] += image[i + u, j + v] * kernel[u, v]
    return output


@every_state(explore_nudge, (IMAGE, KERNEL, TARGET), (IMAGE[:2], KERNEL[:1], TARGET[:, :2]))
def test_nudge(states, image, kernel, target):
    before = ((slid(image, kernel) - target) ** 2).sum() / 2
    for values, markup, says in states:
        nudged = kernel.astype(float)
        nudged[values["row"], values["column"]] += values["tenths"] / (
            10 if values["way"] == "up" else -10
        )
        off = slid(image, nudged) - target
        shown = grids(markup)
        np.testing.assert_allclose(shown["kernel"], nudged, atol=0.05)
        np.testing.assert_allclose(shown["output"], off + target, atol=0.05)
        np.testing.assert_allclose(shown["off by"], off, atol=0.05)
        np.testing.assert_array_equal(shown["target"], target)
        after = (off**2).sum() / 2
        found = re.search(r"from (\S+) to (\S+), by (\S+)\.$", says)
        told = [float(number.replace("−", "-")) for number in found.groups()]
        np.testing.assert_allclose(told, [before, after, after - before], atol=0.006)
        place = values["row"], values["column"], 1, 1
        assert outlined(markup, "kernel", "kernel edge") == {place}


@every_state(explore_weight, (IMAGE, DY, (2, 2)), (np.arange(15).reshape(3, 5), DY[:1], (3, 4)))
def test_weight(states, image, dy, size):
    gradient = slid(image, dy)
    for values, markup, says in states:
        place = row, column = values["row"], values["column"]
        assert outlined(markup, "image") == {(row, column, *dy.shape)}
        shown = grids(markup)
        np.testing.assert_array_equal(shown["dy"], dy)
        seen = shown["kernel's gradient"]
        assert seen[place] == gradient[place]
        met = [f"{image[row + i, column + j]}·" for i, j in np.ndindex(dy.shape)]
        assert re.findall(r"\d+·", says) == met
        assert says.endswith(f"= {gradient[place]:g}.".replace("-", "−"))


@every_state(explore_stamps, (DY, KERNEL), (np.array([[1, 10, 100]]), np.array([[5, 7], [2, 3]])))
def test_stamps(states, dy, kernel):
    for values, markup, says in states:
        last = values["row"], values["column"]
        total = np.zeros(np.add(dy.shape, kernel.shape) - 1, dtype=int)
        for i, j in np.ndindex(dy.shape):
            if (i, j) > last:
                break
            for u, v in np.ndindex(kernel.shape):
                total[i + u, j + v] += dy[i, j] * kernel[u, v]
        shown = grids(markup)
        np.testing.assert_array_equal(shown["image's gradient"], total)
        np.testing.assert_array_equal(shown["stamp"], dy[last] * kernel)
        assert outlined(markup, "image's gradient") == {(*last, *kernel.shape)}
        assert says.endswith(f"has {total[last]} now.".replace("-", "−"))


@every_state(explore_routes, (POOLED, 2), (np.arange(16).reshape(4, 4) * 7 % 16, 3))
def test_routes(states, image, size):
    for values, markup, says in states:
        stride = values["stride"]
        sent, wants = np.zeros(image.shape, dtype=int), 1
        places = [
            (i, j)
            for i in range(0, image.shape[0] - size + 1, stride)
            for j in range(0, image.shape[1] - size + 1, stride)
        ]
        for top, left in places[: values["output"] + 1]:
            window = [(top + u, left + v) for u in range(size) for v in range(size)]
            winner = max(window, key=lambda place: image[place])
            sent[winner] += wants
            wants *= 10
        shown = grids(markup)
        np.testing.assert_array_equal(shown["image"], image)
        np.testing.assert_array_equal(shown["image's gradient"], sent)
        assert filled(markup, "image", "strong") == {winner}
        assert outlined(markup, "image") == {(top, left, size, size)}
        assert says.endswith(f"gets {wants // 10} and has {sent[winner]} now.")


@every_state(explore_overlaps, ())
def test_overlaps(states):
    for values, markup, says in states:
        size, stride = values["size"], values["stride"]
        along = [0] * (2 * stride + size)
        for stamp in range(3):
            for cell in range(size):
                along[stamp * stride + cell] += 1
        stamps = np.outer(along, along)
        np.testing.assert_array_equal(grids(markup)["stamps in every cell"], stamps)
        assert f"{len(along)} rows" in says
        assert f"gets {stamps.min()} to {stamps.max()} stamps" in says
        inside = set(along[size - 1 : len(along) - size + 1])
        assert ("not the same" in says) == (len(inside) > 1)
