"""The explorer of padding, stride and dilation shows what SciPy and counting by hand give."""

import re
from itertools import chain, product

import numpy as np
from scipy.signal import correlate2d

from convlib.explore import explore_geometry
from convlib.samples import IMAGE, KERNEL
from tests.drawn import filled, grids, outlined, texts
from tests.explore.compared import every_state
from tests.explore.pad_stride_dilate.rows import places

WIDE = np.arange(30).reshape(5, 6) % 7 - 3
EVEN = np.array([[1, -2, 0], [0, 3, 1]])
MOST_PADDING = {(3, 3): {1: 1, 2: 2}, (2, 3): {1: 1, 2: 1}}


def spread(kernel, dilation):
    """Write a dilated kernel as a larger one with zeros in its gaps."""
    wide = np.zeros(dilation * (np.array(kernel.shape) - 1) + 1, dtype=int)
    wide[::dilation, ::dilation] = kernel
    return wide


def sum_text(patch, kernel):
    def text(number):
        return f"(−{-number})" if number < 0 else str(number)

    return " + ".join(f"{text(a)}·{text(b)}" for a, b in zip(patch.flat, kernel.flat, strict=True))


def assert_paints_image(markup, says, image, kernel, dilation, padding, stride, row, column):
    """Compare the pixels of each colour, the frame, and how many are said to be unseen."""
    rows, columns = (
        places(n, k, stride, padding, padding, dilation) for n, k in zip(image, kernel, strict=True)
    )
    window = set(product(rows[row], columns[column]))
    pixels = set(np.ndindex(image))
    zeros = set(product(*(range(-padding, n + padding) for n in image))) - pixels
    unseen = pixels - set(product(chain.from_iterable(rows), chain.from_iterable(columns)))

    def shown(colour):
        return {(i - padding, j - padding) for i, j in filled(markup, "image", colour)}

    assert shown("window") == window
    assert shown("strong") == unseen
    assert shown("outside") == zeros - window
    assert shown("paper") == pixels - window - unseen
    ((top, left), (bottom, right)) = min(window), max(window)
    assert outlined(markup, "image") == {
        (top + padding, left + padding, bottom - top + 1, right - left + 1)
    }
    count = re.search(r"\. No window sees (\d+) of the (\d+) pixels\.$", says)
    assert (tuple(map(int, count.groups())) if count else (0, len(pixels))) == (
        len(unseen),
        len(pixels),
    )


def assert_numbers_rows_from_minus_padding(markup, shape, padding):
    """The first pixel has the number 0, whatever stands around it."""
    numbers = [f"{n}".replace("-", "−") for size in shape for n in range(-padding, size + padding)]
    drawn = texts(markup)
    cells = (shape[0] + 2 * padding) * (shape[1] + 2 * padding)
    assert drawn[cells : cells + len(numbers)] == numbers


@every_state(
    explore_geometry,
    {"image": IMAGE, "kernel": KERNEL},
    {"image": WIDE, "kernel": EVEN, "stride": (2, 3)},
)
def test_geometry_shows_what_scipy_computes(states, settings):
    image, kernel, strides = settings["image"], settings["kernel"], settings.get("stride", (1, 3))
    most_padding = MOST_PADDING[kernel.shape]
    visited = set()
    for values, markup, says in states:
        dilation, padding, stride, row, column = values.values()
        visited.add((dilation, padding, stride, row, column))
        padded = np.pad(image, padding)
        output = correlate2d(padded, spread(kernel, dilation), mode="valid")[::stride, ::stride]
        shown = grids(markup)
        np.testing.assert_array_equal(shown["image"], padded)
        np.testing.assert_array_equal(shown["kernel"], kernel)
        done = row * output.shape[1] + column + 1
        written = shown["output"][~np.isnan(shown["output"])]
        np.testing.assert_array_equal(written, output.ravel()[:done])
        assert filled(markup, "output", "output") == {(row, column)}
        every = set(np.ndindex(output.shape))
        assert filled(markup, "output", "paper") == every - {(row, column)}
        assert outlined(markup, "output", "output edge") == {(row, column, 1, 1)}
        assert_paints_image(markup, says, image.shape, kernel.shape, *values.values())
        assert_numbers_rows_from_minus_padding(markup, image.shape, padding)

        top, left = row * stride, column * stride
        patch = padded[top:, left:][::dilation, ::dilation][: kernel.shape[0], : kernel.shape[1]]
        result = str(output[row, column]).replace("-", "−")
        assert says.startswith(
            f"Output {output.shape[0]}×{output.shape[1]}."
            f" Row {row}, column {column}: {sum_text(patch, kernel)}"
            f" = {result}."
        )
    wanted = set()
    for dilation in (1, 2):
        for padding, stride in product(range(most_padding[dilation] + 1), range(strides[0], 4)):
            shape = [
                len(places(n, k, stride, padding, padding, dilation))
                for n, k in zip(image.shape, kernel.shape, strict=True)
            ]
            wanted |= {(dilation, padding, stride, *place) for place in np.ndindex(*shape)}
    assert visited == wanted


def test_geometry_takes_one_value_for_a_slider():
    explorer = explore_geometry(IMAGE, KERNEL, dilation=2, padding=0, stride=1)
    assert list(explorer.sliders) == ["row", "column"]
    assert explorer.picture().sentence == (
        "Output 1×1. Row 0, column 0: 3·0 + 2·1 + 0·2 + 3·2 + 2·2 + 3·0 + 2·0 + 0·1 + 1·2"
        " = 14. No window sees 16 of the 25 pixels."
    )
