"""Explorer of the words "same" and "valid": where the zeros go."""

from convlib.draw import counted
from convlib.explore.engine import Explorer
from convlib.explore.pad_stride_dilate.one_row import (
    count_text,
    draw_places,
    unseen_text,
)
from convlib.explore.pad_stride_dilate.places import ends, moving, seen_cells, slider_limits
from convlib.shapes import conv_padding, output_size


def explore_same(*, n=(4, 8), k=(2, 4), stride=(1, 3)):
    """Show where "same" puts its zeros along one row of an image, and what "valid" sees.

    Parameters
    ----------
    n, k, stride : int or (int, int)
        Sizes of the image and the kernel, and how far the window moves: one value, or the first
        and last of a slider. No kernel may be larger than the image.

    Returns
    -------
    Explorer
        `padding` chooses "same" or "valid"; then one slider for each pair.

    Examples
    --------
    >>> explore_same(n=4, k=3, stride=2).picture().sentence[-52:]
    'The image has 4: 0 zeros before it, 1 zero after it.'
    """
    limits = slider_limits(n=n, k=k, stride=stride)
    first, last = ends(limits)
    most_zeros = last["k"] // 2
    room = (most_zeros, last["n"], most_zeros)

    def frame(padding, **chosen):
        values = first | chosen
        n, k, stride = values["n"], values["k"], values["stride"]
        (zeros,) = conv_padding(padding, (n,), (k,), (stride,), (1,))
        seen = seen_cells(n, k, stride, zeros)
        says = _same_text(n, k, stride, zeros) if padding == "same" else count_text(n, k, stride)
        return draw_places(n, zeros, seen, room), says + unseen_text(n, seen)

    return Explorer(frame, padding=["same", "valid"], **moving(limits))


def _same_text(n, k, stride, zeros):
    places = output_size(n, k, stride, "same")
    before, after = (counted(number, "zero") for number in zeros)
    return (
        f"⌈{n}/{stride}⌉ = {places} places reach over ({places} − 1)·{stride} + {k}"
        f" = {(places - 1) * stride + k} cells. The image has {n}:"
        f" {before} before it, {after} after it."
    )
