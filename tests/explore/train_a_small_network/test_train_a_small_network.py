"""The drawings of Train a small network show what loops over single numbers give."""

import re

import numpy as np

from convlib.draw.canvas import svg_panels
from convlib.explore import (
    explore_rate,
    explore_runs,
    show_confusion,
    show_digits,
    show_training,
)
from convlib.explore.train_a_small_network.curves import DOWN, TOP, Curve, curves_panel
from convlib.nn import load_runs
from convlib.nn.training import Pass
from tests.drawn import bytes_of, filled, grids, panels, photos, texts
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
        *told, loss = [float(n.replace("−", "-")) for n in re.findall(r"−?[\d.]*\d", says)]
        np.testing.assert_allclose(told, [values["rate"], *path], atol=0.00051)
        if says.endswith("The loss there is below 0.01."):
            assert 0 < (w - 3) ** 2 < loss
        else:
            np.testing.assert_allclose(loss, (w - 3) ** 2, atol=0.00051)
            assert loss != 0 or w == 3
        assert markup.count("<circle") == len(path)
        width, height = map(float, re.search(r'viewBox="0 0 (\S+) (\S+)"', markup).groups())
        for across, down in re.findall(r'<circle cx="(\S+)" cy="(\S+)"', markup):
            assert 0 < float(across) < width
            assert 0 < float(down) < height


@every_state(explore_runs, (RUNS,))
def test_runs(states, runs):
    for values, markup, says in states:
        number = values["passes"] - 1
        run, as_built = runs[values["run"]], runs["as built"].valid_accuracy
        learnt, valid, reference = (
            shares.astype(float).mean(axis=0)
            for shares in (run.accuracy, run.valid_accuracy, as_built)
        )
        compared = [] if values["run"] == "as built" else [reference]
        shown = [learnt, valid, *compared]
        found = [float(number) for number in re.findall(r"([\d.]+) %", says)]
        wanted = [100 * shares[number] for shares in shown]
        np.testing.assert_allclose(found, wanted, atol=0.051)
        chart, closer, key = panels(markup)
        names = [text for text, *_ in key.texts]
        wanted = [f"{values['run']}: learnt from", f"{values['run']}: to decide by"]
        assert names == ["as built: to decide by"] * len(compared) + wanted
        *thin, mean = curves_of(chart, "output edge")
        np.testing.assert_allclose(heights(mean), TOP + DOWN * (1 - valid), atol=0.01)
        for curve, shares in zip(thin, run.valid_accuracy, strict=True):
            np.testing.assert_allclose(heights(curve), TOP + DOWN * (1 - shares), atol=0.01)
        for panel, least in ((chart, 0), (closer, 0.9)):
            (band,) = [block for block in panel.blocks if block[0] == "outside"]
            seen = [shares[number] for shares in shown if shares[number] >= least]
            rows = [TOP + DOWN * (1 - share) / (1 - least) for share in seen]
            dots = [row for _, row, _ in panel.dots]
            np.testing.assert_allclose(sorted(dots), sorted(rows), atol=0.02)
            assert all(band[2] < column < band[2] + band[4] for _, _, column in panel.dots)


def heights(curve):
    return [row for row, _ in curve]


def test_a_curve_is_cut_where_it_leaves_the_enlarged_axis():
    """From 80 % to 100 % it comes in half way, at 90 %, and goes out again."""
    curve = Curve("window edge", 1, [0.8, 1, 0.8, 0.8, 0.9])
    chart, closer, _ = panels(svg_panels(curves_panel([curve], 5)))
    (whole,), pieces = curves_of(chart, "window edge"), curves_of(closer, "window edge")
    columns = [column for _, column in whole]
    np.testing.assert_allclose(heights(whole), TOP + DOWN * np.array([0.2, 0, 0.2, 0.2, 0.1]))
    bottom, half = TOP + DOWN, (columns[1] - columns[0]) / 2
    bump = [(bottom, columns[1] - half), (TOP, columns[1]), (bottom, columns[1] + half)]
    assert len(pieces) == 2
    np.testing.assert_allclose(pieces[0], bump, atol=0.01)
    np.testing.assert_allclose(pieces[1][-1], (bottom, columns[4]), atol=0.01)


def test_what_the_chapter_says_of_the_runs():
    ends = {name: 100 * run.valid_accuracy[:, -1] for name, run in RUNS.items()}
    assert max(ends, key=lambda name: ends[name].mean()) == "shifted copies"
    a_guess, *others = sorted(ends["one filter"])
    assert a_guess < 12
    np.testing.assert_allclose(others, 80, atol=4)
    assert RUNS["without pooling"].weights // RUNS["as built"].weights == 11
    assert round(100 * RUNS["shifted copies"].valid_accuracy[:, -1].mean(), 1) == 97.4
    assert round(100 * RUNS["as built"].valid_accuracy[:, -1].mean(), 1) == 95.9


def curves_of(chart, colour):
    """Return the points of each curve of a colour, as they were drawn."""
    return [points for drawn, _, points in chart.lines if drawn == colour]


def curve_of(chart, colour):
    """Return the points of the one curve of a colour."""
    (points,) = curves_of(chart, colour)
    return points


def test_training_is_drawn_pass_by_pass(monkeypatch):
    drawn = []

    class Shown:
        def update(self, picture):
            drawn.append(("update", picture))

    def display(picture, display_id):
        drawn.append(("display", picture))
        return Shown()

    monkeypatch.setattr("IPython.display.display", display)
    records = [Pass(n, np.zeros(1), 0.0, 0.1 * n, 0.0, 0.2 * n) for n in (1, 2, 3)]
    show_training(iter(records), passes=4)
    assert [how for how, _ in drawn] == ["display", "update", "update"]
    for number, (_, picture) in enumerate(drawn, start=1):
        chart, _, _ = panels(svg_panels(picture.drawing))
        learnt, valid = curve_of(chart, "window edge"), curve_of(chart, "output edge")
        one = DOWN / 10
        expected = [TOP + DOWN - one * n for n in range(1, number + 1)]
        np.testing.assert_allclose([row for row, _ in learnt], expected, atol=0.01)
        expected = [TOP + DOWN - 2 * one * n for n in range(1, number + 1)]
        np.testing.assert_allclose([row for row, _ in valid], expected, atol=0.01)
        says = f"Pass {number} of 4: {10 * number}.0 % of the digits learnt from and"
        assert picture.sentence == f"{says} {20 * number}.0 % of those to decide by."
    last = max(column for _, column in valid)
    four = next(column for text, _, _, column, _ in chart.texts if text == "4")
    assert last < four


def test_digits():
    digits = np.linspace(0, 1, 7 * 4 * 4).reshape(7, 1, 4, 4)
    picture = show_digits("Seven.", digits, range(7))
    assert texts(svg_panels(picture.drawing)) == [*"0123456"]
    shown = photos(picture.drawing)
    for pixels, digit in zip(shown, digits, strict=True):
        np.testing.assert_array_equal(pixels, 255 - bytes_of(digit[0], 0, 1))
    assert [len(row) for row in picture.drawing.rows] == [5, 2]


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
