"""The explorers of Send gradients back show what loops over single numbers give."""

import re

import numpy as np
import pytest

from convlib.explore import (
    explore_chain,
    explore_flipped,
    explore_nudge,
    explore_overlaps,
    explore_routes,
    explore_stamps,
    explore_step,
    explore_weight,
)
from tests.drawn import filled, grids, outlined, panel_of, panels
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
        nudge = values["tenths"] / 10 * (1 if values["way"] == "up" else -1)
        nudged = kernel.astype(float)
        nudged[values["row"], values["column"]] += nudge
        off = slid(image, nudged) - target
        shown = grids(markup)
        np.testing.assert_allclose(shown["kernel"], nudged, atol=0.05)
        np.testing.assert_allclose(shown["output"], off + target, atol=0.05)
        np.testing.assert_allclose(shown["off by"], off, atol=0.05)
        np.testing.assert_array_equal(shown["target"], target)
        after = (off**2).sum() / 2
        if nudge:
            change = r"from (\S+) to (\S+), by (\S+)\. That is (\S+) for each 1 of the nudge\. "
            expected = [before, after, after - before, (after - before) / nudge]
        else:
            change, expected = r"the loss is (\S+)\. ", [before]
        slope = slid(image, off)[values["row"], values["column"]]
        change, expected = change + r"Slope there: (\S+)\.$", [*expected, slope]
        told = [float(text.replace("−", "-")) for text in re.search(change, says).groups()]
        np.testing.assert_allclose(told, expected, atol=0.006)
        curve = next(panel for panel in panels(markup) if "loss" in {t[0] for t in panel.texts})
        dots = [dot[1:] for dot in curve.dots]
        expected = [_on_curve(curve, before, 0), _on_curve(curve, after, nudge)]
        np.testing.assert_allclose(dots, expected, atol=0.02)
        assert f"slope {told[-1]:g}".replace("-", "−") in {text[0] for text in curve.texts}
        _assert_touches(curve, dots[1], slope)
        place = values["row"], values["column"], 1, 1
        assert outlined(markup, "kernel", "kernel edge") == {place}


def _on_curve(panel, loss, nudge):
    """Where a loss stands on a panel whose axis of losses ends at the number written there."""
    ((top, left), (bottom, _), (_, right)) = next(
        points for colour, _, points in panel.lines if colour == "line"
    )
    written = [text for text, anchor, *_ in panel.texts if anchor == "end"]
    row = bottom - loss / max(map(float, written)) * (bottom - top)
    return row, (left + right + nudge * (right - left)) / 2


def _assert_touches(panel, dot, slope):
    """The pink line runs through the dot, as steep as the slope says, and stays on the chart."""
    axes, *_, tangent = [points for colour, _, points in panel.lines if colour != "kernel edge"]
    (top, left), (bottom, _), (_, right) = axes
    written = [text for text, anchor, *_ in panel.texts if anchor == "end"]
    (row, column), (end_row, end_column) = tangent
    one_up, one_across = (bottom - top) / max(map(float, written)), (right - left) / 2
    rise, run = (row - end_row) / one_up, (end_column - column) / one_across
    assert run > 0
    assert rise == pytest.approx(slope * run, abs=0.1 + 0.02 * abs(slope))
    assert end_row + (dot[1] - end_column) / (column - end_column) * (row - end_row) == (
        pytest.approx(dot[0], abs=0.05)
    )
    assert top - 0.02 <= min(row, end_row) <= max(row, end_row) <= bottom + 0.02


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
        met = [f"·{image[row + i, column + j]}" for i, j in np.ndindex(dy.shape)]
        assert re.findall(r"·\d+", says) == met
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
        sent, gradient = np.zeros(image.shape, dtype=int), 1
        places = [
            (i, j)
            for i in range(0, image.shape[0] - size + 1, stride)
            for j in range(0, image.shape[1] - size + 1, stride)
        ]
        for top, left in places[: values["output"] + 1]:
            window = [(top + u, left + v) for u in range(size) for v in range(size)]
            winner = max(window, key=lambda place: image[place])
            sent[winner] += gradient
            gradient *= 10
        shown = grids(markup)
        np.testing.assert_array_equal(shown["image"], image)
        np.testing.assert_array_equal(shown["image's gradient"], sent)
        assert filled(markup, "image", "strong") == {winner}
        assert outlined(markup, "image") == {(top, left, size, size)}
        assert says.endswith(f"gets {gradient // 10} and has {sent[winner]} now.")


@every_state(explore_overlaps, ())
def test_overlaps(states):
    for values, markup, says in states:
        weights, stride = [*map(int, values["kernel"].split())], values["stride"]
        size = len(weights)
        along, starts = [0] * 9, [*range(0, 9 - size + 1, stride)]
        for start in starts:
            for cell, weight in enumerate(weights):
                along[start + cell] += weight
        along = along[: starts[-1] + size]
        stamps = np.outer(along, along)
        np.testing.assert_array_equal(grids(markup)["kernel"], np.outer(weights, weights))
        shown = grids(markup)["what every cell gets"]
        np.testing.assert_array_equal(shown, stamps)
        assert f"{len(starts)} by {len(starts)} stamps on {len(along)} rows" in says
        assert f"gets {stamps.min()} to {stamps.max()}, " in says
        inside = set(along[size - 1 : len(along) - size + 1])
        assert ("not the same" in says) == (len(inside) > 1)
        for colour, is_so in (("outside", stamps == 0), ("output", stamps == 2)):
            assert filled(markup, "what every cell gets", colour) == set(zip(*np.nonzero(is_so)))


@every_state(explore_flipped, (DY, KERNEL), (np.array([[1, 10, 100]]), np.array([[5, 7], [2, 3]])))
def test_flipped(states, dy, kernel):
    height, width = kernel.shape
    total = np.zeros(np.add(dy.shape, kernel.shape) - 1)
    for i, j in np.ndindex(dy.shape):
        for u, v in np.ndindex(kernel.shape):
            total[i + u, j + v] += dy[i, j] * kernel[u, v]
    walked = []
    for values, markup, says in states:
        place = row, column = values["row"], values["column"]
        walked.append(place)
        shown = grids(markup)
        turned = [[kernel[-1 - u, -1 - v] for v in range(width)] for u in range(height)]
        np.testing.assert_array_equal(shown["kernel"], turned)
        around = shown["dy and zeros"]
        np.testing.assert_array_equal(around[height - 1 : 1 - height or None].any(), dy.any())
        inside = around[height - 1 :][: dy.shape[0], width - 1 :][:, : dy.shape[1]]
        np.testing.assert_array_equal(inside, dy)
        assert np.abs(around).sum() == np.abs(dy).sum()
        assert outlined(markup, "dy and zeros") == {(row, column, height, width)}
        seen = shown["image's gradient"]
        last = row * total.shape[1] + column
        np.testing.assert_array_equal(seen.ravel()[: last + 1], total.ravel()[: last + 1])
        assert f"= {total[place]:g}. The stamps".replace("-", "−") in says
        stamped = shown["what each stamp leaves on it"]
        assert np.nansum(stamped) == total[place]
        on_it = {
            (i, j)
            for i, j in np.ndindex(dy.shape)
            if (row - i, column - j) in np.ndindex(kernel.shape)
        }
        assert filled(markup, "what each stamp leaves on it", "kernel") == on_it
        told = ", ".join(f"{stamped[n]:g}".replace("-", "−") for n in sorted(on_it))
        assert says.endswith(f"leave {told}, which is the same.")
        border = {(i, j) for i, j in np.ndindex(around.shape)} - {
            (i + height - 1, j + width - 1) for i, j in np.ndindex(dy.shape)
        }
        assert filled(markup, "dy and zeros", "outside") == border
    assert walked == list(np.ndindex(total.shape))


ROW, FIRST, SECOND = np.array([[3, 1, 2, 1]]), np.array([[1, -1]]), np.array([[1, 3]])


@every_state(
    explore_chain,
    (ROW, FIRST, SECOND, np.array([[1, 1]])),
    (IMAGE, KERNEL[:1] - 1, KERNEL[:, 1:], TARGET[:, :1]),
)
def test_chain(states, image, first, second, target):
    """What every gradient should be is found by nudging, which is exact for half a square."""

    def loss(image, first, before, bent, second):
        before = slid(image, first) if before is None else before
        bent = np.maximum(before, 0) if bent is None else bent
        return ((slid(bent, second) - target) ** 2).sum() / 2

    before = slid(image, first)
    bent = np.maximum(before, 0)
    start = {"image": image, "first": first, "before": None, "bent": None, "second": second}
    expected = {
        "bent": _nudged(loss, start, "bent", bent),
        "second kernel": _nudged(loss, start, "second", second),
        "before the bend": _nudged(loss, start, "before", before),
        "image": _nudged(loss, start, "image", image),
        "first kernel": _nudged(loss, start, "first", first),
        "output": slid(bent, second) - target,
    }
    comes = {
        "output": ["output"],
        "second layer": ["bent", "second kernel"],
        "bend": ["before the bend"],
        "first layer": ["image", "first kernel"],
    }
    have = []
    for values, markup, says in states:
        shown = grids(markup)
        have += comes[values["back"]]
        for name, gradient in expected.items():
            title = f"its gradient ({name})"
            if name in have:
                np.testing.assert_allclose(shown[title], gradient, atol=1e-6)
            else:
                assert title not in shown
        np.testing.assert_array_equal(shown["before the bend"], before)
        cut = {place for place in np.ndindex(before.shape) if before[place] <= 0}
        assert filled(markup, "before the bend", "outside") == cut
        for name in comes[values["back"]]:
            told = ", ".join(f"{value:g}".replace("-", "−") for value in shown[_of(name)].flat)
            assert told in says
        _assert_arrows(markup, [*comes].index(values["back"]))


def _of(name):
    return f"its gradient ({name})"


def _assert_arrows(markup, steps):
    """Numbers run down from grid to grid, gradients as far up as they have come, the last pink."""
    names = ["image", "before the bend", "bent", "output"]
    panel = panel_of(markup, "output")
    down, up = [], []
    for colour, _, ((start, column), (end, _)) in panel.lines:
        (down if start < end else up).append((min(start, end), column, colour))
    for name, following, (row, column, colour) in zip(names[:-1], names[1:], down, strict=True):
        assert panel.corners[name][0] + len(grids(markup)[name]) < row < panel.corners[following][0]
        assert panel.fill_at(panel.corners["output"][0] + 0.5, column - 0.01) == "paper"
        assert colour == "quiet"
    assert [colour for *_, colour in up] == (["strong edge"] + ["quiet"] * 3)[:steps]
    rows = [row for row, *_ in down][len(down) - steps :]
    np.testing.assert_allclose([row for row, *_ in up], rows, atol=0.3)


def _nudged(loss, start, name, values):
    gradient = np.zeros(values.shape)
    for place in np.ndindex(values.shape):
        nudge = np.zeros(values.shape)
        nudge[place] = 1e-3
        up, down = (loss(**start | {name: values + side * nudge}) for side in (1, -1))
        gradient[place] = (up - down) / 2e-3
    return gradient


@every_state(explore_step, ())
def test_step(states):
    """Errors of a cube's slope: 3h + h² from one side, h² from both, until rounding takes over."""
    for values, markup, says in states:
        h = _told(values["nudge"])
        off = [_told(text) for text in re.findall(r"off by ([^;]+?)[;.](?: |$)", says)]
        one, both, short = off
        assert one == pytest.approx(3 * h + h**2, rel=0.06, abs=1e-16 / h * 5)
        assert both == pytest.approx(h**2, rel=0.06, abs=1e-16 / h * 5)
        assert short == pytest.approx(h**2 if h > 6e-8 else 3, rel=0.06, abs=1e-7 / h)
        chart = panels(markup)[0]
        colours = ["kernel edge", "output edge", "strong edge"]
        assert [sum(dot[0] == colour for dot in chart.dots) for colour in colours] == [12, 12, 12]
        written = {text: column for text, _, row, column, _ in chart.texts if row > 9.1}
        assert written["0.1"] < written["10⁻⁴"] < written["10⁻⁸"] < written["10⁻¹²"]
        columns = [dot[2] for dot in chart.dots if dot[0] == "output edge"]
        assert columns == sorted(columns)
        told = [text[0] for text in panels(markup)[1].texts]
        assert [_told(text.split(": ")[1]) for text in told] == off


def _told(text):
    """Read a number such as 0.003, 10⁻⁴ or 3.1·10⁻⁵."""
    digits = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    found = re.fullmatch(r"(?:([\d.]+)·)?10([⁻⁰-⁹¹²³]+)", text)
    if not found:
        return float(text)
    return float(found[1] or 1) * 10.0 ** int(found[2].translate(digits))


def test_steps_where_each_way_of_nudging_is_best():
    """What the chapter answers: near 10⁻⁶ for both sides, 10⁻⁸ for one, 0.001 in float32."""
    explorer = explore_step()
    nudges = [_told(state["nudge"]) for state in explorer.states()]
    assert nudges == sorted(nudges, reverse=True)
    said = [explorer.picture(**state).sentence for state in explorer.states()]
    errors = np.array(
        [[_told(t) for t in re.findall(r"off by ([^;]+?)[;.](?: |$)", says)] for says in said]
    )
    assert (errors.argmin(axis=0) + 1).tolist() == [8, 6, 3]
