"""Put the scripts of a bench together: one plain script for a page, one module for anywidget.

A page that is opened as a file cannot load modules, and anywidget loads nothing else. So every
source is a plain script that adds to one global object, and here they are written one after the
other, with what mounts them at the end.
"""

from convlib.web import joined, source, style

SOURCES = (
    "operations.js",
    "texts.js",
    "following.js",
    "lights.js",
    "bench_state.js",
    "numbers_state.js",
    "cells.js",
    "bench_controls.js",
    "bench_numbers.js",
    "squares.js",
    "layers.js",
    "bench_layers.js",
    "waves.js",
    "bench_waves.js",
)
"""What the benches are made of, each using those before it."""


def bench_script():
    """Write the script that mounts the benches of a page.

    Returns
    -------
    str

    Examples
    --------
    >>> "export" in bench_script()
    False
    """
    return joined(*SOURCES, "bench_page.js")


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
    return joined(*SOURCES) + "\nexport default { render: globalThis.convlib.renderBench };\n"


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
    return "".join(map(source, ("bench.css", "bench_layers.css", "bench_waves.css")))


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
