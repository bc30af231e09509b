import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from convlib import samples


def test_worked_example():
    assert_array_equal(samples.IMAGE[:3, :3], [[3, 3, 2], [0, 0, 1], [3, 1, 2]])
    assert_array_equal(samples.KERNEL, [[0, 1, 2], [2, 2, 0], [0, 1, 2]])
    assert samples.IMAGE.shape == (5, 5)
    assert samples.IMAGE.sum() == 9 + 5 + 11 + 6 + 3


def test_every_corner_wins_one_block_of_the_pool_image():
    x = samples.POOL_IMAGE
    blocks = x[:2, :2], x[:2, 2:], x[2:, :2], x[2:, 2:]
    assert sorted(int(block.argmax()) for block in blocks) == [0, 1, 2, 3]
    assert [int(block.max()) for block in blocks] == [7, 8, 6, 9]
    assert [int(block.sum()) for block in blocks] == [4 * 4, 4 * 5, 4 * 3, 4 * 6]


def test_pool_negative_is_below_zero():
    assert_array_equal(samples.POOL_NEGATIVE, samples.POOL_IMAGE - 10)
    assert samples.POOL_NEGATIVE.max() < 0


def test_rgb_shapes():
    assert samples.RGB_IMAGE.shape == (3, 4, 4)
    assert samples.RGB_KERNEL.shape == (3, 2, 2)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("identity", [[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
        ("box blur", [[1 / 9] * 3] * 3),
        ("gaussian blur", np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16),
        ("sharpen", [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        ("sobel x", [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        ("sobel y", [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
        ("laplacian", [[0, 1, 0], [1, -4, 1], [0, 1, 0]]),
        ("emboss", [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]),
    ],
)
def test_kernels(name, values):
    assert_allclose(samples.KERNELS[name], values, rtol=1e-15)


def test_every_kernel_is_tested_above():
    assert len(samples.KERNELS) == 8


@pytest.mark.parametrize(
    "array",
    [
        samples.IMAGE,
        samples.KERNEL,
        samples.POOL_IMAGE,
        samples.POOL_NEGATIVE,
        samples.RGB_IMAGE,
        samples.RGB_KERNEL,
        *samples.KERNELS.values(),
    ],
)
def test_samples_cannot_be_written_to(array):
    with pytest.raises(ValueError, match="read-only"):
        array[0, 0] = 1


def test_photograph():
    photo = samples.photograph()
    assert photo.shape == (600, 512, 3)
    assert photo.dtype == np.uint8
    # Decoders of JPEG may differ by one step.
    assert_allclose(photo[0, 0], [21, 24, 77], atol=2)
    assert_allclose(photo.mean(axis=(0, 1)), [82.5, 72.4, 86.4], atol=0.1)


def test_grey_weighs_the_colours_and_rounds():
    photo = np.array([[[1, 0, 0], [200, 100, 50], [255, 255, 255]]], dtype=np.uint8)
    assert_array_equal(
        samples.grey(photo),
        [[0, round(0.299 * 200 + 0.587 * 100 + 0.114 * 50), 255]],
    )


def test_portrait_averages_blocks():
    square = samples.grey(samples.photograph())[20:404, 70:454]
    face = samples.portrait()
    assert face.shape == (128, 128)
    assert face.dtype == np.uint8
    assert face[5, 7] == int(square[15:18, 21:24].mean() + 0.5)
    assert_array_equal(samples.portrait(384), square)


@pytest.mark.parametrize("size", [0, -1, 100, 385])
def test_portrait_names_a_size_that_does_not_divide(size):
    with pytest.raises(ValueError, match=f"size must divide 384; got {size}"):
        samples.portrait(size)


def test_mri():
    head = samples.mri()
    assert head.shape == (256, 256)
    assert head.dtype == np.uint8
    assert head[128, 128] == 94
    assert_array_equal(head[100:102, 100:103], [[107, 103, 115], [105, 102, 116]])
    assert head.sum() == 2533090
    assert (head[0, 0], head.max()) == (0, 215)
