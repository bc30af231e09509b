"""Convolution and pooling as plain loops: the definition that everything else is tested against.

A window is a slice. `conv2d` and the pools move it over the image and hand what it shows to one
small function: `conv_step`, `pool_step`, or a mean.
"""

import numpy as np

from convlib.shapes import (
    cell_value,
    conv_arguments,
    like_input,
    number,
    numbers_array,
    padding_pairs,
    pool_arguments,
    result_dtype,
    span,
    sum_dtype,
)

__all__ = ["conv_step", "pad", "flip", "conv2d", "pool_step", "maxpool", "avgpool"]


def conv_step(patch, kernel, bias=0):
    """Multiply a patch by a kernel, cell by cell, and add everything up.

    Parameters
    ----------
    patch : array of any shape
        The part of the image under the kernel: (KH, KW), or (C, KH, KW) with channels.
    kernel : array of the same shape
    bias : number
        Added to the sum.

    Returns
    -------
    total : int or float
        ``sum(patch * kernel) + bias``, an exact int for integers (in int64).

    Raises
    ------
    TypeError
        If `patch` or `kernel` is not an array of integers or floats, or `bias` not a number.
    ValueError
        If the shapes differ or an array is empty.

    Examples
    --------
    >>> patch = np.array([[1, 2], [3, 4]])
    >>> kernel = np.array([[0, 1], [1, 0]])
    >>> conv_step(patch, kernel)
    5
    """
    patch, kernel = numbers_array(patch, "patch"), numbers_array(kernel, "kernel")
    if patch.shape != kernel.shape:
        raise ValueError(f"patch {patch.shape} and kernel {kernel.shape} must have one shape")
    dtype = sum_dtype(result_dtype(patch, kernel))
    products = patch.astype(dtype, copy=False) * kernel.astype(dtype, copy=False)
    return products.sum().item() + number(bias, "bias")


def pad(x, padding, value=0):
    """Surround the last two axes with rows and columns of one value.

    Parameters
    ----------
    x : (..., H, W) array
    padding : int, (ph, pw) or ((top, bottom), (left, right))
    value : number
        What the new cells hold.

    Returns
    -------
    y : (..., top + H + bottom, left + W + right) array
        A new array of the dtype of `x`.

    Raises
    ------
    TypeError
        If `x` is not an array of integers or floats, or `padding` not made of integers.
    ValueError
        If `x` has fewer than two axes or is empty, `padding` is negative or a word, or the dtype
        of `x` cannot hold `value`.

    Examples
    --------
    >>> pad(np.array([[1, 2], [3, 4]]), ((1, 0), (0, 1)))
    array([[0, 0, 0],
           [1, 2, 0],
           [3, 4, 0]])
    """
    x = numbers_array(x, "x")
    if x.ndim < 2:
        raise ValueError(f"x must have rows and columns; got shape {x.shape}")
    (top, bottom), (left, right) = padding_pairs(padding)
    height, width = x.shape[-2:]
    shape = (*x.shape[:-2], top + height + bottom, left + width + right)
    y = np.full(shape, cell_value(value, x.dtype))
    y[..., top : top + height, left : left + width] = x
    return y


def flip(kernel):
    """Turn a kernel by half a turn: the first row becomes the last, read backwards.

    `conv2d` lays the kernel on the image as it is, which mathematics calls cross-correlation.
    With the flipped kernel it computes the convolution of mathematics.

    Parameters
    ----------
    kernel : (..., KH, KW) array

    Returns
    -------
    flipped : (..., KH, KW) array
        A new array of the same dtype.

    Raises
    ------
    TypeError
        If `kernel` is not an array of integers or floats.
    ValueError
        If `kernel` has fewer than two axes or is empty.

    Examples
    --------
    >>> flip(np.array([[1, 2], [3, 4]]))
    array([[4, 3],
           [2, 1]])
    """
    kernel = numbers_array(kernel, "kernel")
    if kernel.ndim < 2:
        raise ValueError(f"kernel must have rows and columns; got shape {kernel.shape}")
    return kernel[..., ::-1, ::-1].copy()


def window(i, size, stride, dilation=1):
    """Return the slice that place `i` of a window sees along one axis."""
    start = i * stride
    return slice(start, start + span(size, dilation), dilation)


def conv2d(x, weight, bias=None, *, stride=1, padding=0, dilation=1, groups=1):
    """Slide kernels over an image and take a `conv_step` at every place.

    The kernel is not flipped: this is cross-correlation, which neural networks call convolution.

    Parameters
    ----------
    x : (H, W), (C, H, W) or (N, C, H, W) array
        Integers, booleans (as 0 and 1) or floats. It is never changed.
    weight : (KH, KW) array for a 2-D `x`, else (O, C/groups, KH, KW)
    bias : None, a number for a 2-D `x`, or (O,) array
        Added to every cell of an output channel.
    stride : int or (rows, columns)
        How far the window moves from one place to the next.
    padding : int, (ph, pw), ((top, bottom), (left, right)), "valid" or "same"
        Zeros around the image. "same" gives ``ceil(size / stride)`` rows and columns; an odd
        number of zeros has its extra one at the bottom or right.
    dilation : int or (rows, columns)
        Distance between the pixels that neighbouring kernel cells see.
    groups : int
        The channels and filters are cut into this many groups that do not mix.

    Returns
    -------
    y : (HO, WO), (O, HO, WO) or (N, O, HO, WO) array
        ``HO = (H + top + bottom - dilation * (KH - 1) - 1) // stride + 1``, and WO likewise.
        int64 where all inputs are integers, else the dtype NumPy promotes to; float16 is summed
        in float32.

    Raises
    ------
    TypeError
        If an argument has the wrong type, such as a list for an array or a fractional stride.
    ValueError
        If shapes or values do not go together, such as a kernel larger than the padded image.

    Examples
    --------
    >>> x = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    >>> conv2d(x, np.array([[0, 1], [1, 0]]))
    array([[ 6,  8],
           [12, 14]])

    The first cell sees ``1 2 / 4 5``: ``1*0 + 2*1 + 4*1 + 5*0 = 6``.
    """
    call = conv_arguments(x, weight, bias, stride, padding, dilation, groups)
    padded = pad(call.x, call.padding)
    filters, channels, height, width = call.weight.shape
    y = np.empty(call.shape, dtype=call.dtype)
    for n in range(y.shape[0]):
        for o in range(filters):
            first = o // (filters // call.groups) * channels
            image = padded[n, first : first + channels]
            for i in range(y.shape[2]):
                for j in range(y.shape[3]):
                    rows = window(i, height, call.stride[0], call.dilation[0])
                    columns = window(j, width, call.stride[1], call.dilation[1])
                    patch = image[:, rows, columns]
                    y[n, o, i, j] = conv_step(patch, call.weight[o], call.bias[o].item())
    return like_input(y, call.ndim)


def pool_step(patch):
    """Return the largest number of a patch.

    Parameters
    ----------
    patch : array of any shape

    Returns
    -------
    largest : int or float
        NaN if the patch holds a NaN.

    Raises
    ------
    TypeError
        If `patch` is not an array of integers or floats.
    ValueError
        If `patch` is empty.

    Examples
    --------
    >>> pool_step(np.array([[1, 3], [7, 5]]))
    7
    """
    return numbers_array(patch, "patch").max().item()


def maxpool(x, size, *, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    """Slide a window over an image and keep the largest number at every place.

    Parameters
    ----------
    x : (H, W), (C, H, W) or (N, C, H, W) array
        Integers, booleans or floats. It is never changed.
    size : int or (rows, columns)
        Size of the window.
    stride : int, (rows, columns) or None
        How far the window moves; None moves it by its own size.
    padding : int, (ph, pw), ((top, bottom), (left, right)), "valid" or "same"
        Cells around the image that never win: numbers of at most half a window on each side, or
        "same" for ``ceil(size / stride)`` rows and columns, with an odd one at the bottom or
        right.
    dilation : int or (rows, columns)
        Distance between the pixels that neighbouring window cells see.
    ceil_mode : bool
        Keep a last window that hangs over the bottom or right, unless it would start in the
        padding there.
    return_indices : bool
        Return the place of each winner, too.

    Returns
    -------
    y : array of the dtype and the number of dimensions of `x`
        ``HO = (H + top + bottom - dilation * (rows - 1) - 1) // stride + 1``, and WO likewise;
        with `ceil_mode` the division rounds up. A window with a NaN gives NaN.
    indices : int64 array of the same shape, with `return_indices`
        Where the winner stands in its channel, counted row by row: ``row * W + column``. The
        first of equal winners counts, and the last NaN. A window that sees only padding, which
        takes a dilation, gives the lowest value of the dtype and an index without meaning.

    Raises
    ------
    TypeError
        If an argument has the wrong type, such as a list for an array or a fractional stride.
    ValueError
        If shapes or values do not go together, such as padding of more than half a window.

    Examples
    --------
    >>> x = np.array([[1, 3, 8, 4], [7, 5, 6, 2]])
    >>> maxpool(x, 2)
    array([[7, 8]])
    >>> maxpool(x, 2, stride=1, return_indices=True)
    (array([[7, 8, 8]]), array([[4, 2, 2]]))
    >>> maxpool(x, 2, stride=1, padding="same")
    array([[7, 8, 8, 4],
           [7, 6, 6, 2]])
    """
    call = pool_arguments(x, size, stride, padding, dilation, ceil_mode)
    padded = pad(call.x, call.padding, _lowest(call.x.dtype))
    y = np.empty(call.shape, dtype=call.x.dtype)
    indices = np.empty(call.shape, dtype=np.int64)
    for n in range(y.shape[0]):
        for c in range(y.shape[1]):
            for i in range(y.shape[2]):
                for j in range(y.shape[3]):
                    rows = window(i, call.size[0], call.stride[0], call.dilation[0])
                    columns = window(j, call.size[1], call.stride[1], call.dilation[1])
                    patch = padded[n, c, rows, columns]
                    y[n, c, i, j] = pool_step(patch)
                    if return_indices:
                        indices[n, c, i, j] = _winner(patch, rows, columns, call)
    if return_indices:
        return like_input(y, call.ndim), like_input(indices, call.ndim)
    return like_input(y, call.ndim)


def _lowest(dtype):
    """Return the value that no number of `dtype` falls below."""
    if dtype.kind == "f":
        return -np.inf
    return False if dtype.kind == "b" else np.iinfo(dtype).min


def _winner(patch, rows, columns, call):
    """Return the place of the largest number of `patch` in the image without padding."""
    (top, _), (left, _) = call.padding
    i = np.arange(rows.start, rows.stop, rows.step)[:, np.newaxis] - top
    j = np.arange(columns.start, columns.stop, columns.step) - left
    place, inside = i * call.x.shape[3] + j, (i >= 0) & (j >= 0)
    cells = np.full(inside.shape, _lowest(patch.dtype), patch.dtype)
    cells[: patch.shape[0], : patch.shape[1]] = patch  # the rest hangs over the end
    missing = inside & np.isnan(cells)
    if missing.any():
        return place[missing][-1]
    return place[inside & (cells == cells.max())][0]


def avgpool(x, size, *, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    """Slide a window over an image and take the mean at every place.

    Parameters
    ----------
    x : (H, W), (C, H, W) or (N, C, H, W) array
        Integers, booleans or floats. It is never changed.
    size : int or (rows, columns)
        Size of the window.
    stride : int, (rows, columns) or None
        How far the window moves; None moves it by its own size.
    padding : int, (ph, pw), ((top, bottom), (left, right)), "valid" or "same"
        Zeros around the image: numbers of at most half a window on each side, or "same" for
        ``ceil(size / stride)`` rows and columns, with an odd one at the bottom or right.
    ceil_mode : bool
        Keep a last window that hangs over the bottom or right, unless it would start in the
        padding there. What hangs over is never counted.
    count_include_pad : bool
        Divide by all cells of the window, zeros of the padding included, or by the pixels only.

    Returns
    -------
    y : array of the number of dimensions of `x`
        ``HO = (H + top + bottom - rows) // stride + 1``, and WO likewise; with `ceil_mode` the
        division rounds up. Floats keep their dtype, integers give float64.

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
    padded = pad(call.x.astype(sum_dtype(dtype), copy=False), call.padding)
    counted = pad(np.ones(call.x.shape[2:]), call.padding, value=int(count_include_pad))
    y = np.empty(call.shape, dtype=dtype)
    for n in range(y.shape[0]):
        for c in range(y.shape[1]):
            for i in range(y.shape[2]):
                for j in range(y.shape[3]):
                    rows = window(i, call.size[0], call.stride[0])
                    columns = window(j, call.size[1], call.stride[1])
                    total = padded[n, c, rows, columns].sum()
                    y[n, c, i, j] = total / counted[rows, columns].sum()
    return like_input(y, call.ndim)
