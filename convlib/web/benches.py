"""Put the scripts of the benches together: plain scripts for a page, one module for anywidget.

A page that is opened as a file cannot load modules, and anywidget loads nothing else. So every
source is a plain script that adds to one global object, and here they are written one after the
other, with what mounts them at the end.
"""

import json
import zlib

from convlib.web import joined, source, style

SHARED = (
    "operations.js",
    "texts.js",
    "bench_state.js",
    "rows_state.js",
    "controls.js",
    "cells.js",
    "copies.js",
    "bench_controls.js",
    "rows_grid.js",
    "arithmetic_row.js",
)
"""What every bench is made of, each using those before it."""

KINDS = {
    "numbers": (
        "following.js",
        "lights.js",
        "numbers_state.js",
        "numbers_grids.js",
        "numbers_settings.js",
        "bench_numbers.js",
    ),
    "layers": ("squares.js", "layers.js", "bench_layers.js"),
    "waves": ("squares.js", "waves.js", "bench_waves.js"),
    "picture": (
        "packed.js",
        "following_picture.js",
        "picture_state.js",
        "picture_file.js",
        "picture_view.js",
        "picture_weights.js",
        "own_picture.js",
        "bench_picture.js",
    ),
}
"""Kind of bench -> what only it is made of."""

STYLES = ("bench.css", "bench_layers.css", "bench_waves.css", "bench_picture.css")


def bench_parts():
    """Write the scripts that mount the benches of a page.

    Returns
    -------
    dict of str to str
        "shared" comes first, and then a script for each kind of bench.

    Examples
    --------
    >>> list(bench_parts())
    ['shared', 'numbers', 'layers', 'waves', 'picture']
    """
    parts = {
        kind: f'{joined(*names)}\nconvlib.mountBenches("{kind}");\n'
        for kind, names in KINDS.items()
    }
    return {"shared": joined(*SHARED, "bench_page.js")} | parts


def bench_files():
    """Write the same scripts as the files of a site, and one that fetches those that a page needs.

    Returns
    -------
    dict of str to str
        Text by the name of the file. A page with benches has `bench.js` in it.

    Examples
    --------
    >>> [name for name in bench_files() if name.startswith("bench_p")]
    ['bench_picture.js']
    """
    parts = bench_parts()
    files = {part: f"bench_{part}.js?v={zlib.crc32(parts[part].encode()):08x}" for part in parts}
    start = f"globalThis.convlib = {{ files: {json.dumps(files)} }};\n"
    scripts = {f"bench_{part}.js": text for part, text in parts.items()}
    return scripts | {"bench.js": start + source("bench_load.js")}


def bench_module():
    """Write the module that shows a bench in Jupyter.

    Returns
    -------
    str

    Examples
    --------
    >>> bench_module().splitlines()[-1]
    'export default { render: globalThis.convlib.renderBench };'
    """
    kinds = dict.fromkeys(name for names in KINDS.values() for name in names)
    return joined(*SHARED, *kinds, "bench_widget.js") + (
        "\nexport default { render: globalThis.convlib.renderBench };\n"
    )


def bench_style():
    """Write the style sheet of the benches of a page that has the style sheet of drawings.

    Returns
    -------
    str

    Examples
    --------
    >>> bench_style()[:28]
    '/* The bench of numbers, on '
    """
    return joined(*STYLES)


def widget_style():
    """Write the style sheet of a bench in Jupyter, with the colours of both themes.

    Returns
    -------
    str

    Examples
    --------
    >>> "--draw-window:" in widget_style() and ".bench" in widget_style()
    True
    """
    return style() + bench_style()
