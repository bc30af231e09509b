"""Put together what lets a reader run a page's cells: the scripts, and the library for the worker.

Everything but `run_bar.js` is fetched when the reader first presses a button.
"""

import gzip
import io
import tarfile
from pathlib import Path

from convlib.web import source

PYODIDE = "https://cdn.jsdelivr.net/pyodide/v314.0.6/full/"
"""The official distribution of the Python that runs in a browser, and its version."""

SOURCES = (
    "python.js",
    "run_drawings.js",
    "editor.js",
    "kept.js",
    "choice.js",
    "written.js",
    "turn.js",
    "run_cells.js",
)
"""What a page loads when the reader first presses a button, each using those before it."""

LIBRARY = Path(__file__).parents[1]
LEFT_OUT = ("web/benches.py", "web/networks.py", "explore/homes/kernel.py")
"""What only a computer of one's own can run."""


def run_script():
    """Write the script that edits and runs the cells of a page.

    Returns
    -------
    str

    Examples
    --------
    >>> run_script().count('"use strict";') == len(SOURCES)
    True
    """
    return "\n".join(source(name) for name in SOURCES)


def archive():
    """Pack the library as a compressed tar file, the same bytes whenever it is the same library.

    In one piece it takes two thirds of a zip file. Its name on the site must not end with `.gz`:
    some hosts would have browsers unpack it.

    Returns
    -------
    bytes

    Examples
    --------
    >>> len(archive()) < 300_000
    True
    """
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as packed:
        for path in sorted(LIBRARY.rglob("*")):
            name = path.relative_to(LIBRARY).as_posix()
            is_left_out = name in LEFT_OUT or name.endswith("_widget.py")
            if path.suffix in (".py", ".json", ".csv") and not is_left_out:
                content = path.read_bytes()
                info = tarfile.TarInfo(f"convlib/{name}")
                info.size = len(content)
                packed.addfile(info, io.BytesIO(content))
    return gzip.compress(file.getvalue(), mtime=0)
