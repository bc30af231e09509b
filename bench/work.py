"""The work that is measured: images, layers of networks and pools, and who can do it."""

import re
from functools import partial

import numpy as np
import scipy.fft
import scipy.ndimage
import scipy.signal

from convlib import fast

try:
    import torch
except ImportError:
    torch = None

KERNELS = (3, 5, 9, 15, 31)
LAYERS = {  # name: images, channels, size, filters, kernel, options
    "64 to 64 channels, 56×56, kernel 3": (1, 64, 56, 64, 3, {}),
    "256 to 256 channels, 28×28, kernel 3": (1, 256, 28, 256, 3, {}),
    "512 to 512 channels, 7×7, kernel 3, batch of 8": (8, 512, 7, 512, 3, {}),
    "64 to 64 channels, 56×56, kernel 3, batch of 8": (8, 64, 56, 64, 3, {}),
    "256 to 64 channels, 28×28, kernel 1, batch of 4": (4, 256, 28, 64, 1, {}),
    "3 to 64 channels, 224×224, kernel 3": (1, 3, 224, 64, 3, {}),
    "64 to 64 channels, 56×56, kernel 5": (1, 64, 56, 64, 5, {}),
    "128 channels, depthwise, 56×56, kernel 3": (1, 128, 56, 128, 3, {"groups": 128}),
    "64 to 128 channels, 56×56, kernel 3, stride 2": (1, 64, 56, 128, 3, {"stride": 2}),
}
POOLS = {"max-pool 2/2": (2, 2), "max-pool 3/2": (3, 2)}


IMAGE = re.compile(r"(\d+)² image(?:, kernel (\d+))?")


def multiply_adds(name):
    """Count the multiply-adds of a piece of work; pools, which multiply nothing, have none."""
    if name in LAYERS:
        images, channels, size, filters, kernel, options = LAYERS[name]
        places = (size // options.get("stride", 1)) ** 2
        return images * filters * channels // options.get("groups", 1) * kernel**2 * places
    if match := IMAGE.fullmatch(name):
        size, kernel = int(match[1]), int(match[2] or 3)
        return kernel**2 * (size - kernel + 1) ** 2
    return ""


def random(*shape):
    return np.random.default_rng(0).standard_normal(shape, dtype=np.float32)


def image(size, kernel, threads):
    """Return the ways to convolve one image: a dict of name -> function without arguments."""
    x, k = random(size, size), random(kernel, kernel)
    ways = ours(x, k)
    flipped = k[::-1, ::-1].copy()
    inside = (slice(kernel // 2, size - kernel // 2),) * 2

    def oaconvolve():
        with scipy.fft.set_workers(threads):
            return scipy.signal.oaconvolve(x, flipped, mode="valid")

    ways["correlate2d"] = lambda: scipy.signal.correlate2d(x, k, mode="valid")
    ways["oaconvolve"] = oaconvolve
    ways["ndimage"] = lambda: scipy.ndimage.correlate(x, k, mode="constant")[inside]
    if torch:
        a, b = torch.from_numpy(x[np.newaxis, np.newaxis]), torch.from_numpy(k[None, None])
        ways["PyTorch"] = lambda: torch.nn.functional.conv2d(a, b)[0, 0]
    return ways


def layer(images, channels, size, filters, kernel, options):
    """Return the ways to compute one layer."""
    x = random(images, channels, size, size)
    weight = random(filters, channels // options.get("groups", 1), kernel, kernel)
    options = {"padding": kernel // 2} | options
    ways = ours(x, weight, **options)
    if torch:
        a, b = torch.from_numpy(x), torch.from_numpy(weight)
        ways["PyTorch"] = partial(torch.nn.functional.conv2d, a, b, **options)
    return ways


def product(images, channels, size, filters, kernel, options):
    """Return the matrix product of im2col alone: a function without arguments, or None for groups.

    It is the least that a layer can take by way of NumPy's matrix products.
    """
    if "groups" in options:
        return None
    cells = channels * kernel**2
    places = images * (size // options.get("stride", 1)) ** 2
    return partial(np.matmul, random(filters, cells), random(cells, places))


def pool(size, stride):
    """Return the ways to max-pool 8 images of 64 channels."""
    x = random(8, 64, 112, 112)
    ways = {"auto": partial(fast.maxpool, x, size, stride=stride)}
    if torch:
        ways["PyTorch"] = partial(torch.nn.functional.max_pool2d, torch.from_numpy(x), size, stride)
    return ways


def ours(x, weight, **options):
    """Return our methods, those that can, with "auto" first."""
    ways = {"auto": partial(fast.conv2d, x, weight, **options)}
    for method in fast.METHODS:
        way = partial(fast.conv2d, x, weight, **options, method=method)
        try:
            way()
        except ValueError:
            continue
        ways[method] = way
    return ways


def check(ways):
    """Raise AssertionError unless all ways give the same."""
    results = {name: np.asarray(way()) for name, way in ways.items()}
    expected = results["auto"]
    for name, result in results.items():
        error = np.abs(result - expected).max() / np.abs(expected).max()
        assert error < 1e-4, f"{name} differs by {error:.1e}"
