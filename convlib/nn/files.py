"""Keep what a network has learnt in a file, without anything that could be executed."""

import zipfile

import numpy as np

__all__ = ["save", "load"]


def save(path, network):
    """Write the parameters of a network to an ``.npz`` file.

    Parameters
    ----------
    path : str or Path
        Ends in ``.npz``.
    network : Network

    Raises
    ------
    ValueError
        If `path` has another ending.

    Examples
    --------
    >>> import tempfile
    >>> from convlib.nn import Dense, Network
    >>> one, other = Network(Dense(2, 3, rng=0)), Network(Dense(2, 3, rng=1))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(f"{folder}/weights.npz", one)
    ...     load(f"{folder}/weights.npz", other)
    >>> bool((one.parameters["0.weight"] == other.parameters["0.weight"]).all())
    True
    """
    if not str(path).endswith(".npz"):
        raise ValueError(f"path must end in .npz; got {path}")
    np.savez(path, **network.parameters)


def load(path, network):
    """Read parameters from a file that `save` wrote into a network of the same layers.

    Parameters
    ----------
    path : str or Path
    network : Network
        Is changed only when the whole file has been read and fits.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is damaged, of another kind, or of a network with other layers. Nothing in it
        is executed: pickles are refused.

    Examples
    --------
    See `save`.

    >>> from convlib.nn import Network
    >>> load("nowhere.npz", Network())
    Traceback (most recent call last):
        ...
    FileNotFoundError: [Errno 2] No such file or directory: 'nowhere.npz'
    """
    wanted = network.parameters
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {member.filename: member.file_size for member in archive.infolist()}
        found = {name.removesuffix(".npy") for name in sizes}
        if found != {*wanted}:
            raise ValueError(f"it holds {sorted(found)}, but the network has {sorted(wanted)}")
        for name, array in wanted.items():
            if sizes[f"{name}.npy"] > array.nbytes + 4096:
                raise ValueError(f"{name} is larger than the network's {array.shape}")
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in wanted}
        for name, array in arrays.items():
            if not isinstance(array, np.ndarray):  # bytes, where a member is no array
                raise ValueError(f"{name} is not an array")
    except FileNotFoundError:
        raise
    except Exception as error:
        raise ValueError(f"{path} cannot be loaded: {error}") from None
    for name, array in arrays.items():
        if (array.shape, array.dtype) != (wanted[name].shape, wanted[name].dtype):
            raise ValueError(
                f"{path} cannot be loaded: {name} is {array.shape} of {array.dtype}, but the "
                f"network has {wanted[name].shape} of {wanted[name].dtype}"
            )
    for name, array in arrays.items():
        wanted[name][...] = array
