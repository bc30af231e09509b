"""Pictures of sums of shifted rows, of a row bent into a circle, and of what a transform saves."""

import numpy as np
from matplotlib.patches import Circle

from convlib.draw import PALETTE, canvas, draw_grid, draw_label, draw_outline, number_text
from convlib.explore.explorer import Explorer, Picture
from convlib.explore.words import listing, sum_of_products

TOP = 1.1
LEFT = 2.0
PLOT = {"left": 1.9, "right": 13.0, "top": 0.9, "bottom": 7.6}
MOST = 1000  # multiplications, the upper end of the plot


def show_sum(says, rows, starts, labels):
    """Show rows of numbers, shifted, one below the other, and their sum.

    Parameters
    ----------
    says : str
        The sentence that says what the picture shows.
    rows : list of sequence of int
    starts : list of int
        The column in which each row begins.
    labels : list of str
        What stands to the left of each row, and last of the sum.

    Returns
    -------
    Picture
        Cells of the sum to which more than one row contributes are blue.

    Examples
    --------
    >>> show_sum("21 + 3.", [[1, 2], [3]], [0, 0], ["21", "3", "24"]).sentence
    '21 + 3.'
    """
    width = max(start + len(row) for row, start in zip(rows, starts))
    laid = np.ma.masked_all((len(rows), width), dtype=int)
    for i, (row, start) in enumerate(zip(rows, starts)):
        laid[i, start:start + len(row)] = row
    total = laid.sum(axis=0)[np.newaxis]
    shared = (laid.count(axis=0) > 1)[np.newaxis]
    left = 1 + 0.24 * max(map(len, labels))
    top, sum_row = 0.4, len(rows) + 0.8
    ax = canvas(left + width + 0.4, sum_row + 1.2)
    draw_grid(ax, laid, at=(top, left), paint={"outside": laid.mask})
    draw_grid(ax, total, at=(sum_row, left), fill="output", paint={"window": shared})
    for j in range(width):
        ax.texts[-width + j].set_gid(f"sum[0,{j}]")
    for i, label in enumerate(labels):
        row = top + i if i < len(rows) else sum_row
        draw_label(ax, label, at=(row + 0.5, left - 0.3), align="right")
    return Picture(ax.figure, says)


def explore_wrap(signal, kernel, lengths):
    """Convolve a row of numbers whose end is joined to its beginning.

    Parameters
    ----------
    signal, kernel : sequence of int
    lengths : (int, int)
        First and last length of the circle. The signal is filled up with zeros.

    Returns
    -------
    Explorer
        Sliders `length` and `place`. Cells of the output are pink where a product
        came round from the other end.

    Examples
    --------
    >>> explore_wrap([3, 1, 2], [2, 1], (3, 5)).picture(length=3).sentence
    'Length 3, place 0: 3·2 + 2·1 = 8. Place −1 is place 2 again.'
    """
    signal, kernel = np.asarray(signal), np.asarray(kernel)
    around = len(kernel) - 1

    def frame(length, place):
        circle = np.append(signal, np.zeros(length - len(signal), dtype=int))
        met = (np.arange(length)[:, np.newaxis] - np.arange(len(kernel))) % length
        output = circle[met] @ kernel
        figure = _draw_wrap(circle, kernel, output, place, lengths[1])
        says = f"{sum_of_products(circle[met[place]], kernel)} = {number_text(output[place])}"
        return figure, (f"Length {length}, place {place}: {says}."
                        f"{_round_text(place, around, length)}")

    return Explorer(frame, play=("length", "place"), length=lengths,
                    place=lambda length: (0, length - 1))


def explore_crossing():
    """Count the multiplications for one pixel of the output, with and without the FFT.

    Returns
    -------
    Explorer
        Sliders `image` and `kernel`: the number of rows and columns of each. Directly
        a pixel takes kernel² multiplications; through the FFT 6·log₂(image) + 2.

    Examples
    --------
    >>> explore_crossing().picture(image=1024, kernel=9).sentence[-67:]
    '9·9 = 81 directly, 6·10 + 2 = 62 through the FFT: the FFT is ahead.'
    """
    sizes = np.arange(1, 32)

    def frame(image, kernel):
        log = image.bit_length() - 1
        counts = {"direct": kernel**2, "FFT": 6 * log + 2}
        ax = canvas(15, 9.2)
        _draw_axes(ax, sizes)
        _draw_curve(ax, sizes, sizes**2, "window edge")
        _draw_curve(ax, sizes[[0, -1]], [counts["FFT"]] * 2, "output edge")
        for name, colour in (("direct", "window edge"), ("FFT", "output edge")):
            row, column = _point(kernel, counts[name])
            ax.add_patch(Circle((column, row), 0.2, color=PALETTE[colour]))
            row, column = _point(sizes[-1], sizes[-1]**2 if name == "direct" else counts[name])
            draw_label(ax, name, at=(row, column + 0.2), align="left", colour=colour)
            at = (0.4, PLOT["left"] + (3 if name == "direct" else 8))
            draw_label(ax, f"{name}:", at=at, colour=colour, align="right")
            draw_label(ax, counts[name], at=(at[0], at[1] + 0.2), align="left", colour=colour)
            ax.texts[-1].set_gid(f"{name}[0,0]")
        ahead = min(counts, key=counts.get)
        ahead = "the direct way" if ahead == "direct" else "the FFT"
        return ax.figure, (f"Image {image}×{image}, kernel {kernel}×{kernel}; multiplications"
                           f" for a pixel: {kernel}·{kernel} = {counts['direct']} directly,"
                           f" 6·{log} + 2 = {counts['FFT']} through the FFT: {ahead} is ahead.")

    return Explorer(frame, play="kernel", image=[64, 256, 1024, 4096], kernel=(1, 31))


def _round_text(place, around, length):
    outside = np.arange(place - around, 0)
    if not outside.size:
        return ""
    noun, verb = ("Places", "are places") if outside.size > 1 else ("Place", "is place")
    return f" {noun} {listing(outside)} {verb} {listing(outside % length)} again."


def _draw_wrap(circle, kernel, output, place, longest):
    around, length = len(kernel) - 1, len(circle)
    left = LEFT + around
    ax = canvas(left + longest + 1, 7.4)
    repeated = np.arange(-around, length) % length
    shown = circle[repeated][np.newaxis]
    under = np.s_[0, place:place + len(kernel)]
    is_copy = (np.arange(-around, length) < 0)[np.newaxis]
    has_come_round = (np.arange(length) < around)[np.newaxis]
    later = (np.arange(length) > place)[np.newaxis]
    draw_grid(ax, shown, at=(TOP, LEFT), title="signal",
              paint={"window": under, "outside": is_copy})
    draw_outline(ax, at=(TOP, LEFT + place), shape=(1, len(kernel)))
    draw_grid(ax, kernel[np.newaxis, ::-1], at=(TOP + 1.9, LEFT + place),
              title="kernel, turned round", fill="kernel")
    draw_grid(ax, np.ma.masked_array(output[np.newaxis], later), at=(TOP + 4.3, left),
              title="output", paint={"output": ~later, "strong": has_come_round & ~later})
    draw_outline(ax, at=(TOP + 4.3, left + place), shape=(1, 1), colour="output edge")
    for j in range(length):
        draw_label(ax, j, at=(TOP + 5.6, left + j + 0.5), size="index", colour="quiet")
    return ax.figure


def _point(size, count):
    """Place a kernel size and a count, on a logarithmic scale, on the canvas."""
    along = (size - 1) / 30
    up = np.log10(count) / np.log10(MOST)
    return (PLOT["bottom"] + up * (PLOT["top"] - PLOT["bottom"]),
            PLOT["left"] + along * (PLOT["right"] - PLOT["left"]))


def _draw_curve(ax, sizes, counts, colour):
    rows, columns = zip(*map(_point, sizes, counts))
    ax.plot(columns, rows, color=PALETTE[colour], lw=2)


def _draw_axes(ax, sizes):
    for count in (1, 10, 100, 1000):
        row, left = _point(1, count)
        ax.plot([left, PLOT["right"]], [row, row], color=PALETTE["line"], lw=0.6)
        draw_label(ax, count, at=(row, left - 0.3), size="index", colour="quiet", align="right")
    for size in sizes[2::4]:
        row, column = _point(size, 1)
        draw_label(ax, size, at=(row + 0.4, column), size="index", colour="quiet")
    draw_label(ax, "rows and columns of the kernel", at=(PLOT["bottom"] + 1.2, 7.4),
               colour="quiet")
