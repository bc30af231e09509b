"""Write a bench of numbers as one line of text, and read it: `texts.js` does the same.

`1;x=3,0/1,2;k=0,1/2,2;s=2` is version 1 of an image of two rows, a kernel, and a stride of 2;
what stands at its default is left out.
"""

from urllib.parse import quote, unquote

import numpy as np

VERSION = "1"
KEYS = {
    "pool": "pool",
    "image": "x",
    "kernel": "k",
    "size": "w",
    "stride": "s",
    "padding": "p",
    "dilation": "d",
    "bias": "b",
    "flipped": "f",
    "ceil_mode": "c",
    "count_include_pad": "n",
    "place": "o",
}
"""Setting -> its key in the text."""

DEFAULTS = {
    "padding": 0,
    "dilation": 1,
    "bias": 0,
    "flipped": False,
    "size": (2, 2),
    "ceil_mode": False,
    "count_include_pad": True,
    "place": (0, 0),
}


def default_stride(pool):
    """Return the stride of an operation that is given none."""
    return None if pool else 1


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
    >>> write_state({"image": np.array([[3, 0], [1, 2]]), "padding": (1, 2), "stride": None})
    '1;x=3,0/1,2;s=none;p=1,2'
    """
    usual = DEFAULTS | {"stride": default_stride(settings.get("pool"))}
    parts = [
        f"{key}={write_value(settings[name])}"
        for name, key in KEYS.items()
        if name in settings and (name not in usual or settings[name] != usual[name])
    ]
    return ";".join([VERSION, *(part for part in parts if part != "pool=none")])


def write_value(value):
    """Write a number, a word, a pair, rows of numbers, a yes or a no."""
    if value is None:
        return "none"
    if isinstance(value, (bool, np.bool_)):
        return str(int(value))
    if isinstance(value, np.ndarray):
        return write_value(value.tolist())
    if isinstance(value, (tuple, list)):
        separator = "/" if isinstance(value[0], (tuple, list)) else ","
        return separator.join(map(write_value, value))
    return quote(value, safe="") if isinstance(value, str) else repr(value)


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
    >>> read_state("1;x=3,0/1,2;k=1;p=same")["padding"]
    'same'
    """
    version, *parts = text.split(";")
    if version != VERSION:
        raise ValueError(f"state must be of version {VERSION}; got {text[:20]!r}")
    names = {key: name for name, key in KEYS.items()}
    read = {}
    for part in parts:
        key, _, value = part.partition("=")
        read[names[key]] = _read_value(names[key], value)
    usual = {"pool": None, "stride": default_stride(read.get("pool"))}
    return DEFAULTS | usual | read


def _read_value(name, text):
    if name in ("image", "kernel"):
        return np.array([[read_number(part) for part in row.split(",")] for row in text.split("/")])
    if name in ("flipped", "ceil_mode", "count_include_pad"):
        return text == "1"
    if "/" in text:
        return tuple(_read_value(name, part) for part in text.split("/"))
    if "," in text:
        return tuple(map(read_number, text.split(",")))
    return None if text == "none" else read_number(text)


def read_number(text):
    """Read a whole number, a fraction, or else a word."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return unquote(text)
