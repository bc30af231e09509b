"""Put together what lets a reader run a page's cells: the scripts, and the library for the worker.

Everything but `run_bar.js` is fetched when the reader first presses a button.
"""

import io
import zipfile
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

LONG_AGO = (1980, 1, 1, 0, 0, 0)


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
    """Pack the library as a zip file, the same bytes whenever it is the same library.

    Returns
    -------
    bytes

    Examples
    --------
    >>> len(archive()) < 300_000
    True
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for path in sorted(LIBRARY.rglob("*")):
            name = path.relative_to(LIBRARY).as_posix()
            is_left_out = name in LEFT_OUT or name.endswith("_widget.py")
            if path.suffix in (".py", ".json", ".csv") and not is_left_out:
                info = zipfile.ZipInfo(f"convlib/{name}", LONG_AGO)
                info.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(info, path.read_bytes())
    return file.getvalue()
