"""Explorers of one row of an image: how many places a window has, and where the zeros go."""

import numpy as np

from convlib.draw import canvas, draw_arrow, draw_cells, draw_grid, draw_label, draw_outline
from convlib.explore.explorer import Explorer
from convlib.explore.words import listing
from convlib.shapes import conv_padding, output_size, span

TOP = 1.1
LEFT = 0.4
PLACES = TOP + 2.0


def explore_line(n, k, *, stride=1, padding=0, dilation=1):
    """List the places of a window along one row of an image.

    Parameters
    ----------
    n, k, stride, padding, dilation : int or (int, int)
        Sizes of the image and the kernel, and how the window moves: one value, or
        the first and last of a slider. No kernel may be larger than the image.

    Returns
    -------
    Explorer
        One slider for each pair. A dilation with which the window does not fit is
        not offered.

    Examples
    --------
    >>> explore_line(n=5, k=3, padding=(0, 2)).picture(padding=1).sentence[:55]
    'On 5 + 2·1 = 7 cells a window of 3 can move 7 − 3 = 4. '
    """
    limits = slider_limits(n=n, k=k, stride=stride, padding=padding, dilation=dilation)
    first, last = ends(limits)
    most = output_size(last["n"], first["k"], first["stride"], last["padding"], first["dilation"])
    size = (last["padding"], last["n"], last["padding"], most)

    def dilations(**earlier):
        values = first | earlier
        width = values["n"] + 2 * values["padding"]
        return first["dilation"], max(d for d in range(first["dilation"], last["dilation"] + 1)
                                      if span(values["k"], d) <= width)

    def frame(**chosen):
        values = first | chosen
        n, padding = values["n"], values["padding"]
        seen = seen_cells(**values)
        figure = draw_line(n, (padding, padding), seen, size)
        return figure, f"{_count_text(**values)}{_unseen_text(n, seen)}"

    sliders = moving(limits)
    if "dilation" in sliders:
        sliders["dilation"] = dilations
    return Explorer(frame, play=tuple(sliders), **sliders)


def explore_same(*, n=(4, 8), k=(2, 4), stride=(1, 3)):
    """Show where "same" puts its zeros along one row of an image, and what "valid" sees.

    Parameters
    ----------
    n, k, stride : int or (int, int)
        Sizes of the image and the kernel, and how far the window moves: one value, or
        the first and last of a slider. No kernel may be larger than the image.

    Returns
    -------
    Explorer
        Slider `padding` chooses "same" or "valid"; then one slider for each pair.

    Examples
    --------
    >>> explore_same(n=4, k=3, stride=2).picture().sentence[-52:]
    'The image has 4: 0 zeros before it, 1 zero after it.'
    """
    limits = slider_limits(n=n, k=k, stride=stride)
    first, last = ends(limits)
    most_zeros = last["k"] // 2
    size = (most_zeros, last["n"], most_zeros,
            output_size(last["n"], first["k"], first["stride"], "same"))

    def frame(padding, **chosen):
        n, k, stride = (first | chosen).values()
        (zeros,) = conv_padding(padding, (n,), (k,), (stride,), (1,))
        seen = seen_cells(n, k, stride, zeros)
        says = _same_text(n, k, stride, zeros) if padding == "same" else _count_text(n, k, stride)
        return draw_line(n, zeros, seen, size), says + _unseen_text(n, seen)

    return Explorer(frame, padding=["same", "valid"], **moving(limits))


def slider_limits(**settings):
    """Write every setting, one value or a pair, as (first, last)."""
    return {name: (value, value) if isinstance(value, int) else value
            for name, value in settings.items()}


def ends(limits):
    """Return the first value of every setting, and the last."""
    return tuple({name: pair[end] for name, pair in limits.items()} for end in (0, 1))


def moving(limits):
    """Keep the settings that have more than one value: those become sliders."""
    return {name: pair for name, pair in limits.items() if pair[0] != pair[1]}


def seen_cells(n, k, stride=1, padding=0, dilation=1):
    """Return the cells that the window sees at each place, counted from the image's first.

    Parameters
    ----------
    n, k, stride, dilation : int
    padding : int or (int, int)

    Returns
    -------
    ndarray of int, shape (places, k)

    Examples
    --------
    >>> seen_cells(5, 3, stride=2, padding=1)
    array([[-1,  0,  1],
           [ 1,  2,  3],
           [ 3,  4,  5]])
    """
    before = padding if isinstance(padding, int) else padding[0]
    places = np.arange(output_size(n, k, stride, padding, dilation))
    return (places * stride - before)[:, np.newaxis] + dilation * np.arange(k)


def draw_line(n, zeros, seen, size):
    """Draw a row of cells with the zeros around it and, below, what each place sees.

    Parameters
    ----------
    n : int
    zeros : (int, int)
        How many stand before and after the row.
    seen : ndarray of int, shape (places, k)
    size : (int, int, int, int)
        The most zeros before, cells, zeros after and places that the canvas must hold.

    Returns
    -------
    matplotlib.figure.Figure
    """
    most_before, most_cells, most_after, most_places = size
    end = LEFT + most_before + most_cells + most_after
    ax = canvas(end + 2.6, PLACES + most_places + 0.3)
    cells = np.arange(-zeros[0], n + zeros[1])
    is_zero = (cells < 0) | (cells >= n)
    left = LEFT + most_before
    draw_grid(ax, [cells], at=(TOP, left - zeros[0]), title="image columns",
              paint={"strong": ~np.isin(cells, seen)[np.newaxis],
                     "outside": is_zero[np.newaxis]})
    for place, columns in enumerate(seen):
        _draw_place(ax, PLACES + place, left, columns, n, name=f"places[{place},{{}}]",
                    zeros_before=zeros[0])
        draw_arrow(ax, start=(PLACES + place + 0.5, left + columns[-1] + 1.25),
                   end=(PLACES + place + 0.5, end + 0.9), colour="line")
    draw_grid(ax, np.arange(len(seen))[:, np.newaxis], at=(PLACES, end + 1), title="output",
              fill="output")
    return ax.figure


def _draw_place(ax, row, left, columns, n, name, zeros_before):
    is_zero = (columns < 0) | (columns >= n)
    for fill, chosen in (("window", ~is_zero), ("outside", is_zero)):
        draw_cells(ax, [(row, left + column) for column in columns[chosen]], fill=fill)
    for column in columns:
        label = draw_label(ax, column, at=(row + 0.5, left + column + 0.5), size="number")
        label.texts[-1].set_gid(name.format(column + zeros_before))
    draw_outline(ax, at=(row, left + columns[0]), shape=(1, columns[-1] - columns[0] + 1))


def _count_text(n, k, stride, padding=0, dilation=1):
    total, reach = n + 2 * padding, span(k, dilation)
    cells = f"{n} + 2·{padding} = {total}" if padding else f"{n}"
    window = f"that spans {dilation}·({k} − 1) + 1 = {reach}" if dilation > 1 else f"of {k}"
    moves = (total - reach) // stride
    return (f"On {cells} cells a window {window} can move {total} − {reach} = {total - reach}."
            f" In steps of {stride} that is {_count(moves, 'move')}"
            f" and {_count(moves + 1, 'place')}.")


def _same_text(n, k, stride, zeros):
    places = output_size(n, k, stride, "same")
    before, after = (_count(number, "zero") for number in zeros)
    return (f"⌈{n}/{stride}⌉ = {places} places reach over ({places} − 1)·{stride} + {k}"
            f" = {(places - 1) * stride + k} cells. The image has {n}:"
            f" {before} before it, {after} after it.")


def _unseen_text(n, seen):
    unseen = np.setdiff1d(np.arange(n), seen)
    if not unseen.size:
        return ""
    return f" No window sees column{'s' if unseen.size > 1 else ''} {listing(unseen)}."


def _count(number, noun):
    return f"{number} {noun}{'' if number == 1 else 's'}"
