"""The weights' gradient of few channels and filters, four by four, in compiled loops.

With pixels and outputs laid out as in `convlib.fast.piles`, the gradient of a weight is a sum along
two runs of memory, that of its filter's `dy` and that of the pixels under its cell. A sum of its
own would load two numbers for each multiply-add. Four filters and four cells together load eight
for sixteen, and all sixteen sums stay in registers::

    for each four filters, four cells, and place k:         # in vectors
        sums[o, cell]  +=  dy[o, k] * pixels[start[cell] + k]

A matrix product does the same, but first needs all patches, and gains little from a matrix with a
few rows. The threads are those of `threads`, so that no others are left waiting for more.
"""

import numpy as np

from convlib.fast.blocks import slices
from convlib.fast.piles import lay_out, piles_of
from convlib.fast.threads import cores, for_each
from convlib.grad import compiled
from convlib.grad.grouped import widened

BLOCK = 2**17  # pixels
PRODUCTS = 2**12  # of a channel and a filter in a group: more are left to matrix products
LONG = 2**11  # outputs of a filter that are worth it


def worth_looping(dy, call):
    """Count the multiply-adds of a weights' gradient, and tell whether loops should compute it."""
    filters, channels, *size = call.weight.shape
    if filters // call.groups * channels > PRODUCTS or dy[:, 0].size < LONG or size == [1, 1]:
        return False
    return compiled.is_worth("fours", dy.dtype, dy.size * call.weight[0].size)


def weight_gradient(dy, call):
    """Do what `convolution.weight_gradient` does, for finite numbers."""
    from convlib.grad import loops

    ready = compiled.ready(lay_out, loops.for_weights)
    filters, cells = len(call.weight) // call.groups, call.weight[0].size
    pieces = pieces_of(call)
    shape = len(pieces), call.groups, multiple_of_four(filters), multiple_of_four(cells)
    sums = np.empty(shape, dy.dtype)
    x, (top, _) = np.ascontiguousarray(call.x), call.padding[0]

    def work(number):
        n, rows = pieces[number]
        shape = *dy.shape[:2], rows.stop - rows.start, dy.shape[3]
        padding = (top - rows.start * call.stride[0], 0), call.padding[1]
        part = call._replace(shape=shape, padding=padding)
        piles = piles_of(part, call.weight.shape[2:])
        pixels = piles.room("pixels", len(x[n]), dy.dtype)
        ready.lay_out(x[n], pixels, piles.columns, *piles.corner, 0)
        wide = widened(dy[n, :, rows], piles)
        ready.for_weights(pixels.ravel(), wide, starts_of(piles, call), piles.run, sums[number])

    for_each(work, range(len(pieces)))
    return sums.sum(axis=0)[:, :filters, :cells].reshape(call.weight.shape)


def multiple_of_four(count):
    """Round a count up."""
    return -(-count // 4) * 4


def starts_of(piles, call):
    """Return where the run under each cell starts, with the last cell again to fill up.

    Returns
    -------
    starts : (G, cells) array
        As many cells as a multiple of 4.
    """
    channels, *size = call.weight.shape[1:]
    (down, i), (across, j) = (
        np.divmod(d * np.arange(k), s) for d, k, s in zip(piles.dilation, size, piles.stride)
    )
    pile = piles.rows * piles.columns
    rows = i * piles.stride[1] * pile + down * piles.columns
    planes = np.arange(call.groups * channels) * piles.stride[0] * piles.stride[1] * pile
    starts = np.add.outer(np.add.outer(planes, rows), j * pile + across).reshape(call.groups, -1)
    missing = multiple_of_four(starts.shape[1]) - starts.shape[1]
    return np.pad(starts, ((0, 0), (0, missing)), mode="edge")


def pieces_of(call):
    """Return pieces that fit in the cache and keep all cores busy: an image, and output rows."""
    images, _, height, _ = call.shape
    per_row = call.x.shape[1] * call.x.shape[3] * call.stride[0]
    rows = min(max(BLOCK // per_row, 1), -(-images * height // cores()), height)
    return [(n, some) for n in range(images) for some in slices(height, rows)]
