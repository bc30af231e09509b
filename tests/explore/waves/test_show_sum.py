"""The picture of a sum shows rows where they start, and what plain addition gives."""

import numpy as np
import pytest

from convlib.draw.canvas import svg_panels
from convlib.explore import show_sum
from tests.drawn import filled, grids, panels


@pytest.mark.parametrize(
    ("rows", "starts", "shared"),
    [
        ([[6, 5, 5, 2], [2, 7, -7, 2]], [0, 3], {3}),
        ([[6, 2, 4], [3, 1, 2]], [0, 1], {1, 2}),
        ([[1], [2, 7], [3]], [2, 0, 2], {2}),
    ],
)
def test_sum_shows_rows_where_they_start_and_their_sum(rows, starts, shared):
    labels = [f"row {n}" for n in range(len(rows))] + ["sum"]
    picture = show_sum("Blocks.", rows, starts, labels)
    markup = svg_panels(picture.drawing)
    shown = grids(markup)
    width = max(start + len(row) for row, start in zip(rows, starts, strict=True))
    laid = np.full((len(rows), width), np.nan)
    for i, (row, start) in enumerate(zip(rows, starts, strict=True)):
        for j, number in enumerate(row):
            laid[i, start + j] = number
    np.testing.assert_array_equal(shown["rows"], laid)
    total = [sum(int(n) for n in column if not np.isnan(n)) for column in laid.T]
    np.testing.assert_array_equal(shown["sum"], [total])
    assert {j for i, j in filled(markup, "sum", "window") if i == 0} == shared
    assert filled(markup, "sum", "output") == {(0, j) for j in range(width) if j not in shared}
    blank = {(int(i), int(j)) for i, j in np.argwhere(np.isnan(laid))}
    assert filled(markup, "rows", "outside") == blank
    (panel,) = panels(markup)
    beside = {text: row for text, anchor, row, *_ in panel.texts if anchor == "end"}
    assert list(beside) == labels
    top = panel.corners["rows"][0]
    np.testing.assert_allclose(
        list(beside.values()),
        [*(top + i + 0.5 for i in range(len(rows))), panel.corners["sum"][0] + 0.5],
        atol=0.01,
    )
    assert picture.sentence == "Blocks."
