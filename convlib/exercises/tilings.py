"""Exercises that cut an image into tiles: with few products, or larger than memory."""

import numpy as np

from convlib.core import conv2d, flip
from convlib.exercises import workings
from convlib.exercises.report import Exercise, check
from convlib.exercises.shared import numbers
from convlib.fast.winograd import matrices

_KERNEL = np.array([[0, 1, 2], [2, 2, 0], [0, 1, 2]])


def _winograd_reader(winograd_conv2d, image, kernel):
    """Ask a reader's function with the matrices of F(2×2, 3×3)."""
    A, G, B = matrices(4, 3)
    return winograd_conv2d(image, kernel, B, G, A)


def _filled_up(image, kernel):
    return conv2d(np.pad(image, [(0, -(n - 2) % 2) for n in image.shape]), kernel)


def _without_the_rest(image, kernel):
    y = conv2d(image, kernel)
    kept = np.zeros_like(y)
    whole = tuple(slice(n - n % 2) for n in y.shape)
    kept[whole] = y[whole]
    return kept


def _first_patch(image, kernel):
    y = conv2d(image, kernel)
    kept = np.zeros_like(y)
    kept[:2, :2] = y[:2, :2]
    return kept


WINOGRAD_CONV2D = Exercise(
    "winograd_conv2d",
    ("image", "kernel"),
    np.ndarray,
    [
        (np.arange(9).reshape(3, 3), _KERNEL),
        (numbers(4, 4), _KERNEL),
        (numbers(5, 4), numbers(3, 3)),
        (numbers(4, 6), numbers(3, 3)),
        (numbers(7, 5), numbers(3, 3) / 2),
    ],
    conv2d,
    {
        "what was filled up is not cut off": _filled_up,
        "the last row and the last column are left out; fill up with zeros first": (
            _without_the_rest
        ),
        "the kernel is flipped": lambda image, kernel: conv2d(image, flip(kernel)),
        "only the first patch is done; does return stand inside the loops?": _first_patch,
        "the output holds whole numbers, and fractions are cut off": lambda image, kernel: np.trunc(
            conv2d(image, kernel)
        ),
        "the output is never filled": lambda image, kernel: 0 * conv2d(image, kernel),
    },
    working=workings.window,
    call=_winograd_reader,
)


def check_winograd_conv2d(winograd_conv2d):
    """Check a function that convolves by Winograd's method, on the matrices of 2×2 outputs.

    Parameters
    ----------
    winograd_conv2d : callable
        ``winograd_conv2d(image, kernel, B, G, A)`` takes a 2-D array, a kernel of 3×3 and three
        matrices, and returns a 2-D array.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import convlib
    >>> check_winograd_conv2d(lambda image, kernel, B, G, A: convlib.conv2d(image, kernel))
    winograd_conv2d: all 5 cases agree with convlib.
    Covered: image 3×3 to 7×5; kernel 3×3; shapes that are not square; numbers
    below 0; fractions.
    """
    check(WINOGRAD_CONV2D, winograd_conv2d)


def _tiled(image, kernel, tile, stride):
    return conv2d(image, kernel, stride=stride).astype(float)


def _tile_by_tile(patch_of, keep=lambda shape, tile: shape):
    """Return a loop over tiles of the output that convolves `patch_of` the image."""

    def function(image, kernel, tile, stride):
        output = np.full(conv2d(image, kernel, stride=stride).shape, np.nan)
        rows, columns = keep(output.shape, tile)
        for i in range(0, rows, tile):
            for j in range(0, columns, tile):
                place = np.s_[i : i + tile, j : j + tile]
                patch = patch_of(image, kernel.shape, (i, j), tile, stride)
                output[place] = conv2d(patch, kernel, stride=stride)
        return output

    return function


def _patch(start, length):
    """Return what cuts a patch out, from where it starts and how long it is along an axis."""

    def patch_of(image, kernel_shape, place, tile, stride):
        return image[
            tuple(
                slice(start(p, stride), start(p, stride) + length(k, tile, stride))
                for p, k in zip(place, kernel_shape)
            )
        ]

    return patch_of


def _from_place(p, stride):
    return p * stride


def _with_halo(k, tile, stride):
    return (tile - 1) * stride + k


def _convolve_reader(convolve_tiles, image, kernel, tile, stride):
    """Ask a reader's function to fill an array that holds no numbers yet."""
    output = np.full(conv2d(image, kernel, stride=stride).shape, np.nan)
    convolve_tiles(image, kernel, output, tile, stride)
    return output


CONVOLVE_TILES = Exercise(
    "convolve_tiles",
    ("image", "kernel", "tile", "stride"),
    np.ndarray,
    [
        (np.array([[2]]), np.array([[3]]), 1, 1),
        (np.array([[1, 2]]), np.array([[3]]), 1, 1),
        (numbers(3, 3), numbers(2, 2), 2, 1),
        (numbers(3, 3), numbers(2, 2), 1, 1),
        (numbers(5, 5), numbers(1, 1), 2, 2),
        (numbers(5, 7), numbers(3, 2), 2, 1),
        (numbers(7, 6), numbers(3, 2), 2, 2),
        (numbers(8, 9), numbers(2, 3), 3, 3),
    ],
    _tiled,
    {
        "a tile borrows no pixels; its last windows need a halo": _tile_by_tile(
            _patch(_from_place, lambda k, tile, stride: tile * stride)
        ),
        "a patch starts at i and j, not at i * stride and j * stride": _tile_by_tile(
            _patch(lambda p, stride: p, _with_halo)
        ),
        "the stride is left out of how long a patch is": _tile_by_tile(
            _patch(_from_place, lambda k, tile, stride: tile - 1 + k)
        ),
        "the last, smaller tiles are left out": _tile_by_tile(
            _patch(_from_place, _with_halo),
            lambda shape, tile: [n - n % tile for n in shape],
        ),
        "only the first tile is filled": _tile_by_tile(
            _patch(_from_place, _with_halo), lambda shape, tile: (1, 1)
        ),
        "every tile is made of the same pixels; it starts at i * stride and j * stride": (
            _tile_by_tile(_patch(lambda p, stride: 0, _with_halo))
        ),
    },
    call=_convolve_reader,
)


def check_convolve_tiles(convolve_tiles):
    """Check a function that convolves an image tile by tile.

    Parameters
    ----------
    convolve_tiles : callable
        ``convolve_tiles(image, kernel, output, tile, stride=1)`` takes three 2-D arrays and two
        integers, and fills `output`, which holds NaN before.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import convlib
    >>> def convolve_tiles(image, kernel, output, tile, stride=1):
    ...     output[:] = convlib.conv2d(image, kernel, stride=stride)
    >>> check_convolve_tiles(convolve_tiles)
    convolve_tiles: all 8 cases agree with convlib.
    Covered: image 1×1 to 8×9; kernel 1×1 to 2×3; tile 1 to 3; stride 1 to 3;
    shapes that are not square; numbers below 0.
    """
    check(CONVOLVE_TILES, convolve_tiles)
