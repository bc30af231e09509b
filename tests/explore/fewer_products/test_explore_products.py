"""The explorer of Winograd's products along a row shows what plain sums give."""

import numpy as np

from convlib.explore import explore_products
from tests.drawn import grids, outlined, painted
from tests.explore.compared import every_state

B = np.array([[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]])
G = np.array([[2, 0, 0], [1, 1, 1], [1, -1, 1], [0, 0, 2]]) / 2
A = np.array([[1, 1, 1, 0], [0, 1, -1, -1]])


@every_state(
    explore_products, ([3, 3, 2, 1], [3, 1, 2], B, G, A), ([-5, 0, 4, 7], [1, -2, 6], B, G, A)
)
def test_products_lead_to_the_outputs(states, row, taps, B, G, A):
    x0, x1, x2, x3 = row
    w0, w1, w2 = taps
    data = [x0 - x2, x1 + x2, x2 - x1, x1 - x3]
    weights = [w0, (w0 + w1 + w2) / 2, (w0 - w1 + w2) / 2, w2]
    products = [one * other for one, other in zip(data, weights, strict=True)]
    outputs = [
        [products[0], 0],
        [products[0] + products[1], products[1]],
        [sum(products[:3]), products[1] - products[2]],
        [sum(products[:3]), products[1] - products[2] - products[3]],
    ]
    np.testing.assert_allclose(outputs[3], np.correlate(row, taps))
    seen = []
    for values, markup, says in states:
        m = values["product"]
        seen.append(m)
        shown = grids(markup)
        for title, wanted in (
            ("B", B),
            ("G", G),
            ("A", A),
            ("row", [row]),
            ("kernel", [taps]),
            ("row, read", [[data[m]]]),
            ("kernel, read", [[weights[m]]]),
            ("products", [products[: m + 1]]),
            ("outputs so far", [outputs[m]]),
        ):
            np.testing.assert_allclose(shown[title], wanted, err_msg=title)
        for title, line in (("row", B[m]), ("kernel", G[m])):
            for colour, chosen in (("window", line > 0), ("strong", line < 0)):
                cells = {int(place) for place in np.flatnonzero(chosen)}
                assert painted(markup, title, colour) == {(0, place) for place in cells}
                matrix = "B" if title == "row" else "G"
                assert painted(markup, matrix, colour) == {(m, place) for place in cells}
        for colour, chosen in (("window", A[:, m] > 0), ("strong", A[:, m] < 0)):
            assert painted(markup, "A", colour) == {(int(i), m) for i in np.flatnonzero(chosen)}
        texts = [
            f"{value:g}".replace("-", "−")
            for value in (m, data[m], weights[m], products[m], *outputs[m])
        ]
        assert says == (
            "Product {}: {} from the row times {} from the kernel is {}. Outputs so far: {}, {}."
        ).format(*texts)
        for title, width in (("B", 4), ("G", 3)):
            assert outlined(markup, title, "line") == {(m, 0, 1, width)}
        assert outlined(markup, "A", "line") == {(0, m, 2, 1)}
        assert painted(markup, "products", "output") == {(0, m)}
        assert painted(markup, "outputs so far", "output") == {(0, 0), (0, 1)}
    assert seen == [0, 1, 2, 3]
