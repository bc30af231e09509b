"""Check the functions that the reader writes in the chapters.

Each `check_*` asks the function small cases first. If an answer differs from convlib's, it shows
the smallest case that fails, and names the mistake if a known wrong function answers every case
in the same way.
"""

from convlib.exercises import (
    convolutions,
    gradients,
    layer_gradients,
    layers,
    patches,
    pool_gradients,
    pools,
    sizes,
)
from convlib.exercises.chains import check_larger, check_merge, check_receptive_field
from convlib.exercises.descents import check_descend, check_roll, check_train
from convlib.exercises.first_loops import check_first_conv2d, check_shifts
from convlib.exercises.gradients import check_first_conv2d_backward
from convlib.exercises.looks import check_best_patch, check_excite, check_occlude
from convlib.exercises.lowering import check_col2im, check_im2col_stride
from convlib.exercises.pool_gradients import check_avgpool_backward
from convlib.exercises.pools import check_pool
from convlib.exercises.prediction import predict
from convlib.exercises.report import Mistake, check
from convlib.exercises.rows import check_overlap_add, check_transform
from convlib.exercises.tilings import check_convolve_tiles, check_winograd_conv2d

__all__ = [
    "Mistake",
    "predict",
    "check_conv_step",
    "check_output_size",
    "check_output_size_dilated",
    "check_flip",
    "check_pad",
    "check_same_padding",
    "check_first_conv2d",
    "check_conv2d",
    "check_conv2d_channels",
    "check_pool_step",
    "check_maxpool",
    "check_avgpool",
    "check_relu",
    "check_softmax",
    "check_merge",
    "check_receptive_field",
    "check_larger",
    "check_first_conv2d_backward",
    "check_conv2d_backward",
    "check_conv2d_backward_layer",
    "check_maxpool_backward",
    "check_avgpool_backward",
    "check_descend",
    "check_train",
    "check_roll",
    "check_best_patch",
    "check_occlude",
    "check_excite",
    "check_shifts",
    "check_im2col_stride",
    "check_col2im",
    "check_pool",
    "check_transform",
    "check_overlap_add",
    "check_winograd_conv2d",
    "check_convolve_tiles",
]


def check_conv_step(conv_step):
    """Check a function that multiplies a patch by a kernel and adds everything up.

    Parameters
    ----------
    conv_step : callable
        ``conv_step(patch, kernel, bias=0)`` takes two 2-D arrays of one shape and a number, and
        returns a number.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> check_conv_step(lambda patch, kernel, bias=0: (patch * kernel).sum() + bias)
    conv_step: all 8 cases agree with convlib.
    Covered: patch 1×1 to 3×3; kernel 1×1 to 3×3; bias −5 to 10 or left
    out; shapes that are not square; numbers below 0; fractions.
    """
    check(patches.CONV_STEP, conv_step)


def check_output_size(output_size):
    """Check a function that counts the places of a window along one axis.

    Parameters
    ----------
    output_size : callable
        ``output_size(n, k, stride, pad)`` takes four integers and returns one.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> check_output_size(lambda n, k, stride, pad: (n + 2 * pad - k) // stride + 1)
    output_size: all 10 cases agree with convlib.
    Covered: n 1 to 11; k 1 to 4; stride 1 to 3; pad 0 to 2.
    """
    check(sizes.OUTPUT_SIZE, output_size)


def check_output_size_dilated(output_size):
    """Check a function that counts the places of a window with gaps along one axis.

    Parameters
    ----------
    output_size : callable
        ``output_size(n, k, stride, pad, dilation)`` takes five integers and returns one.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> def output_size(n, k, stride, pad, dilation):
    ...     span = dilation * (k - 1) + 1
    ...     return (n + 2 * pad - span) // stride + 1
    >>> check_output_size_dilated(output_size)
    output_size: all 13 cases agree with convlib.
    Covered: n 1 to 12; k 1 to 4; stride 1 to 3; pad 0 to 2; dilation 1 to
    3.
    Next rung: conv2d with stride, padding and dilation.
    """
    check(sizes.OUTPUT_SIZE_DILATED, output_size)


def check_flip(flip):
    """Check a function that turns a kernel by half a turn.

    Parameters
    ----------
    flip : callable
        ``flip(kernel)`` takes a 2-D array and returns one of the same shape.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> check_flip(lambda kernel: kernel[::-1, ::-1])
    flip: all 5 cases agree with convlib.
    Covered: kernel 1×2 to 3×3; shapes that are not square; numbers below
    0.
    """
    check(patches.FLIP, flip)


def check_pad(zero_pad):
    """Check a function that puts zeros around an image.

    Parameters
    ----------
    zero_pad : callable
        ``zero_pad(image, p)`` takes a 2-D array and returns one with `p` more rows and columns
        on every side.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import numpy as np
    >>> check_pad(lambda image, p: np.pad(image, p))
    zero_pad: all 6 cases agree with convlib.
    Covered: image 1×1 to 2×4; p 0 to 3; shapes that are not square;
    numbers below 0.
    """
    check(patches.PAD, zero_pad)


def check_same_padding(same_padding):
    """Check a function that finds the zeros for an output of ``ceil(n / stride)``.

    Parameters
    ----------
    same_padding : callable
        ``same_padding(n, k, stride)`` takes three integers and returns ``(before, after)``; an
        odd number of zeros has one more after.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> def same_padding(n, k, stride):
    ...     places = -(-n // stride)
    ...     total = max((places - 1) * stride + k - n, 0)
    ...     return total // 2, total - total // 2
    >>> check_same_padding(same_padding)
    same_padding: all 9 cases agree with convlib.
    Covered: n 3 to 11; k 1 to 5; stride 1 to 4.
    """
    check(sizes.SAME_PADDING, same_padding)


def check_conv2d(conv2d):
    """Check a function that slides a kernel over an image of one channel.

    Parameters
    ----------
    conv2d : callable
        ``conv2d(image, kernel, stride=1, pad=0)`` takes two 2-D arrays and returns one.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import convlib
    >>> def conv2d(image, kernel, stride=1, pad=0):
    ...     return convlib.conv2d(image, kernel, stride=stride, padding=pad)
    >>> check_conv2d(conv2d)
    conv2d: all 16 cases agree with convlib.
    Covered: image 1×1 to 8×9; kernel 1×1 to 3×4; stride 1 to 3 or left
    out; pad 1 to 3 or left out; shapes that are not square; numbers below
    0; fractions.
    Next rung: conv2d_channels reads images in colour.
    """
    check(convolutions.CONV2D, conv2d)


def check_conv2d_channels(conv2d):
    """Check a function that slides a stack of filters over an image with channels.

    Parameters
    ----------
    conv2d : callable
        ``conv2d(image, weight, bias)`` takes arrays (C, H, W), (O, C, KH, KW) and (O,), and
        returns one (O, HO, WO).

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import convlib
    >>> check_conv2d_channels(convlib.conv2d)
    conv2d_channels: all 8 cases agree with convlib.
    Covered: image 1×1×1 to 3×5×4; weight 1×1×1×1 to 4×3×3×2; bias of 1 to
    4 numbers; shapes that are not square; numbers below 0.
    """
    check(convolutions.CONV2D_CHANNELS, conv2d)


def check_pool_step(pool_step):
    """Check a function that finds the largest number of a patch.

    Parameters
    ----------
    pool_step : callable
        ``pool_step(patch)`` takes a 2-D array and returns a number.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> check_pool_step(lambda patch: patch.max())
    pool_step: all 5 cases agree with convlib.
    Covered: patch 1×1 to 3×3; shapes that are not square; numbers below 0;
    fractions.
    """
    check(patches.POOL_STEP, pool_step)


def check_maxpool(maxpool):
    """Check a function that keeps the largest number of every window.

    Parameters
    ----------
    maxpool : callable
        ``maxpool(image, size, stride)`` takes a 2-D array and two integers, and returns a 2-D
        array.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import convlib
    >>> check_maxpool(lambda image, size, stride: convlib.maxpool(image, size, stride=stride))
    maxpool: all 9 cases agree with convlib.
    Covered: image 1×1 to 7×6; size 1 to 3; stride 1 to 3; shapes that are
    not square; numbers below 0.
    """
    check(pools.MAXPOOL, maxpool)


def check_avgpool(avgpool):
    """Check a function that takes the mean of every window.

    Parameters
    ----------
    avgpool : callable
        ``avgpool(image, size, stride)`` takes a 2-D array and two integers, and returns a 2-D
        array.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import convlib
    >>> check_avgpool(lambda image, size, stride: convlib.avgpool(image, size, stride=stride))
    avgpool: all 9 cases agree with convlib.
    Covered: image 1×1 to 7×6; size 1 to 3; stride 1 to 3; shapes that are
    not square; numbers below 0.
    """
    check(pools.AVGPOOL, avgpool)


def check_relu(relu):
    """Check a function that makes 0 of every number below 0.

    Parameters
    ----------
    relu : callable
        ``relu(y)`` takes an array of any shape and returns one of the same shape.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> check_relu(lambda y: y * (y > 0))
    relu: all 6 cases agree with convlib.
    Covered: y 1×1 to 2×3×2; shapes that are not square; numbers below 0;
    fractions.
    """
    check(layers.RELU, relu)


def check_softmax(softmax):
    """Check a function that makes shares of 1 of scores.

    Parameters
    ----------
    softmax : callable
        ``softmax(scores)`` takes a 1-D array of floats and returns one of the same shape.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> from convlib.nn import softmax
    >>> check_softmax(lambda scores: softmax(scores[None])[0])
    softmax: all 6 cases agree with convlib.
    Covered: scores of 1 to 3 numbers; numbers below 0.
    """
    check(layers.SOFTMAX, softmax)


def check_conv2d_backward(conv2d_backward):
    """Check a function that sends the gradient of a convolution back.

    Parameters
    ----------
    conv2d_backward : callable
        ``conv2d_backward(dy, image, kernel, stride=1, pad=0)`` takes three 2-D arrays and returns
        ``(dimage, dkernel, dbias)``: two arrays and a number.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> from convlib import grad
    >>> def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    ...     return grad.conv2d_backward(dy, image, kernel, stride=stride, padding=pad)
    >>> check_conv2d_backward(conv2d_backward)
    conv2d_backward: all 17 cases agree with convlib.
    Covered: dy 1×1 to 5×5; image 1×1 to 8×9; kernel 1×1 to 3×4; stride 1
    to 3 or left out; pad 0 to 2 or left out; shapes that are not square;
    numbers below 0; fractions.
    Next rung: maxpool_backward sends them to the winners.
    """
    check(gradients.CONV2D_BACKWARD, conv2d_backward)


def check_conv2d_backward_layer(conv2d_backward):
    """Check a function that sends the gradient of a whole layer back.

    Parameters
    ----------
    conv2d_backward : callable
        ``conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1)`` takes arrays
        (N, O, HO, WO), (N, C, H, W) and (O, C/groups, KH, KW), and returns
        ``(dx, dweight, dbias)``, arrays of the shapes of `x`, of `weight` and (O,).

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> from convlib import grad
    >>> def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    ...     options = dict(stride=stride, padding=padding, dilation=dilation, groups=groups)
    ...     return grad.conv2d_backward(dy, x, weight, **options)
    >>> check_conv2d_backward_layer(conv2d_backward)
    conv2d_backward: all 14 cases agree with convlib.
    Covered: dy 1×1×1×1 to 3×6×6×3; x 1×1×1×1 to 3×4×6×5; weight 1×1×1×1 to
    6×2×2×3; stride 1 to 2 or left out; padding 0 to 1 or left out;
    dilation 1 to 2 or left out; groups 2 or left out; shapes that are not
    square; numbers below 0; fractions.
    """
    check(layer_gradients.CONV2D_BACKWARD_LAYER, conv2d_backward)


def check_maxpool_backward(maxpool_backward):
    """Check a function that sends the gradient of a max-pool back to the winners.

    Parameters
    ----------
    maxpool_backward : callable
        ``maxpool_backward(dy, image, size, stride)`` takes two 2-D arrays and two integers, and
        returns an array of the shape of `image`.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> from convlib import grad
    >>> def maxpool_backward(dy, image, size, stride):
    ...     return grad.maxpool_backward(dy, image, size, stride=stride)
    >>> check_maxpool_backward(maxpool_backward)
    maxpool_backward: all 13 cases agree with convlib.
    Covered: dy 1×1 to 5×5; image 1×1 to 7×7; size 1 to 3; stride 1 to 3;
    shapes that are not square; numbers below 0; fractions.
    Next rung: a network that learns.
    """
    check(pool_gradients.MAXPOOL_BACKWARD, maxpool_backward)
