"""Explorer of the rate: steps down a parabola, too small, right, and too large."""

from convlib.draw import canvas, draw_dot, draw_label, draw_line, mark, number_text
from convlib.explore.engine import Cells, Explorer

RATES = [0.1, 0.25, 0.5, 0.75, 1, 1.1]
STEPS = 8
BEST, START = 3, 0
WIDE, DOWN = 9, 5.5  # of the picture, in cells
NEAR = 4.5, 16  # what it shows: w so far from the best at most, and losses up to this
FAR = 13.5, 180  # the same where steps grow


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
        span, high = view(rate)
        curve = [BEST + span * n / 45 for n in range(-45, 46)]
        curve = [place(w, rate) for w in curve if loss(w) <= high]
        draw_line(ax, *curve, colour="line", width=2)
        draw_line(ax, (6, 0.2), (6, WIDE + 0.2), colour="quiet", width=1)
        draw_label(ax, "loss", at=(0.4, 1.5), colour="quiet", align="left")
        for w in (BEST - 2 * span / 3, BEST, BEST + 2 * span / 3):
            text = number_text(round(w))
            draw_label(ax, f"w = {text}" if w == BEST else text, at=(6.5, place(w, rate)[1]))
        places = [place(w, rate) for w in path]
        if len(places) > 1:
            draw_line(ax, *places, colour="window edge", width=1.5)
        for n, at in enumerate(places):
            draw_dot(ax, at=at, colour="strong" if n == step else "window")
        for n, w in enumerate(walk(rate)):
            mark(ax, f"step {n}", middle=place(w, rate), shape=(0.9, room(w, rate)))
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
    column = place(w, rate)[1]
    others = (place(other, rate)[1] for other in walk(rate) if other != w)
    return min([0.9, *(abs(column - other) for other in others)])


def thousandths(value):
    """Write a number with three decimals at most; a half is rounded up, as at school."""
    return number_text(f"{round(value + 1e-9, 3):g}")


def loss(w):
    """Return how far off w is."""
    return (w - BEST) ** 2


def view(rate):
    """Return how far from the best w a picture goes, and up to which loss."""
    return NEAR if rate <= 1 else FAR


def place(w, rate):
    """Return row and column of a point of the curve."""
    span, high = view(rate)
    return 6 - loss(w) * DOWN / high, 4.7 + (w - BEST) * WIDE / 2 / span
