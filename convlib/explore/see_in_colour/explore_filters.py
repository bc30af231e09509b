"""Explorer of several filters over one image: one output map after another."""

import numpy as np

from convlib.core import conv2d
from convlib.draw import (
    beside,
    canvas,
    channel_names,
    draw_grid,
    draw_label,
    number_text,
    outline,
    together,
    up_to,
)
from convlib.draw.placement import EDGE
from convlib.explore.engine import Cells, Explorer
from convlib.explore.see_in_colour.one_filter import (
    HEADING,
    channel_sums,
    draw_channels,
    sum_text,
    total_panel,
    total_text,
)


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

    def frame(filter, row, column):
        place = row, column
        added = sums[filter][:, row, column]
        total = total_text([*added, bias[filter]])
        drawing = beside(
            draw_channels(image, weight[filter], added, place, range(len(image))),
            together(total_panel(total, size="index"), *_maps(output, bias, (filter, row, column))),
        )
        return drawing, (
            f"Filter {filter}, row {row}, column {column}: the channel sums"
            f" {sum_text(added)} and the bias {number_text(bias[filter])}"
            f" make {number_text(output[filter, row, column])}."
        )

    return Explorer(
        frame,
        play=("filter", "row", "column"),
        cells={f"bias {o}": Cells(also={"filter": o}) for o in range(filters)}
        | {
            name: Cells("row", "column", size=weight.shape[2:])
            for name in channel_names(len(image))
        }
        | {f"map {o}": Cells("row", "column", also={"filter": o}) for o in range(filters)},
        filter=(0, filters - 1),
        row=(0, height - 1),
        column=(0, width - 1),
    )


def _maps(output, bias, place):
    """Draw each map beside its bias, up to the place (filter, row, column), and mark that cell."""
    so_far = up_to(output.reshape(1, -1), (0, np.ravel_multi_index(place, output.shape)))
    height, width = output.shape[1:]
    beside_it = EDGE + width + 0.4
    for o, filled in enumerate(so_far.reshape(output.shape)):
        title, name, is_at_work = f"map {o}", f"bias {o}", o == place[0]
        ax = canvas(beside_it + 1 + EDGE, HEADING + height + EDGE)
        paint = {"output": place[1:]} if is_at_work else None
        draw_grid(ax, filled, at=(HEADING, EDGE), title=title, paint=paint)
        middle = HEADING + (height - 1) / 2
        fill = "kernel" if is_at_work else "paper"
        draw_grid(ax, [[bias[o]]], at=(middle, beside_it), name=name, fill=fill)
        draw_label(ax, "bias", at=(middle - 0.37, beside_it + 0.5), size="title")
        if is_at_work:
            outline(ax, title, place[1:], colour="output edge")
            outline(ax, name, (0, 0), colour="kernel edge")
        yield ax
