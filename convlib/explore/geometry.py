"""Explorer of padding, stride and dilation together, on an image."""

import numpy as np

from convlib.core import conv2d, pad
from convlib.draw import canvas, draw_grid, draw_label, draw_outline, number_text
from convlib.explore.explorer import Explorer
from convlib.explore.line import ends, moving, seen_cells, slider_limits
from convlib.explore.words import size_text, sum_of_products
from convlib.shapes import span

TOP = 1.6
LEFT = 1.0
BETWEEN = 1.4
BELOW = 2.1


def explore_geometry(image, kernel, *, dilation=(1, 2), padding=(0, 2), stride=(1, 3)):
    """Slide a kernel over an image with zeros around it, in bigger steps or with gaps.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW)
    dilation, padding, stride : int or (int, int)
        One value, or the first and last of a slider. Padding of more than half the
        window is not offered, so that the middle of the window stays on the image.

    Returns
    -------
    Explorer
        A slider for each pair, then `row` and `column`: the output cell that is
        being computed.

    Examples
    --------
    >>> from convlib.samples import IMAGE, KERNEL
    >>> explorer = explore_geometry(IMAGE, KERNEL, dilation=1, padding=0, stride=3)
    >>> explorer.picture().sentence[-49:]
    '1 + 2·2 = 12. No window sees 16 of the 25 pixels.'
    """
    limits = slider_limits(dilation=dilation, padding=padding, stride=stride)
    first, last = ends(limits)

    def paddings(dilation=first["dilation"]):
        half_window = span(min(kernel.shape), dilation) // 2
        return first["padding"], min(last["padding"], half_window)

    outputs = {(d, p, s): conv2d(image, kernel, dilation=d, padding=p, stride=s)
               for d in _values(limits["dilation"])
               for p in _values(paddings(d))
               for s in _values(limits["stride"])}
    room = (max(p for _, p, _ in outputs), np.max([y.shape for y in outputs.values()], axis=0))

    def output_shape(earlier):
        return outputs[tuple((first | earlier).values())].shape

    def frame(row, column, **chosen):
        dilation, padding, stride = (first | chosen).values()
        output = outputs[dilation, padding, stride]
        seen = [seen_cells(n, k, stride, padding, dilation)
                for n, k in zip(image.shape, kernel.shape)]
        patch = pad(image, padding)[np.ix_(seen[0][row] + padding, seen[1][column] + padding)]
        figure = draw_geometry(image, kernel, output, padding, seen, (row, column), room)
        return figure, (f"Output {size_text(output.shape)}. Row {row}, column {column}:"
                        f" {sum_of_products(patch, kernel)} = {number_text(output[row, column])}."
                        f"{_unseen_text(_unseen_pixels(image.shape, seen))}")

    sliders = moving(limits)
    if "padding" in sliders:
        sliders["padding"] = paddings
    return Explorer(frame, play=("row", "column"), **sliders,
                    row=lambda **earlier: (0, output_shape(earlier)[0] - 1),
                    column=lambda row, **earlier: (0, output_shape(earlier)[1] - 1))


def draw_geometry(image, kernel, output, padding, seen, place, room):
    """Draw the padded image under the window, the kernel, and the output computed so far.

    Parameters
    ----------
    image, kernel, output : ndarray, 2-D
    padding : int
        How many rows and columns of zeros to draw on each side of the image.
    seen : (ndarray, ndarray) of int, shapes (HO, KH) and (WO, KW)
        The rows and the columns of the image that each place sees, as `seen_cells` lists them.
    place : (int, int)
        The output cell that is being computed.
    room : (int, (int, int))
        The largest padding and output shape that the canvas must hold.

    Returns
    -------
    matplotlib.figure.Figure
    """
    most_padding, most_output = room
    left = LEFT + image.shape[1] + 2 * most_padding + BETWEEN
    output_top = TOP + kernel.shape[0] + BELOW
    ax = canvas(left + max(kernel.shape[1], most_output[1]) + 0.4,
                max(TOP + image.shape[0] + 2 * most_padding, output_top + most_output[0]) + 0.3)

    corner = np.array([TOP, LEFT]) + most_padding - padding
    rows, columns = (cells[i] + padding for cells, i in zip(seen, place))
    draw_grid(ax, pad(image, padding), at=corner, title="image", index=True, first=-padding,
              paint={"outside": pad(np.zeros(image.shape, dtype=bool), padding, value=True),
                     "strong": pad(_unseen_pixels(image.shape, seen), padding),
                     "window": np.ix_(rows, columns)})
    draw_outline(ax, at=corner + (rows[0], columns[0]),
                 shape=(rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1))
    draw_grid(ax, kernel, at=(TOP, left), title="kernel", index=True, fill="kernel")
    draw_label(ax, "↓", at=(output_top - 1.5, left + kernel.shape[1] / 2), size="sign",
               colour="quiet")
    later = np.arange(output.size).reshape(output.shape) > np.ravel_multi_index(place, output.shape)
    draw_grid(ax, np.ma.masked_array(output, later), at=(output_top, left), title="output",
              index=True, paint={"output": place})
    draw_outline(ax, at=(output_top + place[0], left + place[1]), shape=(1, 1),
                 colour="output edge")
    return ax.figure


def _values(limits):
    return range(limits[0], limits[1] + 1)


def _unseen_pixels(shape, seen):
    """Mark the pixels that no window sees."""
    row_is_seen, column_is_seen = (np.isin(np.arange(n), cells) for n, cells in zip(shape, seen))
    return ~np.logical_and.outer(row_is_seen, column_is_seen)


def _unseen_text(unseen):
    count = np.count_nonzero(unseen)
    return f" No window sees {count} of the {unseen.size} pixels." if count else ""
