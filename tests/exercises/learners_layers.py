"""Programs as learners write them, for what stands between convolutions, each with one mistake."""
# ruff: noqa: F811

import math

import numpy as np

from exercises.learner import programs

PROGRAMS, learner = programs()

# ---------------------------------------------------------------- relu


@learner("RELU", "the sign is dropped; what is below 0 becomes 0")
def relu(y):
    out = y.copy()
    for place in np.ndindex(y.shape):
        if y[place] < 0:
            out[place] = -y[place]
    return out


@learner("RELU", "the positive numbers are thrown away, not the negative ones")
def relu(y):
    out = y.copy()
    out[out > 0] = 0
    return out


@learner("RELU", "only the largest number is returned")
def relu(y):
    best = 0
    for value in y.flat:
        if value > best:
            best = value
    return np.array(best)


@learner("RELU", "numbers above 0 become 1")
def relu(y):
    out = np.zeros(y.shape)
    for place in np.ndindex(y.shape):
        if y[place] > 0:
            out[place] = 1
    return out


@learner("RELU", "numbers above 1 are cut off")
def relu(y):
    return np.minimum(np.maximum(y, 0), 1)


@learner("RELU", "nothing is changed")
def relu(y):
    out = y.copy()
    for value in out.flat:
        if value < 0:
            value = 0
    return out


@learner("RELU", "numbers below 0 are left out; the shape must stay")
def relu(y):
    return np.array([value for value in y.flat if value >= 0])


# ---------------------------------------------------------------- softmax


@learner("SOFTMAX", "powers of 2 are taken, not of e")
def softmax(scores):
    powers = np.array([2 ** (score - scores.max()) for score in scores])
    return powers / powers.sum()


@learner("SOFTMAX", "the powers are not divided by their sum")
def softmax(scores):
    return np.array([math.exp(score - max(scores)) for score in scores])


@learner("SOFTMAX", "the scores themselves are divided by their sum")
def softmax(scores):
    total = sum(scores)
    return np.array([score / total if total else math.nan for score in scores])


@learner("SOFTMAX", "large scores overflow: subtract the largest one first")
def softmax(scores):
    with np.errstate(all="ignore"):
        powers = np.exp(scores)
        total = 0
        for power in powers:
            total = total + power
        return powers / total


@learner("SOFTMAX", "the largest score gets everything")
def softmax(scores):
    out = np.zeros(scores.shape)
    out[scores.argmax()] = 1
    return out


@learner("SOFTMAX", "the scores count with the wrong sign")
def softmax(scores):
    powers = np.exp(scores.min() - scores)
    return powers / powers.sum()


@learner("SOFTMAX", "the logarithm of the shares is returned")
def softmax(scores):
    shifted = scores - scores.max()
    return shifted - math.log(sum(math.exp(value) for value in shifted))
