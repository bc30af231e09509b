"""Programs as learners write them, for a sliding kernel, each with one mistake."""
# ruff: noqa: F811, F841, RUF059

import numpy as np

from exercises.learner import programs

PROGRAMS, learner = programs()


def put_zeros_around(image, pad):
    """Pad as the learners below do who get it right."""
    height, width = image.shape
    padded = np.zeros((height + 2 * pad, width + 2 * pad))
    padded[pad : pad + height, pad : pad + width] = image
    return padded


# ---------------------------------------------------------------- conv2d


@learner("CONV2D", "the kernel is flipped")
def conv2d(image, kernel, stride=1, pad=0):
    image = put_zeros_around(image, pad)
    height, width = kernel.shape
    rows = (image.shape[0] - height) // stride + 1
    columns = (image.shape[1] - width) // stride + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            for a in range(height):
                for b in range(width):
                    pixel = image[i * stride + a, j * stride + b]
                    output[i, j] += pixel * kernel[height - 1 - a, width - 1 - b]
    return output


@learner("CONV2D", "rows and columns of the kernel are swapped")
def conv2d(image, kernel, stride=1, pad=0):
    image = put_zeros_around(image, pad)
    width, height = kernel.shape
    rows = (image.shape[0] - height) // stride + 1
    columns = (image.shape[1] - width) // stride + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            for a in range(height):
                for b in range(width):
                    output[i, j] += image[i * stride + a, j * stride + b] * kernel[b, a]
    return output


@learner("CONV2D", "rows and columns of the output are swapped")
def conv2d(image, kernel, stride=1, pad=0):
    image = put_zeros_around(image, pad)
    height, width = kernel.shape
    rows = (image.shape[0] - height) // stride + 1
    columns = (image.shape[1] - width) // stride + 1
    output = np.zeros((columns, rows))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[j, i] = np.sum(image[top : top + height, left : left + width] * kernel)
    return output


@learner("CONV2D", "the stride is ignored")
def conv2d(image, kernel, stride=1, pad=0):
    image = put_zeros_around(image, pad)
    height, width = kernel.shape
    rows = image.shape[0] - height + 1
    columns = image.shape[1] - width + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = np.sum(image[i : i + height, j : j + width] * kernel)
    return output


@learner("CONV2D", "the stride is used for rows only")
def conv2d(image, kernel, stride=1, pad=0):
    image = put_zeros_around(image, pad)
    height, width = kernel.shape
    lines = []
    for top in range(0, image.shape[0] - height + 1, stride):
        line = []
        for left in range(image.shape[1] - width + 1):
            line.append(np.sum(image[top : top + height, left : left + width] * kernel))
        lines.append(line)
    return np.array(lines)


@learner("CONV2D", "the stride is used for columns only")
def conv2d(image, kernel, stride=1, pad=0):
    image = put_zeros_around(image, pad)
    height, width = kernel.shape
    lines = []
    for top in range(image.shape[0] - height + 1):
        line = []
        for left in range(0, image.shape[1] - width + 1, stride):
            line.append(np.sum(image[top : top + height, left : left + width] * kernel))
        lines.append(line)
    return np.array(lines)


@learner("CONV2D", "windows start at i and j, not at i * stride and j * stride")
def conv2d(image, kernel, stride=1, pad=0):
    image = put_zeros_around(image, pad)
    height, width = kernel.shape
    rows = (image.shape[0] - height) // stride + 1
    columns = (image.shape[1] - width) // stride + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            for a in range(height):
                for b in range(width):
                    output[i, j] += image[i + a, j + b] * kernel[a, b]
    return output


@learner("CONV2D", "the padding is ignored")
def conv2d(image, kernel, stride=1, pad=0):
    put_zeros_around(image, pad)
    height, width = kernel.shape
    rows = (image.shape[0] - height) // stride + 1
    columns = (image.shape[1] - width) // stride + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = np.sum(image[top : top + height, left : left + width] * kernel)
    return output


@learner("CONV2D", "the padding is at the top and left only")
def conv2d(image, kernel, stride=1, pad=0):
    padded = np.zeros((image.shape[0] + pad, image.shape[1] + pad))
    padded[pad:, pad:] = image
    height, width = kernel.shape
    rows = (padded.shape[0] - height) // stride + 1
    columns = (padded.shape[1] - width) // stride + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = np.sum(padded[top : top + height, left : left + width] * kernel)
    return output


@learner("CONV2D", "the padding is at the bottom and right only")
def conv2d(image, kernel, stride=1, pad=0):
    padded = np.zeros((image.shape[0] + pad, image.shape[1] + pad))
    padded[: image.shape[0], : image.shape[1]] = image
    height, width = kernel.shape
    rows = (padded.shape[0] - height) // stride + 1
    columns = (padded.shape[1] - width) // stride + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = np.sum(padded[top : top + height, left : left + width] * kernel)
    return output


@learner("CONV2D", "the last row and the last column are missing")
def conv2d(image, kernel, stride=1, pad=0):
    image = put_zeros_around(image, pad)
    height, width = kernel.shape
    rows = (image.shape[0] - height) // stride
    columns = (image.shape[1] - width) // stride
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = np.sum(image[top : top + height, left : left + width] * kernel)
    return output


@learner("CONV2D", "the last row is missing")
def conv2d(image, kernel, stride=1, pad=0):
    image = put_zeros_around(image, pad)
    height, width = kernel.shape
    rows = (image.shape[0] - height) // stride
    columns = (image.shape[1] - width) // stride + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = np.sum(image[top : top + height, left : left + width] * kernel)
    return output


@learner("CONV2D", "the last column is missing")
def conv2d(image, kernel, stride=1, pad=0):
    image = put_zeros_around(image, pad)
    height, width = kernel.shape
    rows = (image.shape[0] - height) // stride + 1
    columns = (image.shape[1] - width) // stride
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = np.sum(image[top : top + height, left : left + width] * kernel)
    return output


@learner("CONV2D", "the output holds whole numbers, and fractions are cut off")
def conv2d(image, kernel, stride=1, pad=0):
    image = put_zeros_around(image, pad)
    height, width = kernel.shape
    rows = (image.shape[0] - height) // stride + 1
    columns = (image.shape[1] - width) // stride + 1
    output = np.zeros((rows, columns), dtype=int)
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = np.sum(image[top : top + height, left : left + width] * kernel)
    return output


@learner("CONV2D", "only the first cell is filled; does return stand inside the loops?")
def conv2d(image, kernel, stride=1, pad=0):
    image = put_zeros_around(image, pad)
    height, width = kernel.shape
    rows = (image.shape[0] - height) // stride + 1
    columns = (image.shape[1] - width) // stride + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = np.sum(image[top : top + height, left : left + width] * kernel)
            return output


@learner("CONV2D", "only the first row is filled; does return stand inside a loop?")
def conv2d(image, kernel, stride=1, pad=0):
    image = put_zeros_around(image, pad)
    height, width = kernel.shape
    rows = (image.shape[0] - height) // stride + 1
    columns = (image.shape[1] - width) // stride + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            output[i, j] = np.sum(image[top : top + height, left : left + width] * kernel)
        return output


@learner("CONV2D", "the output is never filled")
def conv2d(image, kernel, stride=1, pad=0):
    image = put_zeros_around(image, pad)
    height, width = kernel.shape
    rows = (image.shape[0] - height) // stride + 1
    columns = (image.shape[1] - width) // stride + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            cell = output[i, j]
            cell = np.sum(image[top : top + height, left : left + width] * kernel)
    return output


# ---------------------------------------------------------------- conv2d with channels


@learner("CONV2D_CHANNELS", "the bias is dropped")
def conv2d(image, weight, bias):
    filters, channels, height, width = weight.shape
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    output = np.zeros((filters, rows, columns))
    for o in range(filters):
        for i in range(rows):
            for j in range(columns):
                output[o, i, j] = np.sum(image[:, i : i + height, j : j + width] * weight[o])
    return output


@learner("CONV2D_CHANNELS", "every filter gets the first bias")
def conv2d(image, weight, bias):
    filters, channels, height, width = weight.shape
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    output = np.zeros((filters, rows, columns))
    for o in range(filters):
        for i in range(rows):
            for j in range(columns):
                patch = image[:, i : i + height, j : j + width]
                output[o, i, j] = np.sum(patch * weight[o]) + bias[0]
    return output


@learner("CONV2D_CHANNELS", "the bias is added once per channel")
def conv2d(image, weight, bias):
    filters, channels, height, width = weight.shape
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    output = np.zeros((filters, rows, columns))
    for o in range(filters):
        for c in range(channels):
            for i in range(rows):
                for j in range(columns):
                    patch = image[c, i : i + height, j : j + width]
                    output[o, i, j] += np.sum(patch * weight[o, c]) + bias[o]
    return output


@learner("CONV2D_CHANNELS", "only the first channel is used")
def conv2d(image, weight, bias):
    filters, channels, height, width = weight.shape
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    output = np.zeros((filters, rows, columns))
    for o in range(filters):
        for i in range(rows):
            for j in range(columns):
                total = float(bias[o])
                for a in range(height):
                    for b in range(width):
                        total += image[0, i + a, j + b] * weight[o, 0, a, b]
                output[o, i, j] = total
    return output


@learner("CONV2D_CHANNELS", "only the last channel is used")
def conv2d(image, weight, bias):
    filters, channels, height, width = weight.shape
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    output = np.zeros((filters, rows, columns))
    for o in range(filters):
        for c in range(channels):
            for i in range(rows):
                for j in range(columns):
                    patch = image[c, i : i + height, j : j + width]
                    output[o, i, j] = np.sum(patch * weight[o, c]) + bias[o]
    return output


@learner("CONV2D_CHANNELS", "the channels meet the filter in the wrong order")
def conv2d(image, weight, bias):
    filters, channels, height, width = weight.shape
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    output = np.zeros((filters, rows, columns))
    for o in range(filters):
        output[o] = bias[o]
        for c in range(channels):
            for i in range(rows):
                for j in range(columns):
                    patch = image[channels - 1 - c, i : i + height, j : j + width]
                    output[o, i, j] += np.sum(patch * weight[o, c])
    return output


@learner("CONV2D_CHANNELS", "every channel meets the first slice of the filter")
def conv2d(image, weight, bias):
    filters, channels, height, width = weight.shape
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    output = np.zeros((filters, rows, columns))
    for o in range(filters):
        output[o] = bias[o]
        for c in range(channels):
            for i in range(rows):
                for j in range(columns):
                    patch = image[c, i : i + height, j : j + width]
                    output[o, i, j] += np.sum(patch * weight[o, 0])
    return output


@learner("CONV2D_CHANNELS", "every output channel uses the first filter")
def conv2d(image, weight, bias):
    filters, channels, height, width = weight.shape
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    output = np.zeros((filters, rows, columns))
    for o in range(filters):
        for i in range(rows):
            for j in range(columns):
                patch = image[:, i : i + height, j : j + width]
                output[o, i, j] = np.sum(patch * weight[0]) + bias[o]
    return output


@learner("CONV2D_CHANNELS", "there is one output channel only")
def conv2d(image, weight, bias):
    kernel = weight[0]
    height, width = kernel.shape[1:]
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    output = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            output[i, j] = np.sum(image[:, i : i + height, j : j + width] * kernel) + bias[0]
    return output


@learner("CONV2D_CHANNELS", "the output channels are the last axis, not the first")
def conv2d(image, weight, bias):
    filters, channels, height, width = weight.shape
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    output = np.zeros((rows, columns, filters))
    for i in range(rows):
        for j in range(columns):
            for o in range(filters):
                patch = image[:, i : i + height, j : j + width]
                output[i, j, o] = np.sum(patch * weight[o]) + bias[o]
    return output


@learner("CONV2D_CHANNELS", "the kernels are flipped")
def conv2d(image, weight, bias):
    filters, channels, height, width = weight.shape
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    output = np.zeros((filters, rows, columns))
    for o in range(filters):
        for i in range(rows):
            for j in range(columns):
                total = float(bias[o])
                for c in range(channels):
                    for a in range(height):
                        for b in range(width):
                            k = weight[o, c, height - 1 - a, width - 1 - b]
                            total += image[c, i + a, j + b] * k
                output[o, i, j] = total
    return output


@learner("CONV2D_CHANNELS", "rows and columns of the kernels are swapped")
def conv2d(image, weight, bias):
    filters, channels, width, height = weight.shape
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    output = np.zeros((filters, rows, columns))
    for o in range(filters):
        for i in range(rows):
            for j in range(columns):
                total = float(bias[o])
                for c in range(channels):
                    for a in range(height):
                        for b in range(width):
                            total += image[c, i + a, j + b] * weight[o, c, b, a]
                output[o, i, j] = total
    return output


@learner("CONV2D_CHANNELS", "the last row and the last column are missing")
def conv2d(image, weight, bias):
    filters, channels, height, width = weight.shape
    rows, columns = image.shape[1] - height, image.shape[2] - width
    output = np.zeros((filters, rows, columns))
    for o in range(filters):
        for i in range(rows):
            for j in range(columns):
                patch = image[:, i : i + height, j : j + width]
                output[o, i, j] = np.sum(patch * weight[o]) + bias[o]
    return output


@learner("CONV2D_CHANNELS", "the output is never filled")
def conv2d(image, weight, bias):
    filters, channels, height, width = weight.shape
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    output = np.zeros((filters, rows, columns))
    for o in range(filters):
        for i in range(rows):
            for j in range(columns):
                total = 0
                for c in range(channels):
                    total += np.sum(image[c, i : i + height, j : j + width] * weight[o, c])
                total += bias[o]
    return output


@learner(
    "CONV2D_CHANNELS",
    "sums have the type of the arrays, and a byte starts again at 0 after 255",
)
def conv2d(image, weight, bias):
    filters, channels, height, width = weight.shape
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    output = np.zeros((filters, rows, columns), dtype=np.result_type(image, weight, bias))
    for o in range(filters):
        for i in range(rows):
            for j in range(columns):
                patch = image[:, i : i + height, j : j + width]
                output[o, i, j] = np.sum(patch * weight[o]) + bias[o]
    return output


@learner(
    "CONV2D_CHANNELS",
    "the output has the type of the arrays, and a byte holds no sum above 255",
)
def conv2d(image, weight, bias):
    filters, channels, height, width = weight.shape
    rows, columns = image.shape[1] - height + 1, image.shape[2] - width + 1
    output = np.zeros((filters, rows, columns), dtype=image.dtype)
    for o in range(filters):
        for i in range(rows):
            for j in range(columns):
                patch = image[:, i : i + height, j : j + width]
                output[o, i, j] = np.sum(patch * weight[o]).item() + bias[o].item()
    return output
