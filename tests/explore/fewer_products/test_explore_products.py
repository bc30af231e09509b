"""The explorer of Winograd's products along a row shows what plain sums give."""

import numpy as np
import pytest

from convlib.draw.canvas import svg_panels
from convlib.explore.fewer_products.explore_products import explore_products
from tests.drawn import grids, painted

B = np.array([[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]])
G = np.array([[2, 0, 0], [1, 1, 1], [1, -1, 1], [0, 0, 2]]) / 2
A = np.array([[1, 1, 1, 0], [0, 1, -1, -1]])


@pytest.mark.parametrize(("row", "taps"), [([3, 3, 2, 1], [3, 1, 2]), ([-5, 0, 4, 7], [1, -2, 6])])
def test_products_lead_to_the_outputs(row, taps):
    explorer = explore_products(row, taps, B, G, A)
    x0, x1, x2, x3 = row
    w0, w1, w2 = taps
    data = [x0 - x2, x1 + x2, x2 - x1, x1 - x3]
    weights = [w0, (w0 + w1 + w2) / 2, (w0 - w1 + w2) / 2, w2]
    products = [one * other for one, other in zip(data, weights)]
    outputs = [[products[0], 0], [products[0] + products[1], products[1]],
               [sum(products[:3]), products[1] - products[2]],
               [sum(products[:3]), products[1] - products[2] - products[3]]]
    np.testing.assert_allclose(outputs[3], np.correlate(row, taps))
    for values in explorer.states():
        m = values["product"]
        figure, says = explorer.frame(**values)
        markup = svg_panels(figure)
        shown = grids(markup)
        for title, wanted in (("B", B), ("G", G), ("A", A), ("row", [row]), ("kernel", [taps]),
                              ("row, read", [[data[m]]]), ("kernel, read", [[weights[m]]]),
                              ("products", [products[:m + 1]]), ("outputs so far", [outputs[m]])):
            np.testing.assert_allclose(shown[title], wanted, err_msg=title)
        for title, line in (("row", B[m]), ("kernel", G[m])):
            for colour, chosen in (("window", line > 0), ("strong", line < 0)):
                cells = {int(place) for place in np.flatnonzero(chosen)}
                assert painted(markup, title, colour) == {(0, place) for place in cells}
                matrix = "B" if title == "row" else "G"
                assert painted(markup, matrix, colour) == {(m, place) for place in cells}
        for colour, chosen in (("window", A[:, m] > 0), ("strong", A[:, m] < 0)):
            assert painted(markup, "A", colour) == {(int(i), m) for i in np.flatnonzero(chosen)}
        texts = [f"{value:g}".replace("-", "−")
                 for value in (m, data[m], weights[m], products[m], *outputs[m])]
        assert says == ("Product {}: {} from the row times {} from the kernel is {}."
                        " Outputs so far: {}, {}.").format(*texts)
    assert explorer.state_count() == 4
