"""Sizes, padding rules, and every check with its error message.

The rest of the library calls `conv_arguments` and `pool_arguments` first, and from there on
computes with arrays and sizes that are known to be right.
"""

from numbers import Integral, Real
from typing import NamedTuple

import numpy as np

__all__ = ["output_size"]


def output_size(n, k, stride=1, padding=0, dilation=1, ceil_mode=False):
    """Count the places where a window fits along one axis.

    Parameters
    ----------
    n : int
        Size of the image along the axis.
    k : int
        Size of the kernel or pool window along the axis.
    stride : int
        How far the window moves from one place to the next.
    padding : int, (int, int), "valid" or "same"
        What is added on both sides, or (before, after). "same" gives ``ceil(n / stride)``.
    dilation : int
        Distance between neighbouring cells of the window.
    ceil_mode : bool
        Count a last window that hangs over the end, unless it would start in the padding there.

    Returns
    -------
    size : int
        It is ``(n + before + after - dilation * (k - 1) - 1) // stride + 1``.

    Raises
    ------
    TypeError
        If an argument that counts something is not an integer.
    ValueError
        If an argument is too small, the word is unknown, or the window does not fit.

    Examples
    --------
    A window of 3 has three places on 5 pixels::

        [0 1 2] 3 4
         0 [1 2 3] 4
         0 1 [2 3 4]

    >>> output_size(5, 3)
    3
    >>> output_size(5, 3, stride=2, padding=1)
    3
    """
    n, k = integer(n, "n"), integer(k, "k")
    stride, dilation = integer(stride, "stride"), integer(dilation, "dilation")
    before, after = _axis_padding(padding, n, k, stride, dilation)
    check_fit("kernel", (n,), (k,), (stride,), ((before, after),), (dilation,), ceil_mode)
    return _count(n, k, stride, (before, after), dilation, ceil_mode)


def _count(n, k, stride, padding, dilation, ceil_mode=False):
    before, after = padding
    room = n + before + after - span(k, dilation)
    count = room // stride + 1
    next_start = count * stride
    if ceil_mode and room % stride and next_start < before + n:
        return count + 1
    return count


def span(k, dilation):
    """Return how many pixels a window of `k` cells reaches over."""
    return dilation * (k - 1) + 1


def integer(value, name, least=1):
    """Check that `value` is an integer of at least `least`, and return it as an int."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be an integer; got {value!r}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}; got {value!r}")
    return int(value)


def pair(value, name, least=1):
    """Return (rows, columns); one integer stands for both."""
    if not isinstance(value, (tuple, list)):
        return (integer(value, name, least),) * 2
    if len(value) != 2:
        raise ValueError(f"{name} must be one integer or two; got {value!r}")
    return integer(value[0], name, least), integer(value[1], name, least)


def padding_pairs(padding):
    """Return ((top, bottom), (left, right)) for an int, (ph, pw) or the four numbers."""
    if isinstance(padding, (tuple, list)) and len(padding) == 2:
        return pair(padding[0], "padding", 0), pair(padding[1], "padding", 0)
    if isinstance(padding, str):
        raise ValueError(
            f'padding must be numbers here; got "{padding}" ("valid" and "same" are for conv2d '
            "and the pools)"
        )
    return (pair(padding, "padding", 0),) * 2


def conv_padding(padding, image, kernel, stride, dilation):
    """Return ((top, bottom), (left, right)) for every form of padding that a window takes."""
    if not isinstance(padding, str):
        return padding_pairs(padding)
    return tuple(map(_axis_padding, (padding, padding), image, kernel, stride, dilation))


def _axis_padding(padding, n, k, stride, dilation):
    if not isinstance(padding, str):
        return pair(padding, "padding", 0)
    if padding == "valid":
        return 0, 0
    if padding == "same":
        places = -(-n // stride)
        total = max((places - 1) * stride + span(k, dilation) - n, 0)
        return total // 2, total - total // 2
    raise ValueError(f'padding must be "valid", "same" or numbers; got "{padding}"')


def check_fit(window, image, size, stride, padding, dilation, ceil_mode=False):
    """Check that the window has at least one place; every argument has one entry per axis."""
    padded = tuple(n + sum(p) for n, p in zip(image, padding))
    spans = tuple(map(span, size, dilation))
    overhang = tuple(s - 1 if ceil_mode else 0 for s in stride)
    missing = max(w - n - o for w, n, o in zip(spans, padded, overhang))
    if missing <= 0:
        return
    what = f"{window} {_shape(size)}"
    if spans != tuple(size):
        what += f" with dilation {_shape(dilation)} spans {_shape(spans)} and"
    where, more = f"image {_shape(image)}", ""
    if padded != tuple(image):
        where, more = f"{where} padded to {_shape(padded)}", " more"
    cure = f"pad each axis by at least {missing}{more} in all"  # both ends together
    raise ValueError(f"{what} does not fit {where}; {cure}")


def _shape(values):
    return str(values[0]) if len(values) == 1 else str(tuple(values))


def numbers_array(x, name):
    """Check that `x` is a filled array of booleans, integers or floats, and return it."""
    if not isinstance(x, np.ndarray):
        raise TypeError(f"{name} must be a NumPy array; got {type(x).__name__}")
    if x.dtype.kind not in "biuf":
        raise TypeError(f"{name} must hold integers or floats; got dtype {x.dtype}")
    if x.size == 0:
        raise ValueError(f"{name} is empty: its shape is {x.shape}")
    return np.asarray(x)


def number(value, name):
    """Check that `value` is one real number, and return it as Python's own, without bounds."""
    if not isinstance(value, Real):
        raise TypeError(f"{name} must be a number; got {value!r}")
    return value.item() if isinstance(value, np.generic) else value


def cell_value(value, dtype):
    """Return `value` as an array of no dimensions, if `dtype` can hold it."""
    number(value, "value")
    with np.errstate(invalid="ignore"):
        cell = np.array(value).astype(dtype)
    if dtype.kind != "f" and cell != value:
        raise ValueError(f"value {value!r} does not fit x of dtype {dtype}")
    return cell


def image_batch(x):
    """Check an image, a stack of channels or a batch, and return it as (N, C, H, W)."""
    x = numbers_array(x, "x")
    if x.ndim not in (2, 3, 4):
        raise ValueError(f"x must be (H, W), (C, H, W) or (N, C, H, W); got shape {x.shape}")
    return x.reshape((1,) * (4 - x.ndim) + x.shape)


def like_input(y, ndim):
    """Drop the axes that `image_batch` put in front of an input of `ndim` dimensions."""
    return y.reshape(y.shape[4 - ndim :])


def result_dtype(*operands):
    """Return int64 for integers and booleans, and what NumPy promotes to for floats."""
    arrays = [np.asarray(operand) for operand in operands]
    if any(array.dtype.kind == "f" for array in arrays):
        return np.result_type(*operands)
    for array in arrays:
        if array.dtype == np.uint64 and array.max() > np.iinfo(np.int64).max:
            raise ValueError(f"{array.max()} in a uint64 array does not fit in int64")
    return np.dtype(np.int64)


def sum_dtype(dtype):
    """Return the dtype in which sums are taken: float32 for float16, else `dtype` itself."""
    return np.dtype(np.float32) if dtype == np.float16 else dtype


class ConvArguments(NamedTuple):
    """The checked arguments of a convolution, with every axis present."""

    x: np.ndarray  # (N, C, H, W), in the dtype for sums
    weight: np.ndarray  # (O, C/groups, KH, KW), in the dtype for sums
    bias: np.ndarray  # (O,), in the dtype for sums
    stride: tuple  # (rows, columns)
    padding: tuple  # ((top, bottom), (left, right))
    dilation: tuple  # (rows, columns)
    groups: int
    shape: tuple  # (N, O, HO, WO) of the output
    ndim: int  # dimensions of the x that was given
    dtype: np.dtype  # of the output


def conv_arguments(x, weight, bias, stride, padding, dilation, groups):
    """Check the arguments of conv2d and return them as ConvArguments."""
    images = image_batch(x)
    kernels = _kernels(weight, x)
    filters, kernel = kernels.shape[0], kernels.shape[2:]
    groups = integer(groups, "groups")
    _check_channels(images.shape[1], kernels.shape, groups)
    biases = _biases(bias, filters, weight)

    stride, dilation = pair(stride, "stride"), pair(dilation, "dilation")
    image = images.shape[2:]
    padding = conv_padding(padding, image, kernel, stride, dilation)
    check_fit("kernel", image, kernel, stride, padding, dilation)
    size = tuple(map(_count, image, kernel, stride, padding, dilation))

    dtype = result_dtype(x, weight) if bias is None else result_dtype(x, weight, bias)
    sums = sum_dtype(dtype)
    return ConvArguments(
        images.astype(sums, copy=False),
        kernels.astype(sums, copy=False),
        biases.astype(sums),
        stride,
        padding,
        dilation,
        groups,
        (images.shape[0], filters, *size),
        x.ndim,
        dtype,
    )


def _kernels(weight, x):
    weight = numbers_array(weight, "weight")
    if weight.ndim == 2 and x.ndim == 2:
        return weight[np.newaxis, np.newaxis]
    if weight.ndim == 4 and x.ndim > 2:
        return weight
    raise ValueError(
        "give x (H, W) with weight (KH, KW), or x (C, H, W) or (N, C, H, W) with weight "
        f"(O, C/groups, KH, KW); got x {x.shape} and weight {weight.shape}"
    )


def _check_channels(channels, weight, groups):
    filters, per_group = weight[:2]
    if channels % groups or filters % groups:
        raise ValueError(
            f"groups {groups} must divide the {channels} channels of x "
            f"and the {filters} filters of weight {weight}"
        )
    if per_group * groups != channels:
        raise ValueError(
            f"x has {channels} channels, but weight {weight} with groups {groups} "
            f"takes {per_group * groups}"
        )


def _biases(bias, filters, weight):
    """Return bias as an array of length `filters`."""
    if bias is None:
        return np.zeros(filters)
    if isinstance(bias, Real) and weight.ndim == 2:
        return np.array([bias])
    bias = numbers_array(bias, "bias")
    if bias.shape != (filters,):
        raise ValueError(
            f"bias {bias.shape} must hold one number for each of the {filters} filters "
            f"of weight {weight.shape}"
        )
    return bias


class PoolArguments(NamedTuple):
    """The checked arguments of a pooling, with every axis present."""

    x: np.ndarray  # (N, C, H, W)
    size: tuple  # (rows, columns)
    stride: tuple  # (rows, columns)
    padding: tuple  # ((top, bottom), (left, right))
    dilation: tuple  # (rows, columns)
    shape: tuple  # (N, C, HO, WO) of the output
    ndim: int  # dimensions of the x that was given


def pool_arguments(x, size, stride, padding, dilation, ceil_mode):
    """Check the arguments of maxpool or avgpool and return them as PoolArguments."""
    images = image_batch(x)
    size = pair(size, "size")
    stride = size if stride is None else pair(stride, "stride")
    dilation = pair(dilation, "dilation")
    image = images.shape[2:]
    padding = _pool_padding(padding, image, size, stride, dilation)
    check_fit("pool window", image, size, stride, padding, dilation, ceil_mode)
    places = map(_count, image, size, stride, padding, dilation, (ceil_mode, ceil_mode))
    return PoolArguments(
        images, size, stride, padding, dilation, (*images.shape[:2], *places), x.ndim
    )


def _pool_padding(padding, image, size, stride, dilation):
    """Return ((top, bottom), (left, right)), and check that numbers stay within half a window.

    "same" needs no check: on an axis without dilation its sides are never more than half a window.
    """
    sides = conv_padding(padding, image, size, stride, dilation)
    if isinstance(padding, str):
        return sides
    for names, axis, k in zip((("top", "bottom"), ("left", "right")), sides, size):
        for name, p in zip(names, axis):
            if 2 * p > k:
                raise ValueError(
                    f"padding {p} at the {name} is more than half of the pool window {size}"
                )
    return sides
