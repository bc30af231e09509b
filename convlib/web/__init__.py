"""What runs in the reader's browser: scripts and style sheets, with no build step."""

from importlib.resources import files

from convlib.draw.palette import declarations


def source(name):
    """Read a script or a style sheet of this folder.

    Parameters
    ----------
    name : str

    Returns
    -------
    str

    Examples
    --------
    >>> source("explorer.js").startswith("// Serves every explorer")
    True
    """
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def joined(*names):
    """Write several scripts one after the other, each using those before it.

    Parameters
    ----------
    *names : str

    Returns
    -------
    str

    Examples
    --------
    >>> joined("explorer.js") == source("explorer.js")
    True
    """
    return "\n".join(map(source, names))


def explorer_script():
    """Write the script that serves the explorers of a page.

    Returns
    -------
    str

    Examples
    --------
    >>> explorer_script().startswith("// Lets the reader point at a picture")
    True
    """
    return joined("pointing.js", "packed.js", "explorer.js")


def picture_module():
    """Write the module that shows an explorer's picture in Jupyter.

    Returns
    -------
    str

    Examples
    --------
    >>> picture_module().splitlines()[-1]
    'export default { render: globalThis.convlib.renderPicture };'
    """
    export = "export default { render: globalThis.convlib.renderPicture };\n"
    return joined("pointing.js", "picture_widget.js") + export


def style():
    """Write the style sheet of drawings and explorers, with the colours of both themes.

    Returns
    -------
    str

    Examples
    --------
    >>> "--draw-window:#cde5f7;" in style()
    True
    """
    return (
        f":root{{{declarations('light')}}}\n"
        f"@media screen{{{DARK_THEMES}{{{declarations('dark')}{DARK_INK}}}}}\n"
        + source("explorer.css")
    )


DARK_THEMES = 'html[data-theme="dark"],body[data-jp-theme-light="false"],body.vscode-dark'
"""How the site, JupyterLab and VS Code say that their theme is dark."""

DARK_INK = "--draw-inked:invert(.88) hue-rotate(180deg)"
"""Turns white paper and black ink into those of the dark palette; other colours keep their hue."""
