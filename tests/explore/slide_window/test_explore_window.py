"""The explorer of the sliding window shows what SciPy computes."""

import numpy as np
from scipy.signal import correlate2d

from convlib.explore import explore_window
from convlib.samples import IMAGE, KERNEL
from tests.explore.compared import every_state
from tests.explore.slide_window.so_far import EVEN, TALL, assert_shows_window_and_output

CASES = [(IMAGE, KERNEL, 1), (IMAGE, KERNEL, 2), (TALL, EVEN, 1), (TALL, EVEN, 3)]


@every_state(explore_window, *CASES)
def test_window_shows_image_kernel_and_output_so_far(states, image, kernel, stride):
    output = correlate2d(image, kernel, mode="valid")[::stride, ::stride]
    places = set()
    for values, markup, says in states:
        row, column = values["row"], values["column"]
        places.add((row, column))
        corner = (row * stride, column * stride)
        assert_shows_window_and_output(markup, image, kernel, output, (row, column), corner)
        assert says.startswith(f"Row {row}, column {column}: ")
        assert says.endswith(f" = {output[row, column]}.".replace("-", "−"))
    assert places == set(np.ndindex(output.shape))


def test_window_sentence_writes_out_every_product():
    sentence = explore_window(IMAGE, KERNEL).picture(row=0, column=2).sentence
    assert sentence == (
        "Row 0, column 2: 2·0 + 1·1 + 0·2 + 1·2 + 3·2 + 1·0 + 2·0 + 2·1 + 3·2 = 17."
    )
