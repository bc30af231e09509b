"""Explorer of one filter over several channels: the sums of all channels become one number."""

from convlib.draw import (
    below,
    beside,
    channel_names,
    glue,
    number_text,
    output_panel,
    sum_of_products,
)
from convlib.explore.engine import Cells, Explorer
from convlib.explore.see_in_colour.one_filter import (
    channel_sums,
    draw_channels,
    total_panel,
    total_text,
    window_at,
)


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
        c, place = names.index(channel), (row, column)
        added = sums[: c + 1, row, column]
        total = total_text(added)
        output = totals[-1].copy()
        output[place] = totals[c, row, column]
        drawing = beside(
            draw_channels(image, kernel, added, place, [c]),
            glue(below(total_panel(total), output_panel(output, place))),
        )
        patch = image[c][window_at(place, kernel.shape[1:])]
        return drawing, (
            f"Row {row}, column {column}, {channel}:"
            f" {sum_of_products(patch, kernel[c])} = {number_text(added[-1])}."
            f" Total: {total}."
        )

    height, width = totals.shape[1:]
    return Explorer(
        frame,
        play=("row", "column", "channel"),
        cells={
            name: Cells("row", "column", size=kernel.shape[1:], also={"channel": name})
            for name in names
        }
        | {"output": Cells("row", "column")},
        row=(0, height - 1),
        column=(0, width - 1),
        channel=names,
    )
