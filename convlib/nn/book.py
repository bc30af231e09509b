"""The network that the book trains, and what the book keeps of its training.

The two files stand beside the digits, in book/data, and not in the wheel that a browser loads;
tools/train_digits.py makes them.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from convlib.nn.layers import Conv2D, Dense, Flatten, MaxPool, Network, ReLU
from convlib.shapes import integer, pair

__all__ = ["book_network", "load_stages", "load_runs"]

DATA = Path(__file__).parents[2] / "book" / "data"


class Stage(NamedTuple):
    """The book's network at one moment of its training."""

    name: str  # "before learning", "10 batches", "pass 1" …
    step: int  # batches seen until then
    network: Network
    valid_right: int  # of the 1,000 digits to decide by
    test_right: int  # of the 1,000 that nothing was decided by


class Run(NamedTuple):
    """How a training went with each of several seeds, one row a seed."""

    losses: np.ndarray  # (seeds, steps) float32, of every batch before its step
    accuracy: np.ndarray  # (seeds, passes) float32, of the digits learnt from, as they were shown
    valid_loss: np.ndarray  # (seeds, passes), on the digits to decide by, after each pass
    valid_accuracy: np.ndarray  # (seeds, passes)
    test_accuracy: np.ndarray  # (seeds,), at the end
    weights: int  # numbers that the training could change


def book_network(rng=None, *, filters=(8, 16), padding=0, pooling=True, dtype=np.float32):
    """Build the network that the book trains: 28×28 pixels come in, ten scores go out.

    Twice convolution, ReLU and pooling, then one weighing of everything::

        (1, 28, 28) → Conv2D 5×5 → ReLU → MaxPool 2   (8, 12, 12)
                    → Conv2D 5×5 → ReLU → MaxPool 2   (16, 4, 4)
                    → Flatten → Dense                 (10,)

    Parameters
    ----------
    rng : int, Generator or None
        Where the first weights come from; a seed makes them repeatable.
    filters : (int, int)
        Of the first and the second convolution.
    padding : int
        Of both convolutions.
    pooling : bool
        Whether to pool at all.
    dtype : dtype
        Of the weights.

    Returns
    -------
    network : Network

    Examples
    --------
    >>> book_network(rng=0).count(), book_network(pooling=False).count()
    (5994, 67434)
    """
    rng, size = np.random.default_rng(rng), 28
    layers, channels = [], 1
    for count in pair(filters, "filters"):
        layers += [Conv2D(channels, count, 5, padding=padding, rng=rng, dtype=dtype), ReLU()]
        size += 2 * integer(padding, "padding", 0) - 4
        if pooling:
            layers.append(MaxPool(2))
            size //= 2
        channels = count
    return Network(*layers, Flatten(), Dense(channels * size**2, 10, rng=rng, dtype=dtype))


def load_stages(path=None, dtype=np.float32):
    """Read the book's network as it was before, during and after its training.

    Parameters
    ----------
    path : str, Path or None
        None stands for the book's own file, ``book/data/network.npz``. It holds, for the 14
        stages, `names` (14,), `steps` (14,) int64 and `right` (14, 2) int64, the digits that each
        reads rightly of the 1,000 to decide by and of the 1,000 to test with. Each array of
        parameters is kept in whole numbers of one byte: ``0.weight`` is (14, 8, 1, 5, 5) int8,
        ``0.weight.scale`` is (14,) float32, and a weight is ``number * scale`` of its stage. So
        are ``0.bias``, ``3.weight``, ``3.bias``, ``7.weight`` and ``7.bias``, numbered by layer
        as in ``Network.parameters``.
    dtype : dtype
        Of the weights: float32, or float64 to count what is right exactly on every machine.

    Returns
    -------
    stages : list of Stage
        ``stages[0]`` has learnt nothing, ``stages[-1]`` everything; each has `name`, `step`,
        `network`, `valid_right` and `test_right`.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file holds something else. Nothing in it is executed: pickles are refused.

    Examples
    --------
    >>> stages = load_stages()
    >>> [stage.name for stage in stages[:3]], stages[-1].step
    (['before learning', '10 batches', 'pass 1'], 960)
    >>> stages[-1].network.parameters["0.weight"].shape
    (8, 1, 5, 5)
    """
    path = DATA / "network.npz" if path is None else Path(path)
    empty = book_network(rng=0)
    names = [n for name in empty.parameters for n in (name, f"{name}.scale")]
    kept = _read(path, ["names", "steps", "right", *names])
    count = len(kept["names"])
    shapes = {"steps": (count,), "right": (count, 2)}
    for name, array in empty.parameters.items():
        shapes |= {name: (count, *array.shape), f"{name}.scale": (count,)}
    _check_shapes(path, kept, shapes)
    stages = []
    for i in range(count):
        network = book_network(rng=0, dtype=dtype)
        for name, array in network.parameters.items():
            array[...] = kept[name][i] * kept[f"{name}.scale"][i].astype(dtype)
        right = kept["right"][i].tolist()
        stages.append(Stage(str(kept["names"][i]), int(kept["steps"][i]), network, *right))
    return stages


def load_runs(path=None):
    """Read how the book's network learnt, and how it did with one thing changed.

    Parameters
    ----------
    path : str, Path or None
        None stands for the book's own file, ``book/data/runs.npz``. It holds `names` (R,) and,
        one row a run, the arrays that `Run` lists.

    Returns
    -------
    runs : dict of str to Run
        "as built", "shifted copies" (the one whose weights `load_stages` reads) and others.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file holds something else.

    Examples
    --------
    >>> runs = load_runs()
    >>> runs["as built"].losses.shape, runs["as built"].weights
    ((3, 960), 5994)
    """
    path = DATA / "runs.npz" if path is None else Path(path)
    kept = _read(path, ["names", *Run._fields])
    count, seeds, passes = kept["accuracy"].shape if kept["accuracy"].ndim == 3 else (0, 0, 0)
    steps = kept["losses"].shape[-1]
    shapes = {
        "names": (count,),
        "losses": (count, seeds, steps),
        "valid_loss": (count, seeds, passes),
        "valid_accuracy": (count, seeds, passes),
        "test_accuracy": (count, seeds),
        "weights": (count,),
    }
    _check_shapes(path, kept, shapes)
    rows = zip(*(kept[field] for field in Run._fields))
    runs = {str(name): Run(*row) for name, row in zip(kept["names"], rows)}
    return {name: run._replace(weights=int(run.weights)) for name, run in runs.items()}


def _read(path, names):
    """Read arrays from an npz file; nothing in it is executed."""
    try:
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as kept:
            return {name: kept[name] for name in names}
    except FileNotFoundError:
        raise FileNotFoundError(f"{path} is missing; tools/train_digits.py makes it") from None
    except Exception as error:
        raise ValueError(f"{path} is not what tools/train_digits.py makes: {error}") from None


def _check_shapes(path, kept, shapes):
    for name, shape in shapes.items():
        if kept[name].shape != shape:
            raise ValueError(
                f"{path} is not what tools/train_digits.py makes: {name} is {kept[name].shape}, "
                f"not {shape}"
            )
