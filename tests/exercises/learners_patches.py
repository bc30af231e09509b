"""Programs as learners write them, for one patch or one image, each with one mistake."""
# ruff: noqa: F811

import numpy as np

from exercises.learner import programs

PROGRAMS, learner = programs()

# ---------------------------------------------------------------- conv_step


@learner("CONV_STEP", "the bias is dropped")
def conv_step(patch, kernel, bias=0):
    total = 0
    for i in range(patch.shape[0]):
        for j in range(patch.shape[1]):
            total += patch[i, j] * kernel[i, j]
    return total


@learner("CONV_STEP", "the bias is added to every product")
def conv_step(patch, kernel, bias=0):
    total = 0
    for i in range(patch.shape[0]):
        for j in range(patch.shape[1]):
            total += patch[i, j] * kernel[i, j] + bias
    return total


@learner("CONV_STEP", "the kernel is flipped")
def conv_step(patch, kernel, bias=0):
    height, width = patch.shape
    total = bias
    for i in range(height):
        for j in range(width):
            total += patch[i, j] * kernel[height - 1 - i, width - 1 - j]
    return total


@learner("CONV_STEP", "rows and columns of the kernel are swapped")
def conv_step(patch, kernel, bias=0):
    products = patch * kernel.transpose()
    total = 0
    for row in products:
        for product in row:
            total = total + product
    return total + bias


@learner("CONV_STEP", "the products are not added up")
def conv_step(patch, kernel, bias=0):
    result = np.zeros(patch.shape)
    for i in range(len(patch)):
        for j in range(len(patch[0])):
            result[i, j] = patch[i, j] * kernel[i, j] + bias
    return result


@learner("CONV_STEP", "patch and kernel are added, not multiplied")
def conv_step(patch, kernel, bias=0):
    total = 0
    for p, k in zip(patch.flatten(), kernel.flatten()):
        total += p + k
    return total + bias


@learner("CONV_STEP", "a matrix product is taken, not cell by cell")
def conv_step(patch, kernel, bias=0):
    product = np.dot(patch, kernel)
    total = 0
    for value in product.flatten():
        total += value
    return total + bias


@learner("CONV_STEP", "the mean is taken, not the sum")
def conv_step(patch, kernel, bias=0):
    total, count = 0, 0
    for i in range(patch.shape[0]):
        for j in range(patch.shape[1]):
            total += patch[i, j] * kernel[i, j]
            count += 1
    return total / count + bias


@learner("CONV_STEP", "only the columns are added up")
def conv_step(patch, kernel, bias=0):
    totals = np.zeros(patch.shape[1])
    for i in range(patch.shape[0]):
        for j in range(patch.shape[1]):
            totals[j] += patch[i, j] * kernel[i, j]
    return totals + bias


# ---------------------------------------------------------------- pool_step


@learner("POOL_STEP", "the maximum starts at 0, so negative numbers lose")
def pool_step(patch):
    largest = 0
    for value in patch.flatten():
        if value > largest:
            largest = value
    return largest


@learner("POOL_STEP", "the smallest number is returned")
def pool_step(patch):
    largest = patch[0, 0]
    for row in patch:
        for value in row:
            if value < largest:
                largest = value
    return largest


@learner("POOL_STEP", "the mean is returned")
def pool_step(patch):
    total = 0
    for row in patch:
        for value in row:
            total += value
    return total / patch.size


@learner("POOL_STEP", "the sum is returned")
def pool_step(patch):
    total = 0
    for row in patch:
        for value in row:
            total += value
    return total


@learner("POOL_STEP", "the place of the largest number is returned")
def pool_step(patch):
    numbers = list(patch.flatten())
    best = 0
    for place in range(len(numbers)):
        if numbers[place] > numbers[best]:
            best = place
    return best


@learner("POOL_STEP", "only the first row is searched")
def pool_step(patch):
    largest = patch[0, 0]
    for j in range(patch.shape[1]):
        largest = max(largest, patch[0, j])
    return largest


@learner("POOL_STEP", "the size of a number counts without its sign")
def pool_step(patch):
    largest = 0
    for value in patch.flatten():
        if value < 0:
            value = -value
        if value > largest:
            largest = value
    return largest


# ---------------------------------------------------------------- flip


@learner("FLIP", "only the order of the rows is turned")
def flip(kernel):
    turned = np.zeros_like(kernel)
    for i in range(kernel.shape[0]):
        turned[kernel.shape[0] - 1 - i] = kernel[i]
    return turned


@learner("FLIP", "only the order of the columns is turned")
def flip(kernel):
    rows = []
    for row in kernel:
        rows.append(list(row)[::-1])
    return np.array(rows)


@learner("FLIP", "rows and columns are swapped, not turned")
def flip(kernel):
    height, width = kernel.shape
    turned = np.zeros((width, height))
    for i in range(height):
        for j in range(width):
            turned[j, i] = kernel[i, j]
    return turned


@learner("FLIP", "it is a quarter turn, not a half")
def flip(kernel):
    height, width = kernel.shape
    turned = np.zeros((width, height))
    for i in range(height):
        for j in range(width):
            turned[width - 1 - j, i] = kernel[i, j]
    return turned


@learner("FLIP", "nothing is turned")
def flip(kernel):
    height, width = kernel.shape
    turned = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            turned[i, j] = kernel[height - 1 - i, width - 1 - j]
    again = turned.copy()
    for i in range(height):
        for j in range(width):
            again[i, j] = turned[height - 1 - i, width - 1 - j]
    return again


# ---------------------------------------------------------------- zero_pad


@learner("PAD", "the zeros are at the top and left only")
def zero_pad(image, p):
    height, width = image.shape
    padded = np.zeros((height + p, width + p))
    for i in range(height):
        for j in range(width):
            padded[i + p, j + p] = image[i, j]
    return padded


@learner("PAD", "the zeros are at the bottom and right only")
def zero_pad(image, p):
    height, width = image.shape
    padded = np.zeros((height + p, width + p))
    for i in range(height):
        for j in range(width):
            padded[i, j] = image[i, j]
    return padded


@learner("PAD", "only rows are added")
def zero_pad(image, p):
    padded = np.zeros((image.shape[0] + 2 * p, image.shape[1]))
    for i in range(image.shape[0]):
        padded[i + p] = image[i]
    return padded


@learner("PAD", "only columns are added")
def zero_pad(image, p):
    rows = []
    for row in image:
        rows.append([0] * p + list(row) + [0] * p)
    return np.array(rows)


@learner("PAD", "one row and column of zeros is added, whatever p is")
def zero_pad(image, p):
    height, width = image.shape
    padded = np.zeros((height + 2, width + 2))
    padded[1:-1, 1:-1] = image
    return padded


@learner("PAD", "the new cells hold ones")
def zero_pad(image, p):
    height, width = image.shape
    padded = np.ones((height + 2 * p, width + 2 * p))
    padded[p : p + height, p : p + width] = image
    return padded


@learner("PAD", "the new cells repeat the edge")
def zero_pad(image, p):
    height, width = image.shape
    padded = np.zeros((height + 2 * p, width + 2 * p))
    for i in range(height + 2 * p):
        for j in range(width + 2 * p):
            inside_i = min(max(i - p, 0), height - 1)
            inside_j = min(max(j - p, 0), width - 1)
            padded[i, j] = image[inside_i, inside_j]
    return padded


@learner("PAD", "the image is lost: the cells in the middle are zero, too")
def zero_pad(image, p):
    height, width = image.shape
    padded = np.zeros((height + 2 * p, width + 2 * p))
    middle = padded[p : p + height, p : p + width].copy()
    middle[:] = image
    return padded
