"""Convolve by shifted multiply-adds: the kernel's cells one after the other.

The plain loops take one place and visit all cells of the kernel. Here the loops change places:
take one cell of the kernel, multiply the whole image by it, shifted, and add that to the output.
With a 3x3 kernel the output is finished after nine such steps::

    y  =  k[0, 0] * x[0:, 0:]  +  k[0, 1] * x[0:, 1:]  +  ...  +  k[2, 2] * x[2:, 2:]

Each step is one long run along memory, at the speed of the processor's vector units. The run goes
right over the ends of the rows: what it computes there is dropped in the end. `einsum` does all
steps in one call and adds without storing the products; ``order="F"`` makes the first index of
its output the innermost loop. A block of the output stays in the cache until it is finished.

It takes one multiply-add for each cell of the kernel and each channel, and it is exact for
integers. It wins where filters have nothing to share: a single channel, or one for each filter.
"""

from math import prod

import numpy as np

from convlib.fast.blocks import cut, filters_of, output_of
from convlib.fast.columns import padded, shifted
from convlib.fast.method import Method, no_obstacle
from convlib.fast.rates import multiply_adds
from convlib.fast.scratch import scratch
from convlib.fast.threads import for_each

BLOCK = 2**18  # numbers
LITTLE = 4 * 10**6  # multiply-adds that are done before another thread is awake


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
    filters, channels, height, width = call.weight.shape
    weight = call.weight.reshape(call.groups, -1, channels, height, width)

    def work(block):
        x = padded(call, block, y.dtype)
        out = output_of(y, call, block)
        kernels = weight[block.groups]
        rows, places, images = out.shape[1:]
        one_run = call.stride == (1, 1)
        shape = rows, x.shape[2] if one_run else places, images
        sums = scratch("sums", (*kernels.shape[:2], *shape), y.dtype)
        if one_run:
            target = sums.reshape(*kernels.shape[:2], 1, 1, -1)
            target = target[..., : sums[0, 0].size - (x.shape[2] - places) * images]
        else:
            target = sums
        pixels = shifted(x, call, target.shape[2:])
        np.einsum("gcabijn,gocab->njiog", pixels, kernels, out=target.T, order="F")
        sums = sums.reshape(len(out), *shape)[:, :, :places]
        np.add(sums, call.bias[filters_of(call, block)].reshape(-1, 1, 1, 1), out=out)

    per_row = (channels * call.stride[0] + filters // call.groups) * call.x.shape[3]
    little = y.size * call.weight[0].size < LITTLE
    for_each(work, cut(call, per_row, 4 * BLOCK if little else BLOCK))
    return y


def seconds(call, rates):
    """Estimate the time: a multiply-add for each output and each cell of its window."""
    slower = 1 if call.stride == (1, 1) else 4  # a run ends with every row, and takes strides
    moved = call.x.size + prod(call.shape)
    added = multiply_adds(call) * slower / rates.SHIFTED
    return added + moved / rates.PASSES + 1 / rates.CALLS


METHOD = Method("shifts", convolve, no_obstacle, seconds, spreads_nan=False)
