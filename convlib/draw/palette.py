"""The colours of every drawing: one table for Python, style sheets and scripts.

Hues come from the Okabe-Ito set, which colour-blind readers tell apart. Pale fills carry `ink`
text; the edges are dark enough to read as lines and as text. One meaning a colour through the
whole book: pale blue is the window, amber the kernel, pale green the output, pink what stands
out. Strong red, green and blue mark the channels of a colour image and nothing else.
"""

import json
from importlib.resources import files

PALETTE = json.loads(files(__package__).joinpath("palette.json").read_text(encoding="utf-8"))
"""Name of each colour -> its values, "light" and "dark"."""


def variable(name):
    """Write a colour as a CSS variable, with its light value where no style sheet sets it.

    Parameters
    ----------
    name : str
        Name of `PALETTE`.

    Returns
    -------
    str

    Examples
    --------
    >>> variable("window edge")
    'var(--draw-window-edge,#0b6bb0)'
    """
    return f"var(--draw-{name.replace(' ', '-')},{PALETTE[name]['light']})"


def declarations(theme):
    """Write the CSS declarations that give every variable its value.

    Parameters
    ----------
    theme : {'light', 'dark'}

    Returns
    -------
    str

    Examples
    --------
    >>> declarations("dark")[:40]
    '--draw-ink:#eef1f4;--draw-quiet:#b0b9c2;'
    """
    return "".join(
        f"--draw-{name.replace(' ', '-')}:{colours[theme]};" for name, colours in PALETTE.items()
    )
