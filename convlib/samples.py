"""The images and kernels of the book. Nothing is downloaded and no array can be written to."""

from pathlib import Path

import numpy as np

__all__ = [
    "IMAGE",
    "KERNEL",
    "POOL_IMAGE",
    "POOL_NEGATIVE",
    "RGB_IMAGE",
    "RGB_KERNEL",
    "KERNELS",
    "photograph",
    "grey",
    "portrait",
    "mri",
]


def _read_only(values):
    array = np.array(values)
    if array.dtype.kind == "i":
        array = array.astype(np.int64)  # on every machine
    array.flags.writeable = False
    return array


IMAGE = _read_only(
    [
        [3, 3, 2, 1, 0],
        [0, 0, 1, 3, 1],
        [3, 1, 2, 2, 3],
        [2, 0, 0, 2, 2],
        [2, 0, 0, 0, 1],
    ]
)

KERNEL = _read_only(
    [
        [0, 1, 2],
        [2, 2, 0],
        [0, 1, 2],
    ]
)

# The largest number of each 2x2 block sits in a different corner of its block.
POOL_IMAGE = _read_only(
    [
        [1, 3, 8, 4],
        [7, 5, 6, 2],
        [2, 0, 5, 9],
        [4, 6, 3, 7],
    ]
)

# The same picture below zero: a maximum that starts at 0, or padding with 0, is wrong everywhere.
POOL_NEGATIVE = _read_only(POOL_IMAGE - 10)

# Red, green, blue. Red stands left of green, without blue, at the top left and the bottom right.
RGB_IMAGE = _read_only(
    [
        [[3, 0, 0, 1], [3, 0, 0, 0], [0, 1, 3, 0], [1, 0, 3, 0]],
        [[0, 3, 0, 0], [0, 3, 1, 0], [0, 0, 0, 3], [0, 0, 0, 2]],
        [[0, 0, 3, 3], [0, 0, 2, 3], [2, 3, 0, 0], [3, 2, 0, 1]],
    ]
)

# Looks for red on the left, green on the right and no blue.
RGB_KERNEL = _read_only(
    [
        [[1, 0], [1, 0]],
        [[0, 1], [0, 1]],
        [[-1, -1], [-1, -1]],
    ]
)

_CENTRE = [0, 1, 0]
_SMOOTH = [1, 2, 1]
_SLOPE = [-1, 0, 1]
_BEND = [1, -2, 1]

_IDENTITY = np.outer(_CENTRE, _CENTRE)
_LAPLACIAN = np.outer(_BEND, _CENTRE) + np.outer(_CENTRE, _BEND)

KERNELS = {
    "identity": _read_only(_IDENTITY),
    "box blur": _read_only(np.ones((3, 3)) / 9),
    "gaussian blur": _read_only(np.outer(_SMOOTH, _SMOOTH) / 16),
    "sharpen": _read_only(_IDENTITY - _LAPLACIAN),
    "sobel x": _read_only(np.outer(_SMOOTH, _SLOPE)),
    "sobel y": _read_only(np.outer(_SLOPE, _SMOOTH)),
    "laplacian": _read_only(_LAPLACIAN),
    "emboss": _read_only(_IDENTITY + np.add.outer(_SLOPE, _SLOPE)),
}


PIXELS = Path(__file__).with_name("photograph.npz")
"""Where a browser's Python, which has no matplotlib, finds the pixels of the photograph."""


def photograph():
    """Return the portrait of Grace Hopper that matplotlib ships.

    Returns
    -------
    photo : (600, 512, 3) uint8 array
        Rows, columns, and red, green and blue.

    Examples
    --------
    >>> photograph().shape
    (600, 512, 3)
    """
    if PIXELS.exists():
        with np.load(PIXELS) as file:
            return file["photograph"]
    from matplotlib.cbook import get_sample_data
    from PIL import Image

    with get_sample_data("grace_hopper.jpg") as file:
        return np.array(Image.open(file))


def grey(photo):
    """Turn a colour photograph grey.

    The weights 0.299, 0.587 and 0.114 follow how bright red, green and blue look to the eye.

    Parameters
    ----------
    photo : (H, W, 3) uint8 array

    Returns
    -------
    x : (H, W) uint8 array
        The weighted sum of the three colours, rounded.

    References
    ----------
    ITU-R Recommendation BT.601, luma.

    Examples
    --------
    >>> grey(np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]]]))
    array([[ 76, 150,  29, 255]], dtype=uint8)
    """
    thousandths = photo.astype(np.int64) @ np.array([299, 587, 114])
    return ((thousandths + 500) // 1000).astype(np.uint8)


def portrait(size=128):
    """Return the face and cap of the photograph as a small grey square.

    Parameters
    ----------
    size : int
        Rows and columns of the result. It divides 384, the size of the part that is cut out.

    Returns
    -------
    x : (size, size) uint8 array
        Each pixel is the rounded average of a block of 384 // size rows and columns.

    Raises
    ------
    ValueError
        If `size` does not divide 384.

    Examples
    --------
    >>> portrait(64).shape
    (64, 64)
    """
    if size < 1 or 384 % size:
        raise ValueError(f"size must divide 384; got {size}")
    block = 384 // size
    square = grey(photograph())[20:404, 70:454].astype(np.int64)
    sums = square.reshape(size, block, size, block).sum(axis=(1, 3))
    return ((sums + block**2 // 2) // block**2).astype(np.uint8)


def mri():
    """Return the slice through a head, seen by magnetic resonance, that matplotlib ships.

    Returns
    -------
    x : (256, 256) uint8 array

    Examples
    --------
    >>> mri().shape
    (256, 256)
    """
    from matplotlib.cbook import get_sample_data

    with get_sample_data("s1045.ima.gz") as file:
        return np.frombuffer(file.read(), dtype=">u2").reshape(256, 256).astype(np.uint8)
