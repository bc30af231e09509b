"""One filter over several channels in plain arithmetic and SciPy, and how it is shown."""

import numpy as np
from scipy.signal import correlate2d

from convlib.samples import RGB_IMAGE, RGB_KERNEL
from tests.drawn import filled, grids, outlined

NUMBERS = np.random.default_rng(5)
WIDE = NUMBERS.integers(-4, 5, (2, 3, 6))
WIDE_WEIGHT = NUMBERS.integers(-3, 4, (4, 2, 2, 3))
WIDE_BIAS = np.array([-5, 0, 7, 2])
BLUE = np.array([[[0, 0], [0, 0]], [[0, 0], [0, 0]], [[1, 1], [1, 1]]])
WEIGHT = np.stack([RGB_KERNEL, BLUE])
BIAS = np.array([-9, -8])
NAMES = {2: ["channel 0", "channel 1"], 3: ["red", "green", "blue"]}
ONE_FILTER = [(RGB_IMAGE, RGB_KERNEL), (WIDE, WIDE_WEIGHT[0])]
FILTERS = [(RGB_IMAGE, WEIGHT, BIAS), (WIDE, WIDE_WEIGHT, WIDE_BIAS)]


def sums_by_channel(image, kernel):
    return np.array([correlate2d(x, k, mode="valid") for x, k in zip(image, kernel, strict=True)])


def assert_shows(grid, expected):
    """Compare a grid that was read back; cells blank at its end are missing there."""
    full = np.full(expected.shape, np.nan)
    full[: grid.shape[0], : grid.shape[1]] = grid
    np.testing.assert_array_equal(full, expected)


def blank_after(output, *place):
    flat = output.astype(float).ravel()
    flat[np.ravel_multi_index(place, output.shape) + 1 :] = np.nan
    return flat.reshape(output.shape)


def written(value):
    return str(value).replace("-", "−")


def factor(value):
    return f"({written(value)})" if value < 0 else written(value)


def sum_of(numbers):
    first, *others = numbers
    return " + ".join([written(first), *map(factor, others)])


def assert_shows_channels(markup, image, kernels, place, framed):
    """Compare every channel and its kernel; `framed` are the channels whose window is framed."""
    shown = grids(markup)
    size = kernels.shape[1:]
    window = {(place[0] + a, place[1] + b) for a, b in np.ndindex(size)}
    for c, name in enumerate(NAMES[len(image)]):
        np.testing.assert_array_equal(shown[name], image[c])
        np.testing.assert_array_equal(shown[f"{name} kernel"], kernels[c])
        assert filled(markup, name, "window") == window
        kernel_cells = filled(markup, f"{name} kernel", "kernel")
        assert kernel_cells == set(np.ndindex(size))
        assert outlined(markup, name) == ({(*place, *size)} if c in framed else set())
        edges = outlined(markup, f"{name} kernel", "kernel edge")
        assert edges == ({(0, 0, *size)} if c in framed else set())
