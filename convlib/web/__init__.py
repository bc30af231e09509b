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
        f"@media screen{{{DARK_THEMES}{{{declarations('dark')}}}}}\n" + source("explorer.css")
    )


DARK_THEMES = 'html[data-theme="dark"],body[data-jp-theme-light="false"],body.vscode-dark'
"""How the site, JupyterLab and VS Code say that their theme is dark."""
