"""The explorer of channels shows what SciPy computes, channel by channel."""

import numpy as np

from convlib.explore import explore_channels
from convlib.samples import RGB_IMAGE, RGB_KERNEL
from tests.drawn import filled, grids, outlined, panel_of, texts
from tests.explore.compared import every_state
from tests.explore.see_in_colour.sums import (
    NAMES,
    ONE_FILTER,
    assert_shows,
    assert_shows_channels,
    blank_after,
    factor,
    sum_of,
    sums_by_channel,
    written,
)


@every_state(explore_channels, *ONE_FILTER)
def test_channels_show_every_sum_on_its_way_to_the_output(states, image, kernel):
    sums = sums_by_channel(image, kernel)
    names = NAMES[len(image)]
    seen = []
    for values, markup, says in states:
        row, column, c = values["row"], values["column"], names.index(values["channel"])
        shown = grids(markup)
        seen.append((row, column, c))
        assert_shows_channels(markup, image, kernel, (row, column), framed=[c])
        for d, name in enumerate(names):
            if d <= c:
                np.testing.assert_array_equal(shown[f"{name} sum"], [[sums[d, row, column]]])
            else:
                assert f"{name} sum" not in shown
        output = sums.sum(axis=0)
        output[row, column] = sums[: c + 1, row, column].sum()
        assert_shows(shown["output"], blank_after(output, row, column))
        assert filled(markup, "output", "output") == {(row, column)}
        assert outlined(markup, "output", "output edge") == {(row, column, 1, 1)}
        assert says.startswith(f"Row {row}, column {column}, {names[c]}: ")
        assert f" = {written(sums[c, row, column])}. Total: " in says
        assert says.endswith(f" {written(output[row, column])}.")
    assert seen == [(i, j, c) for i, j in np.ndindex(sums.shape[1:]) for c in range(len(image))]


@every_state(explore_channels, *ONE_FILTER)
def test_channels_write_out_the_products_and_the_sums(states, image, kernel):
    sums = sums_by_channel(image, kernel)
    _, kernel_height, kernel_width = kernel.shape
    for values, markup, says in states:
        i, j, c = values["row"], values["column"], NAMES[len(image)].index(values["channel"])
        products = [
            f"{factor(image[c, i + a, j + b])}·{factor(kernel[c, a, b])}"
            for a in range(kernel_height)
            for b in range(kernel_width)
        ]
        assert f": {' + '.join(products)} = " in says
        total = f"{sum_of(sums[: c + 1, i, j])}"
        if c:
            total += f" = {written(sums[: c + 1, i, j].sum())}"
        assert f" Total: {total}." in says
        assert total in texts(markup)


@every_state(explore_channels, *ONE_FILTER)
def test_channels_carry_their_colour(states, image, kernel):
    for _, markup, _ in states:
        for name in NAMES[len(image)]:
            panel = panel_of(markup, name)
            bars = [
                (points[0][0], points[1][0])
                for colour, width, points in panel.lines
                if (colour, width) == (name, 5)
            ]
            top = panel.corners[name][0]
            wanted = [(top, top + image.shape[1])] if len(image) == 3 else []
            np.testing.assert_allclose(bars, wanted, atol=0.01)


def test_sentence_of_the_worked_place():
    sentence = (
        explore_channels(RGB_IMAGE, RGB_KERNEL).picture(row=2, column=2, channel="blue").sentence
    )
    assert sentence == (
        "Row 2, column 2, blue: 0·(−1) + 0·(−1) + 0·(−1) + 1·(−1) = −1. Total: 6 + 5 + (−1) = 10."
    )
