"""The transposed convolution: the gradient of a convolution, used as a layer of its own.

Forward, a convolution gathers: a window of pixels makes one number. Its gradient scatters: one
number goes to a window of pixels, times the kernel. A transposed convolution does just that with
an image, and so makes a small image large: with stride 2, twice as large. Where the windows
overlap unevenly, some pixels get more than their neighbours, in the pattern of a checkerboard.

Written as matrices a convolution is ``y = M x``, and this is ``M.T y``; hence the name.

Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016; Odena, Dumoulin and
Olah, Deconvolution and checkerboard artifacts, 2016.
"""

from typing import NamedTuple

import numpy as np

from convlib.grad.convolution import image_gradient
from convlib.shapes import (
    ConvArguments,
    image_batch,
    integer,
    like_input,
    numbers_array,
    padding_pairs,
    pair,
    result_dtype,
    span,
    sum_dtype,
)

__all__ = ["conv_transpose2d"]


class TransposeArguments(NamedTuple):
    """The checked arguments of a transposed convolution."""

    conv: ConvArguments  # of the convolution whose gradient it is
    dy: np.ndarray  # (N, C, H, W), the image, in the dtype for sums
    bias: np.ndarray  # (O,), in the dtype for sums
    dtype: np.dtype  # of the output


def conv_transpose2d(
    x, weight, bias=None, *, stride=1, padding=0, output_padding=0, dilation=1, groups=1
):
    """Stamp kernels on an empty image, each as strong as a pixel of `x`, and add them up.

    This is the gradient of ``conv2d`` with respect to its image. Where ``conv2d`` makes an image
    of size n into m, this makes one of size m into n.

    Parameters
    ----------
    x : (H, W), (C, H, W) or (N, C, H, W) array
        Integers, booleans (as 0 and 1) or floats. It is never changed.
    weight : (KH, KW) array for a 2-D `x`, else (C, O/groups, KH, KW)
        That of the ``conv2d`` that leads from O channels to C.
    bias : None, a number for a 2-D `x`, or (O,) array
        Added to every cell of an output channel.
    stride : int or (rows, columns)
        How far one stamp lies from the next.
    padding : int, (ph, pw), or ((top, bottom), (left, right))
        Rows and columns to cut off the result.
    output_padding : int or (rows, columns)
        More rows at the bottom and columns at the right, fewer than `stride` or `dilation`. With
        a stride, ``conv2d`` makes images of several sizes into one; this says which is meant.
    dilation : int or (rows, columns)
        Distance between the pixels on which neighbouring kernel cells are stamped.
    groups : int
        The channels are cut into this many groups that do not mix.

    Returns
    -------
    y : (HO, WO), (O, HO, WO) or (N, O, HO, WO) array
        ``HO = (H - 1) * stride + dilation * (KH - 1) + 1 + output_padding - top - bottom``, and
        WO likewise. int64 where all inputs are integers, else the dtype NumPy promotes to.

    Raises
    ------
    TypeError
        If an argument has the wrong type, such as a list for an array or a fractional stride.
    ValueError
        If shapes or values do not go together, such as padding that leaves nothing.

    Examples
    --------
    Stride 2 and a kernel of 3: the stamps overlap in one column::

        1 * [1 2 3]
                10 * [1 2 3]

    >>> conv_transpose2d(np.array([[1, 10]]), np.array([[1, 2, 3]]), stride=2)
    array([[ 1,  2, 13, 20, 30]])
    """
    call = transpose_arguments(x, weight, bias, stride, padding, output_padding, dilation, groups)
    y = image_gradient(call.dy, call.conv)
    if bias is not None:
        y += call.bias.reshape(-1, 1, 1)
    return like_input(y.astype(call.dtype, copy=False), x.ndim)


def transpose_arguments(x, weight, bias, stride, padding, output_padding, dilation, groups):
    """Check the arguments of conv_transpose2d and return them as TransposeArguments."""
    images = image_batch(x)
    kernels = _kernels(weight, x)
    groups = integer(groups, "groups")
    if len(kernels) != images.shape[1] or len(kernels) % groups:
        raise ValueError(
            f"weight {weight.shape} with groups {groups} must have one kernel for each of the "
            f"{images.shape[1]} channels of x {x.shape}, and groups must divide them"
        )
    stride, dilation = pair(stride, "stride"), pair(dilation, "dilation")
    padding = padding_pairs(padding)
    extra = pair(output_padding, "output_padding", 0)
    if any(e >= max(s, d) for e, s, d in zip(extra, stride, dilation)):
        raise ValueError(
            f"output_padding {extra} must be less than stride {stride} or dilation {dilation}"
        )
    size = tuple(
        (n - 1) * s + span(k, d) + e - sum(p)
        for n, s, k, d, e, p in zip(
            images.shape[2:], stride, kernels.shape[2:], dilation, extra, padding
        )
    )
    if min(size) < 1:
        raise ValueError(f"padding {padding} leaves an image of size {size}; cut off less")
    dtype = result_dtype(x, weight) if bias is None else result_dtype(x, weight, bias)
    sums = sum_dtype(dtype)
    channels = kernels.shape[1] * groups
    conv = ConvArguments(
        x=np.broadcast_to(np.zeros((), sums), (len(images), channels, *size)),
        weight=kernels.astype(sums, copy=False),
        bias=np.zeros(len(kernels), sums),
        stride=stride,
        padding=padding,
        dilation=dilation,
        groups=groups,
        shape=images.shape,
        ndim=4,
        dtype=dtype,
    )
    biases = _biases(bias, channels, weight).astype(sums)
    return TransposeArguments(conv, images.astype(sums, copy=False), biases, dtype)


def _kernels(weight, x):
    weight = numbers_array(weight, "weight")
    if weight.ndim == 2 and x.ndim == 2:
        return weight[np.newaxis, np.newaxis]
    if weight.ndim == 4 and x.ndim > 2:
        return weight
    raise ValueError(
        "give x (H, W) with weight (KH, KW), or x (C, H, W) or (N, C, H, W) with weight "
        f"(C, O/groups, KH, KW); got x {x.shape} and weight {weight.shape}"
    )


def _biases(bias, channels, weight):
    """Return bias as an array of length `channels`."""
    if bias is None:
        return np.zeros(channels)
    if isinstance(bias, (int, float, np.integer, np.floating)) and weight.ndim == 2:
        return np.array([bias])
    bias = numbers_array(bias, "bias")
    if bias.shape != (channels,):
        raise ValueError(
            f"bias {bias.shape} must hold one number for each of the {channels} output channels"
        )
    return bias
