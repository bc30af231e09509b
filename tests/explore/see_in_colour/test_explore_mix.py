"""The explorer of a product of matrices shows what plain arithmetic gives, cell by cell."""

import numpy as np

from convlib.draw.canvas import svg_panels
from convlib.explore import explore_mix
from tests.drawn import filled, grids, outlined, panels
from tests.explore.compared import every_state
from tests.explore.see_in_colour.sums import assert_shows, blank_after, factor, written

MIX = np.array([[3, 6, 1], [2, -1, -1]])
PIXELS = np.array([[3, 0, 0, 1], [0, 3, 0, 0], [0, 0, 3, 3]])
WIDE = np.array([[1, -2], [0, 5], [-3, 4]]), np.array([[2, 0, -1], [-7, 1, 3]])


@every_state(explore_mix, (MIX, PIXELS), WIDE)
def test_mix_shows_the_row_the_column_and_their_number(states, mix, pixels):
    product = np.array([[sum(map(int, row * pixel)) for pixel in pixels.T] for row in mix])
    seen = []
    for values, markup, says in states:
        row, column = values["row"], values["column"]
        seen.append((row, column))
        shown = grids(markup)
        np.testing.assert_array_equal(shown["mix"], mix)
        np.testing.assert_array_equal(shown["pixels"], pixels)
        assert_shows(shown["product"], blank_after(product, row, column))
        assert filled(markup, "mix", "kernel") == {(row, c) for c in range(mix.shape[1])}
        assert filled(markup, "pixels", "window") == {(c, column) for c in range(len(pixels))}
        assert filled(markup, "product", "output") == {(row, column)}
        assert outlined(markup, "mix", "kernel edge") == {(row, 0, 1, mix.shape[1])}
        assert outlined(markup, "pixels") == {(0, column, len(pixels), 1)}
        assert outlined(markup, "product", "output edge") == {(row, column, 1, 1)}
        products = [
            f"{factor(w)}·{factor(x)}" for w, x in zip(mix[row], pixels[:, column], strict=True)
        ]
        assert says == (
            f"Row {row} of mix, column {column} of pixels:"
            f" {' + '.join(products)} = {written(product[row, column])}."
        )
    assert seen == list(np.ndindex(product.shape))


def test_product_stands_where_rows_and_columns_meet():
    (panel,) = panels(svg_panels(explore_mix(MIX, PIXELS).picture().drawing))
    assert panel.corners["product"] == (panel.corners["mix"][0], panel.corners["pixels"][1])
