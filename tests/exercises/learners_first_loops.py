"""Programs as learners write them, for a kernel in steps of one, each with one mistake."""
# ruff: noqa: F811, F841

import numpy as np

from exercises.learner import programs

PROGRAMS, learner = programs()


def output_shape(image, kernel):
    return image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1


# ---------------------------------------------------------------- conv2d


@learner("FIRST_CONV2D", "the kernel is flipped")
def conv2d(image, kernel):
    height, width = kernel.shape
    output = []
    for i in range(image.shape[0] - height + 1):
        row = []
        for j in range(image.shape[1] - width + 1):
            patch = image[i : i + height, j : j + width]
            row.append((patch * kernel[::-1, ::-1]).sum())
        output.append(row)
    return np.array(output)


@learner("FIRST_CONV2D", "rows and columns of the kernel are swapped")
def conv2d(image, kernel):
    width, height = kernel.shape
    output = np.zeros((image.shape[0] - height + 1, image.shape[1] - width + 1))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            for a in range(height):
                for b in range(width):
                    output[i, j] += image[i + a, j + b] * kernel[b, a]
    return output


@learner("FIRST_CONV2D", "rows and columns of the output are swapped")
def conv2d(image, kernel):
    height, width = kernel.shape
    output = []
    for j in range(image.shape[1] - width + 1):
        column = []
        for i in range(image.shape[0] - height + 1):
            column.append((image[i : i + height, j : j + width] * kernel).sum())
        output.append(column)
    return np.array(output)


@learner("FIRST_CONV2D", "the last row and the last column are missing")
def conv2d(image, kernel):
    height, width = kernel.shape
    rows, columns = image.shape[0] - height, image.shape[1] - width
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = (image[i : i + height, j : j + width] * kernel).sum()
    return output


@learner("FIRST_CONV2D", "the last row is missing")
def conv2d(image, kernel):
    height, width = kernel.shape
    rows, columns = image.shape[0] - height, image.shape[1] - width + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = (image[i : i + height, j : j + width] * kernel).sum()
    return output


@learner("FIRST_CONV2D", "the last column is missing")
def conv2d(image, kernel):
    height, width = kernel.shape
    rows, columns = image.shape[0] - height + 1, image.shape[1] - width
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = (image[i : i + height, j : j + width] * kernel).sum()
    return output


@learner("FIRST_CONV2D", "only the first cell is filled; does return stand inside the loops?")
def conv2d(image, kernel):
    height, width = kernel.shape
    output = np.zeros(output_shape(image, kernel))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            output[i, j] = (image[i : i + height, j : j + width] * kernel).sum()
            return output


@learner("FIRST_CONV2D", "only the first row is filled; does return stand inside a loop?")
def conv2d(image, kernel):
    height, width = kernel.shape
    output = np.zeros(output_shape(image, kernel))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            output[i, j] = (image[i : i + height, j : j + width] * kernel).sum()
        return output


@learner("FIRST_CONV2D", "the output is never filled")
def conv2d(image, kernel):
    height, width = kernel.shape
    output = np.zeros(output_shape(image, kernel))
    for i in range(output.shape[0]):
        for j in range(output.shape[1]):
            total = (image[i : i + height, j : j + width] * kernel).sum()
    return output


@learner("FIRST_CONV2D", "the last windows hang over the image")
def conv2d(image, kernel):
    output = np.zeros(image.shape)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            for a in range(kernel.shape[0]):
                for b in range(kernel.shape[1]):
                    output[i, j] += image[i + a, j + b] * kernel[a, b]
    return output


@learner("FIRST_CONV2D", "the output is one long row; start a new list for each row")
def conv2d(image, kernel):
    height, width = kernel.shape
    output = []
    for i in range(image.shape[0] - height + 1):
        for j in range(image.shape[1] - width + 1):
            output.append((image[i : i + height, j : j + width] * kernel).sum())
    return np.array(output)


@learner("FIRST_CONV2D", "only the last row is left; does output = [] stand inside the loop?")
def conv2d(image, kernel):
    height, width = kernel.shape
    for i in range(image.shape[0] - height + 1):
        output = []
        row = []
        for j in range(image.shape[1] - width + 1):
            row.append((image[i : i + height, j : j + width] * kernel).sum())
        output.append(row)
    return np.array(output)


# ---------------------------------------------------------------- shifts


@learner("SHIFTS", "the sum is assigned with =; every weight adds up with +=")
def shifts(image, kernel):
    down, across = output_shape(image, kernel)
    output = np.zeros((down, across), dtype=int)
    for u, v in np.ndindex(kernel.shape):
        output = kernel[u, v] * image[u : u + down, v : v + across]
    return output


@learner("SHIFTS", "every weight meets the same pixels; its slice starts at u, v")
def shifts(image, kernel):
    down, across = output_shape(image, kernel)
    output = np.zeros((down, across), dtype=int)
    for u, v in np.ndindex(kernel.shape):
        output += kernel[u, v] * image[:down, :across]
    return output


@learner("SHIFTS", "the slice is as large as the kernel, not as the output")
def shifts(image, kernel):
    output = np.zeros(output_shape(image, kernel), dtype=int)
    height, width = kernel.shape
    for u in range(height):
        for v in range(width):
            part = kernel[u, v] * image[u : u + height, v : v + width]
            if part.shape != output.shape:
                raise ValueError(f"{part.shape} does not fit {output.shape}")
            output += part
    return output


@learner("SHIFTS", "the kernel is flipped")
def shifts(image, kernel):
    down, across = output_shape(image, kernel)
    output = np.zeros((down, across), dtype=int)
    for u, v in np.ndindex(kernel.shape):
        output += kernel[-1 - u, -1 - v] * image[u : u + down, v : v + across]
    return output


@learner("SHIFTS", "the weights are added, not multiplied")
def shifts(image, kernel):
    down, across = output_shape(image, kernel)
    output = np.zeros((down, across), dtype=int)
    for u, v in np.ndindex(kernel.shape):
        output += kernel[u, v] + image[u : u + down, v : v + across]
    return output
