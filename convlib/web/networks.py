"""Put the scripts of the view of a network together, as `benches` does for a bench."""

from convlib.web import joined, style

SOURCES = (
    "operations.js",
    "texts.js",
    "controls.js",
    "cells.js",
    "copies.js",
    "packed.js",
    "network.js",
    "normalise.js",
    "ink.js",
    "pad.js",
    "reach.js",
    "layer_texts.js",
    "maps.js",
    "arithmetic.js",
    "pointed_cell.js",
    "changes.js",
    "change_texts.js",
    "recount.js",
    "network_state.js",
    "answer.js",
    "network_top.js",
    "change_panel.js",
    "training.js",
    "story.js",
    "network_view.js",
)
"""What the view of a network is made of, each using those before it."""

STYLES = (
    "bench.css",
    "network.css",
    "pad.css",
    "answer.css",
    "training.css",
    "maps.css",
    "arithmetic.css",
    "change_panel.css",
)
"""Its style sheets, which stand beside the scripts of the same names."""


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
    return joined(*SOURCES, "network_page.js")


def network_module():
    """Write the module that shows a network in Jupyter.

    Returns
    -------
    str

    Examples
    --------
    >>> network_module().splitlines()[-1]
    'export default { render: globalThis.convlib.renderNetwork };'
    """
    return joined(*SOURCES, "network_widget.js") + (
        "\nexport default { render: globalThis.convlib.renderNetwork };\n"
    )


def network_style():
    """Write the style sheet of the views of a page that has the style sheet of drawings.

    Returns
    -------
    str

    Examples
    --------
    >>> ".pad" in network_style() and ".cell" in network_style()
    True
    """
    return joined(*STYLES)


def network_widget_style():
    """Write the style sheet of a view in Jupyter, with the colours of both themes.

    Returns
    -------
    str

    Examples
    --------
    >>> "--draw-window:" in network_widget_style()
    True
    """
    return style() + network_style()


def book_script(packed):
    """Write the script that holds the book's network.

    Parameters
    ----------
    packed : str

    Returns
    -------
    str

    Examples
    --------
    >>> book_script("AbC=")
    'globalThis.convlib.bookNetwork = "AbC=";'
    """
    return f'globalThis.convlib.bookNetwork = "{packed}";'
