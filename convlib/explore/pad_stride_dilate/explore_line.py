"""Explorer of one row of an image: how many places a window has."""

from convlib.explore.engine import Explorer
from convlib.explore.pad_stride_dilate.one_row import count_text, draw_places, unseen_text
from convlib.explore.pad_stride_dilate.places import ends, moving, seen_cells, slider_limits
from convlib.shapes import span


def explore_line(n, k, *, stride=1, padding=0, dilation=1):
    """List the places of a window along one row of an image.

    Parameters
    ----------
    n, k, stride, padding, dilation : int or (int, int)
        Sizes of the image and the kernel, and how the window moves: one value, or the first and
        last of a slider. No kernel may be larger than the image.

    Returns
    -------
    Explorer
        One slider for each pair. A dilation with which the window does not fit is not offered.

    Examples
    --------
    >>> explore_line(n=5, k=3, padding=(0, 2)).picture(padding=1).sentence[:55]
    'On 5 + 2·1 = 7 cells a window of 3 can move 7 − 3 = 4. '
    """
    limits = slider_limits(n=n, k=k, stride=stride, padding=padding, dilation=dilation)
    first, last = ends(limits)
    room = (last["padding"], last["n"], last["padding"])

    def dilations(**earlier):
        values = first | earlier
        width = values["n"] + 2 * values["padding"]
        possible = range(first["dilation"], last["dilation"] + 1)
        return first["dilation"], max(d for d in possible if span(values["k"], d) <= width)

    def frame(**chosen):
        values = first | chosen
        n, padding = values["n"], values["padding"]
        seen = seen_cells(**values)
        drawing = draw_places(n, (padding, padding), seen, room)
        return drawing, f"{count_text(**values)}{unseen_text(n, seen)}"

    sliders = moving(limits)
    if "dilation" in sliders:
        sliders["dilation"] = dilations
    return Explorer(frame, play=tuple(sliders), **sliders)
