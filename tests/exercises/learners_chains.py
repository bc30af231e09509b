"""Programs as learners write them, for layers in a row, each with one mistake."""
# ruff: noqa: F811

import numpy as np

from exercises.learner import programs

PROGRAMS, learner = programs()


def relu(y):
    return np.maximum(y, 0)


# ---------------------------------------------------------------- merge


@learner("MERGE", "copies overwrite each other with =; they add up with +=")
def merge(first, second):
    height, width = first.shape
    merged = np.zeros(np.add(first.shape, second.shape) - 1)
    for u, v in np.ndindex(second.shape):
        merged[u : u + height, v : v + width] = second[u, v] * first
    return merged


@learner("MERGE", "every copy starts at row 0, column 0; it starts at u, v")
def merge(first, second):
    height, width = first.shape
    merged = np.zeros(np.add(first.shape, second.shape) - 1)
    for u, v in np.ndindex(second.shape):
        merged[:height, :width] += second[u, v] * first
    return merged


@learner("MERGE", "the copies are not multiplied by the weights of the second kernel")
def merge(first, second):
    height, width = first.shape
    merged = np.zeros(np.add(first.shape, second.shape) - 1)
    for u, v in np.ndindex(second.shape):
        merged[u : u + height, v : v + width] += first
    return merged


@learner("MERGE", "the second kernel is flipped")
def merge(first, second):
    height, width = first.shape
    rows, columns = second.shape
    merged = np.zeros((height + rows - 1, width + columns - 1))
    for u in range(rows):
        for v in range(columns):
            weight = second[rows - 1 - u, columns - 1 - v]
            merged[u : u + height, v : v + width] += weight * first
    return merged


@learner("MERGE", "only the first copy is laid down; does return stand inside the loop?")
def merge(first, second):
    height, width = first.shape
    merged = np.zeros(np.add(first.shape, second.shape) - 1)
    for u, v in np.ndindex(second.shape):
        merged[u : u + height, v : v + width] += second[u, v] * first
        return merged


# ---------------------------------------------------------------- receptive_field


@learner("RECEPTIVE_FIELD", "a window takes size − 1 further cells, not size")
def receptive_field(layers):
    sees, step = 1, 1
    for _, size, stride in layers:
        sees += size * step
        step *= stride
    return sees, step


@learner("RECEPTIVE_FIELD", "the image's own pixel is forgotten: sees starts at 1")
def receptive_field(layers):
    sees, step = 0, 1
    for _, size, stride in layers:
        sees += (size - 1) * step
        step *= stride
    return sees, step


@learner("RECEPTIVE_FIELD", "the step of the layers below is ignored")
def receptive_field(layers):
    sees, step = 1, 1
    for _, size, stride in layers:
        sees += size - 1
        step *= stride
    return sees, step


@learner(
    "RECEPTIVE_FIELD",
    "the stride of a layer counts for its own window; multiply the step afterwards",
)
def receptive_field(layers):
    sees, step = 1, 1
    for _, size, stride in layers:
        step *= stride
        sees += (size - 1) * step
    return sees, step


@learner("RECEPTIVE_FIELD", "only the last stride counts; the step is multiplied by each")
def receptive_field(layers):
    sees, step = 1, 1
    for _, size, stride in layers:
        sees += (size - 1) * step
        step = stride
    return sees, step


@learner("RECEPTIVE_FIELD", "only the first layer counts; does return stand inside the loop?")
def receptive_field(layers):
    sees, step = 1, 1
    for _, size, stride in layers:
        sees += (size - 1) * step
        step *= stride
        return sees, step


# ---------------------------------------------------------------- larger


@learner("LARGER", "the smaller number is returned")
def larger(a, b):
    return a - relu(a - b)


@learner("LARGER", "the lead is added to a; add it to b")
def larger(a, b):
    return a + relu(a - b)


@learner("LARGER", "the lead alone is returned; b is missing")
def larger(a, b):
    return relu(a - b)


@learner("LARGER", "the lead of b is added to b; it is the lead of a")
def larger(a, b):
    return b + relu(b - a)


@learner("LARGER", "b goes through relu, too, so numbers below 0 are lost")
def larger(a, b):
    return relu(b) + relu(a - b)
