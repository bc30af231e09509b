"""The weights' gradient with fewer multiplications: Winograd's matrices, with the roles changed.

Along a row, the gradient of a cell of the kernel is a sum over all places::

    dk0 = dy0*x0 + dy1*x1 + dy2*x2 + ...        dk1 = dy0*x1 + dy1*x2 + dy2*x3 + ...

That is a correlation of `x` with `dy`: `dy` is its kernel, and of its outputs there are only as
many as `k` has cells. Cut `dy` into tiles of 4. With the 6 pixels that it meets, a tile is the
correlation F(3, 4) of `convlib.fast.winograd`, ``dk = A ((G dy) * (B x))``: 6 multiplications in
the place of 12, or 36 in the place of 144 along rows and columns. All tiles of all images add to
the same ``dk``, and sums may be taken before A::

    dweight[o, c]  =  A (sum over all tiles of (G dy[o] G.T) * (B x[c] B.T)) A.T

For each of the 36 places of a tile that sum is a matrix product, (O, tiles) @ (tiles, C), and A is
needed but once. B is that of the forward pass, for the points are the same. So is the price:
in float32 the error is some 5 times that of the definition (its typical size is 1.5e-6 of a
typical gradient), and a NaN or an infinity would spread.

Lavin and Gray, Fast algorithms for convolutional neural networks, 2016.
"""

from itertools import product
from math import prod

import numpy as np

from convlib.fast import rates
from convlib.fast.blocks import slices
from convlib.fast.choose import tame
from convlib.fast.scratch import scratch
from convlib.fast.threads import cores, for_each
from convlib.fast.winograd import (
    SMALL,
    blocks_of,
    counts,
    matrices,
    obstacle,
    tiles_of,
    transform_pixels,
)

TILE = 6  # pixels
WEIGHTS = 2**21  # numbers: transformed weights at a time


def worth_transforming(dy, call):
    """Tell whether tiles can compute the weights' gradient, and faster than the definition."""
    if obstacle(call, TILE):
        return False
    return faster(call, rates.here()) and tame(call._replace(weight=dy))


def faster(call, here):
    """Tell whether tiles should take less time than products of columns (`by_rows`).

    The columns are written once, and read for each row of the kernel. Without AVX-512 the library
    behind NumPy gives even small products threads of its own, which wait for each other where two
    of ours ask for products: tiles gain a tenth at best there, and some layers take eight times
    as long.
    """
    if rates.kind() != "AVX-512":
        return False
    height = call.weight.shape[2]
    moved = (1 + height) * rates.patches(call) // height
    products = rates.product(here, call, rates.multiply_adds(call))
    return seconds(call, here) < products + moved / here.PASSES


def seconds(call, here):
    """Estimate the time: pixels and outputs are transformed, and products of all weights added."""
    filters, channels = call.weight.shape[:2]
    tiles = len(call.x) * prod(counts(call, TILE))
    transformed = tiles * (call.groups * channels + filters)
    moved = 1.5 * TILE**2 * (transformed + filters * channels)
    products = rates.product(here, call, TILE**2 * tiles * filters * channels)
    return products + moved / here.PASSES + 50 / here.CALLS


def weight_gradient(dy, call):
    """Do what `convolution.weight_gradient` does, for finite numbers.

    Parameters
    ----------
    dy : (N, O, HO, WO) array
    call : ConvArguments
        That `obstacle` does not keep from it.
    """
    filters, channels, size, _ = call.weight.shape
    per_group, step = filters // call.groups, TILE - size + 1
    gather, spread, view = (matrix.astype(dy.dtype) for matrix in matrices(TILE, step))
    parts = slices(per_group, max(WEIGHTS // (TILE**2 * channels), 1))
    tiles = call._replace(shape=(len(dy), per_group, *counts(call, TILE)), groups=1)
    blocks = blocks_of(tiles, channels + parts[0].stop, TILE)
    shares = 1 if call.groups * len(parts) >= cores() else cores()
    shares = slices(len(blocks), -(-len(blocks) // shares))
    dweight = np.empty((len(shares), *call.weight.shape), dy.dtype)

    def work(piece):
        group, part, share = piece
        seen = slice(group * channels, (group + 1) * channels)
        some = slice(group * per_group + part.start, group * per_group + part.stop)
        x = tiles._replace(x=call.x[:, seen])
        y = tiles._replace(
            x=dy[:, some], weight=call.weight[some].swapaxes(0, 1), padding=((0, 0), (0, 0))
        )

        def products(block, name):
            pixels = transform_pixels(view, tiles_of(x, block, TILE, step), step)
            gradients = transform_pixels(spread, tiles_of(y, block, step, step), step, "gradients")
            return multiply(gradients, pixels, name)

        first, *others = blocks[shares[share]]
        sums = products(first, "sums")
        for block in others:
            sums += products(block, "products")
        transform_sums(gather, sums, dweight[share, some])

    for_each(work, product(range(call.groups), parts, range(len(shares))))
    return dweight[0] if len(shares) == 1 else dweight.sum(axis=0)


def multiply(gradients, pixels, name):
    """Multiply the gradients of all tiles by their pixels, place by place.

    Parameters
    ----------
    gradients : (T, J, I, N, T, O) array
    pixels : (T, J, I, N, T, C) array
    name : str
        Of the scratch memory that is returned.

    Returns
    -------
    products : (T, T, O, C) array
        First the place along a row, then along a column.
    """
    filters, channels = gradients.shape[-1], pixels.shape[-1]
    gradients = gradients.reshape(TILE, -1, TILE, filters).transpose(0, 2, 3, 1)
    pixels = pixels.reshape(TILE, -1, TILE, channels).swapaxes(1, 2)
    products = scratch(name, (TILE, TILE, filters, channels), pixels.dtype)
    for some in slices(filters, max(SMALL // (pixels.shape[2] * channels), 1)):
        np.matmul(gradients[:, :, some], pixels, out=products[:, :, some])
    return products


def transform_sums(gather, sums, dweight):
    """Apply A to the sums of all tiles, along their rows and along their columns at once.

    Parameters
    ----------
    gather : (K, T) array
    sums : (T, T, O, C) array
    dweight : (O, C, K, K) array
        Is filled.
    """
    both = np.einsum("at,bs->abst", gather, gather).reshape(-1, TILE**2)
    sums, dweight = sums.reshape(TILE**2, -1), dweight.reshape(-1, len(both))
    for some in slices(len(dweight), SMALL // both.size):
        np.matmul(both, sums[:, some], out=dweight[some].T)
