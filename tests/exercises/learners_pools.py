"""Programs as learners write them, for a sliding pool window, each with one mistake."""
# ruff: noqa: F811, F841

import math

import numpy as np

from exercises.learner import programs

PROGRAMS, learner = programs()


def count(n, size, stride):
    """Count windows as the learners below do who get it right."""
    return (n - size) // stride + 1


# ---------------------------------------------------------------- maxpool


@learner("MAXPOOL", "the maximum starts at 0, so negative numbers lose")
def maxpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            for a in range(size):
                for b in range(size):
                    pixel = image[i * stride + a, j * stride + b]
                    if pixel > output[i, j]:
                        output[i, j] = pixel
    return output


@learner("MAXPOOL", "the smallest number is kept")
def maxpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            best = math.inf
            for a in range(size):
                for b in range(size):
                    best = min(best, image[i * stride + a, j * stride + b])
            output[i, j] = best
    return output


@learner("MAXPOOL", "the mean is taken, not the maximum")
def maxpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            for a in range(size):
                for b in range(size):
                    output[i, j] += image[i * stride + a, j * stride + b] / size**2
    return output


@learner("MAXPOOL", "windows move by their size, and the stride is ignored")
def maxpool(image, size, stride):
    rows, columns = count(image.shape[0], size, size), count(image.shape[1], size, size)
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            window = image[i * size : (i + 1) * size, j * size : (j + 1) * size]
            output[i, j] = window.max()
    return output


@learner("MAXPOOL", "windows move by 1, and the stride is ignored")
def maxpool(image, size, stride):
    rows, columns = image.shape[0] - size + 1, image.shape[1] - size + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = image[i : i + size, j : j + size].max()
    return output


@learner("MAXPOOL", "windows start at i and j, not at i * stride and j * stride")
def maxpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = image[i : i + size, j : j + size].max()
    return output


@learner("MAXPOOL", "the stride is used for rows only")
def maxpool(image, size, stride):
    lines = []
    for top in range(0, image.shape[0] - size + 1, stride):
        line = []
        for left in range(image.shape[1] - size + 1):
            line.append(image[top : top + size, left : left + size].max())
        lines.append(line)
    return np.array(lines)


@learner("MAXPOOL", "the stride is used for columns only")
def maxpool(image, size, stride):
    lines = []
    for top in range(image.shape[0] - size + 1):
        line = []
        for left in range(0, image.shape[1] - size + 1, stride):
            line.append(image[top : top + size, left : left + size].max())
        lines.append(line)
    return np.array(lines)


@learner("MAXPOOL", "windows are as large as the stride")
def maxpool(image, size, stride):
    rows, columns = image.shape[0] // stride, image.shape[1] // stride
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = image[top : top + stride, left : left + stride].max()
    return output


@learner("MAXPOOL", "rows and columns of the output are swapped")
def maxpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((columns, rows))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[j, i] = image[top : top + size, left : left + size].max()
    return output


@learner("MAXPOOL", "the last row and the last column are missing")
def maxpool(image, size, stride):
    rows, columns = (image.shape[0] - size) // stride, (image.shape[1] - size) // stride
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = image[top : top + size, left : left + size].max()
    return output


@learner("MAXPOOL", "the last row is missing")
def maxpool(image, size, stride):
    rows = (image.shape[0] - size) // stride
    columns = (image.shape[1] - size) // stride + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = image[top : top + size, left : left + size].max()
    return output


@learner("MAXPOOL", "the last column is missing")
def maxpool(image, size, stride):
    rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = image[top : top + size, left : left + size].max()
    return output


def starts_that_reach_the_end(n, size, stride):
    """Go on until a window has reached the end, or the next one would start behind it."""
    starts, start = [], 0
    while start < n:
        starts.append(start)
        if start + size >= n:
            break
        start += stride
    return starts


@learner("MAXPOOL", "windows that hang over the end are kept")
def maxpool(image, size, stride):
    lines = []
    for top in starts_that_reach_the_end(image.shape[0], size, stride):
        line = []
        for left in starts_that_reach_the_end(image.shape[1], size, stride):
            line.append(image[top : top + size, left : left + size].max())
        lines.append(line)
    return np.array(lines)


@learner("MAXPOOL", "only the first cell is filled; does return stand inside the loops?")
def maxpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = image[top : top + size, left : left + size].max()
            return output


@learner("MAXPOOL", "only the first row is filled; does return stand inside a loop?")
def maxpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = image[top : top + size, left : left + size].max()
        return output


@learner("MAXPOOL", "the output is never filled")
def maxpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((rows, columns))
    for row in output:
        for cell in row:
            cell = image[:size, :size].max()
    return output


# ---------------------------------------------------------------- avgpool


@learner("AVGPOOL", "the maximum is taken, not the mean")
def avgpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            numbers = []
            for a in range(size):
                for b in range(size):
                    numbers.append(image[i * stride + a, j * stride + b])
            output[i, j] = max(numbers)
    return output


@learner("AVGPOOL", "the sum is not divided")
def avgpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            for a in range(size):
                for b in range(size):
                    output[i, j] += image[i * stride + a, j * stride + b]
    return output


@learner("AVGPOOL", "the sum is divided by size, not by size * size")
def avgpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            total = 0
            for a in range(size):
                for b in range(size):
                    total += image[i * stride + a, j * stride + b]
            output[i, j] = total / size
    return output


@learner("AVGPOOL", "the mean is rounded down")
def avgpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            total = 0
            for a in range(size):
                for b in range(size):
                    total += image[i * stride + a, j * stride + b]
            output[i, j] = total // (size * size)
    return output


@learner("AVGPOOL", "the output holds whole numbers, and fractions are cut off")
def avgpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((rows, columns), dtype=image.dtype)
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = image[top : top + size, left : left + size].sum() / size**2
    return output


@learner("AVGPOOL", "windows move by their size, and the stride is ignored")
def avgpool(image, size, stride):
    lines = []
    for top in range(0, image.shape[0] - size + 1, size):
        line = []
        for left in range(0, image.shape[1] - size + 1, size):
            line.append(image[top : top + size, left : left + size].mean())
        lines.append(line)
    return np.array(lines)


@learner("AVGPOOL", "windows move by 1, and the stride is ignored")
def avgpool(image, size, stride):
    lines = []
    for top in range(image.shape[0] - size + 1):
        line = []
        for left in range(image.shape[1] - size + 1):
            line.append(image[top : top + size, left : left + size].mean())
        lines.append(line)
    return np.array(lines)


@learner("AVGPOOL", "windows start at i and j, not at i * stride and j * stride")
def avgpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            for a in range(size):
                for b in range(size):
                    output[i, j] += image[i + a, j + b] / size**2
    return output


@learner("AVGPOOL", "the stride is used for rows only")
def avgpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), image.shape[1] - size + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = image[i * stride : i * stride + size, j : j + size].mean()
    return output


@learner("AVGPOOL", "the stride is used for columns only")
def avgpool(image, size, stride):
    rows, columns = image.shape[0] - size + 1, count(image.shape[1], size, stride)
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = image[i : i + size, j * stride : j * stride + size].mean()
    return output


@learner("AVGPOOL", "windows are as large as the stride")
def avgpool(image, size, stride):
    lines = []
    for top in range(0, image.shape[0] - stride + 1, stride):
        line = []
        for left in range(0, image.shape[1] - stride + 1, stride):
            line.append(image[top : top + stride, left : left + stride].mean())
        lines.append(line)
    return np.array(lines)


@learner("AVGPOOL", "rows and columns of the output are swapped")
def avgpool(image, size, stride):
    lines = []
    for left in range(0, image.shape[1] - size + 1, stride):
        line = []
        for top in range(0, image.shape[0] - size + 1, stride):
            line.append(image[top : top + size, left : left + size].mean())
        lines.append(line)
    return np.array(lines)


@learner("AVGPOOL", "the last row and the last column are missing")
def avgpool(image, size, stride):
    rows = count(image.shape[0], size, stride) - 1
    columns = count(image.shape[1], size, stride) - 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            total = 0
            for a in range(size):
                for b in range(size):
                    total += image[i * stride + a, j * stride + b]
            output[i, j] = total / size**2
    return output


@learner("AVGPOOL", "the last row is missing")
def avgpool(image, size, stride):
    rows = (image.shape[0] - size) // stride
    columns = (image.shape[1] - size) // stride + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = image[top : top + size, left : left + size].mean()
    return output


@learner("AVGPOOL", "the last column is missing")
def avgpool(image, size, stride):
    rows = (image.shape[0] - size) // stride + 1
    columns = (image.shape[1] - size) // stride
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = image[top : top + size, left : left + size].mean()
    return output


@learner("AVGPOOL", "windows that hang over the end are kept")
def avgpool(image, size, stride):
    rows = starts_that_reach_the_end(image.shape[0], size, stride)
    columns = starts_that_reach_the_end(image.shape[1], size, stride)
    output = np.zeros((len(rows), len(columns)))
    for i in range(len(rows)):
        for j in range(len(columns)):
            top, left = rows[i], columns[j]
            output[i, j] = image[top : top + size, left : left + size].mean()
    return output


@learner("AVGPOOL", "only the first cell is filled; does return stand inside the loops?")
def avgpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            total = 0
            for a in range(size):
                for b in range(size):
                    total += image[i * stride + a, j * stride + b]
            output[i, j] = total / size**2
            return output


@learner("AVGPOOL", "only the first row is filled; does return stand inside a loop?")
def avgpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            total = 0
            for a in range(size):
                for b in range(size):
                    total += image[i * stride + a, j * stride + b]
            output[i, j] = total / size**2
        return output


@learner("AVGPOOL", "the output is never filled")
def avgpool(image, size, stride):
    rows, columns = count(image.shape[0], size, stride), count(image.shape[1], size, stride)
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            mean = 0
            for a in range(size):
                for b in range(size):
                    mean += image[i * stride + a, j * stride + b] / size**2
    return output


# ---------------------------------------------------------------- pool


@learner("POOL", "the mean is returned")
def pool(image):
    output = np.zeros((image.shape[0] // 2, image.shape[1] // 2))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            output[i, j] = image[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].sum() / 4
    return output


@learner("POOL", "the smallest number is returned")
def pool(image):
    output = np.zeros((image.shape[0] // 2, image.shape[1] // 2))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            a, b = image[2 * i, 2 * j : 2 * j + 2]
            c, d = image[2 * i + 1, 2 * j : 2 * j + 2]
            output[i, j] = min(a, b, c, d)
    return output


@learner("POOL", "windows move by 1, not by 2")
def pool(image):
    output = np.zeros((image.shape[0] - 1, image.shape[1] - 1))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            output[i, j] = image[i : i + 2, j : j + 2].max()
    return output


@learner("POOL", "windows start at i and j, not at 2 * i and 2 * j")
def pool(image):
    output = np.zeros((image.shape[0] // 2, image.shape[1] // 2))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            output[i, j] = image[i : i + 2, j : j + 2].max()
    return output


@learner("POOL", "only the upper row of each window is searched")
def pool(image):
    output = np.zeros((image.shape[0] // 2, image.shape[1] // 2))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            a, b = image[2 * i, 2 * j : 2 * j + 2]
            output[i, j] = max(a, b)
    return output


@learner("POOL", "the maximum starts at 0, so negative numbers lose")
def pool(image):
    output = np.zeros((image.shape[0] // 2, image.shape[1] // 2))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            for pixel in image[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].flat:
                if pixel > output[i, j]:
                    output[i, j] = pixel
    return output


@learner("POOL", "only the first cell is filled; does return stand inside the loops?")
def pool(image):
    output = np.zeros((image.shape[0] // 2, image.shape[1] // 2))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            a, b = image[2 * i, 2 * j : 2 * j + 2]
            c, d = image[2 * i + 1, 2 * j : 2 * j + 2]
            output[i, j] = max(a, b, c, d)
            return output
