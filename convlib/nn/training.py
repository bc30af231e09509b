"""Training: many small steps downhill, over images in random order."""

import copy
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convlib.core import pad
from convlib.nn.losses import check_labels, softmax_cross_entropy
from convlib.shapes import integer, numbers_array

__all__ = ["shifted", "fit", "predict", "evaluate"]


def shifted(x, rng, by=1):
    """Shift every image by up to `by` rows and columns, each its own way; zeros come in.

    Parameters
    ----------
    x : (N, C, H, W) array
    rng : Generator
    by : int

    Returns
    -------
    y : (N, C, H, W) array

    Examples
    --------
    >>> x = np.arange(1, 5).reshape(1, 1, 2, 2)
    >>> shifted(x, np.random.default_rng(0))[0, 0]
    array([[3, 4],
           [0, 0]])
    """
    windows = sliding_window_view(pad(x, by), x.shape[2:], axis=(2, 3))
    rows, columns = rng.integers(0, 2 * by + 1, (2, len(x)))
    return windows[np.arange(len(x)), :, rows, columns]


class Pass(NamedTuple):
    """What `fit` tells after each pass over all images."""

    number: int  # of the pass, from 1
    losses: np.ndarray  # of every step, before it was taken
    loss: float  # their mean
    accuracy: float  # share of the images that were right when they were shown
    valid_loss: float | None  # on the images to decide by, after the pass
    valid_accuracy: float | None


def fit(
    network,
    x,
    labels,
    *,
    optimiser,
    passes,
    batch=100,
    seed=0,
    valid=None,
    schedule=None,
    change=None,
    progress=False,
):
    """Train a network, and tell after each pass how it went.

    Parameters
    ----------
    network : Network
        Is changed. An interruption at any time leaves it as after the last finished pass.
    x : (N, ...) array of floats
    labels : (N,) array of whole numbers
    optimiser : SGD or Adam
    passes : int
        How often all images are shown.
    batch : int
        How many images go into one step.
    seed : int
        Of the order in which images are shown, and of `change`.
    valid : (x, labels) or None
        Images to decide by: loss and accuracy are measured on them after each pass.
    schedule : function or None
        Of the part of all steps taken so far, from 0 to 1; returns the share of the rate to use,
        such as `cosine`.
    change : function or None
        Of a batch of images and a Generator; returns what to show instead, such as `shifted`.
    progress : bool
        Show tqdm's bar, which must be installed.

    Returns
    -------
    records : iterator of Pass
        The training goes on as they are asked for.

    Raises
    ------
    TypeError, ValueError
        If images and labels do not go together or do not fit the network.
    FloatingPointError
        If the loss is not a finite number any more; the network is as after the last good pass.

    Examples
    --------
    >>> from convlib.nn import SGD, Dense, Network
    >>> x = np.array([[0.0, 1.0], [1.0, 0.0]])
    >>> network = Network(Dense(2, 2, rng=0))
    >>> for record in fit(network, x, np.array([0, 1]), optimiser=SGD(1.0), passes=20):
    ...     pass
    >>> record.number, record.accuracy, record.loss < 0.1
    (20, 1.0, True)
    """
    passes, batch = integer(passes, "passes"), integer(batch, "batch")
    for images, their_labels in [(x, labels), *([valid] if valid else [])]:
        images = numbers_array(images, "x")
        (classes,) = network.output_shape(images.shape[1:])
        check_labels(their_labels, len(images), classes)
    bar = None
    if progress:
        from tqdm.auto import tqdm as bar
    return _passes(network, x, labels, optimiser, passes, batch, seed, valid, schedule, change, bar)


def _passes(network, x, labels, optimiser, passes, batch, seed, valid, schedule, change, bar):
    rng = np.random.default_rng(seed)
    rate, per_pass, step = optimiser.lr, -(-len(x) // batch), 0
    kept = copy.deepcopy((network.parameters, optimiser.state))
    bar = bar and bar(total=passes * per_pass, unit="step")
    try:
        for number in range(1, passes + 1):
            losses, right = [], 0
            batches = np.split(rng.permutation(len(x)), range(batch, len(x), batch))
            for some in batches:
                optimiser.lr = rate * (schedule(step / (passes * per_pass)) if schedule else 1)
                images = change(x[some], rng) if change else x[some]
                with np.errstate(over="ignore", invalid="ignore"):
                    scores, back = network(images)
                    loss, dscores = softmax_cross_entropy(scores, labels[some])
                    step += 1
                    _check_finite(loss, step, number, optimiser.lr)
                    optimiser.step(network.parameters, back(dscores, to_x=False)[1])
                losses.append(loss)
                right += np.sum(scores.argmax(axis=1) == labels[some])
                if bar:
                    bar.set_postfix(loss=f"{loss:.3f}", refresh=False)
                    bar.update()
            total = sum(float(np.abs(array).sum()) for array in network.parameters.values())
            _check_finite(total, step, number, optimiser.lr)
            kept = copy.deepcopy((network.parameters, optimiser.state))
            measured = evaluate(network, *valid) if valid else (None, None)
            mean = np.average(losses, weights=[len(some) for some in batches])
            accuracy = float(right / len(x))
            yield Pass(number, np.array(losses), float(mean), accuracy, *measured)
    except BaseException:
        for name, array in kept[0].items():
            network.parameters[name][...] = array
        optimiser.state = kept[1]
        raise
    finally:
        optimiser.lr = rate
        if bar:
            bar.close()


def _check_finite(number, step, number_of_pass, lr):
    if not np.isfinite(number):
        raise FloatingPointError(
            f"the loss is {number} at step {step} (pass {number_of_pass}) with the rate {lr:g}; "
            "the network is as after the last finished pass. Try a smaller rate"
        )


def predict(network, x, batch=500):
    """Return the scores of many images, computed a batch at a time.

    Parameters
    ----------
    network : Network
    x : (N, ...) array of floats
    batch : int

    Returns
    -------
    scores : (N, classes) array

    Examples
    --------
    >>> from convlib.nn import Dense, Network
    >>> predict(Network(Dense(4, 10, rng=0)), np.ones((1200, 4))).shape
    (1200, 10)
    """
    return np.concatenate([network(x[i : i + batch])[0] for i in range(0, len(x), batch)])


def evaluate(network, x, labels):
    """Return the loss, and the share of the images that are right.

    Parameters
    ----------
    network : Network
    x : (N, ...) array of floats
    labels : (N,) array of whole numbers

    Returns
    -------
    loss, accuracy : float

    Examples
    --------
    >>> from convlib.nn import Network
    >>> evaluate(Network(), np.log([[1.0, 3.0], [3.0, 1.0]]), np.array([1, 1]))[1]
    0.5
    """
    scores = predict(network, x)
    loss, _ = softmax_cross_entropy(scores, labels)
    return loss, float(np.mean(scores.argmax(axis=1) == labels))
