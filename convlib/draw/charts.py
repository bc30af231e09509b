"""Draw quantities that differ by powers of ten."""

from math import ceil, floor, log10

from convlib.draw.pieces import draw_block, draw_label, draw_line

ROW = 1.1
BAR = 0.7
TEXT = 3.2
POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class LogAxis:
    """A line on the canvas along which every power of ten has the same length.

    Parameters
    ----------
    smallest, largest : float
        Positive; the axis begins and ends at the powers of ten around them.
    start, end : float
        Row or column of the canvas where the axis begins and ends.
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


def power_text(exponent):
    """Write a power of ten, the small ones as numbers.

    Parameters
    ----------
    exponent : int

    Returns
    -------
    str

    Examples
    --------
    >>> power_text(2), power_text(-1), power_text(6)
    ('100', '0.1', '10⁶')
    """
    if -2 <= exponent <= 3:
        return f"{10**exponent:,}" if exponent >= 0 else f"{10**exponent:.{-exponent}f}"
    return "10" + str(exponent).translate(POWERS)


def draw_bars(ax, axis, values, *, top, title, texts, fill="window"):
    """Draw one bar below the other along a logarithmic axis, each with its name and its number.

    Parameters
    ----------
    ax : Panel
    axis : LogAxis
        Columns of the canvas. Names stand to its left.
    values : dict of str to float
        A value of 0 gets no bar.
    top : float
        Row of the canvas where the title stands.
    title : str
    texts : dict of str to str
        What is written to the right of the axis.
    fill : str
        Name of `PALETTE`.

    Returns
    -------
    Panel
    """
    first = top + 1.2
    bottom = first + ROW * len(values)
    draw_label(ax, title, at=(top, axis.start), size="title", align="left")
    for exponent in axis.powers():
        column = axis(10.0**exponent)
        draw_line(ax, (first - 0.2, column), (bottom, column))
        draw_label(ax, power_text(exponent), at=(bottom + 0.4, column), size="index",
                   colour="quiet")
    for line, (name, value) in enumerate(values.items()):
        row = first + ROW * line
        end = axis(value) if value else axis.start
        draw_block(ax, at=(row, axis.start), shape=(BAR, end - axis.start), fill=fill)
        draw_label(ax, name, at=(row + BAR / 2, axis.start - 0.3), align="right")
        draw_label(ax, texts[name], at=(row + BAR / 2, axis.end + TEXT), align="right")
    return ax
