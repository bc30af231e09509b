"""Programs as learners write them, for images in tiles, each with one mistake."""
# ruff: noqa: F811, F841

import numpy as np

from exercises.learner import programs

PROGRAMS, learner = programs()


def winograd(patch, kernel, B, G, A):
    """Make the outputs of one patch as the learners below do, who get it right."""
    return A @ ((B @ patch @ B.T) * (G @ kernel @ G.T)) @ A.T


def slide(image, kernel, stride=1):
    """Convolve as the learners below do, who get it right."""
    height, width = kernel.shape
    rows = (image.shape[0] - height) // stride + 1
    columns = (image.shape[1] - width) // stride + 1
    output = np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        top, left = i * stride, j * stride
        output[i, j] = (image[top : top + height, left : left + width] * kernel).sum()
    return output


# ---------------------------------------------------------------- winograd_conv2d


@learner("WINOGRAD_CONV2D", "what was filled up is not cut off")
def winograd_conv2d(image, kernel, B, G, A):
    step, size = A.shape
    rows, columns = np.subtract(image.shape, 2)
    image = np.pad(image, ((0, -rows % step), (0, -columns % step)))
    output = np.zeros(np.subtract(image.shape, 2))
    for i in range(0, rows, step):
        for j in range(0, columns, step):
            patch = image[i : i + size, j : j + size]
            output[i : i + step, j : j + step] = winograd(patch, kernel, B, G, A)
    return output


@learner(
    "WINOGRAD_CONV2D",
    "the last row and the last column are left out; fill up with zeros first",
)
def winograd_conv2d(image, kernel, B, G, A):
    step, size = A.shape
    rows, columns = np.subtract(image.shape, 2)
    output = np.zeros((rows, columns))
    for i in range(0, rows - step + 1, step):
        for j in range(0, columns - step + 1, step):
            patch = image[i : i + size, j : j + size]
            output[i : i + step, j : j + step] = winograd(patch, kernel, B, G, A)
    return output


@learner("WINOGRAD_CONV2D", "the kernel is flipped")
def winograd_conv2d(image, kernel, B, G, A):
    step, size = A.shape
    rows, columns = np.subtract(image.shape, 2)
    image = np.pad(image, ((0, -rows % step), (0, -columns % step)))
    output = np.zeros(np.subtract(image.shape, 2))
    for i in range(0, rows, step):
        for j in range(0, columns, step):
            patch = image[i : i + size, j : j + size]
            turned = kernel[::-1, ::-1]
            output[i : i + step, j : j + step] = winograd(patch, turned, B, G, A)
    return output[:rows, :columns]


@learner("WINOGRAD_CONV2D", "only the first patch is done; does return stand inside the loops?")
def winograd_conv2d(image, kernel, B, G, A):
    step, size = A.shape
    rows, columns = np.subtract(image.shape, 2)
    image = np.pad(image, ((0, -rows % step), (0, -columns % step)))
    output = np.zeros(np.subtract(image.shape, 2))
    for i in range(0, rows, step):
        for j in range(0, columns, step):
            patch = image[i : i + size, j : j + size]
            output[i : i + step, j : j + step] = winograd(patch, kernel, B, G, A)
            return output[:rows, :columns]


@learner("WINOGRAD_CONV2D", "the output holds whole numbers, and fractions are cut off")
def winograd_conv2d(image, kernel, B, G, A):
    step, size = A.shape
    rows, columns = np.subtract(image.shape, 2)
    image = np.pad(image, ((0, -rows % step), (0, -columns % step)))
    output = np.zeros(np.subtract(image.shape, 2), dtype=int)
    for i in range(0, rows, step):
        for j in range(0, columns, step):
            patch = image[i : i + size, j : j + size]
            output[i : i + step, j : j + step] = winograd(patch, kernel, B, G, A)
    return output[:rows, :columns]


@learner("WINOGRAD_CONV2D", "the output is never filled")
def winograd_conv2d(image, kernel, B, G, A):
    step, size = A.shape
    rows, columns = np.subtract(image.shape, 2)
    image = np.pad(image, ((0, -rows % step), (0, -columns % step)))
    output = np.zeros((rows, columns))
    for i in range(0, rows, step):
        for j in range(0, columns, step):
            made = winograd(image[i : i + size, j : j + size], kernel, B, G, A)
    return output


# ---------------------------------------------------------------- convolve_tiles


@learner("CONVOLVE_TILES", "a tile borrows no pixels; its last windows need a halo")
def convolve_tiles(image, kernel, output, tile, stride=1):
    for i in range(0, output.shape[0], tile):
        for j in range(0, output.shape[1], tile):
            top, left = i * stride, j * stride
            patch = image[top : top + tile * stride, left : left + tile * stride]
            if patch.shape[0] < kernel.shape[0] or patch.shape[1] < kernel.shape[1]:
                raise ValueError(f"kernel {kernel.shape} does not fit {patch.shape}")
            output[i : i + tile, j : j + tile] = slide(patch, kernel, stride)


@learner("CONVOLVE_TILES", "a patch starts at i and j, not at i * stride and j * stride")
def convolve_tiles(image, kernel, output, tile, stride=1):
    height, width = kernel.shape
    for i in range(0, output.shape[0], tile):
        for j in range(0, output.shape[1], tile):
            bottom = i + (tile - 1) * stride + height
            right = j + (tile - 1) * stride + width
            patch = image[i:bottom, j:right]
            output[i : i + tile, j : j + tile] = slide(patch, kernel, stride)


@learner("CONVOLVE_TILES", "the stride is left out of how long a patch is")
def convolve_tiles(image, kernel, output, tile, stride=1):
    height, width = kernel.shape
    for i in range(0, output.shape[0], tile):
        for j in range(0, output.shape[1], tile):
            top, left = i * stride, j * stride
            patch = image[top : top + tile - 1 + height, left : left + tile - 1 + width]
            output[i : i + tile, j : j + tile] = slide(patch, kernel, stride)


@learner("CONVOLVE_TILES", "the last, smaller tiles are left out")
def convolve_tiles(image, kernel, output, tile, stride=1):
    height, width = kernel.shape
    for a in range(output.shape[0] // tile):
        for b in range(output.shape[1] // tile):
            i, j = a * tile, b * tile
            top, left = i * stride, j * stride
            bottom = top + (tile - 1) * stride + height
            right = left + (tile - 1) * stride + width
            output[i : i + tile, j : j + tile] = slide(
                image[top:bottom, left:right], kernel, stride
            )


@learner("CONVOLVE_TILES", "only the first tile is filled")
def convolve_tiles(image, kernel, output, tile, stride=1):
    height, width = kernel.shape
    for i in range(0, output.shape[0], tile):
        for j in range(0, output.shape[1], tile):
            top, left = i * stride, j * stride
            bottom = top + (tile - 1) * stride + height
            right = left + (tile - 1) * stride + width
            output[i : i + tile, j : j + tile] = slide(
                image[top:bottom, left:right], kernel, stride
            )
            return output


@learner(
    "CONVOLVE_TILES",
    "every tile is made of the same pixels; it starts at i * stride and j * stride",
)
def convolve_tiles(image, kernel, output, tile, stride=1):
    height, width = kernel.shape
    for i in range(0, output.shape[0], tile):
        for j in range(0, output.shape[1], tile):
            bottom = (tile - 1) * stride + height
            right = (tile - 1) * stride + width
            part = output[i : i + tile, j : j + tile]
            made = slide(image[:bottom, :right], kernel, stride)
            if made.shape != part.shape:
                raise ValueError(f"{made.shape} does not fit {part.shape}")
            part[:] = made
