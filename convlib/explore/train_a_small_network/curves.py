"""Curves of what is read rightly after each pass of a training."""

import numpy as np

from convlib.draw import below, canvas, draw_dot, draw_label, draw_line

LEFT, TOP, ACROSS, DOWN = 1.8, 1.2, 7, 5
FEWEST = 2
"""Passes that the lower axis has at least."""


def curves_panel(curves, passes):
    """Draw curves with their key below.

    Parameters
    ----------
    curves : list of (str, str, float, sequence of float)
        Name, colour, width of the line, and a share from 0 to 1 for each pass; the last one lies
        on top.
    passes : int
        How many passes the lower axis has.

    Returns
    -------
    Panels
    """
    passes = max(passes, FEWEST)
    ax = _axes(passes)
    key = canvas(9.4, 0.85 * len(curves) + 0.15)
    for line, (name, colour, width, shares) in enumerate(curves):
        points = [
            (float(np.round(TOP + DOWN * (1 - share), 3)), _column(number, passes))
            for number, share in enumerate(shares)
        ]
        draw_line(ax, *points, colour=colour, width=width)
        draw_dot(ax, at=points[-1], colour=colour, radius=0.12)
        draw_dot(key, at=(line * 0.85 + 0.45, 0.5), colour=colour)
        draw_label(key, name, at=(line * 0.85 + 0.45, 1), align="left")
    return below(ax, key)


def share_text(share):
    """Write a share as percent with one decimal.

    Examples
    --------
    >>> share_text(0.9567)
    '95.7 %'
    """
    return f"{100 * share:.1f} %"


def _axes(passes):
    ax = canvas(LEFT + ACROSS + 0.6, TOP + DOWN + 1.6)
    draw_label(ax, "read rightly", at=(TOP - 0.7, LEFT - 0.1), colour="quiet", align="left")
    for percent in (0, 25, 50, 75, 100):
        row = TOP + DOWN * (1 - percent / 100)
        draw_line(ax, (row, LEFT), (row, LEFT + ACROSS), colour="line", width=1)
        draw_label(ax, f"{percent} %", at=(row, LEFT - 0.8))
    for number in sorted({1, (passes + 1) // 2, passes}):
        draw_label(ax, number, at=(TOP + DOWN + 0.45, _column(number - 1, passes)))
    draw_label(ax, "passes", at=(TOP + DOWN + 1.15, LEFT + ACROSS / 2), colour="quiet")
    return ax


def _column(number, passes):
    return LEFT + 0.3 + (ACROSS - 0.6) * number / (passes - 1)
