"""Real handwriting: digits that people wrote, to learn from, to decide by, and to test with.

The file of the book holds the first 10,000 training digits of MNIST (LeCun, Cortes and Burges,
CC BY-SA 3.0; see book/data/README.md). MNIST's own files can be read in their place.
"""

import gzip
from pathlib import Path
from typing import NamedTuple

import numpy as np

__all__ = ["load_digits"]

FILE = Path(__file__).parents[1] / "book" / "data" / "digits.npz"
OWN_FILES = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"
COUNT = 10_000  # digits that are read from MNIST's own files
SHARES = 8, 1, 1


class Digits(NamedTuple):
    """Images and labels in three parts, with the same share of each digit in all of them."""

    x_train: np.ndarray  # (8000, 1, 28, 28) float32, from 0 for paper to 1 for ink
    y_train: np.ndarray  # (8000,) int64, the digits 0 to 9
    x_valid: np.ndarray  # (1000, 1, 28, 28), to decide by
    y_valid: np.ndarray
    x_test: np.ndarray  # (1000, 1, 28, 28), not looked at until the end
    y_test: np.ndarray


def load_digits(path=None):
    """Read handwritten digits: 8,000 to learn from, 1,000 to decide by, and 1,000 to test with.

    Parameters
    ----------
    path : str, Path or None
        An ``.npz`` file with ``images`` (N, H, W) and ``labels`` (N,), such as the book's, which
        None stands for. Or a folder with MNIST's own ``train-images-idx3-ubyte`` and
        ``train-labels-idx1-ubyte``, compressed (``.gz``) or not; their first 10,000 digits are
        those of the book.

    Returns
    -------
    digits : Digits
        ``x_train, y_train, x_valid, y_valid, x_test, y_test``: images as (N, 1, H, W) float32
        from 0 to 1 and labels as (N,) int64. Eight tenths, one and one, each with the same share
        of each digit; any run of neighbours has nearly that share, too.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If a file holds something else.

    Examples
    --------
    >>> digits = load_digits()
    >>> digits.x_train.shape, digits.y_test.shape
    ((8000, 1, 28, 28), (1000,))
    >>> digits.y_train[:10]
    array([1, 7, 3, 6, 0, 2, 4, 9, 8, 5])
    """
    path = FILE if path is None else Path(path)
    images, labels = _own_files(path) if path.is_dir() else _npz(path)
    if images.ndim != 3 or images.dtype != np.uint8 or labels.shape != images.shape[:1]:
        raise ValueError(
            f"{path} must hold images (N, H, W) of uint8 and labels (N,); got {images.shape} "
            f"of {images.dtype} and {labels.shape}"
        )
    order = _interleave(labels)
    x = (images[order] / np.float32(255))[:, np.newaxis]
    y = labels[order].astype(np.int64)
    first, second = (np.cumsum(SHARES)[:2] * len(y) // sum(SHARES)).tolist()
    parts = slice(0, first), slice(first, second), slice(second, None)
    return Digits(*(values[part] for part in parts for values in (x, y)))


def _interleave(labels):
    """Return an order in which every digit comes up at an even pace.

    Of n sevens the first is due at 0.5 / n of the way, the next at 1.5 / n, and so on.
    """
    due = np.empty(len(labels))
    for label in np.unique(labels):
        places = np.flatnonzero(labels == label)
        due[places] = (np.arange(len(places)) + 0.5) / len(places)
    return np.lexsort((labels, due))


def _npz(path):
    """Read images and labels from an npz file; nothing in it is executed."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return file["images"], file["labels"]
    except FileNotFoundError:
        raise FileNotFoundError(f"{path} is missing; tools/make_digits.py makes it") from None
    except Exception as error:
        raise ValueError(f"{path} is not a file of digits: {error}") from None


def _own_files(folder):
    """Read the first digits of MNIST's own files."""
    images, labels = (_idx(folder, name) for name in OWN_FILES)
    if len(images) != len(labels):
        raise ValueError(f"{folder} holds {len(images)} images, but {len(labels)} labels")
    return images[:COUNT], labels[:COUNT]


def _idx(folder, name):
    """Read a file of bytes in the format of MNIST.

    Two zeros, 8 for bytes, the number of axes, the size of each in four bytes, and the values.
    """
    path = folder / name
    if path.exists():
        data = path.read_bytes()
    elif (folder / f"{name}.gz").exists():
        path = folder / f"{name}.gz"
        try:
            data = gzip.decompress(path.read_bytes())
        except (OSError, EOFError) as error:
            raise ValueError(f"{path} is not a file of MNIST: {error}") from None
    else:
        raise FileNotFoundError(f"{folder} has neither {name} nor {name}.gz")
    axes = 3 if "idx3" in name else 1
    head = 4 + 4 * axes
    if data[:4] != bytes([0, 0, 8, axes]) or len(data) < head:
        raise ValueError(f"{path} is not a file of MNIST: it starts with {data[:4]!r}")
    shape = tuple(np.frombuffer(data[4:head], ">u4").tolist())
    values = np.frombuffer(data[head:], np.uint8)
    if values.size != np.prod(shape):
        raise ValueError(f"{path} should hold {shape} bytes; it holds {values.size}")
    return values.reshape(shape)
