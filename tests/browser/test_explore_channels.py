"""The explorers of channels and filters show what SciPy computes, channel by channel."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from convlib.explore import explore_channels, explore_filters, show_channels
from convlib.explore.svg import svg_markup
from convlib.samples import RGB_IMAGE, RGB_KERNEL
from tests.drawn import grids, painted

NUMBERS = np.random.default_rng(5)
WIDE = NUMBERS.integers(-4, 5, (2, 3, 6))
WIDE_WEIGHT = NUMBERS.integers(-3, 4, (4, 2, 2, 3))
WIDE_BIAS = np.array([-5, 0, 7, 2])
BLUE = np.array([[[0, 0], [0, 0]], [[0, 0], [0, 0]], [[1, 1], [1, 1]]])
WEIGHT = np.stack([RGB_KERNEL, BLUE])
BIAS = np.array([-9, -8])
NAMES = {2: ["channel 0", "channel 1"], 3: ["red", "green", "blue"]}


def sums_by_channel(image, kernel):
    return np.array([correlate2d(x, k, mode="valid") for x, k in zip(image, kernel)])


def assert_shows(grid, expected):
    """Compare a grid that was read back; cells blank at its end are missing there."""
    full = np.full(expected.shape, np.nan)
    full[:grid.shape[0], :grid.shape[1]] = grid
    np.testing.assert_array_equal(full, expected)


def blank_after(output, *place):
    flat = output.astype(float).ravel()
    flat[np.ravel_multi_index(place, output.shape) + 1:] = np.nan
    return flat.reshape(output.shape)


def written(value):
    return str(value).replace("-", "−")


def factor(value):
    return f"({written(value)})" if value < 0 else written(value)


def sum_of(numbers):
    first, *others = numbers
    return " + ".join([written(first), *map(factor, others)])


def marked(explorer, values):
    """Return what the outlines of one state frame: sorted (row, column, height, width)."""
    patches = explorer.frame(**values)[0].axes[0].patches
    frames = [p for p in patches if not p.get_fill()]
    return sorted((p.get_y(), p.get_x(), p.get_height(), p.get_width()) for p in frames)


def under_window(values, kernel):
    return {(values["row"] + a, values["column"] + b) for a, b in np.ndindex(kernel.shape[1:])}


@pytest.mark.parametrize("image, kernel", [(RGB_IMAGE, RGB_KERNEL), (WIDE, WIDE_WEIGHT[0])])
def test_channels_show_every_sum_on_its_way_to_the_output(image, kernel, drive):
    sums = sums_by_channel(image, kernel)
    names = NAMES[len(image)]
    seen = []
    for values, markup, says in drive(explore_channels(image, kernel)):
        row, column, c = values["row"], values["column"], names.index(values["channel"])
        shown = grids(markup)
        seen.append((row, column, c))
        for d, name in enumerate(names):
            np.testing.assert_array_equal(shown[name], image[d])
            np.testing.assert_array_equal(shown[f"{name} kernel"], kernel[d])
            assert painted(markup, name, "window") == under_window(values, kernel)
            if d <= c:
                np.testing.assert_array_equal(shown[f"{name} sum"], [[sums[d, row, column]]])
            else:
                assert f"{name} sum" not in shown
        output = sums.sum(axis=0)
        output[row, column] = sums[:c + 1, row, column].sum()
        assert_shows(shown["output"], blank_after(output, row, column))
        assert painted(markup, "output", "output") == {(row, column)}
        assert says.startswith(f"Row {row}, column {column}, {names[c]}: ")
        assert f" = {written(sums[c, row, column])}. Total: " in says
        assert says.endswith(f" {written(output[row, column])}.")
    assert seen == [(i, j, c) for i, j in np.ndindex(sums.shape[1:]) for c in range(len(image))]


@pytest.mark.parametrize("image, kernel", [(RGB_IMAGE, RGB_KERNEL), (WIDE, WIDE_WEIGHT[0])])
def test_channels_write_out_the_products_and_the_sums(image, kernel):
    sums = sums_by_channel(image, kernel)
    _, kernel_height, kernel_width = kernel.shape
    explorer = explore_channels(image, kernel)
    for values in explorer.states():
        says = explorer.picture(**values).sentence
        i, j, c = values["row"], values["column"], NAMES[len(image)].index(values["channel"])
        products = [f"{factor(image[c, i + a, j + b])}·{factor(kernel[c, a, b])}"
                    for a in range(kernel_height) for b in range(kernel_width)]
        assert f": {' + '.join(products)} = " in says
        assert f" Total: {sum_of(sums[:c + 1, i, j])}{' =' if c else '.'}" in says


def test_channels_frame_the_window_and_the_kernel_of_the_channel():
    explorer = explore_channels(WIDE, WIDE_WEIGHT[0])
    top, left, step = 1.6, 0.8, 7
    for c, name in enumerate(NAMES[2]):
        frames = marked(explorer, {"row": 1, "column": 2, "channel": name})
        assert (top + 1, left + c * step + 2, 2, 3) in frames
        assert len(frames) == 3  # window, kernel and output cell


def test_sentence_of_the_worked_place():
    sentence = explore_channels(RGB_IMAGE, RGB_KERNEL).picture(
        row=2, column=2, channel="blue").sentence
    assert sentence == ("Row 2, column 2, blue: 0·(−1) + 0·(−1) + 0·(−1) + 1·(−1) = −1."
                        " Total: 6 + 5 + (−1) = 10.")


@pytest.mark.parametrize("image, weight, bias", [
    (RGB_IMAGE, WEIGHT, BIAS), (WIDE, WIDE_WEIGHT, WIDE_BIAS)])
def test_filters_show_their_kernels_sums_and_maps_so_far(image, weight, bias, drive):
    sums = np.array([sums_by_channel(image, kernel) for kernel in weight])
    output = sums.sum(axis=1) + bias[:, np.newaxis, np.newaxis]
    names = NAMES[len(image)]
    seen = []
    explorer = explore_filters(image, weight, bias)
    for values, markup, says in drive(explorer):
        place = values["filter"], values["row"], values["column"]
        shown = grids(markup)
        o, row, column = place
        seen.append(place)
        for c, name in enumerate(names):
            np.testing.assert_array_equal(shown[name], image[c])
            np.testing.assert_array_equal(shown[f"{name} kernel"], weight[o, c])
            assert painted(markup, name, "window") == under_window(values, weight[o])
            np.testing.assert_array_equal(shown[f"{name} sum"], [[sums[o, c, row, column]]])
        so_far = blank_after(output, *place)
        for f in range(len(weight)):
            if f <= o:
                assert_shows(shown[f"output {f}"], so_far[f])
            else:
                assert f"output {f}" not in shown
            current = {(row, column)} if f == o else set()
            assert painted(markup, f"output {f}", "output") == current
        np.testing.assert_array_equal(shown["bias"], bias[:, np.newaxis])
        assert painted(markup, "bias", "kernel") == {(o, 0)}
        added = sums[o, :, row, column]
        assert says == (f"Filter {o}, row {row}, column {column}: the channel sums"
                        f" {sum_of(added)} and the bias {written(bias[o])}"
                        f" make {written(output[place])}.")
        notes = [text.get_text() for text in explorer.frame(**values)[0].axes[0].texts]
        assert f"{sum_of([*added, bias[o]])} = {written(output[place])}" in notes
    assert seen == list(np.ndindex(output.shape))


def test_filters_mark_the_window_the_output_cell_and_the_bias():
    explorer = explore_filters(WIDE, WIDE_WEIGHT, WIDE_BIAS)
    top, left, step = 1.6, 0.8, 7
    frames = marked(explorer, {"filter": 2, "row": 1, "column": 3})
    assert {(top + 1, left + 3, 2, 3), (top + 1, left + step + 3, 2, 3)} <= set(frames)
    cells = [(row, column) for row, column, height, width in frames if (height, width) == (1, 1)]
    bottom = min(row for row, _ in cells) - 1
    assert (bottom + 1, left + 2 * 5 + 3) in cells  # maps are 4 wide, 1 apart
    assert (bottom + 2, left + 4 * 5 + 0.3) in cells  # the bias of filter 2


@pytest.mark.parametrize("explorer", [
    explore_channels(RGB_IMAGE, RGB_KERNEL), explore_channels(WIDE, WIDE_WEIGHT[0]),
    explore_filters(RGB_IMAGE, WEIGHT, BIAS), explore_filters(WIDE, WIDE_WEIGHT, WIDE_BIAS)])
def test_everything_stays_inside_one_canvas(explorer):
    sizes = set()
    for values in explorer.states():
        ax = explorer.frame(**values)[0].axes[0]
        width, height = ax.get_xlim()[1], ax.get_ylim()[0]
        sizes.add((width, height))
        for text in ax.texts:
            column, row = text.get_position()
            assert 0 < column < width and 0 < row < height
    assert len(sizes) == 1


@pytest.mark.parametrize("image", [RGB_IMAGE, np.arange(24).reshape(3, 2, 4) % 4])
def test_tiny_image_is_shown_in_its_colours(image):
    picture = show_channels(image)
    shown = grids(svg_markup(picture.figure))
    for channel, name in zip(image, NAMES[3]):
        np.testing.assert_array_equal(shown[name], channel)
    pixels = picture.figure.axes[0].images[0].get_array()
    assert pixels.shape == (*image.shape[1:], 3)
    for i, j in np.ndindex(image.shape[1:]):
        np.testing.assert_array_equal(pixels[i, j], [85 * image[c, i, j] for c in range(3)])
