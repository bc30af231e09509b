"""The explorer of the flip shows SciPy's correlation and SciPy's convolution."""

from itertools import product

import numpy as np
from scipy.signal import convolve2d, correlate2d

from convlib.explore import explore_flip
from convlib.samples import IMAGE, KERNEL
from tests.explore.compared import every_state
from tests.explore.slide_window.so_far import EVEN, TALL, assert_shows_window_and_output


@every_state(explore_flip, (IMAGE, KERNEL), (TALL, EVEN))
def test_flip_shows_correlation_and_convolution(states, image, kernel):
    outputs = {
        "as it is": correlate2d(image, kernel, mode="valid"),
        "flipped": convolve2d(image, kernel, mode="valid"),
    }
    kernels = {"as it is": kernel, "flipped": kernel[::-1, ::-1]}
    seen = []
    for values, markup, says in states:
        row, column, name = values["row"], values["column"], values["kernel"]
        output = outputs[name]
        place = (row, column)
        assert_shows_window_and_output(markup, image, kernels[name], output, place, place)
        patch = image[row:, column:][: len(kernel), : len(kernel[0])]
        pairs = zip(patch.flat, kernels[name].flat, strict=True)
        products = " + ".join(f"{written(a)}·{written(b)}" for a, b in pairs)
        result = str(output[place]).replace("-", "−")
        assert says == f"Kernel {name}, row {row}, column {column}: {products} = {result}."
        seen.append((name, row, column))
    assert seen == [(name, i, j) for name, (i, j) in product(outputs, np.ndindex(output.shape))]


def written(value):
    return f"(−{-value})" if value < 0 else str(value)
