"""Cut a convolution into blocks that fit in the cache.

A block is a run of images, groups and output rows. Images too small to fill a block are taken
together, with the number of the image as the last axis, next to the columns: then even a 7x7
image has long rows.
"""

from itertools import product
from typing import NamedTuple

import numpy as np

from convlib.fast.scratch import scratch

SMALL = 256  # pixels of an output that counts as small


class Block(NamedTuple):
    """One slice for each thing a convolution repeats itself over."""

    images: slice
    groups: slice
    rows: slice  # of the output


def cut(call, per_row, limit):
    """Return blocks of about `limit` numbers.

    Parameters
    ----------
    call : ConvArguments
    per_row : int
        The numbers that one output row of one group of one image needs.
    limit : int

    Returns
    -------
    blocks : list of Block
    """
    images, _, height, width = call.shape
    rows = min(max(limit // per_row, 1), height)
    groups = images_together = 1
    if rows == height:
        groups = min(max(limit // (per_row * rows), 1), call.groups)
    if groups == call.groups and height * width < SMALL:
        images_together = min(max(limit // (per_row * rows * groups), 1), images)
    return [
        Block(*block)
        for block in product(
            slices(images, images_together), slices(call.groups, groups), slices(height, rows)
        )
    ]


def slices(size, step):
    """Cut a range into even pieces of at most `step`."""
    step = -(-size // -(-size // step))
    return [slice(start, min(start + step, size)) for start in range(0, size, step)]


def input_of(call, block):
    """Return the images of a block as a (C, H, W, N) view."""
    per_group = call.weight.shape[1]
    channels = slice(block.groups.start * per_group, block.groups.stop * per_group)
    return call.x[block.images, channels].transpose(1, 2, 3, 0)


def output_of(y, call, block):
    """Return the part of `y` that a block computes, as an (O, I, J, N) view."""
    return y[block.images, filters_of(call, block), block.rows].transpose(1, 2, 3, 0)


def filters_of(call, block):
    """Return the filters of the groups of a block."""
    per_group = call.weight.shape[0] // call.groups
    return slice(block.groups.start * per_group, block.groups.stop * per_group)


def room_for(out, dtype):
    """Return memory for the sums of a block: `out` itself where its rows lie in one piece."""
    if out.shape[3] == 1 and out.dtype == dtype:
        return out
    return scratch("sums", out.shape, dtype)


def finish(out, sums, bias):
    """Put the sums of a block in their place and add the bias."""
    if sums is not out or bias.any():
        np.add(sums, bias.reshape(-1, 1, 1, 1), out=out, casting="unsafe")


def overlap(first, count, size):
    """Return the part of an image that `count` pixels from `first` on cover along one axis.

    Returns
    -------
    pixels, places : slice
        The pixels of the image, and where they stand among the `count`.
    """
    start, stop = max(first, 0), min(first + count, size)
    if start >= stop:
        return slice(0, 0), slice(0, 0)
    return slice(start, stop), slice(start - first, stop - first)
