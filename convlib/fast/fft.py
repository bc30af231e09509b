"""Convolve by multiplying spectra: the convolution theorem.

The Fourier transform turns a shift into a change of phase, and so a convolution, which adds up
shifted images, into a multiplication at each frequency. Transform the image and the kernel,
multiply, transform back. The cost hardly depends on the size of the kernel, where every other
method pays for each of its cells.

The transform treats an image as a tile that repeats for ever, so that outputs whose window
crosses the edge of the tile are wrong. Only the others are kept, and the tiles overlap by a
kernel's span less one pixel ("overlap-save"; adding overlapping outputs up instead is
"overlap-add")::

    tile 1   [ kept      | wrong ]
    tile 2               [ kept      | wrong ]

Small tiles stay in the cache, and the memory needed does not grow with the image. NumPy computes
the transform in the input's precision only if it scales the result, hence ``norm="ortho"``.

Each error is some eps * log2(tile) times the root of the sums of squares of the *whole* tile and
of the kernel: a dark corner beside a bright sun gets the sun's errors. A NaN or an infinity
spreads to all of its tile.
"""

from bisect import bisect_left
from functools import cache
from itertools import product
from math import log2, prod

import numpy as np

from convlib.fast.blocks import overlap
from convlib.fast.method import Method
from convlib.fast.scratch import scratch
from convlib.fast.threads import cores, for_each
from convlib.shapes import span

# Even lengths whose transforms are fast: products of 2, 3 and 5.
LENGTHS = sorted(
    2**a * 3**b * 5**c
    for a in range(1, 21)
    for b in range(13)
    for c in range(9)
    if 2**a * 3**b * 5**c <= 2**20
)
TILE = 300_000  # pixels of a tile, over all channels: they stay in the cache
CALLS = 2**18  # what the calls for one tile cost, in the unit of `work`
SPECTRA = 2**21  # numbers: spectra of kernels at a time


def obstacle(call):
    """Return what keeps the transform from doing a convolution, or None."""
    return "would round integers" if call.x.dtype.kind != "f" else None


@cache
def tile_size(places, windows, channels, threads):
    """Return the size of tile that takes the least work.

    Parameters
    ----------
    places : (rows, columns)
        Outputs to compute.
    windows : (rows, columns)
        Pixels that one output sees.
    channels, threads : int

    Returns
    -------
    tile : (rows, columns)
    """

    def lengths(n, window):
        """Return the shortest length for each number of tiles along an axis."""
        most = max(min(n // window, 32), 1)
        shortest = {-(-n // count) + window - 1 for count in range(1, most + 1)}
        return {LENGTHS[bisect_left(LENGTHS, length)] for length in shortest}

    def work(tile):
        pixels = channels * tile[0] * tile[1]
        tiles = prod(-(-n // (t - w + 1)) for n, t, w in zip(places, tile, windows))
        return -(-tiles // threads) * (pixels * log2(pixels) + CALLS)

    tiles = list(product(*map(lengths, places, windows)))
    small = [tile for tile in tiles if channels * tile[0] * tile[1] <= TILE]
    return min(small or [min(tiles)], key=work)


def convolve(call):
    """Compute a convolution from its checked arguments.

    Parameters
    ----------
    call : ConvArguments

    Returns
    -------
    y : (N, O, HO, WO) array
    """
    y = np.empty(call.shape, call.x.dtype)
    filters, channels = call.weight.shape[:2]
    places, tile, kept = plan(call)

    per_group = filters // call.groups
    step = max(SPECTRA // (channels * tile[0] * tile[1]), 1)
    for first in range(0, filters, per_group):
        seen = slice(first // per_group * channels, (first // per_group + 1) * channels)
        for start in range(first, first + per_group, step):
            some = slice(start, min(start + step, first + per_group))
            spectrum = kernel_spectrum(call.weight[some], call.dilation, tile)

            def work(corner):
                image, i, j = corner
                x = cut_tile(call, image, seen, (i, j), tile)
                results = filter_tile(x, spectrum)[:, : kept[0], : kept[1]]
                results = results[
                    :,
                    -i % call.stride[0] : places[0] - i : call.stride[0],
                    -j % call.stride[1] : places[1] - j : call.stride[1],
                ]
                out = y[image, some, -(-i // call.stride[0]) :, -(-j // call.stride[1]) :]
                out = out[:, : results.shape[1], : results.shape[2]]
                np.add(results, call.bias[some].reshape(-1, 1, 1), out=out)

            for_each(work, product(range(len(y)), *map(range, (0, 0), places, kept)))
    return y


def plan(call):
    """Return the outputs to compute, the size of a tile, and the outputs that a tile keeps.

    Every place of stride 1 is computed; the stride takes its pick.
    """
    windows = tuple(map(span, call.weight.shape[2:], call.dilation))
    places = tuple((n - 1) * stride + 1 for n, stride in zip(call.shape[2:], call.stride))
    tile = tile_size(places, windows, call.weight.shape[1], cores())
    return places, tile, tuple(n - window + 1 for n, window in zip(tile, windows))


def kernel_spectrum(weight, dilation, tile):
    """Return the spectra of kernels, turned so that they correlate.

    Parameters
    ----------
    weight : (O, C, KH, KW) array
    dilation, tile : (rows, columns)

    Returns
    -------
    spectrum : complex (O, C, tile rows, tile columns // 2 + 1) array
    """
    kernels = np.zeros((*weight.shape[:2], *tile), weight.dtype)
    rows, columns = (slice(0, span(k, d), d) for k, d in zip(weight.shape[2:], dilation))
    kernels[:, :, rows, columns] = weight
    spectrum = np.fft.rfft2(kernels, norm="ortho")
    np.conjugate(spectrum, out=spectrum)
    spectrum *= np.sqrt(weight.dtype.type(tile[0] * tile[1]))
    return spectrum


def cut_tile(call, image, channels, corner, tile):
    """Return the tile under the outputs from `corner` on, with zeros outside the image."""
    (rows, top), (columns, left) = (
        overlap(place - before, n, size)
        for place, (before, _), n, size in zip(corner, call.padding, tile, call.x.shape[2:])
    )
    x = scratch("tile", (channels.stop - channels.start, *tile), call.x.dtype)
    x[...] = 0
    x[:, top, left] = call.x[image, channels, rows, columns]
    return x


def filter_tile(x, spectrum):
    """Multiply a tile by kernels in the frequency domain.

    Parameters
    ----------
    x : (C, rows, columns) array
    spectrum : complex (O, C, rows, columns // 2 + 1) array

    Returns
    -------
    results : (O, rows, columns) array
        Scratch memory.
    """
    rows, columns = x.shape[1:]
    shape, dtype = (rows, columns // 2 + 1), spectrum.dtype
    first = scratch("spectrum", (len(x), *shape), dtype)
    second = scratch("spectrum of columns", (len(x), *shape), dtype)
    np.fft.rfft(x, norm="ortho", out=first)
    np.fft.fft(first, axis=1, norm="ortho", out=second)
    del first  # its memory is used again
    first = scratch("spectrum", (len(spectrum), *shape), dtype)
    np.multiply(spectrum[:, 0], second[0], out=first)
    for c in range(1, len(x)):
        first += spectrum[:, c] * second[c]
    del second
    second = scratch("spectrum of columns", (len(spectrum), *shape), dtype)
    np.fft.ifft(first, axis=1, norm="ortho", out=second)
    results = scratch("results", (len(spectrum), rows, columns), x.dtype)
    np.fft.irfft(second, columns, norm="ortho", out=results)
    return results


def seconds(call, rates):
    """Estimate the time: transforms of tiles and of kernels, and a product for each pair."""
    (images, filters), channels = call.shape[:2], call.weight.shape[1]
    places, tile, kept = plan(call)
    tiles = images * prod(-(-n // k) for n, k in zip(places, kept))
    pixels = prod(tile)
    transforms = tiles * (call.groups * channels + filters) + filters * channels
    return (
        transforms * pixels * log2(pixels) / rates.TRANSFORMS
        + 2 * tiles * filters * channels * pixels / rates.PASSES
        + tiles * call.groups / rates.CALLS
    )


METHOD = Method("fft", convolve, obstacle, seconds, spreads_nan=True)
