"""The gradients of a convolution of few channels, or of small groups, by compiled loops.

Where few channels and filters meet, a matrix product has little to work on. Loops take pair after
pair of them. With pixels and outputs laid out as in `convlib.fast.piles`, each cell of the kernel
is one run along memory, the same for all outputs of an image::

    for each image, channel, filter and cell of the kernel:
        dweight[cell]  +=  sum of dy[k] * run[k]            # over all places k, in vectors
        run[k]         +=  dy[k] * weight[cell]             # collected, the image's gradient
"""

import numpy as np

from convlib.fast.blocks import slices
from convlib.fast.piles import collect, lay_out, piles_of
from convlib.fast.threads import cores, for_each
from convlib.grad import compiled

PRODUCTS = 32  # of a channel and a filter in a group: more are left to matrix products


def worth_looping(dy, call):
    """Count the multiply-adds of a gradient, and tell whether loops should compute it."""
    filters, channels = call.weight.shape[:2]
    if filters // call.groups * channels > PRODUCTS:
        return False
    return compiled.is_worth("grouped", dy.dtype, dy.size * call.weight[0].size)


def weight_gradient(dy, call):
    """Do what `convolution.weight_gradient` does, for finite numbers."""
    sums = np.empty((len(dy), *call.weight.shape), dy.dtype)
    piles, loops = piles_of(call, call.weight.shape[2:]), compiled.ready(*LOOPS)

    def work(piece):
        n, channels, filters = piece
        x = np.ascontiguousarray(call.x[n, channels])
        pixels = piles.room("pixels", len(x), dy.dtype)
        loops.lay_out(x, pixels, piles.columns, *piles.corner, 0)
        wide = widened(dy[n, filters], piles)
        loops.for_weights(pixels, wide, sums[n], *cells_of(call, piles, channels, filters))

    for_each(work, pieces(call))
    return sums.sum(axis=0)


def image_gradient(dy, call):
    """Do what `convolution.image_gradient` does, for finite weights."""
    dx = np.empty(call.x.shape, dy.dtype)
    weight = np.ascontiguousarray(call.weight)
    piles, loops = piles_of(call, weight.shape[2:]), compiled.ready(*LOOPS)

    def work(piece):
        n, channels, filters = piece
        pixels = piles.room("pixels", channels.stop - channels.start, dy.dtype)
        pixels[...] = 0
        wide = widened(dy[n, filters], piles)
        loops.for_images(pixels, wide, weight, *cells_of(call, piles, channels, filters))
        loops.collect(pixels, dx[n, channels], piles.columns, *piles.corner)

    for_each(work, pieces(call))
    return dx


def pieces(call):
    """Return pieces that keep all cores busy: an image, some channels, the filters they meet."""
    images, count = call.x.shape[:2]
    per_group, filters = call.weight.shape[1], len(call.weight) // call.groups
    some = slices(count, min(-(-images * count // (4 * cores())), count))
    return [
        (n, part, slice(part.start // per_group * filters, -(-part.stop // per_group) * filters))
        for n in range(images)
        for part in some
    ]


def widened(dy, piles):
    """Return outputs in rows as long as those of the piles, filled up with zeros.

    Parameters
    ----------
    dy : (O, HO, WO) array
    piles : Piles

    Returns
    -------
    wide : (O, HO * columns) array
        Scratch memory.
    """
    wide = piles.wide("wide", len(dy), dy.shape[1], dy.dtype)
    loops = compiled.ready(*LOOPS)
    loops.lay_out(np.ascontiguousarray(dy), wide, piles.columns, 0, 0, 0)
    return wide[:, 0, 0]


def cells_of(call, piles, channels, filters):
    """Return what else the loops ask for."""
    per_group = len(call.weight) // call.groups
    where = channels.start, filters.start, per_group
    return *where, piles.columns, piles.run, piles.dilation


def for_weights(pixels, dy, dweight, channel, filter, filters, columns, run, dilation):
    """Compute the weights' gradients for some channels of one image.

    Parameters
    ----------
    pixels : (channels, stride of rows, stride of columns, rows * columns) array
    dy : (filters, HO * columns) array
    dweight : (O, C/G, KH, KW) array
        Is filled for these channels.
    channel, filter : int
        The first of the channels, and of the filters.
    filters : int
        Of each group.
    columns : int
        Of a pile.
    run : int
        Numbers under a cell.
    dilation : (rows, columns)
    """
    per_group, height, width = dweight.shape[1:]
    down, step = pixels.shape[1:3]
    for c in range(channel, channel + len(pixels)):
        group = c // per_group
        for o in range(group * filters, (group + 1) * filters):
            for a in range(height):
                for b in range(width):
                    i, j = a * dilation[0], b * dilation[1]
                    start = i // down * columns + j // step
                    seen = pixels[c - channel, i % down, j % step, start:]
                    sent = dy[o - filter]
                    total = dy.dtype.type(0)
                    for k in range(run):
                        total += sent[k] * seen[k]
                    dweight[o, c - group * per_group, a, b] = total


def for_images(pixels, dy, weight, channel, filter, filters, columns, run, dilation):
    """Compute the gradient of some channels of one image.

    Parameters
    ----------
    pixels : (channels, stride of rows, stride of columns, rows * columns) array
        Is added to.
    weight : (O, C/G, KH, KW) array
    dy, channel, filter, filters, columns, run, dilation : as for `for_weights`
    """
    per_group, height, width = weight.shape[1:]
    down, step = pixels.shape[1:3]
    for c in range(channel, channel + len(pixels)):
        group = c // per_group
        for o in range(group * filters, (group + 1) * filters):
            for a in range(height):
                for b in range(width):
                    i, j = a * dilation[0], b * dilation[1]
                    start = i // down * columns + j // step
                    seen = pixels[c - channel, i % down, j % step, start:]
                    sent = dy[o - filter]
                    cell = weight[o, c - group * per_group, a, b]
                    for k in range(run):
                        seen[k] += sent[k] * cell


LOOPS = lay_out, collect, for_weights, for_images
