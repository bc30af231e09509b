"""Show what a reader runs on a page: the page's own HTML, each frame drawn when it is asked for.

This Python runs in a worker of the page; convlib/web/run_drawings.js asks it for frames.
"""

from convlib.draw.canvas import svg_panels
from convlib.explore.engine import Explorer
from convlib.explore.homes.page import Frames, drawing_html, explorer_html
from convlib.explore.homes.points import pointed_panels

KEPT = 100
"""Explorers that can be moved; of more, those that were shown first stand still."""

_shown = {}


def bundle(thing):
    """Return the HTML of an `Explorer` or a `Picture` by its mime type.

    Parameters
    ----------
    thing : Explorer or Picture

    Returns
    -------
    dict
    """
    if not isinstance(thing, Explorer):
        return {"text/html": drawing_html(svg_panels(thing.drawing), thing.sentence)}
    key = str(max(map(int, _shown), default=0) + 1)
    _shown[key] = thing
    if len(_shown) > KEPT:
        del _shown[min(_shown, key=int)]
    html = explorer_html(thing, AskedFrames(thing))
    return {"text/html": html.replace("<div ", f'<div data-key="{key}" ', 1)}


class AskedFrames(Frames):
    """Number every state of an explorer, and draw the one that it opens at alone."""

    def _number(self, values):
        self.frames.append(_drawn(self.explorer, values) if values == self._opening else None)
        return len(self.frames) - 1


def frame(key, values):
    """Draw a frame of an explorer that was shown.

    Parameters
    ----------
    key : str
        The `data-key` of its HTML.
    values : dict
        The value of each slider.

    Returns
    -------
    sentence, markup : str
    """
    return _drawn(_shown[key], values)


def _drawn(explorer, values):
    drawing, sentence = explorer.frame(**values)
    return sentence, pointed_panels(explorer, drawing, values)
