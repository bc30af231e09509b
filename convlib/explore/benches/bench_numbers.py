"""Bench of numbers: an image, a kernel or a pool window, and all that follows from them."""

from itertools import product

import numpy as np

from convlib.core import avgpool, conv2d, flip, maxpool
from convlib.draw import (
    as_fractions,
    beside,
    grid_panel,
    number_text,
    outline,
    sign_panel,
    size_text,
    sum_of_products,
)
from convlib.explore.benches.held import held_rows, plain
from convlib.explore.benches.numbers_text import (
    DEFAULTS,
    default_stride,
    read_state,
    write_state,
    write_value,
)
from convlib.explore.engine import Picture
from convlib.explore.engine.bench import Bench, Setting
from convlib.samples import KERNEL, KERNELS
from convlib.shapes import conv_arguments, number, pair, pool_arguments

MOST = {"image": 12, "kernel": 7}
"""Rows and columns that a bench has room for."""

WRITTEN = 12
"""Products that a sentence writes out."""


def bench_numbers(
    image,
    kernel=KERNEL,
    *,
    stride=None,
    padding=0,
    dilation=1,
    bias=0,
    flipped=False,
    pool=None,
    size=2,
    ceil_mode=False,
    count_include_pad=True,
    place=(0, 0),
    only_numbers=False,
):
    """Lay an image and a kernel on a bench where every number can be changed.

    Parameters
    ----------
    image : ndarray, shape (H, W)
        Up to 12 rows and columns.
    kernel : ndarray, shape (KH, KW)
        Up to 7 rows and columns.
    stride : int, (rows, columns) or None
        None is 1, or for a pool the size of its window.
    padding : int, (ph, pw), ((top, bottom), (left, right)), "valid" or "same"
    dilation : int or (rows, columns)
    bias : number
    flipped : bool
        Whether the kernel is laid on the image turned by half a turn.
    pool : {None, 'max', 'mean'}
        None for convolution.
    size : int or (rows, columns)
        Of the pool window.
    ceil_mode, count_include_pad : bool
        As for the pools.
    place : (int, int)
        The output cell at which the window stands.
    only_numbers : bool
        Whether image and kernel are all that a reader sees and changes: for one who has not met
        stride and padding yet.

    Returns
    -------
    NumbersBench
        `bench.image`, `bench.kernel` and the others are read and set as attributes,
        `bench.output` is what follows, and `bench.observe` tells of changes.

    Examples
    --------
    >>> from convlib.samples import IMAGE, KERNEL
    >>> bench = bench_numbers(IMAGE, KERNEL)
    >>> bench.output[0].tolist()
    [12, 12, 17]
    >>> bench.stride = 2
    >>> bench.output
    array([[12, 17],
           [ 9, 14]])
    """
    bench = NumbersBench(
        image=image,
        kernel=kernel,
        stride=default_stride(pool) if stride is None else stride,
        padding=padding,
        dilation=dilation,
        bias=bias,
        flipped=flipped,
        pool=pool,
        size=size,
        ceil_mode=ceil_mode,
        count_include_pad=count_include_pad,
        place=place,
    )
    bench.only_numbers = only_numbers
    return bench


class NumbersBench(Bench):
    """Numbers of an image and a kernel that the reader changes where they are shown.

    Made by `bench_numbers`, which says what its attributes are.
    """

    kind = "numbers"
    image, kernel, stride, padding, dilation, bias, flipped = (Setting() for _ in range(7))
    pool, size, ceil_mode, count_include_pad, place = (Setting() for _ in range(5))

    @property
    def output(self):
        """What follows from the settings, or None where the reader has made them impossible."""
        return self._results["output"]

    @property
    def error(self):
        """Why nothing follows from the settings, or None."""
        return self._results["error"]

    def checked(self, settings):
        """Return settings that a bench can hold; whether they can be computed shows later."""
        settings = dict(settings)
        for name, most in MOST.items():
            settings[name] = held_rows(settings[name], name, most)
        if settings["pool"] not in (None, "max", "mean"):
            raise ValueError(f'pool must be None, "max" or "mean"; got {settings["pool"]!r}')
        settings["size"] = pair(settings["size"], "size")
        if max(settings["size"]) > MOST["kernel"]:
            raise ValueError(f"size must be at most {MOST['kernel']}; got {settings['size']}")
        settings["bias"] = number(settings["bias"], "bias")
        settings["place"] = pair(settings["place"], "place", 0)
        for name in ("flipped", "ceil_mode", "count_include_pad"):
            settings[name] = bool(settings[name])
        for name in ("stride", "padding", "dilation"):
            settings[name] = plain(settings[name])
        return settings

    def results(self, settings):
        """Compute what follows from settings."""
        return {"output": _output(settings), "error": None}

    def written(self, settings):
        """Write settings as text."""
        return write_state(settings)

    def read(self, state):
        """Read settings from text."""
        read = read_state(state)
        return {"kernel": self.settings["kernel"], "size": DEFAULTS["size"]} | read

    def given(self):
        """Return the kernels to choose from, as text by name, and whether that is all."""
        kernels = {name: write_value(kernel) for name, kernel in KERNELS.items()}
        return {"kernels": kernels, "onlyNumbers": self.only_numbers}

    def title(self):
        """Say in one line what lies on the bench."""
        image, output = size_text(self.image.shape), "none"
        if self.output is not None:
            output = size_text(self.output.shape)
        window = f"kernel {size_text(self.kernel.shape)}"
        if self.pool:
            window = f"{self.pool} pool {size_text(self.size)}"
        return f"Bench of numbers: image {image}, {window}, output {output}"

    def picture(self):
        """Draw the state as a still picture with its sentence."""
        if self.output is None:
            drawing = beside(*(grid_panel(x, title=n) for n, x in self._shown_arrays()))
            return Picture(drawing, f"{self.error}.")
        call = _arguments(self.settings)
        place = tuple(min(i, n - 1) for i, n in zip(self.place, self.output.shape, strict=True))
        taps = _taps(call, place, self.size if self.pool else self.kernel.shape)
        image = _image_panel(self.image, call.padding, taps, "" if self.pool == "max" else 0)
        output = grid_panel(self.output, title="output", index=True, paint={"output": place})
        outline(output, "output", place, colour="output edge")
        panels = [image, sign_panel("→", output), output]
        if not self.pool:
            kernel = flip(self.kernel) if self.flipped else self.kernel
            title = "kernel, flipped" if self.flipped else "kernel"
            panels.insert(
                1, grid_panel(as_fractions(kernel), title=title, index=True, fill="kernel")
            )
        return Picture(beside(*panels), self._sentence(place, taps))

    def _sides(self):
        """Return ((top, bottom), (left, right)) of the padding."""
        return _arguments(self.settings).padding

    def _shown_arrays(self):
        return [("image", self.image)] + ([] if self.pool else [("kernel", self.kernel)])

    def _sentence(self, place, taps):
        total = f"{number_text(self.output[place])}."
        where = f"Row {place[0]}, column {place[1]}: "
        if self.pool:
            return f"{where}{self._pooled_text(taps)} {total}"
        kernel = as_fractions(flip(self.kernel) if self.flipped else self.kernel)
        products = sum_of_products(_patch(self.image, taps), kernel)
        if kernel.size > WRITTEN:
            few = sum_of_products(*(x.ravel()[:3] for x in (_patch(self.image, taps), kernel)))
            products = f"{few} + … ({kernel.size} products)"
        bias = f" + {_enclosed(self.bias)}" if self.bias else ""
        return f"{where}{products}{bias} = {total}"

    def _pooled_text(self, taps):
        """Write what a pool does with the numbers that it counts."""
        counts_padding = self.pool == "mean" and self.count_include_pad
        ends = [n + after for n, (_, after) in zip(self.image.shape, self._sides(), strict=True)]
        values = [
            value
            for (i, j), value in zip(product(*taps), _patch(self.image, taps).flat, strict=True)
            if (0 <= i < self.image.shape[0] and 0 <= j < self.image.shape[1])
            or (counts_padding and i < ends[0] and j < ends[1])
        ]
        if self.pool == "max":
            return f"the largest of {_listing(map(number_text, values), ', ')} is"
        return f"({_listing(map(_enclosed, values), ' + ')}) / {len(values)} ="


def _enclosed(value):
    text = number_text(value)
    return f"({text})" if text.startswith("−") else text


def _listing(texts, separator, most=16):
    texts = list(texts)
    return separator.join(texts[:most] + ["…"] * (len(texts) > most))


def _patch(image, taps):
    """Return what the window sees, zeros outside of the image."""
    cells = [
        [image[i, j] if 0 <= i < len(image) and 0 <= j < image.shape[1] else 0 for j in taps[1]]
        for i in taps[0]
    ]
    return np.array(cells, dtype=image.dtype)


def _operands(settings):
    kernel = flip(settings["kernel"]) if settings["flipped"] else settings["kernel"]
    return settings["image"], kernel


def _output(settings):
    keep = ("stride", "padding", "dilation")
    if settings["pool"] is None:
        options = {name: settings[name] for name in keep}
        return conv2d(*_operands(settings), settings["bias"], **options)
    if settings["pool"] == "max":
        options = {name: settings[name] for name in (*keep, "ceil_mode")}
        return maxpool(settings["image"], settings["size"], **options)
    options = {name: settings[name] for name in (*keep[:2], "ceil_mode", "count_include_pad")}
    return avgpool(settings["image"], settings["size"], **options)


def _arguments(settings):
    stride, padding = settings["stride"], settings["padding"]
    dilation = 1 if settings["pool"] == "mean" else settings["dilation"]
    if settings["pool"] is None:
        x, kernel = _operands(settings)
        return conv_arguments(x, kernel, settings["bias"], stride, padding, dilation, 1)
    return pool_arguments(
        settings["image"], settings["size"], stride, padding, dilation, settings["ceil_mode"]
    )


def _taps(call, place, size):
    """List the pixels, along both axes, that the cells of the window see."""
    return [
        [i * stride - before + cell * dilation for cell in range(k)]
        for i, stride, (before, _), dilation, k in zip(
            place, call.stride, call.padding, call.dilation, size, strict=True
        )
    ]


def _image_panel(image, padding, taps, outside):
    """Draw the image in its padding, and the window over it."""
    (top, bottom), (left, right) = padding
    shape = (top + image.shape[0] + bottom, left + image.shape[1] + right)
    framed = np.full(shape, outside, dtype=object)
    framed[top : top + image.shape[0], left : left + image.shape[1]] = image
    is_padding = np.ones(shape, dtype=bool)
    is_padding[top : top + image.shape[0], left : left + image.shape[1]] = False
    rows = [i + top for i in taps[0] if i + top < shape[0]]
    columns = [j + left for j in taps[1] if j + left < shape[1]]
    panel = grid_panel(
        framed,
        title="image",
        index=top == left,
        first=-top,
        paint={"outside": is_padding, "window": np.ix_(rows, columns)},
    )
    window = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    return outline(panel, "image", window)
