"""Send gradients back: what a nudge of each input would do to the loss.

A function that makes `y` of `x` has a backward pass. It gets ``dy``, how much the loss grows for
each number of `y`, and returns ``dx``, how much it grows for each number of `x`.

- ``plain`` the definition, as loops beside those of `core`
- ``convolution``, ``pooling`` the same by matrix products, and cell by cell of the window
- ``winograd`` the weights' gradient with fewer multiplications
- ``places`` many small images there and back, as layers pass them on
- ``grouped``, ``fours``, ``pool_loops`` compiled loops for small groups of channels, for few
  channels, and for max-pools, on pixels laid out as in ``convlib.fast.piles``; ``compiled`` tells
  when they pay, and ``loops`` is what only Numba can import
- ``transpose`` the gradient of a convolution as a layer that makes images larger
- ``check`` compares any gradient with differences
- ``arguments`` checks what a backward pass gets
"""

import numpy as np

from convlib.grad.arguments import output_gradient
from convlib.grad.check import check_gradient
from convlib.grad.convolution import image_gradient, weight_gradient
from convlib.grad.plain import gradient_dtype
from convlib.grad.pooling import send_to_all, send_to_winners, winners
from convlib.grad.transpose import conv_transpose2d
from convlib.shapes import conv_arguments, like_input, pool_arguments, result_dtype, sum_dtype

__all__ = [
    "conv2d_backward",
    "maxpool_backward",
    "avgpool_backward",
    "conv_transpose2d",
    "check_gradient",
]


def conv2d_backward(dy, x, weight, *, stride=1, padding=0, dilation=1, groups=1):
    """Send the gradient of ``conv2d`` back to its image, its weights and its bias.

    Parameters
    ----------
    dy : array of the shape of ``conv2d(x, weight, ...)``
        How much the loss grows for each number of the output.
    x : (H, W), (C, H, W) or (N, C, H, W) array
        Integers, booleans (as 0 and 1) or floats.
    weight : (KH, KW) array for a 2-D `x`, else (O, C/groups, KH, KW)
    stride, padding, dilation, groups : as for ``conv2d``

    Returns
    -------
    dx : array of the shape of `x`
    dweight : array of the shape of `weight`
    dbias : (O,) array, or a number for a 2-D `x`
        All three in int64 where all inputs are integers, else in the dtype NumPy promotes to;
        float16 is summed in float32. Sums over a batch, not means.

    Raises
    ------
    TypeError
        If an argument has the wrong type, such as a list for an array or a fractional stride.
    ValueError
        If shapes or values do not go together, such as a `dy` that has not the output's shape.

    Examples
    --------
    A kernel of two cells at two places of a row of three pixels::

        y0 = x0*k0 + x1*k1            dx0 = dy0*k0
        y1 = x1*k0 + x2*k1            dx1 = dy0*k1 + dy1*k0
                                      dx2 =          dy1*k1

    >>> x, k = np.array([[1, 2, 3]]), np.array([[5, 7]])
    >>> dx, dk, db = conv2d_backward(np.array([[1, 10]]), x, k)
    >>> dx, dk
    (array([[ 5, 57, 70]]), array([[21, 32]]))

    The middle pixel made both outputs: ``1*7 + 10*5 = 57``. And ``dk0 = 1*1 + 10*2 = 21``.
    """
    call = conv_arguments(x, weight, None, stride, padding, dilation, groups)
    dy = output_gradient(dy, call)
    dtype = result_dtype(dy, x, weight)
    sums = sum_dtype(dtype)
    call = call._replace(
        x=call.x.astype(sums, copy=False), weight=call.weight.astype(sums, copy=False), dtype=dtype
    )
    dy = dy.astype(sums, copy=False)
    gradients = image_gradient(dy, call), weight_gradient(dy, call), bias_gradient(dy)
    dx, dweight, dbias = (gradient.astype(dtype, copy=False) for gradient in gradients)
    if weight.ndim == 2:
        return like_input(dx, call.ndim), dweight[0, 0], dbias[0]
    return like_input(dx, call.ndim), dweight, dbias


def bias_gradient(dy):
    """Add up the gradients of all outputs of each filter: the gradient of its bias."""
    return dy.reshape(*dy.shape[:2], -1).sum(axis=2).sum(axis=0)


def maxpool_backward(dy, x, size, *, stride=None, padding=0, dilation=1, ceil_mode=False):
    """Send the gradient of ``maxpool`` back: each output's to the pixel that won, and only there.

    Parameters
    ----------
    dy : array of the shape of ``maxpool(x, size, ...)``
        How much the loss grows for each number of the output.
    x : (H, W), (C, H, W) or (N, C, H, W) array
        Integers, booleans or floats.
    size, stride, padding, dilation, ceil_mode : as for ``maxpool``

    Returns
    -------
    dx : array of the shape of `x`
        A pixel that won several windows gets the sum. The first of equal winners counts, and the
        last NaN. A window that sees only padding, which takes a dilation, sends to nobody. int64
        where all inputs are integers, else in the dtype NumPy promotes to.

    Raises
    ------
    TypeError
        If an argument has the wrong type, such as a list for an array or a fractional stride.
    ValueError
        If shapes or values do not go together, such as a `dy` that has not the output's shape.

    Examples
    --------
    >>> x = np.array([[1, 3, 8, 4], [7, 5, 6, 2]])
    >>> maxpool_backward(np.array([[1, 10, 100]]), x, 2, stride=1)
    array([[  0,   0, 110,   0],
           [  1,   0,   0,   0]])

    The 8 won two windows: ``10 + 100 = 110``.
    """
    call = pool_arguments(x, size, stride, padding, dilation, ceil_mode)
    dy = output_gradient(dy, call)
    dtype = gradient_dtype(dy, x)
    _, winner = winners(call)
    dx = send_to_winners(dy.astype(sum_dtype(dtype), copy=False), winner, call)
    return like_input(dx.astype(dtype, copy=False), call.ndim)


def avgpool_backward(
    dy, x, size, *, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """Send the gradient of ``avgpool`` back: an equal share to every pixel of the window.

    Parameters
    ----------
    dy : array of the shape of ``avgpool(x, size, ...)``
        How much the loss grows for each number of the output.
    x : (H, W), (C, H, W) or (N, C, H, W) array
        Of its numbers, none counts.
    size, stride, padding, ceil_mode, count_include_pad : as for ``avgpool``

    Returns
    -------
    dx : array of the shape of `x`
        Float64 where all inputs are integers, else in the dtype NumPy promotes to.

    Raises
    ------
    TypeError
        If an argument has the wrong type, such as a list for an array or a fractional stride.
    ValueError
        If shapes or values do not go together, such as a `dy` that has not the output's shape.

    Examples
    --------
    >>> avgpool_backward(np.array([[4, 40]]), np.array([[1, 3, 8, 4], [7, 5, 6, 2]]), 2)
    array([[ 1.,  1., 10., 10.],
           [ 1.,  1., 10., 10.]])
    """
    call = pool_arguments(x, size, stride, padding, 1, ceil_mode)
    dy = output_gradient(dy, call)
    dtype = gradient_dtype(dy, x, np.float64)
    dx = send_to_all(dy.astype(sum_dtype(dtype), copy=False), call, count_include_pad)
    return like_input(dx.astype(dtype, copy=False), call.ndim)
