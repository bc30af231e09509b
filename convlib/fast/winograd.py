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
and 10 times with 6 points (1e-6). A NaN or an infinity spreads to all outputs of its tile.

Lavin and Gray, Fast algorithms for convolutional neural networks, 2016; the points are of the
kind found by Barabasz, Anderson, Soodhalter and Gregg, Error analysis and improving the accuracy
of Winograd convolution, 2020.
"""

from fractions import Fraction
from functools import cache
from math import isqrt

import numpy as np

from convlib.fast.blocks import cut
from convlib.fast.im2col import lower
from convlib.fast.scratch import scratch
from convlib.fast.threads import for_each

# Where the polynomials are evaluated, besides infinity. For six points, 3/4 and 3/2 lose half as
# many digits as the usual 1 and 2.
POINTS = {
    4: (Fraction(0), Fraction(1), Fraction(-1)),
    6: (Fraction(0), Fraction(3, 4), Fraction(-3, 4), Fraction(3, 2), Fraction(-3, 2)),
}
BLOCK = 2**20  # numbers
SMALL = 10**6  # multiply-adds of a product that the library computes on one core
WEIGHTS = 2**22  # numbers: transformed weights at a time


def obstacle(call, tile):
    """Return what keeps tiles of `tile` pixels from doing a convolution, or None."""
    height, width = call.weight.shape[2:]
    if call.x.dtype.kind != "f":
        return "would round integers"
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
    # A, G or B along rows and columns is one matrix for the cells read row by row.
    gather, spread, view = (np.kron(m, m).astype(y.dtype) for m in matrices(tile, size))
    weight = call.weight.reshape(call.groups, per_group, channels, size * size)
    bias = call.bias.reshape(call.groups, per_group, 1, 1)
    output = y.reshape(len(y), call.groups, per_group, *y.shape[2:])
    tiles = tiled(call, tile)

    step = min(max(WEIGHTS // (call.groups * channels * tile * tile), 1), per_group)
    per_row = (2 * channels + step) * tile * tile * tiles.shape[3]
    for start in range(0, per_group, step):
        some = slice(start, start + step)
        kernels = scratch("kernels", (tile * tile, *weight[:, some].shape[:3]), y.dtype)
        cells = weight[:, some].reshape(-1, size * size)
        np.matmul(spread, cells.T, out=kernels.reshape(tile * tile, -1))

        def work(block):
            patches = lower(tiles, block, y.dtype)
            patches = patches.reshape(len(patches), channels, tile * tile, -1)
            pixels = scratch("pixels", patches.shape, y.dtype)
            np.matmul(view, patches, out=pixels)
            products = multiply(kernels[:, block.groups], pixels)
            shape = *products.shape[:2], len(gather), products.shape[3]
            results = scratch("results", shape, y.dtype)
            np.matmul(gather, products, out=results)
            results += bias[block.groups, some]
            put(output[block.images, block.groups, some], results, block)

        for_each(work, cut(tiles, per_row, BLOCK))
    return y


def tiled(call, tile):
    """Return the arguments of a convolution that visits each tile once."""
    filters, channels, size, _ = call.weight.shape
    step = tile - size + 1
    rows, columns = (-(-places // step) for places in call.shape[2:])
    left = call.padding[1][0]
    right = (columns - 1) * step + tile - left - call.x.shape[3]
    return call._replace(
        weight=np.broadcast_to(call.weight[:1, :1, :1, :1], (filters, channels, tile, tile)),
        stride=(step, step),
        padding=(call.padding[0], (left, right)),
        shape=(*call.shape[:2], rows, columns),
    )


def multiply(kernels, pixels):
    """Multiply pixels by kernels, place by place, and add up the channels.

    Parameters
    ----------
    kernels : (places, G, O, C) array
    pixels : (G, C, places, L) array

    Returns
    -------
    products : (G, O, places, L) array
        Scratch memory.
    """
    places, groups, filters, channels = kernels.shape
    length = pixels.shape[3]
    pieces = min(-(-filters * channels * length // SMALL), filters)
    while filters % pieces:
        pieces += 1
    products = scratch("products", (groups, filters, places, length), pixels.dtype)
    np.matmul(
        kernels.reshape(places, groups, pieces, -1, channels),
        pixels.transpose(2, 0, 1, 3)[:, :, np.newaxis],
        out=products.reshape(groups, pieces, -1, places, length).transpose(3, 0, 1, 2, 4),
    )
    return products


def put(output, results, block):
    """Put the outputs of all tiles in their places.

    Parameters
    ----------
    output : (N, G, O, HO, WO) view
    results : (G, O, step * step, L) array
    block : Block
        Whose rows are rows of tiles.
    """
    groups, filters, cells, _ = results.shape
    step = isqrt(cells)
    rows = block.rows.stop - block.rows.start
    results = results.reshape(groups, filters, step, step, rows, -1, len(output))
    output = output.transpose(1, 2, 3, 4, 0)[:, :, block.rows.start * step :]
    for i in range(step):
        for j in range(step):
            places = output[:, :, i::step, j::step]
            places = places[:, :, :rows]
            places[...] = results[:, :, i, j, : places.shape[2], : places.shape[3]]
