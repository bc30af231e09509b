"""Explorer of the rate: steps down a parabola, too small, right, and too large."""

from convlib.draw import canvas, draw_dot, draw_label, draw_line, mark, number_text
from convlib.explore.engine import Cells, Explorer

RATES = [0.1, 0.25, 0.5, 0.75, 1, 1.1]
STEPS = 8
BEST, START = 3, 0
WIDE, HIGH = 9, 16  # what the picture shows: w from -1.5 to 7.5, losses up to 16


def explore_rate():
    """Go against the gradient of (w − 3)², step by step, with a rate of one's own.

    Returns
    -------
    Explorer
        Sliders `rate` and `step`.

    Examples
    --------
    >>> explore_rate().picture(rate=0.25, step=2).sentence
    'Rate 0.25: w goes 0, 1.5, 2.25. The loss there is 0.563.'
    """

    def frame(rate, step):
        path = walk(rate)[: step + 1]
        ax = canvas(WIDE + 0.4, 7)
        curve = [-1.5 + n / 10 for n in range(91)]
        draw_line(ax, *[place(w) for w in curve if loss(w) <= HIGH], colour="line", width=2)
        draw_line(ax, (6, 0.2), (6, WIDE + 0.2), colour="quiet", width=1)
        draw_label(ax, "loss", at=(0.4, 1.5), colour="quiet", align="left")
        for w in (0, BEST, 6):
            draw_label(ax, f"w = {w}" if w == BEST else w, at=(6.5, place(w)[1]))
        inside = [w for w in path if loss(w) <= HIGH]
        if len(inside) > 1:
            draw_line(ax, *map(place, inside), colour="window edge", width=1.5)
        for w in inside:
            draw_dot(ax, at=place(w), colour="strong" if w == path[-1] else "window")
        for n, w in enumerate(walk(rate)):
            if loss(w) <= HIGH:
                mark(ax, f"step {n}", middle=place(w), shape=(0.9, room(w, rate)))
        told = "starts at " if step == 0 else "goes "
        told += ", ".join(thousandths(w) for w in path)
        end = loss(path[-1])
        end = "below 0.01" if 0 < end < 0.01 else thousandths(end)
        return ax, f"Rate {number_text(rate)}: w {told}. The loss there is {end}."

    cells = {f"step {n}": Cells(also={"step": n}) for n in reversed(range(STEPS + 1))}
    return Explorer(frame, play="step", cells=cells, rate=RATES, step=(0, STEPS))


def walk(rate):
    """Return w before the first step and after each of them."""
    path = [float(START)]
    for _ in range(STEPS):
        path.append(round(path[-1] - rate * 2 * (path[-1] - BEST), 6))
    return path


def room(w, rate):
    """Return how wide the place of w may be, beside those of the other steps."""
    return min([0.9, *(abs(w - other) for other in walk(rate) if other != w)])


def thousandths(value):
    """Write a number with three decimals at most; a half is rounded up, as at school."""
    return number_text(f"{round(value + 1e-9, 3):g}")


def loss(w):
    """Return how far off w is."""
    return (w - BEST) ** 2


def place(w):
    """Return row and column of a point of the curve."""
    return 6 - loss(w) * 5.5 / HIGH, w + 1.7
