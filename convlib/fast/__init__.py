"""The functions of `core` by faster methods, and the choice among them.

Each module is one idea and says what it can do in a record, a `Method`:

- ``windows`` a view of all windows, multiplied and summed by one call
- ``shifts`` one multiply-add of the whole image for each cell of the kernel
- ``im2col`` every patch a column of a matrix, and one matrix product
- ``rows`` only the columns lowered, and one matrix product for each row of the kernel
- ``fft`` spectra multiplied frequency by frequency, in overlapping tiles
- ``winograd`` fewer multiplications by three small matrices
- ``compiled`` the definition's own loops (``loops``, ``vectors``), compiled by Numba where it is
  installed
- ``pooling`` the largest number of each window by rows, then by columns

``choose`` picks a method by their estimates, whose ``rates`` are in one place. ``blocks``,
``columns``, ``piles``, ``scratch`` and ``threads`` serve them all: blocks that fit in the cache,
the lowering of columns, pixels in runs, working memory and threads.
"""

import numpy as np

from convlib.fast import choose, compiled, fft, im2col, pooling, rows, shifts, windows, winograd
from convlib.shapes import conv_arguments, like_input, pool_arguments, sum_dtype

__all__ = ["METHODS", "conv2d", "maxpool", "avgpool"]

METHODS = {
    method.name: method
    for method in (
        windows.METHOD,
        shifts.METHOD,
        im2col.METHOD,
        rows.METHOD,
        fft.METHOD,
        *winograd.METHODS,
        compiled.METHOD,
    )
}


def conv2d(x, weight, bias=None, *, stride=1, padding=0, dilation=1, groups=1, method="auto"):
    """Slide kernels over an image by one of several methods, or by the fastest.

    Parameters
    ----------
    x : (H, W), (C, H, W) or (N, C, H, W) array
        Integers, booleans (as 0 and 1) or floats. It is never changed.
    weight : (KH, KW) array for a 2-D `x`, else (O, C/groups, KH, KW)
    bias : None, a number for a 2-D `x`, or (O,) array
        Added to every cell of an output channel.
    stride, padding, dilation, groups : as for ``core.conv2d``
    method : str
        "auto" for the one that should be fastest, or "windows", "shifts", "im2col" and "rows",
        which can do everything; "fft", for floats; "winograd2" and "winograd4", for floats of at
        most 8 bytes, square kernels (3x3, and up to 5x5 for "winograd4"), stride 1 and dilation 1;
        "compiled", for numbers of at most 8 bytes, where Numba is installed: its first call with a
        type of numbers compiles for a few seconds, and from then on "auto" may choose it.

    Returns
    -------
    y : (HO, WO), (O, HO, WO) or (N, O, HO, WO) array
        As from ``core.conv2d``: exact for integers. For floats the sums are taken in another
        order, with an error of at most ``n * eps * sum(|x| * |weight|)`` over the n cells of a
        window; "fft", "winograd2" and "winograd4", which "auto" may choose for large finite
        floats, have errors of their own.

    Raises
    ------
    TypeError
        If an argument has the wrong type, such as a list for an array or a fractional stride.
    ValueError
        If shapes or values do not go together, or the method cannot do it.

    Examples
    --------
    >>> x = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    >>> conv2d(x, np.array([[0, 1], [1, 0]]), method="im2col")
    array([[ 6,  8],
           [12, 14]])
    """
    call = conv_arguments(x, weight, bias, stride, padding, dilation, groups)
    able = [way for way in METHODS.values() if way.obstacle(call) is None]
    if method == "auto":
        way = choose.fastest(call, able)
    elif method not in [*METHODS]:
        known = _names(METHODS.values())
        raise ValueError(f'method must be "auto" or one of {known}; got {method!r}')
    else:
        way = METHODS[method]
        if obstacle := way.obstacle(call):
            raise ValueError(f'method "{method}" {obstacle}; use {_names(able)}')
    y = way.convolve(call)
    return like_input(y.astype(call.dtype, copy=False), call.ndim)


def _names(methods):
    return ", ".join(f'"{method.name}"' for method in methods)


def maxpool(x, size, *, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    """Keep the largest number of every window, by shifted maxima.

    Parameters
    ----------
    x : (H, W), (C, H, W) or (N, C, H, W) array
        Integers, booleans or floats. It is never changed.
    size, stride, padding, dilation, ceil_mode, return_indices : as for ``core.maxpool``

    Returns
    -------
    y : array of the dtype and the number of dimensions of `x`
    indices : int64 array of the same shape, with `return_indices`
        Both equal to those of ``core.maxpool``.

    Raises
    ------
    TypeError
        If an argument has the wrong type, such as a list for an array or a fractional stride.
    ValueError
        If shapes or values do not go together, such as padding of more than half a window.

    Examples
    --------
    >>> maxpool(np.array([[1, 3, 8, 4], [7, 5, 6, 2]]), 2)
    array([[7, 8]])
    """
    call = pool_arguments(x, size, stride, padding, dilation, ceil_mode)
    if not return_indices:
        return like_input(pooling.largest(call), call.ndim)
    y, indices = pooling.winners(call)
    return like_input(y, call.ndim), like_input(indices, call.ndim)


def avgpool(x, size, *, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    """Take the mean of every window, by shifted sums.

    Parameters
    ----------
    x : (H, W), (C, H, W) or (N, C, H, W) array
        Integers, booleans or floats. It is never changed.
    size, stride, padding, ceil_mode, count_include_pad : as for ``core.avgpool``

    Returns
    -------
    y : array of the number of dimensions of `x`
        As from ``core.avgpool``, up to the order of the sums.

    Raises
    ------
    TypeError
        If an argument has the wrong type, such as a list for an array or a fractional stride.
    ValueError
        If shapes or values do not go together, such as padding of more than half a window.

    Examples
    --------
    >>> avgpool(np.array([[1, 3, 8, 4], [7, 5, 6, 2]]), 2)
    array([[4., 5.]])
    """
    call = pool_arguments(x, size, stride, padding, 1, ceil_mode)
    dtype = call.x.dtype if call.x.dtype.kind == "f" else np.dtype(np.float64)
    call = call._replace(x=call.x.astype(sum_dtype(dtype), copy=False))
    y = pooling.mean(call, count_include_pad)
    return like_input(y.astype(dtype, copy=False), call.ndim)
