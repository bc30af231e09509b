"""Curves of what is read rightly after each pass of a training, and the same enlarged."""

from itertools import pairwise
from typing import NamedTuple

from convlib.draw import below, beside, canvas, draw_block, draw_dot, draw_label, draw_line, mark
from convlib.explore.engine import Cells

LEFT, TOP, ACROSS, DOWN = 1.7, 1.2, 6.4, 5
PLACES = {"chart": (0, (0, 25, 50, 75, 100)), "closer": (90, range(90, 101, 2))}
"""Where each axis begins, in percent, and what is written along it."""

FEWEST = 2
"""Passes that the lower axis has at least."""


class Curve(NamedTuple):
    """Shares from 0 to 1, one for each pass, and how their line is drawn."""

    colour: str
    width: float
    shares: list
    name: str = ""  # in the key; a curve without a name has no dot, either


def curves_panel(curves, passes, chosen=None):
    """Draw curves twice, whole and from 90 % on, with their key below.

    Parameters
    ----------
    curves : list of Curve
        The last one lies on top.
    passes : int
        How many passes the lower axis has.
    chosen : int, optional
        The pass that is marked. None marks the last point of each curve.

    Returns
    -------
    Panels
    """
    passes = max(passes, FEWEST)
    charts = [_chart(place, curves, passes, chosen) for place in PLACES]
    named = [curve for curve in curves if curve.name]
    key = canvas(9, 0.85 * len(named) + 0.15)
    for line, curve in enumerate(named):
        draw_dot(key, at=(line * 0.85 + 0.45, 0.5), colour=curve.colour)
        draw_label(key, curve.name, at=(line * 0.85 + 0.45, 1), align="left")
    return below(beside(*charts), key)


def pass_cells(passes):
    """Return what the places of both charts stand for: columns of the slider `passes`, from 1."""
    step = ACROSS / passes
    one = Cells(
        column="passes",
        step=(DOWN, step),
        size=(DOWN, step),
        start=(0, -step),
        shape=(1, passes + 1),
    )
    return dict.fromkeys(PLACES, one)


def share_text(share):
    """Write a share as percent with one decimal.

    Examples
    --------
    >>> share_text(0.9567)
    '95.7 %'
    """
    return f"{100 * share:.1f} %"


def _chart(place, curves, passes, chosen):
    least, marks = PLACES[place]
    ax = canvas(LEFT + ACROSS + 0.4, TOP + DOWN + 1.6)
    if chosen:
        at = TOP, _column(chosen - 1.5, passes)
        shape = DOWN, ACROSS / passes
        draw_block(ax, at=at, shape=shape, fill="outside", edge="outside")
    middle = TOP + DOWN / 2, LEFT + ACROSS / 2
    mark(ax, place, middle=middle, shape=(DOWN, ACROSS))
    title = f"from {least} %" if least else "read rightly"
    draw_label(ax, title, at=(TOP - 0.7, LEFT - 0.1), colour="quiet", align="left")
    for percent in marks:
        row = _row(percent / 100, least)
        draw_line(ax, (row, LEFT), (row, LEFT + ACROSS), colour="line", width=1)
        draw_label(ax, f"{percent} %", at=(row, LEFT - 0.15), align="right")
    for number in sorted({1, (passes + 1) // 2, passes}):
        draw_label(ax, number, at=(TOP + DOWN + 0.45, _column(number - 1, passes)))
    draw_label(ax, "passes", at=(TOP + DOWN + 1.15, LEFT + ACROSS / 2), colour="quiet")
    for curve in curves:
        for points in _above([*enumerate(curve.shares)], least / 100):
            places = [(_row(share, least), _column(number, passes)) for number, share in points]
            draw_line(ax, *places, colour=curve.colour, width=curve.width)
    for curve in curves:
        number = (chosen or len(curve.shares)) - 1
        share = curve.shares[number]
        if curve.name and share >= least / 100:
            at = _row(share, least), _column(number, passes)
            draw_dot(ax, at=at, colour=curve.colour, radius=0.12)
    return ax


def _above(points, least):
    """Cut a line of (number, share) where it is below the least share; return the pieces."""
    pieces, piece = [], [points[0]] if points[0][1] >= least else []
    for (before, low), (after, high) in pairwise(points):
        if (low < least) != (high < least):
            piece.append((before + (least - low) / (high - low) * (after - before), least))
        if high >= least:
            piece.append((after, high))
        elif piece:
            pieces.append(piece)
            piece = []
    return pieces + [piece] if piece else pieces


def _row(share, least):
    return float(round(TOP + DOWN * (100 - 100 * share) / (100 - least), 3))


def _column(number, passes):
    return LEFT + ACROSS * (number + 0.5) / passes
