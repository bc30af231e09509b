"""Programs as learners write them, for the gradient of a max-pool, each with one mistake."""
# ruff: noqa: F811, F841

import math

import numpy as np

from exercises.learner import programs

PROGRAMS, learner = programs()


def first_largest(patch):
    """Find the winner as the learners below do who get it right."""
    best = (0, 0)
    for a in range(patch.shape[0]):
        for b in range(patch.shape[1]):
            if patch[a, b] > patch[best]:
                best = (a, b)
    return best


@learner("MAXPOOL_BACKWARD", "dimage is assigned with =; a pixel that won twice adds up with +=")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            a, b = first_largest(image[top : top + size, left : left + size])
            dimage[top + a, left + b] = dy[i, j]
    return dimage


@learner("MAXPOOL_BACKWARD", "every one of equal winners gets all of dy; only the first does")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            largest = image[top : top + size, left : left + size].max()
            for a in range(top, top + size):
                for b in range(left, left + size):
                    if image[a, b] == largest:
                        dimage[a, b] += dy[i, j]
    return dimage


@learner("MAXPOOL_BACKWARD", "dy is split among equal winners; the first gets all of it")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            patch = image[top : top + size, left : left + size]
            count = 0
            for value in patch.flat:
                count += value == patch.max()
            for a in range(size):
                for b in range(size):
                    if patch[a, b] == patch.max():
                        dimage[top + a, left + b] += dy[i, j] / count
    return dimage


@learner("MAXPOOL_BACKWARD", "the last of equal winners gets dy; the first does")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            best, place = -math.inf, None
            for a in range(i * stride, i * stride + size):
                for b in range(j * stride, j * stride + size):
                    if image[a, b] >= best:
                        best, place = image[a, b], (a, b)
            dimage[place] += dy[i, j]
    return dimage


@learner("MAXPOOL_BACKWARD", "every pixel of the window gets dy; only the winner does")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            dimage[top : top + size, left : left + size] += dy[i, j]
    return dimage


@learner("MAXPOOL_BACKWARD", "every pixel of the window gets a share, as for a mean")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            for a in range(size):
                for b in range(size):
                    dimage[i * stride + a, j * stride + b] += dy[i, j] / size**2
    return dimage


@learner("MAXPOOL_BACKWARD", "the smallest number gets dy; the largest does")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            best, place = math.inf, None
            for a in range(i * stride, i * stride + size):
                for b in range(j * stride, j * stride + size):
                    if image[a, b] < best:
                        best, place = image[a, b], (a, b)
            dimage[place] += dy[i, j]
    return dimage


@learner("MAXPOOL_BACKWARD", "a number below 0 never wins; does the search start at 0?")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            best, place = 0, (i * stride, j * stride)
            for a in range(i * stride, i * stride + size):
                for b in range(j * stride, j * stride + size):
                    if image[a, b] > best:
                        best, place = image[a, b], (a, b)
            dimage[place] += dy[i, j]
    return dimage


@learner("MAXPOOL_BACKWARD", "the winner's number is sent back, not dy")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            a, b = first_largest(image[top : top + size, left : left + size])
            dimage[top + a, left + b] += image[top + a, left + b]
    return dimage


@learner("MAXPOOL_BACKWARD", "dy is ignored: every winner gets 1")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            a, b = first_largest(image[top : top + size, left : left + size])
            dimage[top + a, left + b] += 1
    return dimage


@learner("MAXPOOL_BACKWARD", "row and column of the winner are swapped")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            b, a = divmod(np.argmax(image[top : top + size, left : left + size]), size)
            dimage[top + a, left + b] += dy[i, j]
    return dimage


@learner(
    "MAXPOOL_BACKWARD",
    "the winner's place is counted from the window; add where the window starts",
)
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            a, b = first_largest(image[top : top + size, left : left + size])
            dimage[a, b] += dy[i, j]
    return dimage


@learner(
    "MAXPOOL_BACKWARD",
    "the winner's number is divided by the image's width, not by the window's",
)
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            winner = np.argmax(image[top : top + size, left : left + size])
            a, b = np.unravel_index(winner, image.shape)
            dimage[top + a, left + b] += dy[i, j]
    return dimage


@learner("MAXPOOL_BACKWARD", "pixels outside the window get dy, too, if they equal the winner")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            largest = image[top : top + size, left : left + size].max()
            dimage[image == largest] += dy[i, j]
    return dimage


@learner("MAXPOOL_BACKWARD", "windows start at i and j, not at i * stride and j * stride")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            a, b = first_largest(image[i : i + size, j : j + size])
            dimage[i + a, j + b] += dy[i, j]
    return dimage


@learner("MAXPOOL_BACKWARD", "windows move by their size, and the stride is ignored")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * size, j * size
            a, b = first_largest(image[top : top + size, left : left + size])
            dimage[top + a, left + b] += dy[i, j]
    return dimage


@learner("MAXPOOL_BACKWARD", "the last row and the last column of windows are missing")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0] - 1):
        for j in range(dy.shape[1] - 1):
            top, left = i * stride, j * stride
            a, b = first_largest(image[top : top + size, left : left + size])
            dimage[top + a, left + b] += dy[i, j]
    return dimage


@learner(
    "MAXPOOL_BACKWARD",
    "only the first window is sent back; does return stand inside the loops?",
)
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            a, b = first_largest(image[top : top + size, left : left + size])
            dimage[top + a, left + b] += dy[i, j]
            return dimage


@learner("MAXPOOL_BACKWARD", "dimage holds whole numbers, and fractions are cut off")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros_like(image)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            a, b = first_largest(image[top : top + size, left : left + size])
            dimage[top + a, left + b] += dy[i, j]
    return dimage


@learner("MAXPOOL_BACKWARD", "dimage has the shape of dy; every pixel of the image has a gradient")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(dy.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            dimage[i, j] += dy[i, j]
    return dimage


@learner("MAXPOOL_BACKWARD", "dimage is never filled")
def maxpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i in range(dy.shape[0]):
        for j in range(dy.shape[1]):
            top, left = i * stride, j * stride
            winner = image[top : top + size, left : left + size].max()
            winner = dy[i, j]
    return dimage


# ---------------------------------------------------------------- avgpool_backward


@learner(
    "AVGPOOL_BACKWARD",
    "dimage is assigned with =; shares of windows that overlap add up with +=",
)
def avgpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i, j in np.ndindex(dy.shape):
        top, left = i * stride, j * stride
        dimage[top : top + size, left : left + size] = dy[i, j] / size**2
    return dimage


@learner("AVGPOOL_BACKWARD", "every pixel gets all of dy; it gets its share")
def avgpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i, j in np.ndindex(dy.shape):
        top, left = i * stride, j * stride
        dimage[top : top + size, left : left + size] += dy[i, j]
    return dimage


@learner("AVGPOOL_BACKWARD", "the share is 1 of size; a window has size times size pixels")
def avgpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i, j in np.ndindex(dy.shape):
        top, left = i * stride, j * stride
        dimage[top : top + size, left : left + size] += dy[i, j] / size
    return dimage


@learner("AVGPOOL_BACKWARD", "the winner gets all of dy, as for max-pooling")
def avgpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i, j in np.ndindex(dy.shape):
        top, left = i * stride, j * stride
        patch = image[top : top + size, left : left + size]
        a, b = np.unravel_index(patch.argmax(), patch.shape)
        dimage[top + a, left + b] += dy[i, j]
    return dimage


@learner("AVGPOOL_BACKWARD", "windows start at i and j, not at i * stride and j * stride")
def avgpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i, j in np.ndindex(dy.shape):
        dimage[i : i + size, j : j + size] += dy[i, j] / size**2
    return dimage


@learner("AVGPOOL_BACKWARD", "dy is ignored: every output counts as 1")
def avgpool_backward(dy, image, size, stride):
    dimage = np.zeros(image.shape)
    for i, j in np.ndindex(dy.shape):
        top, left = i * stride, j * stride
        dimage[top : top + size, left : left + size] += 1 / size**2
    return dimage
