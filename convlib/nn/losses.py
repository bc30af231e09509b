"""Losses: how far off a network is, as one number, and which scores are to blame."""

import numpy as np

from convlib.shapes import numbers_array

__all__ = ["softmax", "softmax_cross_entropy"]


def softmax(scores):
    """Turn scores into shares of 1: the larger a score, the larger its share.

    Parameters
    ----------
    scores : (N, classes) array of floats

    Returns
    -------
    shares : (N, classes) array
        ``exp(score) / sum(exp(scores))`` of each row.

    Examples
    --------
    >>> softmax(np.log([[1.0, 2.0, 5.0]]))
    array([[0.125, 0.25 , 0.625]])
    """
    # The largest becomes exp(0) = 1, so that nothing overflows.
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def softmax_cross_entropy(scores, labels):
    """Measure how little the scores expect the labels: the mean of ``-log(share of the label)``.

    Parameters
    ----------
    scores : (N, classes) array of floats
    labels : (N,) array of whole numbers from 0 to classes - 1

    Returns
    -------
    loss : float
    dscores : (N, classes) array
        The gradient: the shares, less 1 at the label, by the number of images.

    Raises
    ------
    TypeError
        If `labels` is not an array of integers.
    ValueError
        If the shapes differ, or a label is out of range.

    Examples
    --------
    >>> loss, dscores = softmax_cross_entropy(np.log([[1.0, 2.0, 5.0]]), np.array([1]))
    >>> round(loss, 6), dscores
    (1.386294, array([[ 0.125, -0.75 ,  0.625]]))

    ``-log(2 / 8) = 1.386294``.
    """
    scores = numbers_array(scores, "scores")
    check_labels(labels, len(scores), scores.shape[1])
    each = np.arange(len(labels)), labels
    lowered = scores - scores.max(axis=1, keepdims=True)
    loss = (np.log(np.exp(lowered).sum(axis=1)) - lowered[each]).mean()
    dscores = softmax(scores)
    dscores[each] -= 1
    return float(loss), dscores / len(labels)


def check_labels(labels, count, classes):
    """Raise an error unless there are `count` whole numbers from 0 to `classes` - 1."""
    labels = numbers_array(labels, "labels")
    if labels.dtype.kind not in "iu":
        raise TypeError(f"labels must be whole numbers; got dtype {labels.dtype}")
    if labels.shape != (count,):
        raise ValueError(f"labels {labels.shape} must hold one for each of the {count} images")
    if labels.min() < 0 or labels.max() >= classes:
        wrong = labels.min() if labels.min() < 0 else labels.max()
        raise ValueError(f"labels must be 0 to {classes - 1}, one of {classes} scores; got {wrong}")
