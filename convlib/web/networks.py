"""Put the scripts of the view of a network together, as `benches` does for a bench."""

from convlib.web import source

SOURCES = (
    "operations.js",
    "texts.js",
    "cells.js",
    "network.js",
    "normalise.js",
)
"""What the view of a network is made of, each using those before it."""


def network_script():
    """Write the script that mounts the views of a page.

    Returns
    -------
    str

    Examples
    --------
    >>> "export" in network_script()
    False
    """
    return "\n".join(map(source, SOURCES))
