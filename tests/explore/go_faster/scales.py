"""Read values back from the logarithmic axes of a panel."""

import numpy as np

from tests.drawn import middles


def value_across(panel, exponents):
    """Return a function from a column of the panel to the value that stands there.

    Parameters
    ----------
    panel : tests.drawn.Panel
        Its upright thin lines stand at the powers of ten.
    exponents : range
        Of those powers.
    """
    columns = sorted(
        {
            round(points[0][1], 2)
            for colour, _, points in panel.lines
            if colour == "outside" and points[0][1] == points[1][1]
        }
    )
    return _scale(columns, exponents)


def value_up(panel, exponents):
    """Return a function from a row of the panel to the value that stands there."""
    rows = sorted(
        {
            round(points[0][0], 2)
            for colour, _, points in panel.lines
            if colour == "outside" and points[0][0] == points[1][0]
        },
        reverse=True,
    )
    return _scale(rows, exponents)


def _scale(places, exponents):
    assert len(places) == len(exponents)
    np.testing.assert_allclose(np.diff(places), np.diff(places)[0], atol=0.02)
    step = (places[-1] - places[0]) / (len(places) - 1)
    return lambda place: 10 ** (exponents[0] + (place - places[0]) / step)


def assert_ranks(panel, values, exponents, colour, texts):
    """Compare the names, the texts and the marks of a panel made by `rank_panel`.

    Parameters
    ----------
    panel : tests.drawn.Panel
    values, texts : dict
        By name, from the top.
    exponents : range
        Of the powers of ten along the axis.
    colour : str
        Of the marks.
    """
    lines = [(text, row) for text, anchor, row, *_ in panel.texts[1:] if anchor == "start"]
    assert [name for name, _ in lines] == list(values)
    right = {row: text for text, anchor, row, *_ in panel.texts if anchor == "end"}
    marks = {row: (fill, column) for fill, row, column in middles(panel.blocks)}
    across = value_across(panel, exponents)
    for name, row in lines:
        assert right[row] == texts[name]
        below = [place for at, place in marks.items() if 0 < at - row < 1]
        if not values[name]:
            assert below == []
            continue
        ((fill, column),) = below
        assert fill == colour
        np.testing.assert_allclose(np.log10(across(column)), np.log10(values[name]), atol=0.01)
