"""Optimisers: how to change the parameters, given the gradients."""

import math

import numpy as np

__all__ = ["SGD", "Adam", "cosine"]


class SGD:
    """Step downhill: against the gradient, with some of the last step's way kept as momentum.

    Parameters
    ----------
    lr : float
        The rate: how far to go for a gradient of 1.
    momentum : float
        How much of the last velocity is kept, from 0 to below 1.

    Examples
    --------
    >>> p, sgd = {"w": np.array([1.0])}, SGD(0.1, momentum=0.5)
    >>> for _ in range(2):
    ...     sgd.step(p, {"w": np.array([2.0])})
    >>> p["w"].round(6)  # 1 - 0.1 * 2 - 0.1 * (0.5 * 2 + 2)
    array([0.5])
    """

    def __init__(self, lr, momentum=0.0):
        self.lr, self.momentum, self.state = positive(lr), momentum, {}
        if not 0 <= momentum < 1:
            raise ValueError(f"momentum must be from 0 to below 1; got {momentum}")

    def step(self, parameters, gradients):
        """Change parameters in place; both are dicts with the same names."""
        for name, gradient in gradients.items():
            velocity = self.momentum * self.state.get(name, 0) + gradient
            self.state[name] = velocity
            parameters[name] -= self.lr * velocity


class Adam:
    """Step downhill by about the same length for every weight, however steep it is there.

    Parameters
    ----------
    lr : float
        The rate: how far to go.
    betas : (float, float)
        How much of the old is kept in the running means of gradients and of their squares.
    eps : float
        Keeps a division by zero away.

    References
    ----------
    Kingma and Ba, Adam: a method for stochastic optimization, 2015.

    Examples
    --------
    >>> Adam(lr=0.01).lr
    0.01
    """

    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps, self.state = positive(lr), betas, eps, {"steps": 0}

    def step(self, parameters, gradients):
        """Change parameters in place; both are dicts with the same names."""
        self.state["steps"] += 1
        keep = self.betas
        full = [1 - kept ** self.state["steps"] for kept in keep]  # means start at 0: correct them
        for name, gradient in gradients.items():
            mean, square = self.state.get(name, (0, 0))
            mean = keep[0] * mean + (1 - keep[0]) * gradient
            square = keep[1] * square + (1 - keep[1]) * gradient**2
            self.state[name] = mean, square
            parameters[name] -= self.lr * (mean / full[0]) / (np.sqrt(square / full[1]) + self.eps)


def positive(lr):
    if not lr > 0:
        raise ValueError(f"lr must be above 0; got {lr}")
    return lr


def cosine(part):
    """Return the share of the rate for a part of the way: from 1 at 0 down to 0 at 1.

    Parameters
    ----------
    part : float
        Of the steps taken so far, from 0 to 1.

    Returns
    -------
    share : float

    Examples
    --------
    >>> [round(cosine(part), 3) for part in (0, 0.5, 1)]
    [1.0, 0.5, 0.0]
    """
    return (1 + math.cos(math.pi * part)) / 2
