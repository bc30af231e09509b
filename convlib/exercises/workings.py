"""The arithmetic of one cell of a right answer: what it reads, and how it comes about.

Each function takes a case, the place of the cell, and the name of the part of the answer where
there are several.
"""

from typing import NamedTuple

import numpy as np

from convlib.draw import factor_text, grid_panel, number_text, sum_of_products
from convlib.shapes import output_size


class Working(NamedTuple):
    """What a cell of the answer reads, its arithmetic, and panels that show it."""

    text: str
    reads: dict  # the name of an argument -> index of the cells that are read
    panels: tuple = ()


def step(case, place, part=None):
    """Multiply the patch by the kernel and add up."""
    patch, kernel, *bias = case
    terms = sum_of_products(patch, kernel) + "".join(f" + {factor_text(b)}" for b in bias)
    total = (patch * kernel).sum() + sum(bias)
    return Working(
        f"{terms} = {number_text(total)}",
        {"patch": np.s_[:, :], "kernel": np.s_[:, :]},
        (grid_panel(patch * kernel, title="products", fill="output"),),
    )


def largest(case, place, part=None):
    """Find the largest number of the patch."""
    (patch,) = case
    return Working(_largest(patch), {"patch": np.s_[:, :]})


def turned(case, place, part=None):
    """Look up the cell that a half turn brings here."""
    (kernel,) = case
    i, j = (n - 1 - p for n, p in zip(kernel.shape, place))
    return Working(f"kernel[{i}, {j}] = {number_text(kernel[i, j])}", {"kernel": (i, j)})


def padded(case, place, part=None):
    """Look up the cell of the image, or the zero around it."""
    image, p = case
    i, j = (at - p for at in place)
    if not (0 <= i < image.shape[0] and 0 <= j < image.shape[1]):
        return Working("outside the image: 0", {})
    return Working(f"image[{i}, {j}] = {number_text(image[i, j])}", {"image": (i, j)})


def places(case, place, part=None):
    """Count the places of a window."""
    n, k, stride, pad, *dilation = case
    span = (dilation[0] if dilation else 1) * (k - 1) + 1
    span_text = f"({dilation[0]}·({k} − 1) + 1)" if dilation else f"{k}"
    count = output_size(n, k, stride, pad, *dilation)
    seen = np.zeros((1 + count, n + 2 * pad), dtype=bool)
    for i in range(count):
        seen[1 + i, i * stride : i * stride + span : dilation[0] if dilation else 1] = True
    outside = np.zeros_like(seen)
    outside[0] = [not 0 <= column < n for column in range(-pad, n + pad)]
    numbers = np.ma.masked_all(seen.shape, dtype=int)
    numbers[0] = range(-pad, n + pad)
    title = "columns, and what each place sees"
    panel = grid_panel(numbers, title=title, paint={"outside": outside, "window": seen})
    return Working(f"({n} + 2·{pad} − {span_text}) // {stride} + 1 = {count}", {}, (panel,))


def zeros_for_same(case, place, part=None):
    """Count the zeros that the promised places are short of."""
    n, k, stride = case
    count = -(-n // stride)
    missing = (count - 1) * stride + k - n
    zeros = max(missing, 0)
    return Working(
        f"{n} / {stride}, rounded up, is {count}; "
        f"({count} − 1)·{stride} + {k} − {n} is {number_text(missing)}: "
        f"{zeros // 2} before and {zeros - zeros // 2} after",
        {},
    )


def window(case, place, part=None):
    """Multiply the patch under the kernel and add up."""
    image, kernel, stride, pad = _with_options(case, 4, (1, 0))
    at = [slice(p * stride, p * stride + k) for p, k in zip(place, kernel.shape)]
    patch = np.pad(image, pad)[tuple(at)]
    panels = (
        grid_panel(patch, title="patch", fill="window"),
        grid_panel(kernel, title="kernel", fill="kernel"),
        grid_panel(patch * kernel, title="products", fill="output"),
    )
    text = f"{sum_of_products(patch, kernel)} = {number_text((patch * kernel).sum())}"
    return Working(text, {"image": _inside(at, pad, image.shape)}, panels)


def all_channels(case, place, part=None):
    """Multiply the patches of all channels by one filter and add up."""
    image, weight, bias = case
    f, i, j = place
    at = slice(i, i + weight.shape[2]), slice(j, j + weight.shape[3])
    patch = image[(slice(None), *at)]
    total = (patch * weight[f]).sum() + bias[f]
    text = f"{sum_of_products(patch, weight[f])} + {factor_text(bias[f])} = {number_text(total)}"
    panels = tuple(
        grid_panel(patch[c] * weight[f, c], title=f"products, channel {c}", fill="output")
        for c in range(len(image))
    )
    return Working(text, {"image": at, "weight": np.s_[:, :]}, panels)


def pool_window(case, place, part=None):
    """Find the largest number of the window."""
    patch, at = _pool_patch(case, place)
    return Working(_largest(patch), {"image": at})


def mean_window(case, place, part=None):
    """Take the mean of the window."""
    patch, at = _pool_patch(case, place)
    text = f"({_sum(patch.flat)}) / {patch.size} = {number_text(patch.mean())}"
    return Working(text, {"image": at})


def bent(case, place, part=None):
    """Keep a number above 0."""
    (y,) = case
    return Working(_largest(np.array([y[place], 0])), {"y": place})


def share(case, place, part=None):
    """Divide a power by the sum of all."""
    (scores,) = case
    powers = np.exp(scores - scores.max())
    lowered = [f"exp({number_text(score)})" for score in scores - scores.max()]
    result = number_text((powers / powers.sum())[place])
    return Working(
        f"{lowered[place[0]]} / ({' + '.join(lowered)}) = {result}", {"scores": (0, place[0])}
    )


def sent_back(case, place, part=None):
    """Add up what every window sends to one cell of a gradient."""
    dy, image, kernel, stride, pad = _with_options(case, 5, (1, 0))
    if part == "dbias":
        return Working(f"{_sum(dy.flat)} = {number_text(dy.sum())}", {"dy": np.s_[:, :]})
    if part == "dkernel":
        ends = [p + n * stride for p, n in zip(place, dy.shape)]
        seen = np.pad(image, pad)[place[0] : ends[0] : stride, place[1] : ends[1] : stride]
        text = f"{sum_of_products(dy, seen)} = {number_text((dy * seen).sum())}"
        return Working(text, {"dy": np.s_[:, :]})
    row, column = (p + pad for p in place)
    pairs = [
        (dy[i, j], kernel[row - i * stride, column - j * stride])
        for i, j in np.ndindex(dy.shape)
        if 0 <= row - i * stride < kernel.shape[0] and 0 <= column - j * stride < kernel.shape[1]
    ]
    if not pairs:
        return Working("no window sees this pixel: 0", {"image": place})
    hears, weights = (np.array(numbers) for numbers in zip(*pairs))
    text = f"{sum_of_products(hears, weights)} = {number_text((hears * weights).sum())}"
    return Working(text, {"image": place})


def won(case, place, part=None):
    """Add up what the windows send that one pixel has won."""
    dy, *pooled = case
    gains = []
    for at in np.ndindex(dy.shape):
        patch, (rows, columns) = _pool_patch(pooled, at)
        i, j = np.unravel_index(patch.argmax(), patch.shape)
        if (rows.start + i, columns.start + j) == place:
            gains.append(dy[at])
    if not gains:
        return Working("this pixel wins no window: 0", {"image": place})
    if len(gains) == 1:
        return Working(f"this pixel wins one window: {number_text(gains[0])}", {"image": place})
    text = f"this pixel wins {len(gains)} windows: {_sum(gains)} = {number_text(sum(gains))}"
    return Working(text, {"image": place})


def _with_options(case, count, defaults):
    """Fill a case up with the options that it leaves out."""
    return (*case, *defaults[len(case) - count :]) if len(case) < count else case


def _inside(at, pad, shape):
    """Return the part of a window that lies on the image, not on the zeros around it."""
    starts = [max(s.start - pad, 0) for s in at]
    stops = [min(s.stop - pad, n) for s, n in zip(at, shape)]
    return tuple(slice(start, max(stop, start)) for start, stop in zip(starts, stops))


def _pool_patch(case, place):
    image, size, stride = case
    at = tuple(slice(p * stride, p * stride + size) for p in place)
    return image[at], at


def _largest(numbers):
    texts = ", ".join(number_text(value) for value in numbers.flat)
    return f"max({texts}) = {number_text(numbers.max())}"


def _sum(numbers):
    first, *rest = numbers
    return " + ".join([number_text(first), *(factor_text(value) for value in rest)])
