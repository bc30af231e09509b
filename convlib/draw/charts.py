"""Draw quantities as marks and bars, on axes of powers of ten or of equal steps."""

from math import ceil, floor, log10

from convlib.draw.canvas import Place, canvas
from convlib.draw.pieces import draw_block, draw_label, draw_line

ROW = 1.5
"""Rows that a line of `rank_panel` takes."""

POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class LogAxis:
    """A line on the canvas along which every power of ten has the same length.

    Parameters
    ----------
    smallest, largest : float
        Positive; the axis begins and ends at the powers of ten around them.
    start, end : float
        Row or column of the canvas where the axis begins and ends.

    Examples
    --------
    >>> axis = LogAxis(2, 900, start=0, end=6)
    >>> list(axis.powers()), axis(10.0)
    ([0, 1, 2, 3], 2.0)
    """

    def __init__(self, smallest, largest, *, start, end):
        self.first = floor(log10(smallest))
        self.last = max(ceil(log10(largest)), self.first + 1)
        self.start = start
        self.end = end

    def __call__(self, value):
        """Return where a value stands."""
        share = (log10(value) - self.first) / (self.last - self.first)
        return self.start + share * (self.end - self.start)

    def powers(self):
        """Return the exponents of the powers of ten on the axis."""
        return range(self.first, self.last + 1)


def power_text(exponent, whole=3):
    """Write a power of ten, the small ones as numbers.

    Parameters
    ----------
    exponent : int
    whole : int
        The largest exponent whose power is written as a number.

    Returns
    -------
    str

    Examples
    --------
    >>> power_text(2), power_text(-1), power_text(6), power_text(3, whole=2)
    ('100', '0.1', '10⁶', '10³')
    """
    if -2 <= exponent <= whole:
        return f"{10**exponent:,}" if exponent >= 0 else f"{10**exponent:.{-exponent}f}"
    return "10" + str(exponent).translate(POWERS)


def draw_axes(ax, along, up, *, along_title, up_title, marks=None, unit=0):
    """Draw the lines of a chart with two logarithmic axes, and name the axes.

    Parameters
    ----------
    ax : Panel
    along, up : LogAxis
        Columns and rows of the panel. Values may grow to either side.
    along_title, up_title : str
    marks : sequence of number, optional
        What is written along the lower axis, in place of the powers of ten.
    unit : int
        The vertical axis is written in units of this power of ten.

    Returns
    -------
    Panel
        `panel.grids["chart"]` tells where the curves have their place.
    """
    left, right = sorted((along.start, along.end))
    ax.grids["chart"] = Place(up.end, left, up.start - up.end, right - left)
    for exponent in up.powers():
        row = up(10.0**exponent)
        draw_line(ax, (row, left), (row, right), colour="outside")
        text = power_text(exponent - unit)
        at = (row, left - 0.2)
        draw_label(ax, text, at=at, size="index", colour="quiet", align="right")
    marks = marks or [10.0**exponent for exponent in along.powers()]
    for mark in marks:
        column = along(mark)
        draw_line(ax, (up.start, column), (up.start + 0.15, column), colour="line")
        text = power_text(round(log10(mark))) if isinstance(mark, float) else mark
        draw_label(ax, text, at=(up.start + 0.45, column), size="index", colour="quiet")
    draw_label(ax, up_title, at=(up.end - 0.6, 0.1), align="left", colour="quiet")
    at = (up.start + 1.1, (left + right) / 2)
    return draw_label(ax, along_title, at=at, colour="quiet")


def labels_apart(rows, gap=0.6):
    """Move labels up so that none stands on another; the lowest stays, and so does their order.

    Parameters
    ----------
    rows : dict of str to float
        Where each label would stand by itself.
    gap : float
        Rows from the middle of a label to the middle of the next.

    Returns
    -------
    dict of str to float

    Examples
    --------
    >>> labels_apart({"shifts": 2, "FFT": 6, "PyTorch": 1.75}, gap=0.5)
    {'FFT': 6, 'shifts': 2, 'PyTorch': 1.5}
    """
    apart, free = {}, float("inf")
    for name, row in sorted(rows.items(), key=lambda named: -named[1]):
        apart[name] = min(row, free)
        free = apart[name] - gap
    return apart


def rank_panel(axis, values, *, title, texts, colour="window"):
    """Make a panel of marks on a logarithmic axis, one line for each value.

    A mark is upright, so that nobody takes it for a slider.

    Parameters
    ----------
    axis : LogAxis
        Columns of the panel, from 0.3 to at most 9.
    values : dict of str to float
        A value of 0 gets no mark.
    title : str
    texts : dict of str to str
        What is written at the right end of each line; its name stands at the left end.
    colour : str
        Name of `PALETTE`, of the marks.

    Returns
    -------
    Panel

    Examples
    --------
    >>> axis = LogAxis(1, 100, start=0.3, end=8.8)
    >>> rank_panel(axis, {"loop": 9}, title="calls", texts={"loop": "9"}).height
    3.8
    """
    first = 1.3
    bottom = first + ROW * len(values)
    whole = 3 if axis(10.0) - axis(1.0) >= 1 else 2  # where 1,000 would touch the 100 before it
    ax = canvas(axis.end + 0.5, bottom + 1)
    draw_label(ax, title, at=(0.45, 0.1), size="title", align="left")
    for exponent in axis.powers():
        column = axis(10.0**exponent)
        draw_line(ax, (first - 0.2, column), (bottom, column))
        at = (bottom + 0.4, column)
        draw_label(ax, power_text(exponent, whole), at=at, size="index", colour="quiet")
    for line, (name, value) in enumerate(values.items()):
        row = first + ROW * line
        draw_label(ax, name, at=(row + 0.3, axis.start), align="left")
        draw_label(ax, texts[name], at=(row + 0.3, axis.end), align="right")
        draw_line(ax, (row + 0.9, axis.start), (row + 0.9, axis.end))
        if value:
            at = (row + 0.65, axis(value) - 0.1)
            draw_block(ax, at=at, shape=(0.5, 0.2), fill=colour, edge="ink")
    return ax


def bars_panel(values, *, title, texts, most, width=8, colour="window"):
    """Make a panel of bars that all begin at 0, one line for each value.

    Parameters
    ----------
    values : dict of str to float
        From 0 to `most`.
    title : str
    texts : dict of str to str
        What is written at the right end of each line; its name stands at the left end.
    most : float
        The value whose bar is as long as the panel is wide.
    width : float
        In cells.
    colour : str
        Name of `PALETTE`, of the bars.

    Returns
    -------
    Panel

    Examples
    --------
    >>> bars_panel({"pixels": 0.5}, title="changed", texts={"pixels": "50 %"}, most=2).width
    8.2
    """
    first = 1.1
    ax = canvas(width + 0.2, first + 1.3 * len(values))
    draw_label(ax, title, at=(0.45, 0.1), size="title", align="left")
    for line, (name, value) in enumerate(values.items()):
        row = first + 1.3 * line
        draw_label(ax, name, at=(row + 0.3, 0.1), align="left")
        draw_label(ax, texts[name], at=(row + 0.3, 0.1 + width), align="right")
        draw_block(ax, at=(row + 0.65, 0.1), shape=(0.4, width), fill="outside", edge="outside")
        if value:
            shape = (0.4, width * value / most)
            draw_block(ax, at=(row + 0.65, 0.1), shape=shape, fill=colour, edge=f"{colour} edge")
    return ax
