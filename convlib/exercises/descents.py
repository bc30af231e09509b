"""Exercises that walk downhill: on a curve, with momentum, and with a network."""

import numpy as np

from convlib.exercises.report import Exercise, check
from convlib.exercises.shared import numbers


def _slope(w):
    return 2 * (w - 3)


def _roll(w, rate, momentum, steps, slope=_slope, turn=-1):
    places, speed = [w], 0
    for _ in range(steps):
        speed = momentum * speed + slope(w)
        w = w + turn * rate * speed
        places.append(w)
    return places


def _descend(w, rate, steps, **changes):
    return _roll(w, rate, 0, steps, **changes)


DESCEND = Exercise(
    "descend",
    ("w", "rate", "steps"),
    list,
    [(3, 0.1, 1), (0, 0.5, 1), (0, 0.75, 3), (5, 0.1, 2), (4, 1, 4), (-1, 0.25, 5)],
    _descend,
    {
        "the steps go uphill; the slope is taken off": lambda *case: _descend(*case, turn=1),
        "the place where it starts is missing": lambda *case: _descend(*case)[1:],
        "only the last place is returned": lambda *case: _descend(*case)[-1],
        "the last place is missing": lambda *case: _descend(*case)[:-1],
        "only one step is taken; does return stand inside the loop?": lambda w, rate, steps: (
            _descend(w, rate, 1)
        ),
        "the slope is 2 times the distance to 3; the 2 is missing": lambda *case: _descend(
            *case, slope=lambda w: w - 3
        ),
        "the slope is taken of w², not of (w − 3)²": lambda *case: _descend(
            *case, slope=lambda w: 2 * w
        ),
        "the rate is ignored": lambda w, rate, steps: _descend(w, 1, steps),
    },
)


def check_descend(descend):
    """Check a function that walks down the curve ``(w - 3) ** 2``.

    Parameters
    ----------
    descend : callable
        ``descend(w, rate, steps)`` takes three numbers and returns the list of all places.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> def descend(w, rate, steps):
    ...     places = [w]
    ...     for _ in range(steps):
    ...         places.append(places[-1] - rate * 2 * (places[-1] - 3))
    ...     return places
    >>> check_descend(descend)
    descend: all 6 cases agree with convlib.
    Covered: w −1 to 5; rate 0.1 to 1; steps 1 to 5.
    """
    check(DESCEND, descend)


def _brake(w, rate, momentum, steps):
    places, speed = [w], 0
    for _ in range(steps):
        speed = -momentum * speed + _slope(w)
        w = w - rate * speed
        places.append(w)
    return places


def _gradient_too(w, rate, momentum, steps):
    places, speed = [w], 0
    for _ in range(steps):
        speed = momentum * (speed + _slope(w))
        w = w - rate * speed
        places.append(w)
    return places


ROLL = Exercise(
    "roll",
    ("w", "rate", "momentum", "steps"),
    list,
    [(3, 0.1, 0.5, 1), (0, 0.5, 0, 1), (0, 0.25, 0.5, 2), (5, 0.1, 0.9, 3), (0, 0.01, 0.9, 8)],
    _roll,
    {
        "the momentum is ignored": lambda w, rate, momentum, steps: _roll(w, rate, 0, steps),
        "the whole step before is added, not momentum times it": lambda w, rate, _, steps: _roll(
            w, rate, 1, steps
        ),
        "the steps go uphill; rate times speed is taken off": lambda *case: _roll(*case, turn=1),
        "the place where it starts is missing": lambda *case: _roll(*case)[1:],
        "the momentum brakes; it has the sign of the step before": _brake,
        "the gradient is multiplied by momentum, too; only the step before is": _gradient_too,
    },
)


def check_roll(roll):
    """Check a function that rolls down the curve ``(w - 3) ** 2`` with momentum.

    Parameters
    ----------
    roll : callable
        ``roll(w, rate, momentum, steps)`` takes four numbers and returns the list of all places.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> def roll(w, rate, momentum, steps):
    ...     places, speed = [w], 0
    ...     for _ in range(steps):
    ...         speed = momentum * speed + 2 * (places[-1] - 3)
    ...         places.append(places[-1] - rate * speed)
    ...     return places
    >>> check_roll(roll)
    roll: all 5 cases agree with convlib.
    Covered: w 0 to 5; rate 0.01 to 0.5; momentum 0 to 0.9; steps 1 to 8.
    """
    check(ROLL, roll)


def _learn(x, weight, labels, rate, steps, turn=-1, learns=("weight", "bias")):
    """Return the last loss, and the weights and biases of one dense layer after some steps."""
    from convlib import nn

    weight, bias = weight.astype(float), np.zeros(len(weight))
    for _ in range(steps):
        loss, dscores = nn.softmax_cross_entropy(x @ weight.T + bias, labels)
        if "weight" in learns:
            weight = weight + turn * rate * dscores.T @ x
        if "bias" in learns:
            bias = bias + turn * rate * dscores.sum(axis=0)
    return loss, weight, bias


def _train_a_layer(train, x, weight, labels, rate, steps):
    """Ask a reader's loop to train a network of one dense layer."""
    from convlib import nn

    layer = nn.Dense(*weight.shape[::-1], dtype=float)
    network = nn.Network(layer)
    layer.parameters["weight"][:] = weight
    loss = train(network, x, labels, rate, steps)
    return loss, network.parameters["0.weight"], network.parameters["0.bias"]


def _first_loss(x, weight, labels, rate, steps):
    return _learn(x, weight, labels, rate, 1)[0], *_learn(x, weight, labels, rate, steps)[1:]


def _loss_after(x, weight, labels, rate, steps):
    _, *learnt = _learn(x, weight, labels, rate, steps)
    return _learn(x, weight, labels, rate, steps + 1)[0], *learnt


def _new_arrays(x, weight, labels, rate, steps):
    """The layer keeps its arrays, so every step is the first."""
    loss, stepped, bias = _learn(x, weight, labels, rate, 1)
    return loss, weight + steps * (stepped - weight), steps * bias


TRAIN = Exercise(
    "train",
    ("x", "weight", "labels", "rate", "steps"),
    tuple,
    [
        (np.array([[1.0]]), np.array([[1], [0]]), np.array([0]), 1, 1),
        (np.array([[1.0, 2.0]]), numbers(2, 2) / 8, np.array([1]), 0.5, 1),
        (numbers(2, 2) / 4, numbers(3, 2) / 8, np.array([0, 2]), 0.5, 3),
        (numbers(3, 2) / 4, numbers(2, 2) / 8, np.array([0, 1, 1]), 0.25, 4),
    ],
    _learn,
    {
        "the steps go uphill; rate times gradient is taken off": lambda *case: _learn(
            *case, turn=1
        ),
        "the rate is ignored": lambda x, weight, labels, rate, steps: _learn(
            x, weight, labels, 1, steps
        ),
        "only one step is taken; does return stand inside the loop?": (
            lambda x, weight, labels, rate, steps: _learn(x, weight, labels, rate, 1)
        ),
        "nothing is learnt: change the arrays of network.parameters": lambda *case: _learn(
            *case, learns=()
        ),
        "only one array is learnt; every name has a gradient": lambda *case: _learn(
            *case, learns=("bias",)
        ),
        "= makes new arrays, and the layer keeps the old ones; -= changes them": _new_arrays,
        "the first loss is returned, not the last": _first_loss,
        "this is the loss after the last step; return the one that it began with": _loss_after,
    },
    ("loss", "weight", "bias"),
    call=_train_a_layer,
)


def check_train(train):
    """Check a loop that trains a network, on a small one of a single dense layer.

    Parameters
    ----------
    train : callable
        ``train(network, x, labels, rate, steps)`` changes ``network.parameters`` and returns the
        last loss.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> from convlib import nn
    >>> def train(network, x, labels, rate, steps):
    ...     for _ in range(steps):
    ...         scores, back = network(x)
    ...         loss, dscores = nn.softmax_cross_entropy(scores, labels)
    ...         for name, gradient in back(dscores)[1].items():
    ...             network.parameters[name] -= rate * gradient
    ...     return loss
    >>> check_train(train)
    train: all 4 cases agree with convlib.
    Covered: x 1×1 to 3×2; weight 2×1 to 3×2; labels of 1 to 3 numbers;
    rate 0.25 to 1; steps 1 to 4; shapes that are not square; numbers below
    0; fractions.
    """
    check(TRAIN, train)
