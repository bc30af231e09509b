"""Convolution of images that do not fit in memory, tile by tile.

The output is cut into tiles. A tile of the output reads the pixels that start at its own first
row and column times the stride; where its last windows reach past the next tile's first pixel
it borrows them from the neighbour. This border is the halo.
"""

from contextlib import contextmanager

import dask
import dask.array as da
import numpy as np

import convlib
from convlib.shapes import check_fit, conv_padding, numbers_array, output_size, pair, span

__all__ = ["conv2d", "ArrayFile", "workers"]


def conv2d(x, weight, bias=None, *, tile=1024, stride=1, padding=0, dilation=1, groups=1):
    """Convolve a Dask array tile by tile; the pixels are those of `convlib.conv2d`.

    Nothing is computed until the result is stored or asked for its numbers.

    Parameters
    ----------
    x : (H, W), (C, H, W) or (N, C, H, W) Dask array
        Integers, booleans or floats, in chunks of any size.
    weight : (KH, KW) array for a 2-D `x`, else (O, C/groups, KH, KW)
    bias : None, a number for a 2-D `x`, or (O,) array
    tile : int or (rows, columns)
        Size of a tile of the output. The last ones may be smaller.
    stride, padding, dilation, groups : int, or as `convlib.conv2d` takes them

    Returns
    -------
    y : (HO, WO), (O, HO, WO) or (N, O, HO, WO) Dask array
        One chunk a tile. ``HO = (H + top + bottom - dilation * (KH - 1) - 1) // stride + 1``,
        and WO likewise.

    Raises
    ------
    TypeError
        If `x` is not a Dask array, or another argument has the wrong type.
    ValueError
        If shapes or values do not go together, such as a tile whose halo is wider than the
        next tile.

    Examples
    --------
    >>> x = da.arange(12).reshape(3, 4)
    >>> y = conv2d(x, np.array([[1, 1], [1, 1]]), tile=2)
    >>> y.chunks
    ((2,), (2, 1))
    >>> y.compute()
    array([[10, 14, 18],
           [26, 30, 34]])
    """
    _check_image(x)
    kernel = numbers_array(weight, "weight").shape[-2:]
    stride, dilation = pair(stride, "stride"), pair(dilation, "dilation")
    padding = conv_padding(padding, x.shape[-2:], kernel, stride, dilation)
    check_fit("kernel", x.shape[-2:], kernel, stride, padding, dilation)
    spans = tuple(map(span, kernel, dilation))
    options = {"bias": bias, "stride": stride, "dilation": dilation, "groups": groups}
    smallest = np.zeros((*x.shape[-3:-2], *spans), dtype=x.dtype)
    answer = convlib.conv2d(smallest, weight, **options)

    if np.any(padding):
        x = da.pad(x, [(0, 0)] * (x.ndim - 2) + list(padding))
    sizes = map(output_size, x.shape[-2:], spans, stride)
    written = tuple(map(_cut, sizes, pair(tile, "tile")))
    read = tuple(map(_pixels_read, written, stride, spans))
    halos = tuple(map(_halo, written, stride, spans))

    x = x[..., : sum(read[0]), : sum(read[1])]
    channels = tuple((n,) for n in x.shape[-3:-2])
    samples = x.chunks[:-3]
    return da.map_overlap(
        convlib.conv2d,
        x.rechunk((*samples, *channels, *read)),
        depth={x.ndim - 2: halos[0], x.ndim - 1: halos[1]},
        boundary="none",
        trim=False,
        allow_rechunk=False,
        chunks=(*samples, *((n,) for n in answer.shape[:-2]), *written),
        meta=np.empty((0,) * x.ndim, dtype=answer.dtype),
        weight=weight,
        **options,
    )


def _check_image(x):
    if not isinstance(x, da.Array):
        raise TypeError(f"x must be a Dask array; got {type(x).__name__}")
    if x.ndim not in (2, 3, 4):
        raise ValueError(f"x must be (H, W), (C, H, W) or (N, C, H, W); got shape {x.shape}")


def _cut(size, tile):
    """Return the sizes of the tiles along one axis, the rest last."""
    rest = size % tile
    return (tile,) * (size // tile) + ((rest,) if rest else ())


def _pixels_read(written, stride, reach):
    """Return how many pixels each tile owns: up to the next tile, the last to its last window."""
    *before, last = written
    return (*(tile * stride for tile in before), (last - 1) * stride + reach)


def _halo(written, stride, reach):
    """Return how many pixels a tile borrows before and after its own."""
    halo = reach - stride
    if halo <= 0 or len(written) == 1:
        return 0
    least = -(-halo // stride)
    if written[0] < least:
        raise ValueError(
            f"tile {written[0]} is too small: a window spans {reach} pixels, so with stride "
            f"{stride} a tile borrows {halo}, more than the next one has; take at least {least}"
        )
    return 0, halo


class ArrayFile:
    """Read and write parts of an array that stays in a .npy file.

    The file is opened anew for every part, so that a copy of this object works wherever the
    path leads to the file: in another thread, in another process, on another machine.

    Parameters
    ----------
    path : str
        A file written by `np.save` or `np.lib.format.open_memmap`.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     np.save(f"{folder}/x.npy", np.arange(6).reshape(2, 3))
    ...     x = ArrayFile(f"{folder}/x.npy")
    ...     x[0, 1:] = 7
    ...     print(x.shape, x[0])
    (2, 3) [0 7 7]
    """

    def __init__(self, path):
        self.path = path
        array = np.load(path, mmap_mode="r")
        self.shape, self.dtype, self.ndim = array.shape, array.dtype, array.ndim

    def __getitem__(self, place):
        return np.array(np.load(self.path, mmap_mode="r")[place])

    def __setitem__(self, place, values):
        np.load(self.path, mmap_mode="r+")[place] = values


@contextmanager
def workers(address=None):
    """Compute Dask arrays on the cluster at an address, or else on this machine's threads.

    Parameters
    ----------
    address : str, optional
        Address of a Dask scheduler, such as ``"tcp://10.0.0.7:8786"``. Without it, the one in
        the environment variable ``DASK_SCHEDULER_ADDRESS`` is used; without that, threads.

    Yields
    ------
    None
        What is computed in the block is computed there.

    Examples
    --------
    >>> with workers():
    ...     print(da.arange(5).sum().compute())
    10
    """
    address = address or dask.config.get("scheduler-address", None)
    if address is None:
        with dask.config.set(scheduler="threads"):
            yield
        return
    from distributed import Client

    with Client(address):
        yield
