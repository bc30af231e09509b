"""Programs as learners write them, for the gradient of a layer, each with one mistake."""
# ruff: noqa: F811

import numpy as np

from exercises.learner import programs

PROGRAMS, learner = programs()


def put_zeros_around(x, padding):
    """Pad as the learners below do who get it right."""
    images, channels, height, width = x.shape
    padded = np.zeros((images, channels, height + 2 * padding, width + 2 * padding))
    padded[:, :, padding : padding + height, padding : padding + width] = x
    return padded


def take_zeros_off(padded, x, padding):
    """Cut the images out as the learners below do who get it right."""
    height, width = x.shape[2:]
    return padded[:, :, padding : padding + height, padding : padding + width]


def pixel(i, a, stride, dilation):
    """Find the row or column that kernel cell a sees from place i."""
    return i * stride + a * dilation


@learner("CONV2D_BACKWARD_LAYER", "dweight hears only the last image of the batch")
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dbias = np.zeros(padded.shape), np.zeros(len(weight))
    for n in range(len(x)):
        dweight = np.zeros(weight.shape)
        for (o, c, a, b), w in np.ndenumerate(weight):
            channel = o // (len(weight) // groups) * weight.shape[1] + c
            for i, j in np.ndindex(dy.shape[2:]):
                at = n, channel, pixel(i, a, stride, dilation), pixel(j, b, stride, dilation)
                dpadded[at] += dy[n, o, i, j] * w
                dweight[o, c, a, b] += dy[n, o, i, j] * padded[at]
        dbias += dy[n].sum(axis=(1, 2))
    return take_zeros_off(dpadded, x, padding), dweight, dbias


@learner("CONV2D_BACKWARD_LAYER", "dweight hears only the first image of the batch")
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dweight = np.zeros(padded.shape), np.zeros(weight.shape)
    for (o, c, a, b), w in np.ndenumerate(weight):
        channel = o // (len(weight) // groups) * weight.shape[1] + c
        for i, j in np.ndindex(dy.shape[2:]):
            row, column = pixel(i, a, stride, dilation), pixel(j, b, stride, dilation)
            dpadded[:, channel, row, column] += dy[:, o, i, j] * w
            dweight[o, c, a, b] += dy[0, o, i, j] * padded[0, channel, row, column]
    return take_zeros_off(dpadded, x, padding), dweight, dy.sum(axis=(0, 2, 3))


@learner("CONV2D_BACKWARD_LAYER", "dweight is the mean over the batch, not the sum")
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dweight = np.zeros(padded.shape), np.zeros(weight.shape)
    for (o, c, a, b), w in np.ndenumerate(weight):
        channel = o // (len(weight) // groups) * weight.shape[1] + c
        for i, j in np.ndindex(dy.shape[2:]):
            row, column = pixel(i, a, stride, dilation), pixel(j, b, stride, dilation)
            dpadded[:, channel, row, column] += dy[:, o, i, j] * w
            dweight[o, c, a, b] += np.mean(dy[:, o, i, j] * padded[:, channel, row, column])
    return take_zeros_off(dpadded, x, padding), dweight, dy.sum(axis=(0, 2, 3))


@learner("CONV2D_BACKWARD_LAYER", "dbias is the mean of dy, not its sum")
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dweight = np.zeros(padded.shape), np.zeros(weight.shape)
    for n, o, i, j in np.ndindex(dy.shape):
        for c, a, b in np.ndindex(weight.shape[1:]):
            channel = o // (len(weight) // groups) * weight.shape[1] + c
            at = n, channel, pixel(i, a, stride, dilation), pixel(j, b, stride, dilation)
            dpadded[at] += dy[n, o, i, j] * weight[o, c, a, b]
            dweight[o, c, a, b] += dy[n, o, i, j] * padded[at]
    return take_zeros_off(dpadded, x, padding), dweight, dy.mean(axis=(0, 2, 3))


@learner("CONV2D_BACKWARD_LAYER", "dbias has a row for each image; add over the batch, too")
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dweight = np.zeros(padded.shape), np.zeros(weight.shape)
    for n, o, i, j in np.ndindex(dy.shape):
        for c, a, b in np.ndindex(weight.shape[1:]):
            channel = o // (len(weight) // groups) * weight.shape[1] + c
            at = n, channel, pixel(i, a, stride, dilation), pixel(j, b, stride, dilation)
            dpadded[at] += dy[n, o, i, j] * weight[o, c, a, b]
            dweight[o, c, a, b] += dy[n, o, i, j] * padded[at]
    dbias = np.array([[plane.sum() for plane in image] for image in dy])
    return take_zeros_off(dpadded, x, padding), dweight, dbias


@learner("CONV2D_BACKWARD_LAYER", "dbias is one number; each filter has its own")
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dweight, dbias = np.zeros(padded.shape), np.zeros(weight.shape), 0
    for n, o, i, j in np.ndindex(dy.shape):
        dbias += dy[n, o, i, j]
        for c, a, b in np.ndindex(weight.shape[1:]):
            channel = o // (len(weight) // groups) * weight.shape[1] + c
            at = n, channel, pixel(i, a, stride, dilation), pixel(j, b, stride, dilation)
            dpadded[at] += dy[n, o, i, j] * weight[o, c, a, b]
            dweight[o, c, a, b] += dy[n, o, i, j] * padded[at]
    return take_zeros_off(dpadded, x, padding), dweight, dbias


@learner("CONV2D_BACKWARD_LAYER", "dx hears only the last filter; filters add up with +=")
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dweight = np.zeros(padded.shape), np.zeros(weight.shape)
    for o in range(len(weight)):
        first = o // (len(weight) // groups) * weight.shape[1]
        channels = slice(first, first + weight.shape[1])
        heard = np.zeros(padded[:, channels].shape)
        for c, a, b in np.ndindex(weight.shape[1:]):
            for n, i, j in np.ndindex(len(x), *dy.shape[2:]):
                row, column = pixel(i, a, stride, dilation), pixel(j, b, stride, dilation)
                heard[n, c, row, column] += dy[n, o, i, j] * weight[o, c, a, b]
                dweight[o, c, a, b] += dy[n, o, i, j] * padded[n, first + c, row, column]
        dpadded[:, channels] = heard
    return take_zeros_off(dpadded, x, padding), dweight, dy.sum(axis=(0, 2, 3))


@learner(
    "CONV2D_BACKWARD_LAYER",
    "groups are mixed: every filter reads the channels of the first group",
)
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dweight = np.zeros(padded.shape), np.zeros(weight.shape)
    for n, o, i, j in np.ndindex(dy.shape):
        for c, a, b in np.ndindex(weight.shape[1:]):
            at = n, c, pixel(i, a, stride, dilation), pixel(j, b, stride, dilation)
            dpadded[at] += dy[n, o, i, j] * weight[o, c, a, b]
            dweight[o, c, a, b] += dy[n, o, i, j] * padded[at]
    return take_zeros_off(dpadded, x, padding), dweight, dy.sum(axis=(0, 2, 3))


@learner(
    "CONV2D_BACKWARD_LAYER",
    "groups are mixed: filter o is of group o // (filters / groups), not o % groups",
)
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dweight = np.zeros(padded.shape), np.zeros(weight.shape)
    for n, o, i, j in np.ndindex(dy.shape):
        for c, a, b in np.ndindex(weight.shape[1:]):
            channel = o % groups * weight.shape[1] + c
            at = n, channel, pixel(i, a, stride, dilation), pixel(j, b, stride, dilation)
            dpadded[at] += dy[n, o, i, j] * weight[o, c, a, b]
            dweight[o, c, a, b] += dy[n, o, i, j] * padded[at]
    return take_zeros_off(dpadded, x, padding), dweight, dy.sum(axis=(0, 2, 3))


@learner("CONV2D_BACKWARD_LAYER", "the groups are ignored")
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dweight = np.zeros(padded.shape), np.zeros(weight.shape)
    for n, o, i, j in np.ndindex(dy.shape):
        for c, a, b in np.ndindex(padded.shape[1], *weight.shape[2:]):
            at = n, c, pixel(i, a, stride, dilation), pixel(j, b, stride, dilation)
            dpadded[at] += dy[n, o, i, j] * weight[o, c, a, b]
            dweight[o, c, a, b] += dy[n, o, i, j] * padded[at]
    return take_zeros_off(dpadded, x, padding), dweight, dy.sum(axis=(0, 2, 3))


@learner("CONV2D_BACKWARD_LAYER", "the dilation is ignored")
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dweight = np.zeros(padded.shape), np.zeros(weight.shape)
    height, width = weight.shape[2:]
    for n, o, i, j in np.ndindex(dy.shape):
        for c in range(weight.shape[1]):
            channel = o // (len(weight) // groups) * weight.shape[1] + c
            top, left = i * stride, j * stride
            at = n, channel, slice(top, top + height), slice(left, left + width)
            dpadded[at] += dy[n, o, i, j] * weight[o, c]
            dweight[o, c] += dy[n, o, i, j] * padded[at]
    return take_zeros_off(dpadded, x, padding), dweight, dy.sum(axis=(0, 2, 3))


@learner("CONV2D_BACKWARD_LAYER", "windows start at i and j, not at i * stride and j * stride")
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dweight = np.zeros(padded.shape), np.zeros(weight.shape)
    for n, o, i, j in np.ndindex(dy.shape):
        for c, a, b in np.ndindex(weight.shape[1:]):
            channel = o // (len(weight) // groups) * weight.shape[1] + c
            at = n, channel, i + a * dilation, j + b * dilation
            dpadded[at] += dy[n, o, i, j] * weight[o, c, a, b]
            dweight[o, c, a, b] += dy[n, o, i, j] * padded[at]
    return take_zeros_off(dpadded, x, padding), dweight, dy.sum(axis=(0, 2, 3))


@learner("CONV2D_BACKWARD_LAYER", "the padding is ignored")
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    dx, dweight = np.zeros(x.shape), np.zeros(weight.shape)
    for n, o, i, j in np.ndindex(dy.shape):
        for c, a, b in np.ndindex(weight.shape[1:]):
            channel = o // (len(weight) // groups) * weight.shape[1] + c
            at = n, channel, pixel(i, a, stride, dilation), pixel(j, b, stride, dilation)
            dx[at] += dy[n, o, i, j] * weight[o, c, a, b]
            dweight[o, c, a, b] += dy[n, o, i, j] * x[at]
    return dx, dweight, dy.sum(axis=(0, 2, 3))


@learner("CONV2D_BACKWARD_LAYER", "the padding is not removed from dx")
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dweight = np.zeros(padded.shape), np.zeros(weight.shape)
    for n, o, i, j in np.ndindex(dy.shape):
        for c, a, b in np.ndindex(weight.shape[1:]):
            channel = o // (len(weight) // groups) * weight.shape[1] + c
            at = n, channel, pixel(i, a, stride, dilation), pixel(j, b, stride, dilation)
            dpadded[at] += dy[n, o, i, j] * weight[o, c, a, b]
            dweight[o, c, a, b] += dy[n, o, i, j] * padded[at]
    return dpadded, dweight, dy.sum(axis=(0, 2, 3))


@learner("CONV2D_BACKWARD_LAYER", "dx is stamped with flipped kernels; stamp them as they are")
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dweight = np.zeros(padded.shape), np.zeros(weight.shape)
    height, width = weight.shape[2:]
    for n, o, i, j in np.ndindex(dy.shape):
        for c, a, b in np.ndindex(weight.shape[1:]):
            channel = o // (len(weight) // groups) * weight.shape[1] + c
            at = n, channel, pixel(i, a, stride, dilation), pixel(j, b, stride, dilation)
            dpadded[at] += dy[n, o, i, j] * weight[o, c, height - 1 - a, width - 1 - b]
            dweight[o, c, a, b] += dy[n, o, i, j] * padded[at]
    return take_zeros_off(dpadded, x, padding), dweight, dy.sum(axis=(0, 2, 3))


@learner("CONV2D_BACKWARD_LAYER", "the dweight of every kernel is flipped")
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dweight = np.zeros(padded.shape), np.zeros(weight.shape)
    height, width = weight.shape[2:]
    for n, o, i, j in np.ndindex(dy.shape):
        for c, a, b in np.ndindex(weight.shape[1:]):
            channel = o // (len(weight) // groups) * weight.shape[1] + c
            at = n, channel, pixel(i, a, stride, dilation), pixel(j, b, stride, dilation)
            dpadded[at] += dy[n, o, i, j] * weight[o, c, a, b]
            dweight[o, c, height - 1 - a, width - 1 - b] += dy[n, o, i, j] * padded[at]
    return take_zeros_off(dpadded, x, padding), dweight, dy.sum(axis=(0, 2, 3))


@learner("CONV2D_BACKWARD_LAYER", "dy is ignored: every output counts as 1")
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dweight = np.zeros(padded.shape), np.zeros(weight.shape)
    for n, o, i, j in np.ndindex(dy.shape):
        for c, a, b in np.ndindex(weight.shape[1:]):
            channel = o // (len(weight) // groups) * weight.shape[1] + c
            at = n, channel, pixel(i, a, stride, dilation), pixel(j, b, stride, dilation)
            dpadded[at] += weight[o, c, a, b]
            dweight[o, c, a, b] += padded[at]
    return take_zeros_off(dpadded, x, padding), dweight, dy.sum(axis=(0, 2, 3))


@learner("CONV2D_BACKWARD_LAYER", "dweight is returned before dx")
def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    padded = put_zeros_around(x, padding)
    dpadded, dweight = np.zeros(padded.shape), np.zeros(weight.shape)
    for n, o, i, j in np.ndindex(dy.shape):
        for c, a, b in np.ndindex(weight.shape[1:]):
            channel = o // (len(weight) // groups) * weight.shape[1] + c
            at = n, channel, pixel(i, a, stride, dilation), pixel(j, b, stride, dilation)
            dpadded[at] += dy[n, o, i, j] * weight[o, c, a, b]
            dweight[o, c, a, b] += dy[n, o, i, j] * padded[at]
    return dweight, take_zeros_off(dpadded, x, padding), dy.sum(axis=(0, 2, 3))
