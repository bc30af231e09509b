"""The explorers of the sliding window show what SciPy computes."""

import numpy as np
import pytest
from scipy.signal import convolve2d, correlate2d

from convlib.explore import explore_flip, explore_kernels, explore_window
from convlib.samples import IMAGE, KERNEL, KERNELS, portrait
from tests.drawn import grids, painted

TALL = np.arange(24).reshape(6, 4) % 7 - 3
EVEN = np.array([[1, -2, 0], [0, 3, 1]])


def computed_until(output, row, column):
    """The output with every cell after (row, column) blank."""
    expected = output.astype(float).ravel()
    expected[row * output.shape[1] + column + 1:] = np.nan
    return expected.reshape(output.shape)


def assert_shows(grid, expected):
    full = np.full(expected.shape, np.nan)
    full[:grid.shape[0], :grid.shape[1]] = grid
    np.testing.assert_array_equal(full, expected)


@pytest.mark.parametrize("image, kernel, stride",
                         [(IMAGE, KERNEL, 1), (IMAGE, KERNEL, 2), (TALL, EVEN, 1), (TALL, EVEN, 3)])
def test_window_shows_image_kernel_and_output_so_far(image, kernel, stride, drive):
    output = correlate2d(image, kernel, mode="valid")[::stride, ::stride]
    places = set()
    for values, markup, says in drive(explore_window(image, kernel, stride)):
        row, column = values["row"], values["column"]
        places.add((row, column))
        shown = grids(markup)
        np.testing.assert_array_equal(shown["image"], image)
        np.testing.assert_array_equal(shown["kernel"], kernel)
        assert_shows(shown["output"], computed_until(output, row, column))
        under_window = {(row * stride + u, column * stride + v)
                        for u, v in np.ndindex(kernel.shape)}
        assert painted(markup, "image", "window") == under_window
        assert painted(markup, "output", "output") == {(row, column)}
        assert says.startswith(f"Row {row}, column {column}: ")
        assert says.endswith(f" = {output[row, column]}.".replace("-", "−"))
    assert places == set(np.ndindex(output.shape))


def test_window_sentence_writes_out_every_product():
    sentence = explore_window(IMAGE, KERNEL).picture(row=0, column=2).sentence
    assert sentence == ("Row 0, column 2: 2·0 + 1·1 + 0·2 + 1·2 + 3·2 + 1·0 + 2·0 + 2·1 + 3·2"
                        " = 17.")


@pytest.mark.parametrize("image, kernel", [(IMAGE, KERNEL), (TALL, EVEN)])
def test_flip_shows_correlation_and_convolution(image, kernel, drive):
    outputs = {"as it is": correlate2d(image, kernel, mode="valid"),
               "flipped": convolve2d(image, kernel, mode="valid")}
    kernels = {"as it is": kernel, "flipped": kernel[::-1, ::-1]}
    count = 0
    for values, markup, says in drive(explore_flip(image, kernel)):
        row, column, name = values["row"], values["column"], values["kernel"]
        output, shown = outputs[name], grids(markup)
        np.testing.assert_array_equal(shown["kernel"], kernels[name])
        assert_shows(shown["output"], computed_until(output, row, column))
        assert f"Kernel {name}, row {row}, column {column}" in says
        assert says.endswith(f" = {output[row, column]}.".replace("-", "−"))
        count += 1
    assert count == 2 * output.size


def test_kernels_show_every_kernel_and_the_filtered_photograph(drive):
    photo = portrait(128)
    seen = []
    explorer = explore_kernels(photo, KERNELS)
    for values, markup, says in drive(explorer):
        name = values["kernel"]
        seen.append(name)
        output = correlate2d(photo.astype(float), KERNELS[name], mode="valid")
        np.testing.assert_allclose(grids(markup)[name], KERNELS[name], atol=0.005)
        low, high = (f"{value:.0f}".replace("-", "−") for value in (output.min(), output.max()))
        assert says.endswith(f"{low} to {high}.")
        images = explorer.picture(kernel=name).figure.axes[0].images
        np.testing.assert_array_equal(images[0].get_array(), photo)
        expected = abs(output) if name in ("sobel x", "sobel y", "laplacian") else output
        np.testing.assert_allclose(images[1].get_array(), expected, atol=1e-9)
    assert seen == list(KERNELS)
