"""Programs as learners write them, for a walk downhill, each with one mistake."""
# ruff: noqa: F811

import numpy as np

from exercises.learner import programs

PROGRAMS, learner = programs()


def cross_entropy(scores, labels):
    """Measure the loss as the learners below do who get it right."""
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    each = np.arange(len(labels)), labels
    loss = -np.log(shares[each]).mean()
    shares[each] -= 1
    return loss, shares / len(labels)


# ---------------------------------------------------------------- descend


@learner("DESCEND", "the steps go uphill; the slope is taken off")
def descend(w, rate, steps):
    places = [w]
    for _ in range(steps):
        w = w + rate * 2 * (w - 3)
        places.append(w)
    return places


@learner("DESCEND", "the place where it starts is missing")
def descend(w, rate, steps):
    places = []
    for _ in range(steps):
        w = w - rate * 2 * (w - 3)
        places.append(w)
    return places


@learner("DESCEND", "only the last place is returned")
def descend(w, rate, steps):
    for _ in range(steps):
        w = w - rate * 2 * (w - 3)
    return w


@learner("DESCEND", "the last place is missing")
def descend(w, rate, steps):
    places = []
    for _ in range(steps):
        places.append(w)
        w = w - rate * 2 * (w - 3)
    return places


@learner("DESCEND", "only one step is taken; does return stand inside the loop?")
def descend(w, rate, steps):
    places = [w]
    for _ in range(steps):
        w = w - rate * 2 * (w - 3)
        places.append(w)
        return places


@learner("DESCEND", "the slope is 2 times the distance to 3; the 2 is missing")
def descend(w, rate, steps):
    places = [w]
    for _ in range(steps):
        places.append(places[-1] - rate * (places[-1] - 3))
    return places


@learner("DESCEND", "the slope is taken of w², not of (w − 3)²")
def descend(w, rate, steps):
    places = [w]
    for _ in range(steps):
        w -= rate * 2 * w
        places.append(w)
    return places


@learner("DESCEND", "the rate is ignored")
def descend(w, rate, steps):
    places = [w]
    for _ in range(steps):
        w = w - 2 * (w - 3)
        places.append(w)
    return places


# ---------------------------------------------------------------- roll


@learner("ROLL", "the momentum is ignored")
def roll(w, rate, momentum, steps):
    places = [w]
    for _ in range(steps):
        speed = 2 * (w - 3)
        w = w - rate * speed
        places.append(w)
    return places


@learner("ROLL", "the whole step before is added, not momentum times it")
def roll(w, rate, momentum, steps):
    places, speed = [w], 0
    for _ in range(steps):
        speed += 2 * (w - 3)
        w = w - rate * speed
        places.append(w)
    return places


@learner("ROLL", "the steps go uphill; rate times speed is taken off")
def roll(w, rate, momentum, steps):
    places, speed = [w], 0
    for _ in range(steps):
        speed = momentum * speed + 2 * (w - 3)
        w += rate * speed
        places.append(w)
    return places


@learner("ROLL", "the place where it starts is missing")
def roll(w, rate, momentum, steps):
    places, speed = [], 0
    for _ in range(steps):
        speed = momentum * speed + 2 * (w - 3)
        w = w - rate * speed
        places.append(w)
    return places


@learner("ROLL", "the momentum brakes; it has the sign of the step before")
def roll(w, rate, momentum, steps):
    places, speed = [w], 0
    for _ in range(steps):
        speed = 2 * (w - 3) - momentum * speed
        w = w - rate * speed
        places.append(w)
    return places


@learner("ROLL", "the gradient is multiplied by momentum, too; only the step before is")
def roll(w, rate, momentum, steps):
    places, speed = [w], 0
    for _ in range(steps):
        speed = momentum * (2 * (w - 3) + speed)
        w = w - rate * speed
        places.append(w)
    return places


# ---------------------------------------------------------------- train


@learner("TRAIN", "the steps go uphill; rate times gradient is taken off")
def train(network, x, labels, rate, steps):
    for _ in range(steps):
        scores, back = network(x)
        loss, dscores = cross_entropy(scores, labels)
        _, gradients = back(dscores)
        for name, gradient in gradients.items():
            network.parameters[name] += rate * gradient
    return loss


@learner("TRAIN", "the rate is ignored")
def train(network, x, labels, rate, steps):
    for _ in range(steps):
        scores, back = network(x)
        loss, dscores = cross_entropy(scores, labels)
        _, gradients = back(dscores)
        for name in gradients:
            network.parameters[name] -= gradients[name]
    return loss


@learner("TRAIN", "only one step is taken; does return stand inside the loop?")
def train(network, x, labels, rate, steps):
    for _ in range(steps):
        scores, back = network(x)
        loss, dscores = cross_entropy(scores, labels)
        _, gradients = back(dscores)
        for name, gradient in gradients.items():
            network.parameters[name] -= rate * gradient
        return loss


@learner("TRAIN", "nothing is learnt: change the arrays of network.parameters")
def train(network, x, labels, rate, steps):
    for _ in range(steps):
        scores, back = network(x)
        loss, dscores = cross_entropy(scores, labels)
        _, gradients = back(dscores)
        for name, gradient in gradients.items():
            array = network.parameters[name]
            array = array - rate * gradient
    return loss


@learner("TRAIN", "only one array is learnt; every name has a gradient")
def train(network, x, labels, rate, steps):
    for _ in range(steps):
        scores, back = network(x)
        loss, dscores = cross_entropy(scores, labels)
        _, gradients = back(dscores)
        for name, gradient in gradients.items():
            change = name, rate * gradient
        network.parameters[change[0]] -= change[1]
    return loss


@learner("TRAIN", "the first loss is returned, not the last")
def train(network, x, labels, rate, steps):
    losses = []
    for _ in range(steps):
        scores, back = network(x)
        loss, dscores = cross_entropy(scores, labels)
        losses.append(loss)
        _, gradients = back(dscores)
        for name, gradient in gradients.items():
            network.parameters[name] -= rate * gradient
    return losses[0]


@learner("TRAIN", "= makes new arrays, and the layer keeps the old ones; -= changes them")
def train(network, x, labels, rate, steps):
    for _ in range(steps):
        scores, back = network(x)
        loss, dscores = cross_entropy(scores, labels)
        _, gradients = back(dscores)
        for name, gradient in gradients.items():
            network.parameters[name] = network.parameters[name] - rate * gradient
    return loss


@learner("TRAIN", "this is the loss after the last step; return the one that it began with")
def train(network, x, labels, rate, steps):
    for _ in range(steps):
        scores, back = network(x)
        _, dscores = cross_entropy(scores, labels)
        _, gradients = back(dscores)
        for name, gradient in gradients.items():
            network.parameters[name] -= rate * gradient
    scores, _ = network(x)
    return cross_entropy(scores, labels)[0]
