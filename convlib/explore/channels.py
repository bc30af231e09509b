"""Explorers of colour: one filter over several channels, several filters over one image."""

import numpy as np

from convlib.core import conv2d
from convlib.draw import canvas, draw_grid, draw_label, draw_outline, draw_photo, number_text
from convlib.explore.explorer import Explorer, Picture
from convlib.explore.words import size_text, sum_of_products

TOP = 1.6
LEFT = 0.8
GAP = 1.0
FULL = 255
"""The brightest value of a colour on the screen."""


def show_channels(image):
    """Show a tiny colour image as coloured pixels and as three channels of numbers.

    Parameters
    ----------
    image : ndarray, shape (3, H, W)
        Red, green and blue from 0, dark, to `image.max()`, as bright as it gets.

    Returns
    -------
    Picture

    Examples
    --------
    >>> from convlib.samples import RGB_IMAGE
    >>> show_channels(RGB_IMAGE).sentence
    'The 4×4 pixels in their colours, and the numbers of the channels red, green, blue.'
    """
    count, height, width = image.shape
    names = channel_names(count)
    colours = (image * FULL // image.max()).astype(np.uint8).transpose(1, 2, 0)
    ax = canvas(LEFT + 2 * width + 1.8, 2 * (TOP + height) + 0.3)
    draw_photo(ax, colours, at=(TOP, LEFT), height=height)
    draw_label(ax, "colours", at=(TOP - 0.95, LEFT + width / 2), size="title")
    corners = [(0, 1), (1, 0), (1, 1)]
    for channel, name, (down, right) in zip(image, names, corners):
        at = (TOP + down * (TOP + height), LEFT + right * (width + 1.4))
        draw_grid(ax, channel, at=at, title=name, index=True)
    return Picture(ax.figure, f"The {size_text((height, width))} pixels in their colours, and the"
                              f" numbers of the channels {', '.join(names)}.")


def explore_channels(image, kernel):
    """Add the sums of all channels up to one output cell.

    Parameters
    ----------
    image : ndarray, shape (C, H, W)
    kernel : ndarray, shape (C, KH, KW)
        One filter: a kernel for each channel.

    Returns
    -------
    Explorer
        Sliders `row` and `column`: the output cell; `channel`: the last one added so far.

    Examples
    --------
    >>> from convlib.samples import RGB_IMAGE, RGB_KERNEL
    >>> explore_channels(RGB_IMAGE, RGB_KERNEL).picture(row=2, column=2, channel="blue").sentence
    'Row 2, column 2, blue: 0·(−1) + 0·(−1) + 0·(−1) + 1·(−1) = −1. Total: 6 + 5 + (−1) = 10.'
    """
    names = channel_names(len(image))
    sums = channel_sums(image, kernel)
    totals = sums.cumsum(axis=0)

    def frame(row, column, channel):
        c = names.index(channel)
        place = row, column
        added = sums[:c + 1, row, column]
        ax, bottom = _draw_filter(image, kernel, added, place, [c], totals.shape[1:])
        output = totals[-1].copy()
        output[place] = totals[c, row, column]
        _draw_output(ax, output, place, at=(bottom, LEFT), title="output")
        total = _total(added)
        _draw_total(ax, total, bottom + len(output))
        patch = _patch(image[c], kernel.shape[1:], place)
        return ax.figure, (f"Row {row}, column {column}, {channel}:"
                           f" {sum_of_products(patch, kernel[c])} = {number_text(added[-1])}."
                           f" Total: {total}.")

    height, width = totals.shape[1:]
    return Explorer(frame, play=("row", "column", "channel"),
                    row=(0, height - 1), column=(0, width - 1), channel=names)


def explore_filters(image, weight, bias):
    """Fill in one output map after another, a filter for each.

    Parameters
    ----------
    image : ndarray, shape (C, H, W)
    weight : ndarray, shape (O, C, KH, KW)
    bias : ndarray, shape (O,)

    Returns
    -------
    Explorer
        Sliders `filter`, `row` and `column`: the output cell that is being computed.

    Examples
    --------
    >>> from convlib.samples import RGB_IMAGE, RGB_KERNEL
    >>> weight, bias = np.stack([RGB_KERNEL, -RGB_KERNEL]), np.array([-9, 0])
    >>> explore_filters(RGB_IMAGE, weight, bias).picture(filter=0, row=2, column=2).sentence
    'Filter 0, row 2, column 2: the channel sums 6 + 5 + (−1) and the bias −9 make 1.'
    """
    output = conv2d(image, weight, bias)
    sums = [channel_sums(image, kernel) for kernel in weight]
    filters, height, width = output.shape
    order = np.arange(output.size).reshape(output.shape)
    below = max(height, filters), filters * (width + GAP) + 1.3

    def frame(filter, row, column):
        place = row, column
        added = sums[filter][:, row, column]
        ax, bottom = _draw_filter(image, weight[filter], added, place, range(len(image)), below)
        so_far = np.ma.masked_array(output, order > order[filter, row, column])
        left = LEFT
        for o in range(filters):
            mark = place if o == filter else None
            _draw_output(ax, so_far[o], mark, at=(bottom, left), title=f"output {o}")
            left += width + GAP
        draw_grid(ax, bias[:, np.newaxis], at=(bottom, left + 0.3), title="bias",
                  paint={"kernel": filter})
        draw_outline(ax, at=(bottom + filter, left + 0.3), shape=(1, 1), colour="kernel edge")
        _draw_total(ax, _total([*added, bias[filter]]), bottom + below[0])
        return ax.figure, (f"Filter {filter}, row {row}, column {column}: the channel sums"
                           f" {_sum(added)} and the bias {number_text(bias[filter])}"
                           f" make {number_text(output[filter, row, column])}.")

    return Explorer(frame, play=("filter", "row", "column"), filter=(0, filters - 1),
                    row=(0, height - 1), column=(0, width - 1))


def channel_names(count):
    """Name the channels: by their colours if there are three."""
    return ["red", "green", "blue"] if count == 3 else [f"channel {c}" for c in range(count)]


def channel_sums(image, kernel):
    """Compute the output of each channel under its own kernel, without adding them up."""
    return conv2d(image, kernel[:, np.newaxis], groups=len(image))


def _draw_filter(image, kernels, sums, place, outlined, below):
    """Draw the channels under the window, the kernels below, and the sums known so far.

    Returns the axes, with room for a block of `below` rows and columns and for the total under
    it, and the row where that block begins.
    """
    (count, height, width), (kernel_height, kernel_width) = image.shape, kernels.shape[1:]
    row, column = place
    step = max(width, kernel_width + 2) + GAP
    kernel_top = TOP + height + 1.2
    bottom = kernel_top + kernel_height + TOP
    ax = canvas(LEFT + max(count * step - 0.4, below[1] + 0.4), bottom + below[0] + 1.2)
    window = np.s_[row:row + kernel_height, column:column + kernel_width]
    for c, name in enumerate(channel_names(count)):
        left = LEFT + c * step
        middle = kernel_top + kernel_height / 2
        known = np.array([[sums[c]]]) if c < len(sums) else np.ma.masked_all((1, 1))
        draw_grid(ax, image[c], at=(TOP, left), title=name, index=True, paint={"window": window})
        draw_grid(ax, kernels[c], at=(kernel_top, left), title=f"{name} kernel", fill="kernel")
        draw_label(ax, "→", at=(middle, left + kernel_width + 0.5), size="sign", colour="quiet")
        draw_grid(ax, known, at=(middle - 0.5, left + kernel_width + 1), title=f"{name} sum")
        if c in outlined:
            draw_outline(ax, at=(TOP + row, left + column), shape=kernels.shape[1:])
            draw_outline(ax, at=(kernel_top, left), shape=kernels.shape[1:], colour="kernel edge")
    return ax, bottom


def _draw_output(ax, output, place, *, at, title):
    """Draw an output; with a place, only up to there, and that cell marked."""
    height, width = output.shape
    top, left = at
    if place is None:
        return draw_grid(ax, output, at=at, title=title, index=True)
    row, column = place
    later = np.arange(output.size).reshape(output.shape) > row * width + column
    draw_grid(ax, np.ma.masked_array(output, later), at=at, title=title, index=True,
              paint={"output": place})
    return draw_outline(ax, at=(top + row, left + column), shape=(1, 1), colour="output edge")


def _draw_total(ax, total, row):
    return draw_label(ax, total, at=(row + 0.6, LEFT), size="title", align="left")


def _total(numbers):
    """Write numbers as a sum with its result."""
    total = number_text(sum(numbers))
    return f"{_sum(numbers)} = {total}" if len(numbers) > 1 else total


def _sum(numbers):
    first, *others = map(number_text, numbers)
    return " + ".join([first, *(f"({n})" if n.startswith("−") else n for n in others)])


def _patch(channel, shape, place):
    (row, column), (height, width) = place, shape
    return channel[row:row + height, column:column + width]
