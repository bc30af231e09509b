"""Explorer of padding, stride and dilation together, on an image."""

from typing import NamedTuple

import numpy as np

from convlib.core import conv2d, pad
from convlib.draw import (
    beside,
    grid_panel,
    number_text,
    outline,
    output_panel,
    size_text,
    sum_of_products,
    together,
)
from convlib.explore.engine import Cells, Explorer
from convlib.explore.pad_stride_dilate.places import ends, moving, seen_cells, slider_limits
from convlib.shapes import span


class Geometry(NamedTuple):
    """How a window lies on an image and moves."""

    dilation: int
    padding: int
    stride: int


def explore_geometry(image, kernel, *, dilation=(1, 2), padding=(0, 2), stride=(1, 3)):
    """Slide a kernel over an image with zeros around it, in bigger steps or with gaps.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW)
    dilation, padding, stride : int or (int, int)
        One value, or the first and last of a slider. Padding of more than half the window is not
        offered, so that the middle of the window stays on the image.

    Returns
    -------
    Explorer
        A slider for each pair, then `row` and `column`: the output cell that is being computed.

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

    geometries = [
        Geometry(d, p, s)
        for d in _values(limits["dilation"])
        for p in _values(paddings(d))
        for s in _values(limits["stride"])
    ]
    outputs = {geometry: conv2d(image, kernel, **geometry._asdict()) for geometry in geometries}

    def output_shape(earlier):
        return outputs[Geometry(**(first | earlier))].shape

    def frame(row, column, **chosen):
        geometry, place = Geometry(**(first | chosen)), (row, column)
        dilation, padding, stride = geometry
        output = outputs[geometry]
        seen = [
            seen_cells(n, k, stride, padding, dilation)
            for n, k in zip(image.shape, kernel.shape, strict=True)
        ]
        patch = pad(image, padding)[np.ix_(seen[0][row] + padding, seen[1][column] + padding)]
        result = output_panel(output, place)
        weights = grid_panel(kernel, title="kernel", fill="kernel")
        ax = _image_panel(image, padding, seen, place)
        drawing = beside(ax, together(weights, result))
        unseen = np.count_nonzero(_unseen_pixels(image.shape, seen))
        more = f" No window sees {unseen} of the {image.size} pixels." if unseen else ""
        return drawing, (
            f"Output {size_text(output.shape)}. Row {row}, column {column}:"
            f" {sum_of_products(patch, kernel)} = {number_text(output[place])}.{more}"
        )

    def cells(row, column, **chosen):
        geometry = Geometry(**(first | chosen))
        step, size = (geometry.stride,) * 2, tuple(span(k, geometry.dilation) for k in kernel.shape)
        return {
            "output": Cells("row", "column"),
            "image": Cells("row", "column", step=step, size=size),
        }

    sliders = moving(limits)
    if "padding" in sliders:
        sliders["padding"] = paddings
    return Explorer(
        frame,
        play=("row", "column"),
        cells=cells,
        **sliders,
        row=lambda **earlier: (0, output_shape(earlier)[0] - 1),
        column=lambda row, **earlier: (0, output_shape(earlier)[1] - 1),
    )


def _image_panel(image, padding, seen, place):
    """Draw the padded image under the window; pixels that no window sees stand out."""
    rows, columns = (cells[i] + padding for cells, i in zip(seen, place, strict=True))
    paint = {
        "outside": pad(np.zeros(image.shape, dtype=bool), padding, value=True),
        "strong": pad(_unseen_pixels(image.shape, seen), padding),
        "window": np.ix_(rows, columns),
    }
    padded = pad(image, padding)
    ax = grid_panel(padded, title="image", index=True, first=-padding, paint=paint)
    return outline(ax, "image", tuple(slice(r[0], r[-1] + 1) for r in (rows, columns)))


def _values(limits):
    return range(limits[0], limits[1] + 1)


def _unseen_pixels(shape, seen):
    """Mark the pixels that no window sees."""
    row_is_seen, column_is_seen = (
        np.isin(np.arange(n), cells) for n, cells in zip(shape, seen, strict=True)
    )
    return ~np.logical_and.outer(row_is_seen, column_is_seen)
