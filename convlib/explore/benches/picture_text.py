"""Write a bench of pictures as one line of text, and read it: `picture_state.js` does the same.

`1;k=0,1/2,2;s=0.5;o=60,60` is version 1 of a kernel on a grey picture, a strength of a half, and
the place of the window; `c=2,-1,-1` in place of `k` are the weights of red, green and blue. What
stands at its default is left out, and the picture is never in it.
"""

import numpy as np

from convlib.explore.benches.numbers_text import VERSION, read_number, write_value

DEFAULTS = {"strength": 1, "bias": 0, "place": (0, 0)}
KEYS = {"strength": "s", "bias": "b", "place": "o"}
"""Setting -> its key in the text."""


def write_kernel(kernel):
    """Write a kernel, or three weights of a 1×1 kernel, with its key.

    Parameters
    ----------
    kernel : ndarray, shape (KH, KW) or (3, 1, 1)

    Returns
    -------
    str

    Examples
    --------
    >>> write_kernel(np.array([[0, 1], [2, 2]])), write_kernel(np.ones((3, 1, 1), dtype=int))
    ('k=0,1/2,2', 'c=1,1,1')
    """
    if kernel.ndim == 2:
        return f"k={write_value(kernel)}"
    return f"c={write_value(kernel.ravel())}"


def write_state(settings):
    """Write the settings of a bench.

    Parameters
    ----------
    settings : dict

    Returns
    -------
    str

    Examples
    --------
    >>> write_state({"kernel": np.array([[1]]), "strength": 2, "bias": 0, "place": (3, 4)})
    '1;k=1;s=2;o=3,4'
    """
    parts = [
        f"{key}={write_value(settings[name])}"
        for name, key in KEYS.items()
        if settings[name] != DEFAULTS[name]
    ]
    return ";".join([VERSION, write_kernel(settings["kernel"]), *parts])


def read_state(text):
    """Read what `write_state`, or the script in the browser, wrote.

    Parameters
    ----------
    text : str

    Returns
    -------
    dict

    Examples
    --------
    >>> read_state("1;c=2,-1,-1;b=128")["kernel"].ravel().tolist()
    [2, -1, -1]
    """
    version, *parts = text.split(";")
    if version != VERSION:
        raise ValueError(f"state must be of version {VERSION}; got {text[:20]!r}")
    values = dict(part.split("=") for part in parts)
    read = {name: _read(values[key]) for name, key in KEYS.items() if key in values}
    if "c" in values:
        kernel = np.array(_read(values["c"])).reshape(3, 1, 1)
    else:
        rows = values["k"].split("/")
        kernel = np.array([list(map(read_number, row.split(","))) for row in rows])
    return DEFAULTS | read | {"kernel": kernel}


def _read(text):
    numbers = tuple(map(read_number, text.split(",")))
    return numbers if len(numbers) > 1 else numbers[0]
