"""Convolve with fewer multiplications: Winograd's three small matrices.

Two outputs of a row kernel of three cells need 2 * 3 = 6 multiplications, or only 4. Two
neighbouring outputs see four pixels x0 .. x3 between them::

    m1 = (x0 - x2) * k0               m2 = (x1 + x2) * (k0 + k1 + k2) / 2
    m4 = (x1 - x3) * k2               m3 = (x2 - x1) * (k0 - k1 + k2) / 2

    y0 = m1 + m2 + m3                 y1 = m2 - m3 - m4

That is F(2, 3), and in matrices ``y = A ((G k) * (B x))``. Used along rows and along columns it is
F(2x2, 3x3): 16 multiplications for 4 outputs, where the definition takes 36. F(4x4, 3x3) takes 36
for 16 outputs instead of 144. With many channels and filters the multiplications become matrix
products, one for each of the 16 or 36 places, and what G, B and A cost is soon repaid.

The price is accuracy. Sums and differences of large numbers lose digits: in float32 the error is
some 2 times that of the definition with 4 points (its typical size is 3e-7 of a typical output)
and 5 times with 6 points (1e-6). A NaN or an infinity spreads to all outputs of its tile.

Lavin and Gray, Fast algorithms for convolutional neural networks, 2016; the points are of the
kind found by Barabasz, Anderson, Soodhalter and Gregg, Error analysis and improving the accuracy
of Winograd convolution, 2020.
"""

from fractions import Fraction
from functools import cache, partial
from math import prod

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convlib.fast.blocks import cut, input_of, overlap, slices
from convlib.fast.method import Method
from convlib.fast.rates import product
from convlib.fast.scratch import scratch
from convlib.fast.threads import cores, for_each

# Where the polynomials are evaluated, besides infinity. For six points, 3/4 and 3/2 lose half as
# many digits as the usual 1 and 2.
POINTS = {
    4: (Fraction(0), Fraction(1), Fraction(-1)),
    6: (Fraction(0), Fraction(3, 4), Fraction(-3, 4), Fraction(3, 2), Fraction(-3, 2)),
}
BLOCK = 2**20  # numbers
KERNELS = 2**18  # numbers of transformed kernels
# Multiply-adds of a product that OpenBLAS computes on the core that asks. Threads that it wakes up
# go on waiting for more, and take time from ours.
SMALL = 10**6
WEIGHTS = 2**22  # numbers: transformed weights at a time


def obstacle(call, tile):
    """Return what keeps tiles of `tile` pixels from doing a convolution, or None."""
    height, width = call.weight.shape[2:]
    if call.x.dtype.kind != "f":
        return "would round integers"
    if call.x.dtype.itemsize > 8:
        return f"would round {call.x.dtype}"
    if height != width or not 1 < height < tile:
        return f"takes square kernels of 2 to {tile - 1}, not {(height, width)}"
    if call.stride != (1, 1) or call.dilation != (1, 1):
        return f"takes no stride {call.stride} with dilation {call.dilation}, only 1"
    return None


@cache
def matrices(tile, size):
    """Return A, G and B for a row kernel of `size` cells on a tile of `tile` pixels.

    The pixels of a tile are the coefficients of one polynomial and the cells of the kernel those
    of another. B and G evaluate them at the points, where multiplying polynomials is multiplying
    numbers, and A gathers the outputs.

    Returns
    -------
    A : (tile - size + 1, tile) array
    G : (tile, size) array
    B : (tile, tile) array
    """
    points = POINTS[tile]
    outputs = tile - size + 1
    a = [[p**i for p in points] + [int(i == outputs - 1)] for i in range(outputs)]
    g, b = [], []
    for p in points:
        others = [q for q in points if q != p]
        scale = np.prod([p - q for q in others])
        g.append([p**j / scale for j in range(size)])
        b.append([*_with_roots(others), 0])
    g.append([int(j == size - 1) for j in range(size)])
    b.append(_with_roots(points))
    return tuple(np.array(matrix, dtype=np.float64) for matrix in (a, g, b))


def _with_roots(roots):
    """Return the coefficients, lowest first, of the polynomial with these roots."""
    coefficients = [Fraction(1)]
    for root in roots:
        raised, scaled = [0, *coefficients], [*(-root * c for c in coefficients), 0]
        coefficients = [r + s for r, s in zip(raised, scaled)]
    return coefficients


def convolve(call, tile):
    """Compute a convolution from its checked arguments.

    Parameters
    ----------
    call : ConvArguments
    tile : int
        4 for F(2x2, 3x3), 6 for F(4x4, 3x3) or F(2x2, 5x5).

    Returns
    -------
    y : (N, O, HO, WO) array
    """
    y = np.empty(call.shape, call.x.dtype)
    filters, channels, size, _ = call.weight.shape
    per_group = filters // call.groups
    step = tile - size + 1
    gather, spread, view = (matrix.astype(y.dtype) for matrix in matrices(tile, size))
    weight = call.weight.reshape(call.groups, per_group, channels, size, size)
    bias = call.bias.reshape(call.groups, per_group)
    output = y.reshape(len(y), call.groups, per_group, *y.shape[2:])

    tiles = call._replace(shape=(*call.shape[:2], *counts(call, tile)))
    at_once = min(max(WEIGHTS // (call.groups * channels * tile * tile), 1), per_group)
    blocks = blocks_of(tiles, channels + at_once, tile)

    def work(some, kernels, block):
        pixels = transform_pixels(view, tiles_of(tiles, block, tile, step), step)
        pixels = pixels.reshape(*pixels.shape[:5], -1, channels)
        products = multiply(kernels[:, :, block.groups], pixels)
        results = transform_products(gather, products)
        if bias.any():
            results += bias[block.groups, some]
        put(results, output[block.images, block.groups, some], block)

    for start in range(0, per_group, at_once):
        some = slice(start, start + at_once)
        for_each(partial(work, some, transform_kernels(spread, weight[:, some])), blocks)
    return y


def counts(call, tile):
    """Count the rows and the columns of tiles."""
    step = tile - call.weight.shape[2] + 1
    return [-(-places // step) for places in call.shape[2:]]


def blocks_of(tiles, channels, tile):
    """Return blocks of tiles of so many channels that keep all cores busy.

    Parameters
    ----------
    tiles : ConvArguments
        With the rows and columns of tiles in place of those of outputs.
    channels, tile : int

    Returns
    -------
    blocks : list of Block
    """
    images, _, rows, columns = tiles.shape
    per_row = channels * tile * tile * columns
    share = -(-images * tiles.groups * rows // cores())
    return cut(tiles, per_row, min(BLOCK, per_row * share))


def transform_kernels(spread, weight):
    """Apply G to kernels, along their rows and along their columns.

    Parameters
    ----------
    spread : (T, K) array
    weight : (G, O, C, K, K) array

    Returns
    -------
    kernels : (T, T, G, C, O) array
        First the place along a row, then along a column. Scratch memory.
    """
    tile, size = spread.shape
    groups, filters, channels = weight.shape[:3]
    weight = weight.transpose(4, 3, 0, 2, 1).reshape(size, size, -1, filters)
    kernels = scratch("kernels", (tile, tile, groups * channels, filters), weight.dtype)

    def work(some):
        cells = scratch("cells", weight[:, :, some].shape, weight.dtype)
        cells[...] = weight[:, :, some]
        half = scratch("half", (tile, *cells.shape[1:]), weight.dtype)
        np.matmul(spread, cells.reshape(size, -1), out=half.reshape(tile, -1))
        out = kernels[:, :, some].reshape(tile, tile, -1)
        np.matmul(spread, half.reshape(tile, size, -1), out=out)

    per_channel = tile * tile * filters
    for_each(work, slices(groups * channels, max(KERNELS // per_channel, 1)))
    return kernels.reshape(tile, tile, groups, channels, filters)


def tiles_of(tiles, block, tile, step):
    """Return the pixels under the tiles of a block, with zeros outside the image.

    Parameters
    ----------
    tiles : ConvArguments
        With the rows and columns of tiles in place of those of outputs.
    block : Block
    tile, step : int

    Returns
    -------
    pixels : (rows, columns, N, C) array
        Scratch memory.
    """
    x = input_of(tiles, block).transpose(1, 2, 3, 0)
    down, across = block.rows.stop - block.rows.start, tiles.shape[3]
    (top, _), (left, _) = tiles.padding
    height, width = ((count - 1) * step + tile for count in (down, across))
    rows, inside_rows = overlap(block.rows.start * step - top, height, len(x))
    columns, inside_columns = overlap(-left, width, x.shape[1])
    pixels = scratch("tiles", (height, width, *x.shape[2:]), x.dtype)
    pixels[...] = 0
    pixels[inside_rows, inside_columns] = x[rows, columns]
    return pixels


def transform_pixels(view, pixels, step, name="pixels"):
    """Apply B, or another matrix, to every tile, along its columns and along its rows.

    Parameters
    ----------
    view : (T, pixels of a tile) array
    pixels : (rows, columns, N, C) array
    step : int
        From tile to tile.
    name : str
        Of the scratch memory that is returned.

    Returns
    -------
    pixels : (T, J, I, N, T, C) array
        First the place along a row, with column of tiles, row of tiles and image, then the place
        along a column. Scratch memory.
    """
    (places, tile), dtype = view.shape, pixels.dtype
    width, images, channels = pixels.shape[1:]
    strips = strips_of(pixels, tile, step)
    half = scratch("half", (len(strips), places, width, images, channels), dtype)
    np.matmul(view, strips, out=half.reshape(len(strips), places, -1))
    half = half.transpose(2, 0, 3, 1, 4)
    turned = scratch("turned", half.shape, dtype)
    turned[...] = half
    strips = strips_of(turned, tile, step)
    pixels = scratch(name, (places, len(strips), *turned.shape[1:]), dtype)
    np.matmul(view, strips, out=pixels.reshape(places, len(strips), -1).swapaxes(0, 1))
    return pixels


def strips_of(x, tile, step):
    """Return overlapping strips along the first axis, a (strips, tile, the rest) view."""
    rest = x[0].size
    row = rest * x.itemsize
    shape = (len(x) - tile) // step + 1, tile, rest
    return as_strided(x, shape, (step * row, row, x.itemsize))


def multiply(kernels, pixels):
    """Multiply pixels by kernels, place by place, and add up the channels.

    Parameters
    ----------
    kernels : (T, T, G, C, O) array
    pixels : (T, J, I, N, T, G, C) array

    Returns
    -------
    products : (T, T, J, I, N, G, O) array
        Scratch memory.
    """
    tile, _, groups, channels, filters = kernels.shape
    places = pixels.shape[1:4]
    pixels = pixels.reshape(tile, -1, tile, groups, channels).transpose(0, 2, 3, 1, 4)
    products = scratch("products", (tile, tile, *places, groups, filters), pixels.dtype)
    out = products.reshape(tile, tile, -1, groups, filters).swapaxes(2, 3)
    most = max(SMALL // (pixels.shape[3] * channels), 1)
    for some in slices(filters, most):
        np.matmul(pixels, kernels[..., some], out=out[..., some])
    return products


def transform_products(gather, products):
    """Apply A to the products of every tile, along its rows and along its columns.

    Parameters
    ----------
    gather : (M, T) array
    products : (T, T, ...) array

    Returns
    -------
    results : (M, M, ...) array
        First the place along a column, then along a row. Scratch memory.
    """
    step, tile = gather.shape
    rest = products.shape[2:]
    half = scratch("half", (tile, step, *rest), products.dtype).reshape(tile, step, -1)
    np.matmul(gather, products.reshape(tile, tile, -1).swapaxes(0, 1), out=half)
    results = scratch("results", (step, step, *rest), products.dtype)
    np.matmul(gather, half.swapaxes(0, 1), out=results.reshape(step, step, -1).swapaxes(0, 1))
    return results


def put(results, output, block):
    """Put the outputs of all tiles in their places.

    Parameters
    ----------
    results : (M, M, J, I, N, G, O) array
    output : (N, G, O, HO, WO) view
    block : Block
        Whose rows are rows of tiles.
    """
    step = len(results)
    output = output[:, :, :, block.rows.start * step : block.rows.stop * step]
    rows, columns = output.shape[3:]
    results = results.transpose(4, 5, 6, 3, 0, 2, 1)
    turned = scratch("turned", results.shape, results.dtype)
    turned[...] = results
    turned = turned.reshape(*output.shape[:3], results.shape[3] * step, -1)
    output[...] = turned[:, :, :, :rows, :columns]


def seconds(call, rates, tile):
    """Estimate the time: tiles are written, changed, multiplied, and changed again."""
    filters, channels, size, _ = call.weight.shape
    tiles = call.shape[0] * prod(counts(call, tile))
    pixels = tiles * tile * tile * call.groups * channels
    results = tiles * tile * tile * filters
    kernels = call.weight.size * (size**2 + size * tile + tile**2) // size**2
    moved = (3 * pixels + results) / 2 + kernels + 4 * prod(call.shape)
    products = product(rates, call, results * channels)
    return products + moved / rates.PASSES + 50 / rates.CALLS


METHODS = [
    Method(
        name,
        *(partial(function, tile=tile) for function in (convolve, obstacle, seconds)),
        spreads_nan=True,
    )
    for name, tile in (("winograd2", 4), ("winograd4", 6))
]
