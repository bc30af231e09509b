"""Explorer of one row's Fourier transform: pointers laid tip to tail, and their sum."""

import itertools

import numpy as np

from convlib.draw import (
    below,
    beside,
    canvas,
    draw_arrow,
    draw_dot,
    draw_grid,
    draw_label,
    draw_line,
    factor_text,
    glue,
    grid_panel,
    number_text,
)
from convlib.explore.engine import Cells, Explorer

SIDE = 7.4
TURNED = "turned back by this share of a turn"
QUARTERS = ("1", "−q", "−1", "q")


def explore_transform(row):
    """Turn every number of a row back, step by step, and add the pointers tip to tail.

    Parameters
    ----------
    row : sequence of int
        At most 8 numbers, not all zero.

    Returns
    -------
    Explorer
        Sliders `point`, how many steps of the circle each next number is turned back, and
        `numbers`, how many of them have been added.

    Examples
    --------
    >>> explore_transform([3, 1, 2, 0]).picture(point=1, numbers=4).sentence
    'Point 1, 4 numbers: 3·1 + 1·(−q) + 2·(−1) + 0·q = 1 − q.'
    """
    row = np.asarray(row)
    size = len(row)
    back = np.exp(-2j * np.pi * (np.outer(range(size), range(size)) % size) / size)
    tips = np.cumsum(np.column_stack([np.zeros(size), back * row]), axis=1).round(6) + 0

    def frame(point, numbers):
        added = tips[point, numbers]
        parts = [[round(float(added.real), 1), round(float(added.imag), 1)]]
        total = grid_panel(parts, title="sum: across, up", fill="output")
        chain = _chain(tips[point, : numbers + 1], _view(tips))
        drawing = beside(glue(below(_row(row, point, numbers), total)), chain)
        noun = "number" if numbers == 1 else "numbers"
        return drawing, (
            f"Point {point}, {numbers} {noun}:"
            f" {_sum_text(row[:numbers], point, size)}{complex_text(added)}."
        )

    return Explorer(
        frame,
        play=("point", "numbers"),
        cells={"row": Cells(column="numbers", start=(0, -1))},
        point=(0, size - 1),
        numbers=(1, size),
    )


def complex_text(value):
    """Write a pointer as across + up·q, in tenths.

    Parameters
    ----------
    value : complex

    Returns
    -------
    str

    Examples
    --------
    >>> complex_text(1 - 1j), complex_text(2j), complex_text(-0.7071), complex_text(0)
    ('1 − q', '2q', '−0.7', '0')
    """
    across, up = (round(float(part), 1) for part in (value.real, value.imag))
    size = "" if abs(up) == 1 else number_text(abs(up))
    if not up:
        return number_text(across)
    if not across:
        return f"{'−' if up < 0 else ''}{size}q"
    return f"{number_text(across)} {'−' if up < 0 else '+'} {size}q"


def _sum_text(numbers, point, size):
    """Write the products that are added, if every pointer lies along an axis."""
    turned = [point * place * 4 / size for place in range(len(numbers))]
    if any(quarters % 1 for quarters in turned):
        return ""
    products = [
        f"{factor_text(number)}·{factor_text(QUARTERS[int(quarters) % 4])}"
        for number, quarters in zip(numbers, turned)
    ]
    return " + ".join(products) + " = "


def _view(tips):
    """Return what stands in the middle of the drawing, and how many cells a 1 takes."""
    low, high = (end(tips.real) + 1j * end(tips.imag) for end in (np.min, np.max))
    widest = max((high - low).real, (high - low).imag)
    return (low + high) / 2, (SIDE - 0.8) / widest


def _row(row, point, numbers):
    size = len(row)
    width = max(size, 0.24 * len(TURNED)) + 0.2
    ax, top, left = canvas(width, 4), 0.9, (width - size) / 2
    later = (np.arange(size) >= numbers)[np.newaxis]
    turned = [
        f"{point * place % size}/{size}" if point * place % size else "0" for place in range(size)
    ]
    draw_grid(ax, row[np.newaxis], at=(top, left), title="row", paint={"window": ~later})
    draw_label(ax, TURNED, at=(top + 1.75, width / 2), size="title")
    for place, text in enumerate(turned):
        draw_label(
            ax,
            text,
            at=(top + 2.5, left + place + 0.5),
            colour="ink" if place < numbers else "line",
        )
    return ax


def _chain(tips, view):
    ax, top, left, (middle, scale) = canvas(SIDE + 0.4, SIDE + 1.2), 0.9, 0.2, view

    def place(value):
        away = scale * (value - middle)
        return top + SIDE / 2 - away.imag, left + SIDE / 2 + away.real

    (row, column), ends = place(0), [place(value) for value in tips]
    draw_label(ax, "tip to tail", at=(top - 0.45, left + SIDE / 2), size="title")
    draw_line(ax, (row, left), (row, left + SIDE))
    draw_line(ax, (top, column), (top + SIDE, column))
    for start, end in itertools.pairwise(ends):
        if start != end:
            draw_arrow(ax, start=start, end=end, colour="window edge")
    if ends[-1] != ends[0]:
        draw_line(ax, ends[0], ends[-1], colour="output edge", width=2.4)
    return draw_dot(ax, at=ends[-1], colour="output")
