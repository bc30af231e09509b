"""Bench of pictures: a photograph, a kernel, its strength and bias, and the picture they make."""

import base64
import zlib

import numpy as np

from convlib.draw import (
    as_fractions,
    beside,
    draw_outline,
    factor_text,
    grid_panel,
    number_text,
    photo_panel,
    sign_panel,
    size_text,
    sum_of_products,
)
from convlib.explore.benches.held import held_array, held_rows
from convlib.explore.benches.picture_text import read_state, write_kernel, write_state
from convlib.explore.engine import Picture
from convlib.explore.engine.bench import Bench, Setting, same
from convlib.fast import conv2d
from convlib.samples import KERNELS, grey, photograph, portrait
from convlib.shapes import number, numbers_array, pair

MOST_PIXELS = 256
"""Rows and columns of a picture that a bench has room for."""

MOST_WEIGHTS = 7
"""Rows and columns of a kernel that a bench has room for."""

WRITTEN = 12
"""Products that a sentence writes out."""

HEIGHT = 6.5
"""Height of a picture in cells."""

COLOURS = ("red", "green", "blue")

WEIGHTS = {
    "grey": np.array([0.299, 0.587, 0.114]).reshape(3, 1, 1),
    "red": np.array([1, 0, 0]).reshape(3, 1, 1),
    "green": np.array([0, 1, 0]).reshape(3, 1, 1),
    "blue": np.array([0, 0, 1]).reshape(3, 1, 1),
    "redness": np.array([2, -1, -1]).reshape(3, 1, 1),
}
"""The 1×1 kernels that a reader can choose by name."""

SOURCES = {
    "portrait(128)": lambda: portrait(128),
    "photograph()[::4, ::4].transpose(2, 0, 1)": lambda: photograph()[::4, ::4].transpose(2, 0, 1),
}
"""Python that makes a picture of the book -> the same as a function."""


def bench_picture(image, kernel=KERNELS["gaussian blur"], *, strength=1, bias=0, place=None):
    """Lay a picture and a kernel on a bench where every weight can be changed.

    The output is ``conv2d(x, kernel) * strength + bias``. A reader can load another picture.

    Parameters
    ----------
    image : ndarray, shape (H, W) or (3, H, W)
        Grey levels, or red, green and blue, from 0 to 255; up to 256 rows and columns.
    kernel : ndarray, shape (KH, KW) or (3, 1, 1)
        A kernel of up to 7 rows and columns for the picture in grey, or the three weights of a
        1×1 kernel for a picture in colour.
    strength, bias : number
        What the sums are multiplied by, and what is added then.
    place : (int, int), optional
        The output pixel at which the window stands; in the middle if left out.

    Returns
    -------
    PictureBench
        `bench.image`, `bench.kernel` and the others are read and set as attributes,
        `bench.output` is what follows, and `bench.observe` tells of changes.

    Examples
    --------
    >>> from convlib.samples import KERNELS, portrait
    >>> bench = bench_picture(portrait(64), KERNELS["sobel x"])
    >>> bench.output.shape
    (62, 62)
    >>> bench.kernel = np.array([[1]])
    >>> np.array_equal(bench.output, bench.image)
    True
    """
    if place is None:
        places = np.subtract(np.shape(image)[-2:], np.shape(kernel)[-2:]) + 1
        place = tuple(np.maximum(places // 2, 0).tolist())
    return PictureBench(image=image, kernel=kernel, strength=strength, bias=bias, place=place)


class PictureBench(Bench):
    """A picture and a kernel whose weights the reader changes where they are shown.

    Made by `bench_picture`, which says what its attributes are.
    """

    kind = "picture"
    image, kernel, strength, bias, place = (Setting() for _ in range(5))

    def __init__(self, **settings):
        super().__init__(**settings)
        self.first_image = self.image

    @property
    def output(self):
        """What follows from the settings, or None where the reader has made them impossible."""
        return self._results["output"]

    @property
    def error(self):
        """Why nothing follows from the settings, or None."""
        return self._results["error"]

    @property
    def source(self):
        """Return the Python that makes the picture, as short as it is known."""
        for text, make in SOURCES.items():
            if same(make(), self.first_image):
                return text
        return "bench.image"

    def checked(self, settings):
        """Return settings that a bench can hold; whether they can be computed shows later."""
        return {
            "image": _held_image(settings["image"]),
            "kernel": _held_kernel(settings["kernel"]),
            "strength": _finite(number(settings["strength"], "strength"), "strength"),
            "bias": _finite(number(settings["bias"], "bias"), "bias"),
            "place": pair(settings["place"], "place", 0),
        }

    def results(self, settings):
        """Compute what follows from settings."""
        x, weight = _operands(settings)
        sums = conv2d(x, weight, method="shifts")
        sums = sums if settings["kernel"].ndim == 2 else sums[0]
        return {"output": sums * settings["strength"] + settings["bias"], "error": None}

    def written(self, settings):
        """Write settings as text, without the picture."""
        return write_state(settings)

    def read(self, state):
        """Read settings from text; the picture stays."""
        return {"image": self.image} | read_state(state)

    def load(self, state, image=None):
        """Take over a state from its text, and with it a picture.

        Parameters
        ----------
        state : str
        image : ndarray, optional
            The picture stays if it is left out.
        """
        with_image = {} if image is None else {"image": image}
        self._load(self.checked(self.read(state) | with_image))

    def given(self):
        """Return the kernels that a reader can choose, the first picture and the Python for it."""
        return {
            "kernels": {name: write_kernel(kernel) for name, kernel in (KERNELS | WEIGHTS).items()},
            "image": {"shape": self.first_image.shape, "packed": packed(self.first_image)},
            "source": self.source,
        }

    def title(self):
        """Say in one line what lies on the bench."""
        sizes = size_text(self.image.shape[-2:]), size_text(self.kernel.shape[-2:])
        output = "none" if self.output is None else size_text(self.output.shape)
        channels = " of three channels" if self.kernel.ndim == 3 else ""
        return (
            f"Bench of pictures: picture {sizes[0]}, kernel {sizes[1]}{channels}, output {output}"
        )

    def picture(self):
        """Draw the state as a still picture with its sentence."""
        photo = _photo_panel(_seen(self.settings), "picture")
        weights = self.kernel if self.kernel.ndim == 2 else self.kernel.reshape(1, 3)
        title = "kernel" if self.kernel.ndim == 2 else "red, green, blue"
        kernel = grid_panel(_words(weights), title=title, fill="kernel")
        if self.output is None:
            return Picture(beside(photo, kernel), f"{self.error}.")
        place = tuple(min(i, n - 1) for i, n in zip(self.place, self.output.shape, strict=True))
        output = _photo_panel(self.output, "output")
        _mark(photo, "picture", self.image.shape[-2:], place, self.kernel.shape[-2:])
        _mark(output, "output", self.output.shape, place, (1, 1), "output edge")
        panels = photo, kernel, sign_panel("→", output), output
        return Picture(beside(*panels), self._sentence(place))

    def _sentence(self, place):
        """Write out the sum at one place."""
        (i, j), (height, width) = place, self.kernel.shape[-2:]
        x, _ = _operands(self.settings)
        patch, total = x[..., i : i + height, j : j + width], self.output[place]
        terms = _products(patch, self.kernel)
        if self.strength != 1:
            terms = f"{factor_text(self.strength)}·({terms})"
        if self.bias:
            terms = f"{terms} + {factor_text(self.bias)}"
        drawn = ", drawn black" if total < 0 else ", drawn white" if total > 255 else ""
        return f"Row {i}, column {j}: {terms} = {number_text(total)}{drawn}."


def _words(kernel):
    """Write weights as decimals where three of them say all, and else as fractions."""
    thousandths = kernel * 1000
    is_decimal = (np.abs(kernel) < 1e6) & (np.abs(thousandths - np.rint(thousandths)) < 1e-6)
    if not is_decimal.all():
        return as_fractions(kernel)
    texts = [f"{value:.3f}".rstrip("0").rstrip(".") for value in (kernel + 0.0).flat]
    return np.array(["0" if text == "-0" else text for text in texts], object).reshape(kernel.shape)


def _products(patch, kernel):
    weights = _words(kernel)
    if kernel.ndim == 3:
        each = (sum_of_products(*pair) for pair in zip(patch, weights, strict=True))
        return " + ".join(f"{name} {text}" for name, text in zip(COLOURS, each, strict=True))
    if kernel.size <= WRITTEN:
        return sum_of_products(patch, weights)
    few = sum_of_products(patch.ravel()[:3], weights.ravel()[:3])
    return f"{few} + … ({kernel.size} products)"


def packed(image):
    """Write a picture as text, with no loss: the differences of neighbouring bytes, deflated.

    Parameters
    ----------
    image : ndarray of uint8

    Returns
    -------
    str

    Examples
    --------
    >>> packed(np.array([[7, 7, 8]], dtype=np.uint8))
    'Y2dgBAA='
    """
    differences = np.diff(image.ravel(), prepend=np.uint8(0))
    deflate = zlib.compressobj(9, wbits=-15)
    return base64.b64encode(deflate.compress(differences.tobytes()) + deflate.flush()).decode()


def _held_image(image):
    """Return a picture as bytes of the bench's own that nobody can write to."""
    image = numbers_array(image, "image")
    if image.ndim != 2 and (image.ndim != 3 or len(image) != 3):
        raise ValueError(f"image must be (H, W) or (3, H, W); got shape {image.shape}")
    if max(image.shape) > MOST_PIXELS:
        most = (MOST_PIXELS, MOST_PIXELS)
        raise ValueError(f"image must be at most {most} on a bench; got {image.shape[-2:]}")
    if image.dtype.kind == "f" or image.min() < 0 or image.max() > 255:
        given = f"{image.dtype} from {image.min()} to {image.max()}"
        raise ValueError(f"image must hold whole numbers from 0 to 255; got {given}")
    held = np.array(image, dtype=np.uint8, order="C")
    held.flags.writeable = False
    return held


def _held_kernel(kernel):
    """Return a kernel, or three weights of a 1×1 kernel, as the bench's own."""
    is_weights = np.shape(kernel) == (3, 1, 1)
    held = held_array(kernel, "kernel") if is_weights else held_rows(kernel, "kernel", MOST_WEIGHTS)
    _finite(held, "kernel")
    return held


def _finite(value, name):
    if not np.isfinite(value).all():
        wrong = np.ravel(value)[~np.isfinite(np.ravel(value))][0]
        raise ValueError(f"{name} must be finite; got {wrong}")
    return value


def _seen(settings):
    """Return the picture that the kernel reads, as (H, W), or (H, W, 3) in colour."""
    image, kernel = settings["image"], settings["kernel"]
    if image.ndim == 2:
        return image
    return image.transpose(1, 2, 0) if kernel.ndim == 3 else grey(image.transpose(1, 2, 0))


def _operands(settings):
    """Return what `conv2d` takes."""
    kernel = settings["kernel"]
    if kernel.ndim == 3:
        return settings["image"], kernel[np.newaxis]
    return _seen(settings), kernel


def _photo_panel(photo, title):
    return photo_panel(photo, height=HEIGHT, title=f"{title}, {size_text(photo.shape[:2])}")


def _mark(panel, title, shape, place, size, colour="window edge"):
    """Draw a frame around some pixels of a photograph."""
    grid = panel.grids[f"{title}, {size_text(shape)}"]
    cells = grid.height / shape[0]
    at = (grid.row + place[0] * cells, grid.column + place[1] * cells)
    return draw_outline(panel, at=at, shape=(size[0] * cells, size[1] * cells), colour=colour)
