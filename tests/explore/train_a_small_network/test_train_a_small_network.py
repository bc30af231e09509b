"""The drawings of Train a small network show what loops over single numbers give."""

import re

import numpy as np

from convlib.draw.canvas import svg_panels
from convlib.explore import explore_rate, explore_runs, show_confusion
from convlib.nn import load_runs
from tests.drawn import filled, grids
from tests.explore.compared import every_state

RUNS = load_runs()


@every_state(explore_rate, ())
def test_rate(states):
    for values, markup, says in states:
        w = 0.0
        path = [w]
        for _ in range(values["step"]):
            gradient = 2 * (w - 3)
            w -= values["rate"] * gradient
            path.append(w)
        told = [float(n.replace("−", "-")) for n in re.findall(r"−?[\d.]*\d", says)]
        np.testing.assert_allclose(told, [values["rate"], *path, (w - 3) ** 2], atol=0.006)
        reached = [abs(place - 3) <= 4 for place in path]
        assert markup.count("<circle") == sum(reached)


@every_state(explore_runs, (RUNS,))
def test_runs(states, runs):
    for values, markup, says in states:
        learnt, valid = (
            np.mean(getattr(runs[values["run"]], field)[:, -1].astype(float)) * 100
            for field in ("accuracy", "valid_accuracy")
        )
        found = [float(number) for number in re.findall(r"([\d.]+) %", says)]
        as_built = np.mean(runs["as built"].valid_accuracy[:, -1].astype(float)) * 100
        np.testing.assert_allclose(found, [learnt, valid, as_built], atol=0.051)
        assert f"{values['run']}: learnt from" in markup
        lines = re.findall(r'd="M([^"]+)" style="fill:none;stroke:var\(--draw-output-edge', markup)
        heights = [float(point.split()[1]) for point in lines[0].split("L")]
        curve = runs[values["run"]].valid_accuracy.mean(axis=0)
        np.testing.assert_allclose(heights, 36 * (0.5 + 5 * (1 - curve)), atol=0.1)


def test_confusion():
    counts = np.array([[5, 0, 2], [0, 7, 1], [0, 0, 4]])
    picture = show_confusion(counts)
    markup = svg_panels(picture.drawing)
    table = grids(markup)["rows: written, columns: read"]
    np.testing.assert_array_equal(np.nan_to_num(table), counts)
    name = "rows: written, columns: read"
    assert filled(markup, name, "strong") == {(0, 2), (1, 2)}
    assert filled(markup, name, "output") == {(0, 0), (1, 1), (2, 2)}
    assert picture.sentence.startswith(
        "16 of 19 are read rightly. Most often confused: 0 read as 2"
    )
