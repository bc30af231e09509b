"""Lower the columns of an image: one shifted copy for each column of the kernel.

A kernel three columns wide looks at every image row in three ways::

    b = 0        b = 1        b = 2
    [0 1 2] 3 4  0 [1 2 3] 4  0 1 [2 3 4]      the row 0 1 2 3 4

Copy b holds, for every place of the kernel, the pixel under kernel column b. The rows of a copy
follow each other in memory without a gap, so that moving down the rows needs no copy: a run of
whole rows is one piece of memory.
"""

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convlib.fast.blocks import input_of, overlap
from convlib.fast.scratch import scratch
from convlib.shapes import span


def lower_columns(call, block, dtype):
    """Return the columns of a block, and every image row that the block sees.

    Parameters
    ----------
    call : ConvArguments
    block : Block
    dtype : dtype
        Of the copies.

    Returns
    -------
    columns : (C, KW, piles, R, WO, N) array
        The rows are dealt out to as many piles as the row stride, row r to ``r % piles``, so
        that the rows under one kernel row follow each other in one pile. Scratch memory, or a
        view of `call.x` where columns need no copy.
    """
    height, width = call.weight.shape[2:]
    piles = call.stride[0]
    places = block.rows.stop - block.rows.start
    rows = -(-((places - 1) * call.stride[0] + span(height, call.dilation[0])) // piles)
    x = padded(call, block, dtype, piles)
    channel, row, column, image = x.strides
    shape = len(x), width, piles, rows, call.shape[3], x.shape[3]
    view = as_strided(
        x,
        shape,
        (channel, column * call.dilation[1], row, row * piles, column * call.stride[1], image),
    )
    if width == call.stride[1] == 1 and x.dtype == dtype:
        return view
    columns = scratch("columns", shape, dtype)
    np.copyto(columns, view)
    return columns


def kernel_row(columns, call, block, a):
    """Return the columns under kernel row `a`, a (C, KW, I, WO, N) view."""
    start, pile = divmod(a * call.dilation[0], columns.shape[2])
    return columns[:, :, pile, start : start + block.rows.stop - block.rows.start]


def padded(call, block, dtype, piles=1):
    """Return the image rows that a block sees, with their padding.

    Parameters
    ----------
    call : ConvArguments
    block : Block
    dtype : dtype
    piles : int
        The number of rows is rounded up to a multiple of it.

    Returns
    -------
    x : (C, R, left + W + right, N) array
        Each row follows the one before it in memory. Scratch memory, or a view of `call.x`
        where there is nothing to add.
    """
    x = input_of(call, block)
    channels, height, width, images = x.shape
    (top, _), (left, right) = call.padding
    places = block.rows.stop - block.rows.start
    rows = (places - 1) * call.stride[0] + span(call.weight.shape[2], call.dilation[0])
    rows += -rows % piles
    first = block.rows.start * call.stride[0] - top
    seen, inside = overlap(first, rows, height)
    in_one_piece = x.strides[1:3] == (width * x.itemsize, x.itemsize) and images == 1
    if in_one_piece and inside == slice(0, rows) and left == right == 0:
        return x[:, seen]
    y = scratch("padded", (channels, rows, left + width + right, images), dtype)
    if inside != slice(0, rows) or left or right:
        y[...] = 0
    y[:, inside, left : left + width] = x[:, seen]
    return y


def shifted(x, call, shape):
    """Return a view of `x`: one shifted image of some shape for each cell of the kernel.

    Parameters
    ----------
    x : (C, H, W, N) array
        Each row follows the one before it in memory.
    call : ConvArguments
    shape : (I, J, N) or (1, 1, length of the run)

    Returns
    -------
    pixels : (G, C/G, KH, KW, I, J, N) array
    """
    channels, height, width = call.weight.shape[1:]
    image = x.itemsize
    column = image * x.shape[3]
    row = column * x.shape[2]
    channel = x.strides[0]
    return as_strided(
        x,
        (len(x) // channels, channels, height, width, *shape),
        (
            channel * channels,
            channel,
            row * call.dilation[0],
            column * call.dilation[1],
            row * call.stride[0],
            column * call.stride[1],
            image,
        ),
    )
