"""The explorer of shifted multiply-adds shows how the output adds up."""

import numpy as np
from scipy.signal import correlate2d

from convlib.explore import explore_shifts
from tests.drawn import filled, grids, outlined
from tests.explore.compared import every_state
from tests.explore.go_faster.products import CASES, products, text


@every_state(explore_shifts, *CASES)
def test_shifts_add_one_weighted_image_after_another(states, image, kernel):
    height, width = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    places = list(np.ndindex(height, width))
    total, steps = np.zeros((height, width), int), []
    for values, markup, says in states:
        step, shown = values["step"], grids(markup)
        steps.append(step)
        u, v = step // kernel.shape[1], step % kernel.shape[1]
        weight, pixel = kernel[u, v], image[u, v]
        np.testing.assert_array_equal(shown["image"], image)
        np.testing.assert_array_equal(shown["kernel"], kernel)
        np.testing.assert_array_equal(shown["sum before"], total)
        added = np.array([weight * image[i + u, j + v] for i, j in places]).reshape(height, width)
        np.testing.assert_array_equal(shown["weight × pixels"], added)
        before, total = total, total + added
        np.testing.assert_array_equal(shown["sum after"], total)
        assert filled(markup, "image", "window") == {(i + u, j + v) for i, j in places}
        assert outlined(markup, "image") == {(u, v, height, width)}
        assert filled(markup, "kernel", "kernel") == {(u, v)}
        assert outlined(markup, "kernel", "kernel edge") == {(u, v, 1, 1)}
        assert filled(markup, "weight × pixels", "window") == set(places)
        assert filled(markup, "sum after", "output") == set(places)
        assert says == (
            f"Step {step}: {text(weight)}, the weight in row {u}, column {v}, times the pixels"
            f" from row {u}, column {v} on. In row 0, column 0: {text(before[0, 0])} +"
            f" {products([weight], [pixel])} = {text(total[0, 0])}."
        )
    assert steps == list(range(kernel.size))
    np.testing.assert_array_equal(total, correlate2d(image, kernel, mode="valid"))
