"""The explorers of Bend the line show what loops over single numbers give."""

import math
import re
from fractions import Fraction

import numpy as np
import pytest

from convlib.explore import (
    explore_bend,
    explore_bumps,
    explore_merge,
    explore_receptive_field,
    explore_shares,
    explore_stack,
)
from tests.drawn import filled, grids, outlined, panel_of, panels
from tests.explore.compared import every_state

IMAGE = np.array([[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 0], [1, 1, 3, 2]])
FIRST, SECOND = np.array([[1, 0], [2, 1]]), np.array([[1, -1], [0, 2]])
WIDE = np.arange(24).reshape(4, 6) % 7, np.array([[2, -1, 1]]), np.array([[1], [3]])


def slid(image, kernel):
    """Slide a kernel with four loops."""
    (height, width), (down, across) = image.shape, kernel.shape
    return np.array(
        [
            [
                sum(image[i + u, j + v] * kernel[u, v] for u in range(down) for v in range(across))
                for j in range(width - across + 1)
            ]
            for i in range(height - down + 1)
        ]
    )


def melted(first, second, until=None):
    """Add up every product of two weights at the sum of their places."""
    total = np.zeros(np.add(first.shape, second.shape) - 1, dtype=int)
    for u, v in np.ndindex(second.shape):
        if until is not None and (u, v) > until:
            break
        for i, j in np.ndindex(first.shape):
            total[u + i, v + j] += second[u, v] * first[i, j]
    return total


@every_state(explore_stack, (IMAGE, FIRST, SECOND), WIDE)
def test_stack(states, image, first, second):
    between = slid(image, first)
    output = slid(between, second)
    for values, markup, says in states:
        row, column = place = values["row"], values["column"]
        shown = grids(markup)
        np.testing.assert_array_equal(shown["image"], image)
        np.testing.assert_array_equal(shown["between"], between)
        np.testing.assert_array_equal(shown["first kernel"], first)
        np.testing.assert_array_equal(shown["second kernel"], second)
        np.testing.assert_array_equal(shown["merged kernel"], melted(first, second))
        assert outlined(markup, "image") == {(row, column, *melted(first, second).shape)}
        assert outlined(markup, "between") == {(row, column, *second.shape)}
        assert shown["two steps"][place] == shown["one step"][place] == output[place]
        assert says.count(f" = {output[place]}.".replace("-", "−")) == 2
        _assert_arrow(markup, "image", "one step")
        _assert_arrow(markup, "first kernel", "between")
        _assert_arrow(markup, "between", "two steps")
        assert _level_arrow(markup) < panel_of(markup, "first kernel").corners["first kernel"][1]


def _level_arrow(markup):
    """Return where the arrow from the image ends; it runs level with both, from the left edge."""
    panel, image = panel_of(markup, "first kernel"), panel_of(markup, "image")
    ((row, end),) = {ends[1] for _, _, ends in panel.lines if ends[0][0] == ends[1][0]}
    for name, here in (("first kernel", panel), ("image", image)):
        top = here.corners[name][0]
        assert top < row < top + len(grids(markup)[name])
    return end


def _assert_arrow(markup, above, below):
    """An arrow runs down between two grids of one panel, from the columns of one to the other's."""
    panel = panel_of(markup, above)
    bottom = panel.corners[above][0] + len(grids(markup)[above])
    (column,) = {
        start[1]
        for _, _, (start, end) in panel.lines
        if bottom < start[0] < end[0] < panel.corners[below][0] and start[1] == end[1]
    }
    for name in (above, below):
        assert panel.fill_at(panel.corners[name][0] + 0.5, column - 0.01) is not None


@every_state(explore_merge, (FIRST, SECOND), WIDE[1:])
def test_merge(states, first, second):
    for values, markup, says in states:
        place = values["row"], values["column"]
        shown = grids(markup)
        so_far = melted(first, second, until=place)
        np.testing.assert_array_equal(shown["sum so far"], so_far)
        np.testing.assert_array_equal(shown["second kernel"], second)
        numbers = shown["copy"][~np.isnan(shown["copy"])]
        assert numbers.tolist() == (second[place] * first).ravel().tolist()
        row, column = place
        is_there = {(row + i, column + j) for i, j in np.ndindex(first.shape)}
        assert filled(markup, "copy", "window") == is_there
        assert filled(markup, "sum so far", "output") == is_there
        assert says.endswith(", ".join(map(str, so_far.ravel())).replace("-", "−") + ".")


@every_state(explore_bumps, ())
def test_bumps(states):
    for values, markup, says in states:
        bright = range(values["start"], values["start"] + values["width"])
        shown = grids(markup)
        row = [int(j in bright) for j in range(8)]
        rise = [row[j + 1] - row[j] for j in range(7)]
        assert shown["image"].tolist() == [row]
        assert shown["rise"].tolist() == [rise]
        assert shown["fall"].tolist() == [[-value for value in rise]]
        assert shown["both, bent and added"].tolist() == [[abs(value) for value in rise]]
        assert filled(markup, "rise", "strong") == {(0, j) for j in range(7) if rise[j] < 0}
        assert "which adds up to 0." in says
        assert says.endswith(": 2 edges.")


@every_state(explore_bend, ())
def test_bend(states):
    for values, markup, says in states:
        answer, bias = values["answer"], int(values["bias"].replace("−", "-"))
        out = max(answer + bias, 0)
        (panel,) = panels(markup)
        across = {text: column for text, anchor, _, column, _ in panel.texts if anchor == "middle"}
        down = {text: row for text, anchor, row, _, _ in panel.texts if anchor == "end"}

        def at(height):
            one = (down["−4"] - down["4"]) / 8
            column = across[f"{answer}".replace("-", "−")] if answer else across["1"] - 1
            return [down["4"] + (4 - height) * one, column]

        shown = {colour: place for colour, *place in panel.dots}
        np.testing.assert_allclose(shown.pop("output"), at(out))
        if answer + bias < 0:
            np.testing.assert_allclose(shown.pop("strong"), at(answer + bias))
        assert not shown
        assert says.startswith(f"Answer {answer}, bias {bias}: ".replace("-", "−"))
        assert says.endswith(f" so {out} comes out.")


@every_state(
    explore_receptive_field,
    (9, [("first convolution", 3, 1), ("pool", 2, 2), ("second convolution", 2, 1)]),
    (14, [("a", 3, 2), ("b", 3, 1)]),
)
def test_receptive_field(states, length, layers):
    counts = [length]
    for _, size, stride in layers:
        counts.append((counts[-1] - size) // stride + 1)
    for values, markup, says in states:
        seen = {values["cell"]}
        for (title, size, stride), count in zip(reversed(layers), reversed(counts)):
            assert grids(markup)[title].tolist() == [[*range(count)]]
            role = "output" if title == layers[-1][0] else "window"
            assert filled(markup, title, role) == {(0, cell) for cell in seen}
            seen = {cell * stride + k for cell in seen for k in range(size)}
        assert filled(markup, "image", "window") == {(0, cell) for cell in seen}
        assert says.endswith(f"cells {min(seen)} to {max(seen)} of the image: {len(seen)} pixels.")


@every_state(explore_shares, ())
def test_shares(states):
    names = ["cat", "dog", "owl"]
    for values, markup, says in states:
        scores = [values[name] for name in names]
        powers = [math.exp(score) for score in scores]
        shares = [power / sum(powers) for power in powers]
        shown = grids(markup)
        assert shown["scores"].tolist() == [scores]
        np.testing.assert_allclose(shown["powers of e"], [powers], atol=0.006)
        np.testing.assert_allclose(shown["shares"], [shares], atol=0.006)
        right = names.index(values["right"])
        assert filled(markup, "shares", "output") == {(0, right)}
        loss = -math.log(shares[right])
        told = re.search(r"has (.+)/(.+) = (.+): loss", says).groups()
        expected = [powers[right], sum(powers), shares[right]]
        np.testing.assert_allclose([float(text) for text in told], expected, atol=0.006)
        assert float(re.search(r"loss (.+)\.$", says)[1]) == round(loss, 2)
        whole, bar = panels(markup)[-1].blocks
        assert bar[0] == "strong"
        assert bar[-1] == pytest.approx(whole[-1] * loss / 4, abs=0.01)


@every_state(explore_shares, {"loss": False})
def test_shares_before_the_loss(states, arguments):
    for values, markup, says in states:
        powers = [2 ** values[name] for name in ("cat", "dog", "owl")]
        shares = [Fraction(power, sum(powers)) for power in powers]
        assert grids(markup)["powers of 2"].tolist() == [powers]
        np.testing.assert_allclose(grids(markup)["shares"], [np.array(shares, float)])
        assert not filled(markup, "shares", "output")
        assert says.endswith("; shares " + ", ".join(map(str, shares)) + ".")
        assert "loss" not in says
