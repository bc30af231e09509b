"""Explorer of the bend: what comes out of ReLU above what goes in."""

from convlib.draw import canvas, draw_dot, draw_label, draw_line, mark, number_text
from convlib.explore.engine import Cells, Explorer

LEAST, MOST = -2, 4
BIASES = {"0": 0, "−1": -1, "−2": -2}
LOWEST = LEAST + min(BIASES.values())
LEFT, TOP = 1.6, 1.1
"""Where the picture begins on its panel: the answer LEAST, and MOST that comes out."""


def explore_bend():
    """Change an answer and a bias, and see what the bend lets through.

    Returns
    -------
    Explorer
        Slider `answer`, what a kernel says, and buttons `bias`, which is added before the bend.

    Examples
    --------
    >>> explore_bend().picture(answer=3, bias="−2").sentence
    'Answer 3, bias −2: 3 − 2 = 1 is above 0, so 1 comes out.'
    >>> explore_bend().picture(answer=-2).sentence
    'Answer −2, bias 0: −2 + 0 = −2 is not above 0, so 0 comes out.'
    """

    def frame(answer, bias):
        shift = BIASES[bias]
        sum_ = answer + shift
        out = max(sum_, 0)
        ax = _axes()
        draw_line(ax, _at(LEAST, LEAST + shift), _at(-shift, 0), colour="strong edge", width=1)
        bent = _at(LEAST, 0), _at(-shift, 0), _at(MOST, MOST + shift)
        draw_line(ax, *bent, colour="ink", width=3)
        if sum_ < 0:
            draw_line(ax, _at(answer, sum_), _at(answer, 0), colour="strong edge", width=2)
            draw_dot(ax, at=_at(answer, sum_), colour="strong")
        draw_dot(ax, at=_at(answer, out), colour="output", radius=0.3)
        added = f"− {-shift}" if shift else "+ 0"
        told = f"{number_text(answer)} {added} = {number_text(sum_)}"
        above = "above" if sum_ > 0 else "not above"
        return ax, (
            f"Answer {number_text(answer)}, bias {bias}: {told} is {above} 0, so {out} comes out."
        )

    cells = {"chart": Cells(column="answer", start=(0, -LEAST))}
    return Explorer(frame, play="answer", cells=cells, answer=(LEAST, MOST), bias=list(BIASES))


def _axes():
    """Draw both axes through 0, with their numbers and names."""
    ax = canvas(LEFT + MOST - LEAST + 2.2, TOP + MOST - LOWEST + 0.5)
    middle = _at((LEAST + MOST) / 2, (LOWEST + MOST) / 2)
    mark(ax, "chart", middle=middle, shape=(MOST - LOWEST, MOST - LEAST + 1))
    draw_line(ax, _at(LEAST - 0.4, 0), _at(MOST + 0.4, 0), colour="line")
    draw_line(ax, _at(0, LOWEST), _at(0, MOST + 0.3), colour="line")
    for answer in range(LEAST, MOST + 1):
        if answer:
            row, column = _at(answer, 0)
            draw_label(ax, answer, at=(row - 0.55, column), size="index", colour="quiet")
    for out in range(LOWEST, MOST + 1, 2):
        row, column = _at(LEAST - 0.6, out)
        draw_label(ax, out, at=(row, column), size="index", colour="quiet", align="right")
    draw_label(ax, "comes out", at=(TOP - 0.7, _at(0, 0)[1]), colour="quiet")
    place = (_at(0, 0)[0], _at(MOST, 0)[1] + 0.55)
    draw_label(ax, "answer", at=place, align="left", colour="quiet")
    return ax


def _at(answer, out):
    """Return row and column of a point of the picture."""
    return TOP + MOST - out, LEFT + answer - LEAST
