"""The backward passes as plain loops: the definition that the fast ones are tested against.

Read each beside the function in `core` that it differentiates. The loops are the same, and so is
the window. Forward, a window of `x` makes one number of `y`. Backward, that number's gradient
goes back to everything that made it, and *adds* to what other windows have sent there: ``+=``::

    forward                        backward
    y = sum(patch * kernel) + b    dpatch += dy * kernel, dkernel += dy * patch, db += dy
    y = patch.max()                dpatch[winner] += dy
    y = patch.sum() / count        dpatch += dy / count
"""

import numpy as np

from convlib.core import pad, window
from convlib.grad.arguments import inside, output_gradient
from convlib.grad.transpose import transpose_arguments
from convlib.shapes import conv_arguments, like_input, pool_arguments, result_dtype, sum_dtype

__all__ = ["conv2d_backward", "maxpool_backward", "avgpool_backward", "conv_transpose2d"]


def conv2d_backward(dy, x, weight, *, stride=1, padding=0, dilation=1, groups=1):
    """Send the gradient of a convolution back, window by window.

    Parameters
    ----------
    dy, x, weight, stride, padding, dilation, groups : as for ``grad.conv2d_backward``

    Returns
    -------
    dx, dweight, dbias : arrays of the shapes of `x`, of `weight` and of the bias

    Examples
    --------
    >>> dx, dweight, dbias = conv2d_backward(
    ...     np.array([[1, 10]]), np.array([[1, 2, 3]]), np.array([[5, 7]])
    ... )
    >>> dx, dweight
    (array([[ 5, 57, 70]]), array([[21, 32]]))

    The middle pixel was seen twice: ``7*1 + 5*10 = 57``.
    """
    call = conv_arguments(x, weight, None, stride, padding, dilation, groups)
    dy = output_gradient(dy, call)
    dtype = result_dtype(dy, x, weight)
    dy = dy.astype(sum_dtype(dtype))
    padded = pad(call.x, call.padding).astype(dy.dtype)
    dpadded = np.zeros_like(padded)
    dweight = np.zeros(call.weight.shape, dy.dtype)
    dbias = np.zeros(len(dweight), dy.dtype)
    filters, channels, height, width = dweight.shape
    for n in range(dy.shape[0]):
        for o in range(filters):
            first = o // (filters // call.groups) * channels
            group = slice(first, first + channels)
            for i in range(dy.shape[2]):
                for j in range(dy.shape[3]):
                    rows = window(i, height, call.stride[0], call.dilation[0])
                    columns = window(j, width, call.stride[1], call.dilation[1])
                    dpadded[n, group, rows, columns] += dy[n, o, i, j] * call.weight[o]
                    dweight[o] += dy[n, o, i, j] * padded[n, group, rows, columns]
                    dbias[o] += dy[n, o, i, j]
    gradients = inside(dpadded, call), dweight, dbias
    dx, dweight, dbias = (gradient.astype(dtype) for gradient in gradients)
    if weight.ndim == 2:
        return like_input(dx, call.ndim), dweight[0, 0], dbias[0]
    return like_input(dx, call.ndim), dweight, dbias


def maxpool_backward(dy, x, size, *, stride=None, padding=0, dilation=1, ceil_mode=False):
    """Send the gradient of a max-pool back, window by window.

    Parameters
    ----------
    dy, x, size, stride, padding, dilation, ceil_mode : as for ``grad.maxpool_backward``

    Returns
    -------
    dx : array of the shape of `x`

    Examples
    --------
    >>> maxpool_backward(np.array([[1, 10]]), np.array([[4, 9, 4]]), (1, 2), stride=1)
    array([[ 0, 11,  0]])
    """
    call = pool_arguments(x, size, stride, padding, dilation, ceil_mode)
    dy = output_gradient(dy, call)
    dtype = gradient_dtype(dy, x)
    dy = dy.astype(sum_dtype(dtype))
    padded = pad(call.x, call.padding)
    pixels = pad(np.ones(call.x.shape[2:], bool), call.padding)
    dpadded = np.zeros(padded.shape, dy.dtype)
    for n in range(dy.shape[0]):
        for c in range(dy.shape[1]):
            for i in range(dy.shape[2]):
                for j in range(dy.shape[3]):
                    rows = window(i, call.size[0], call.stride[0], call.dilation[0])
                    columns = window(j, call.size[1], call.stride[1], call.dilation[1])
                    place = winner(padded[n, c, rows, columns], pixels[rows, columns])
                    if place is not None:
                        dpadded[n, c, rows, columns][place] += dy[n, c, i, j]
    return like_input(inside(dpadded, call).astype(dtype), call.ndim)


def winner(patch, pixels):
    """Return the place of the largest pixel of a patch: the first of equals, but the last NaN.

    Parameters
    ----------
    patch : (rows, columns) array
    pixels : (rows, columns) array of bool
        False where the patch sees padding.

    Returns
    -------
    place : (row, column) or None, where there is no pixel
    """
    best = None
    for place in np.ndindex(patch.shape):
        if pixels[place] and (best is None or patch[place] > patch[best] or np.isnan(patch[place])):
            best = place
    return best


def avgpool_backward(
    dy, x, size, *, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """Send the gradient of an average pool back, window by window.

    Parameters
    ----------
    dy, x, size, stride, padding, ceil_mode, count_include_pad : as for ``grad.avgpool_backward``

    Returns
    -------
    dx : array of the shape of `x`

    Examples
    --------
    >>> avgpool_backward(np.array([[2, 20]]), np.array([[4, 9, 4]]), (1, 2), stride=1)
    array([[ 1., 11., 10.]])
    """
    call = pool_arguments(x, size, stride, padding, 1, ceil_mode)
    dy = output_gradient(dy, call)
    dtype = gradient_dtype(dy, x, np.float64)
    dy = dy.astype(sum_dtype(dtype))
    counted = pad(np.ones(call.x.shape[2:]), call.padding, value=int(count_include_pad))
    dpadded = np.zeros((*dy.shape[:2], *counted.shape), dy.dtype)
    for n in range(dy.shape[0]):
        for c in range(dy.shape[1]):
            for i in range(dy.shape[2]):
                for j in range(dy.shape[3]):
                    rows = window(i, call.size[0], call.stride[0])
                    columns = window(j, call.size[1], call.stride[1])
                    share = dy[n, c, i, j] / counted[rows, columns].sum()
                    dpadded[n, c, rows, columns] += share
    return like_input(inside(dpadded, call).astype(dtype), call.ndim)


def gradient_dtype(dy, x, integers=np.int64):
    """Return the dtype of a pool's gradient: what NumPy promotes to, or that for integers."""
    dtype = result_dtype(dy, x)
    return dtype if dtype.kind == "f" else np.dtype(integers)


def conv_transpose2d(
    x, weight, bias=None, *, stride=1, padding=0, output_padding=0, dilation=1, groups=1
):
    """Stamp the kernels on an empty image, each as strong as a pixel of `x`.

    Parameters
    ----------
    x, weight, bias, stride, padding, output_padding, dilation, groups : as for
        ``grad.conv_transpose2d``

    Returns
    -------
    y : array

    Examples
    --------
    >>> conv_transpose2d(np.array([[1, 10]]), np.array([[5, 7]]))
    array([[ 5, 57, 70]])
    """
    call = transpose_arguments(x, weight, bias, stride, padding, output_padding, dilation, groups)
    dy, (images, channels, *image) = call.dy, call.conv.x.shape
    size = [n + sum(p) for n, p in zip(image, call.conv.padding)]
    padded = np.zeros((images, channels, *size), dy.dtype)
    filters, per_group, height, width = call.conv.weight.shape
    for n in range(images):
        for o in range(filters):
            first = o // (filters // call.conv.groups) * per_group
            group = slice(first, first + per_group)
            for i in range(dy.shape[2]):
                for j in range(dy.shape[3]):
                    rows = window(i, height, call.conv.stride[0], call.conv.dilation[0])
                    columns = window(j, width, call.conv.stride[1], call.conv.dilation[1])
                    padded[n, group, rows, columns] += dy[n, o, i, j] * call.conv.weight[o]
    y = inside(padded, call.conv) + call.bias.reshape(-1, 1, 1)
    return like_input(y.astype(call.dtype), x.ndim)
