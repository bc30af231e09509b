"""Pooling windows in plain Python, and the images that the tests of this chapter pool."""

import math

import numpy as np
from scipy.signal import correlate2d

from convlib.samples import KERNELS, portrait

SQUARE = np.array(
    [[1, 3, 8, 4, 2], [7, 5, 6, 2, 0], [2, 0, 5, 9, 1], [4, 6, 3, 7, 8], [3, 1, 2, 0, 4]]
)
TALL = np.array(
    [
        [-4, -9, -2, -9],
        [-7, -1, -8, -3],
        [-5, -6, -5, -2],
        [-3, -3, -9, -8],
        [-6, -2, -4, -7],
        [-8, -5, -1, -9],
        [-2, -9, -6, -4],
    ]
)
WIDE = np.array([[3, 0, 5, 1, 7, 2], [8, 4, 2, 9, 0, 6], [1, 6, 3, 5, 2, 8]])
FOUND = np.array(
    [
        [7, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 5, 0, 0, 0, 0],
        [0, 0, 0, 0, 9, 0, 0, 0],
        [0, 6, 0, 0, 0, 0, 0, 0],
    ]
)
EDGES = abs(correlate2d(portrait(128).astype(int), KERNELS["sobel x"], mode="valid"))


def windows_of(image, size, stride, rounded=math.floor):
    """The pixels of every window: {(row, column): [(i, j), ...]}, clipped at the edge."""
    counts = [rounded((n - size) / stride) + 1 for n in image.shape]
    pixels = {
        (row, column): [
            (i, j)
            for i in range(row * stride, row * stride + size)
            for j in range(column * stride, column * stride + size)
            if i < image.shape[0] and j < image.shape[1]
        ]
        for row, column in np.ndindex(*counts)
    }
    return {place: inside for place, inside in pixels.items() if inside}


def winner_of(image, pixels):
    """The first of the largest pixels of a window."""
    return max(pixels, key=lambda pixel: (image[pixel], -pixel[0], -pixel[1]))


def grid_of(numbers):
    """A 2-D array of numbers given by place."""
    rows, columns = map(max, zip(*numbers, strict=True))
    return np.array([[float(numbers[i, j]) for j in range(columns + 1)] for i in range(rows + 1)])


def assert_shows_until(shown, expected, row, column):
    """The grid shows the expected numbers up to one place and is blank after it."""
    wanted = expected.ravel().copy()
    wanted[row * expected.shape[1] + column + 1 :] = np.nan
    full = np.full(expected.shape, np.nan)
    full[: shown.shape[0], : shown.shape[1]] = shown
    np.testing.assert_array_equal(full, wanted.reshape(expected.shape))


def written(values):
    return ", ".join(f"{value:g}".replace("-", "−").replace("inf", "∞") for value in values)
