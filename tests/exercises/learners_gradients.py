"""Programs as learners write them, for the gradient of a convolution, each with one mistake."""
# ruff: noqa: F811, F841

import numpy as np

from exercises.learner import programs

PROGRAMS, learner = programs()


def put_zeros_around(image, pad):
    """Pad as the learners below do who get it right."""
    height, width = image.shape
    padded = np.zeros((height + 2 * pad, width + 2 * pad))
    padded[pad : pad + height, pad : pad + width] = image
    return padded


def take_zeros_off(padded, image, pad):
    """Cut the image out as the learners below do who get it right."""
    height, width = image.shape
    return padded[pad : pad + height, pad : pad + width]


@learner("CONV2D_BACKWARD", "dimage and dkernel are assigned with =; windows add up with +=")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            for a in range(kernel.shape[0]):
                for b in range(kernel.shape[1]):
                    dpadded[i * stride + a, j * stride + b] = dy[i, j] * kernel[a, b]
                    dkernel[a, b] = dy[i, j] * padded[i * stride + a, j * stride + b]
    return take_zeros_off(dpadded, image, pad), dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "dimage is assigned with =; windows that overlap add up with +=")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] = dy[i, j] * kernel
            dkernel += dy[i, j] * padded[top : top + height, left : left + width]
    return take_zeros_off(dpadded, image, pad), dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "dkernel is assigned with =; all windows add up with +=")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] += dy[i, j] * kernel
            dkernel = dy[i, j] * padded[top : top + height, left : left + width]
    return take_zeros_off(dpadded, image, pad), dkernel, dy.sum()


@learner(
    "CONV2D_BACKWARD",
    "the kernel is turned the wrong way: stamp it as it is, or slide it flipped over dy",
)
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    """Spread dy, put zeros around, and slide the kernel over it; it should be flipped."""
    padded = put_zeros_around(image, pad)
    height, width = kernel.shape
    dkernel = np.zeros(kernel.shape)
    wide = np.zeros((padded.shape[0] + height - 1, padded.shape[1] + width - 1))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            wide[top + height - 1, left + width - 1] = dy[i, j]
            dkernel += dy[i, j] * padded[top : top + height, left : left + width]
    dpadded = np.zeros(padded.shape)
    for i in range(padded.shape[0]):
        for j in range(padded.shape[1]):
            dpadded[i, j] = np.sum(wide[i : i + height, j : j + width] * kernel)
    return take_zeros_off(dpadded, image, pad), dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "dkernel is flipped")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            for a in range(height):
                for b in range(width):
                    row, column = i * stride + a, j * stride + b
                    dpadded[row, column] += dy[i, j] * kernel[a, b]
                    dkernel[height - 1 - a, width - 1 - b] += dy[i, j] * padded[row, column]
    return take_zeros_off(dpadded, image, pad), dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "rows and columns of the kernel are swapped")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            for a in range(kernel.shape[0]):
                for b in range(kernel.shape[1]):
                    row, column = i * stride + a, j * stride + b
                    dpadded[row, column] += dy[i, j] * kernel[b, a]
                    dkernel[a, b] += dy[i, j] * padded[row, column]
    return take_zeros_off(dpadded, image, pad), dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "rows and columns of dkernel are swapped")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    height, width = kernel.shape
    dkernel = np.zeros((width, height))
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            for a in range(height):
                for b in range(width):
                    row, column = i * stride + a, j * stride + b
                    dpadded[row, column] += dy[i, j] * kernel[a, b]
                    dkernel[b, a] += dy[i, j] * padded[row, column]
    return take_zeros_off(dpadded, image, pad), dkernel, dy.sum()


@learner(
    "CONV2D_BACKWARD",
    "patch and kernel are mixed up: it is the kernel that dimage gets, times dy",
)
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    dimage = np.zeros(image.shape)
    dkernel = np.zeros(kernel.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dimage += dy[i, j] * put_zeros_around(image, pad)
            dkernel += dy[i, j] * kernel
    if dy.shape != (1, 1):
        raise IndexError("more than one window")
    return dimage, dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "dy is ignored: every output counts as 1")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] += kernel
            dkernel += padded[top : top + height, left : left + width]
    return take_zeros_off(dpadded, image, pad), dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "only the sign of dy is used")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            if dy[i, j] == 0:
                continue
            up = 1 if dy[i, j] > 0 else -1
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] += up * kernel
            dkernel += up * padded[top : top + height, left : left + width]
    return take_zeros_off(dpadded, image, pad), dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "the gradients have the wrong sign")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    dbias = 0
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] -= dy[i, j] * kernel
            dkernel -= dy[i, j] * padded[top : top + height, left : left + width]
            dbias -= dy[i, j]
    return take_zeros_off(dpadded, image, pad), dkernel, dbias


@learner("CONV2D_BACKWARD", "dbias is the mean of dy, not its sum")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] += dy[i, j] * kernel
            dkernel += dy[i, j] * padded[top : top + height, left : left + width]
    return take_zeros_off(dpadded, image, pad), dkernel, dy.mean()


@learner("CONV2D_BACKWARD", "dbias is the last number of dy, not the sum of all")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] += dy[i, j] * kernel
            dkernel += dy[i, j] * padded[top : top + height, left : left + width]
            dbias = dy[i, j]
    return take_zeros_off(dpadded, image, pad), dkernel, dbias


@learner("CONV2D_BACKWARD", "dbias is dy itself; add it up")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] += dy[i, j] * kernel
            dkernel += dy[i, j] * padded[top : top + height, left : left + width]
    return take_zeros_off(dpadded, image, pad), dkernel, dy


@learner("CONV2D_BACKWARD", "dkernel is the mean over the windows, not the sum")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    windows = 0
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] += dy[i, j] * kernel
            dkernel += dy[i, j] * padded[top : top + height, left : left + width]
            windows += 1
    return take_zeros_off(dpadded, image, pad), dkernel / windows, dy.sum()


@learner("CONV2D_BACKWARD", "windows start at i and j, not at i * stride and j * stride")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dpadded[i : i + height, j : j + width] += dy[i, j] * kernel
            dkernel += dy[i, j] * padded[i : i + height, j : j + width]
    return take_zeros_off(dpadded, image, pad), dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "the padding is ignored")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    dimage = np.zeros(image.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dimage[top : top + height, left : left + width] += dy[i, j] * kernel
            dkernel += dy[i, j] * image[top : top + height, left : left + width]
    return dimage, dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "the padding is not removed from dimage")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] += dy[i, j] * kernel
            dkernel += dy[i, j] * padded[top : top + height, left : left + width]
    return dpadded, dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "dimage is cut out at row and column 0; the image starts at pad")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] += dy[i, j] * kernel
            dkernel += dy[i, j] * padded[top : top + height, left : left + width]
    return dpadded[: image.shape[0], : image.shape[1]], dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "the padding is removed at the top and left only")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] += dy[i, j] * kernel
            dkernel += dy[i, j] * padded[top : top + height, left : left + width]
    return dpadded[pad:, pad:], dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "a slice [pad:-pad] holds nothing when pad is 0")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] += dy[i, j] * kernel
            dkernel += dy[i, j] * padded[top : top + height, left : left + width]
    return dpadded[pad:-pad, pad:-pad], dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "the last row and the last column of windows are missing")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0] - 1):
        for j in range(dy.shape[1] - 1):
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] += dy[i, j] * kernel
            dkernel += dy[i, j] * padded[top : top + height, left : left + width]
    return take_zeros_off(dpadded, image, pad), dkernel, dy.sum()


@learner(
    "CONV2D_BACKWARD", "only the first window is sent back; does return stand inside the loops?"
)
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] += dy[i, j] * kernel
            dkernel += dy[i, j] * padded[top : top + height, left : left + width]
            return take_zeros_off(dpadded, image, pad), dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "the gradients hold whole numbers, and fractions are cut off")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape, dtype=int)
    dkernel = np.zeros(kernel.shape, dtype=int)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            for a in range(kernel.shape[0]):
                for b in range(kernel.shape[1]):
                    row, column = i * stride + a, j * stride + b
                    dpadded[row, column] += dy[i, j] * kernel[a, b]
                    dkernel[a, b] += dy[i, j] * padded[row, column]
    return take_zeros_off(dpadded, image, pad), dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "the gradients hold whole numbers, and fractions do not fit in")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = np.pad(image, pad)
    dpadded = np.zeros_like(padded)
    dkernel = np.zeros_like(kernel)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] += dy[i, j] * kernel
            dkernel += dy[i, j] * padded[top : top + height, left : left + width]
    return take_zeros_off(dpadded, image, pad), dkernel, dy.sum()


@learner("CONV2D_BACKWARD", "dkernel is returned before dimage")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dpadded[top : top + height, left : left + width] += dy[i, j] * kernel
            dkernel += dy[i, j] * padded[top : top + height, left : left + width]
    return dkernel, take_zeros_off(dpadded, image, pad), dy.sum()


@learner("CONV2D_BACKWARD", "dimage and dkernel are never filled")
def conv2d_backward(dy, image, kernel, stride=1, pad=0):
    padded = put_zeros_around(image, pad)
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = kernel.shape
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dpatch = dy[i, j] * kernel
            dweights = dy[i, j] * padded[top : top + height, left : left + width]
    return take_zeros_off(dpadded, image, pad), dkernel, dy.sum()


# ---------------------------------------------------------------- conv2d_backward in steps of one


@learner("FIRST_CONV2D_BACKWARD", "dimage and dkernel are assigned with =; windows add up with +=")
def conv2d_backward(dy, image, kernel):
    height, width = kernel.shape
    dimage, dkernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i, j in np.ndindex(dy.shape):
        patch = np.s_[i : i + height, j : j + width]
        dimage[patch] = dy[i, j] * kernel
        dkernel = dy[i, j] * image[patch]
    return dimage, dkernel, dy.sum()


@learner("FIRST_CONV2D_BACKWARD", "dimage is assigned with =; windows that overlap add up with +=")
def conv2d_backward(dy, image, kernel):
    height, width = kernel.shape
    dimage, dkernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i, j in np.ndindex(dy.shape):
        patch = np.s_[i : i + height, j : j + width]
        dimage[patch] = dy[i, j] * kernel
        dkernel += dy[i, j] * image[patch]
    return dimage, dkernel, dy.sum()


@learner("FIRST_CONV2D_BACKWARD", "dkernel is assigned with =; all windows add up with +=")
def conv2d_backward(dy, image, kernel):
    height, width = kernel.shape
    dimage, dkernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i, j in np.ndindex(dy.shape):
        patch = np.s_[i : i + height, j : j + width]
        dimage[patch] += dy[i, j] * kernel
        dkernel = dy[i, j] * image[patch]
    return dimage, dkernel, dy.sum()


@learner(
    "FIRST_CONV2D_BACKWARD",
    "the kernel is turned the wrong way: stamp it as it is, or slide it flipped over dy",
)
def conv2d_backward(dy, image, kernel):
    height, width = kernel.shape
    dimage, dkernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i, j in np.ndindex(dy.shape):
        patch = np.s_[i : i + height, j : j + width]
        dimage[patch] += dy[i, j] * kernel[::-1, ::-1]
        dkernel += dy[i, j] * image[patch]
    return dimage, dkernel, dy.sum()


@learner(
    "FIRST_CONV2D_BACKWARD",
    "patch and kernel are mixed up: it is the kernel that dimage gets, times dy",
)
def conv2d_backward(dy, image, kernel):
    height, width = kernel.shape
    dimage, dkernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i, j in np.ndindex(dy.shape):
        dimage += dy[i, j] * image[i : i + height, j : j + width]
        dkernel += dy[i, j] * kernel
    return dimage, dkernel, dy.sum()


@learner("FIRST_CONV2D_BACKWARD", "dy is ignored: every output counts as 1")
def conv2d_backward(dy, image, kernel):
    height, width = kernel.shape
    dimage, dkernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i, j in np.ndindex(dy.shape):
        patch = np.s_[i : i + height, j : j + width]
        dimage[patch] += kernel
        dkernel += image[patch]
    return dimage, dkernel, dy.sum()


@learner("FIRST_CONV2D_BACKWARD", "dbias is dy itself; add it up")
def conv2d_backward(dy, image, kernel):
    height, width = kernel.shape
    dimage, dkernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i, j in np.ndindex(dy.shape):
        patch = np.s_[i : i + height, j : j + width]
        dimage[patch] += dy[i, j] * kernel
        dkernel += dy[i, j] * image[patch]
    return dimage, dkernel, dy


@learner(
    "FIRST_CONV2D_BACKWARD",
    "only the first window is sent back; does return stand inside the loops?",
)
def conv2d_backward(dy, image, kernel):
    height, width = kernel.shape
    dimage, dkernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dimage[i : i + height, j : j + width] += dy[i, j] * kernel
            dkernel += dy[i, j] * image[i : i + height, j : j + width]
            return dimage, dkernel, dy.sum()


@learner("FIRST_CONV2D_BACKWARD", "dkernel is returned before dimage")
def conv2d_backward(dy, image, kernel):
    height, width = kernel.shape
    dimage, dkernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i, j in np.ndindex(dy.shape):
        patch = np.s_[i : i + height, j : j + width]
        dimage[patch] += dy[i, j] * kernel
        dkernel += dy[i, j] * image[patch]
    return dkernel, dimage, dy.sum()


@learner("FIRST_CONV2D_BACKWARD", "dimage and dkernel are never filled")
def conv2d_backward(dy, image, kernel):
    dimage, dkernel, dbias = np.zeros(image.shape), np.zeros(kernel.shape), 0
    for i, j in np.ndindex(dy.shape):
        dbias += dy[i, j]
    return dimage, dkernel, dbias
