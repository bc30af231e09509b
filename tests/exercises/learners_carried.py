"""Programs as learners write them, for weights of another library, each with one mistake."""
# ruff: noqa: F811

import numpy as np

from exercises.learner import programs

PROGRAMS, learner = programs()


@learner("CARRY_DENSE", "the matrix is turned, but channels still stand last")
def carry_dense(weights, shape):
    inputs, outputs = weights.shape
    carried = np.zeros((outputs, inputs))
    for output in range(outputs):
        for place in range(inputs):
            carried[output, place] = weights[place, output]
    return carried


@learner("CARRY_DENSE", "inputs still stand down and outputs across; ours has an output a row")
def carry_dense(weights, shape):
    height, width, channels = shape
    lines = []
    for channel in range(channels):
        for row in range(height):
            for column in range(width):
                lines.append(weights[(row * width + column) * channels + channel])
    return np.array(lines)


@learner("CARRY_DENSE", "rows and columns of the image are exchanged, too")
def carry_dense(weights, shape):
    height, width, channels = shape
    lines = []
    for channel in range(channels):
        for column in range(width):
            for row in range(height):
                lines.append(weights[(row * width + column) * channels + channel])
    return np.array(lines).T


@learner("CARRY_DENSE", "the inputs are cut as if channels came first; in Keras they come last")
def carry_dense(weights, shape):
    height, width, channels = shape
    lines = []
    for row in range(height):
        for column in range(width):
            for channel in range(channels):
                lines.append(weights[(channel * height + row) * width + column])
    return np.array(lines).T


@learner("CARRY_DENSE", "the matrix is cut as if outputs came first; in Keras they come last")
def carry_dense(weights, shape):
    numbers = list(weights.ravel())
    height, width, channels = shape
    carried = []
    for output in range(weights.shape[1]):
        image = np.array(numbers[output * len(weights) : (output + 1) * len(weights)])
        planes = image.reshape(height, width, channels)
        carried.append([planes[i, j, c] for c, i, j in np.ndindex(channels, height, width)])
    return np.array(carried)
