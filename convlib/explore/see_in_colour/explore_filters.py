"""Explorer of several filters over one image: one output map after another."""

import numpy as np

from convlib.core import conv2d
from convlib.draw import (
    below,
    beside,
    channel_names,
    glue,
    grid_panel,
    number_text,
    outline,
    up_to,
)
from convlib.explore.engine import Cells, Explorer
from convlib.explore.see_in_colour.one_filter import (
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
        biases = grid_panel(bias[:, np.newaxis], title="bias", paint={"kernel": filter})
        outline(biases, "bias", (filter, 0), colour="kernel edge")
        drawing = below(
            beside(
                draw_channels(image, weight[filter], added, place, range(len(image))),
                glue(below(biases, total_panel(total, lines=2))),
            ),
            beside(*_maps(output, (filter, row, column))),
        )
        return drawing, (
            f"Filter {filter}, row {row}, column {column}: the channel sums"
            f" {sum_text(added)} and the bias {number_text(bias[filter])}"
            f" make {number_text(output[filter, row, column])}."
        )

    return Explorer(
        frame,
        play=("filter", "row", "column"),
        cells={"bias": Cells("filter")}
        | {
            name: Cells("row", "column", size=weight.shape[2:])
            for name in channel_names(len(image))
        }
        | {f"map {o}": Cells("row", "column", also={"filter": o}) for o in range(filters)},
        filter=(0, filters - 1),
        row=(0, height - 1),
        column=(0, width - 1),
    )


def _maps(output, place):
    """Draw one map a filter, up to the place (filter, row, column), and mark that cell."""
    so_far = up_to(output.reshape(1, -1), (0, np.ravel_multi_index(place, output.shape)))
    for o, filled in enumerate(so_far.reshape(output.shape)):
        title, is_at_work = f"map {o}", o == place[0]
        paint = {"output": place[1:]} if is_at_work else None
        panel = grid_panel(filled, title=title, index=True, paint=paint)
        if is_at_work:
            outline(panel, title, place[1:], colour="output edge")
        yield panel
