"""The work that is measured: images, layers of networks and pools, and who can do it.

Methods were made faster and estimates fitted with an eye on the first layers. The others, with
odd sizes, groups, few channels, batches and large strides, tell whether that holds elsewhere.
"""

import re
from functools import partial
from math import prod

import numpy as np
import scipy.fft
import scipy.ndimage
import scipy.signal

from convlib import fast
from convlib.shapes import conv_arguments

try:
    import torch
except ImportError:
    torch = None
try:
    import cv2
except ImportError:
    cv2 = None
try:
    import jax
except ImportError:
    jax = None

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
    # the others
    "3 to 64 channels, 224×224, kernel 7, stride 2": (1, 3, 224, 64, 7, {"stride": 2}),
    "32 to 32 channels, 112×112, kernel 3, batch of 4": (4, 32, 112, 32, 3, {}),
    "96 to 160 channels, 41×41, kernel 3, batch of 2": (2, 96, 41, 160, 3, {}),
    "64 to 64 channels, 28×28, kernel 3, batch of 16": (16, 64, 28, 64, 3, {}),
    "16 to 24 channels, 61×61, kernel 3": (1, 16, 61, 24, 3, {}),
    "8 to 12 channels, 99×99, kernel 5": (1, 8, 99, 12, 5, {}),
    "128 to 128 channels in 32 groups, 28×28, kernel 3": (1, 128, 28, 128, 3, {"groups": 32}),
    "96 channels, depthwise, 65×65, kernel 5": (1, 96, 65, 96, 5, {"groups": 96}),
    "72 channels, depthwise, 57×57, kernel 3, stride 2, batch of 16": (
        *(16, 72, 57, 72, 3),
        {"groups": 72, "stride": 2},
    ),
    "128 to 256 channels, 29×29, kernel 1, stride 2, batch of 16": (
        *(16, 128, 29, 256, 1),
        {"stride": 2},
    ),
}
POOLS = {"max-pool 2/2": (2, 2), "max-pool 3/2": (3, 2)}
POOLED = (8, 64, 112, 112)  # images, channels, rows and columns
BACKWARD = "backward of "


IMAGE = re.compile(r"(\d+)² image(?:, kernel (\d+))?")


def multiply_adds(name):
    """Count the multiply-adds of a piece of work; pools, which multiply nothing, have none."""
    if name.startswith(BACKWARD):
        forward = multiply_adds(name.removeprefix(BACKWARD))
        return 2 * forward if forward else ""
    if name in LAYERS:
        images, channels, size, filters, kernel, options = LAYERS[name]
        places = outputs(size, options) ** 2
        return images * filters * channels // options.get("groups", 1) * kernel**2 * places
    if match := IMAGE.fullmatch(name):
        size, kernel = int(match[1]), int(match[2] or 3)
        return kernel**2 * (size - kernel + 1) ** 2
    return ""


def outputs(size, options):
    """Return how many outputs a padded layer has along an axis."""
    return -(-size // options.get("stride", 1))


def numbers(name):
    """Count the numbers that a piece of work reads and writes at the least: each array once."""
    forward = name.removeprefix(BACKWARD)
    if forward in LAYERS:
        images, channels, size, filters, kernel, options = LAYERS[forward]
        x, y = images * channels * size**2, images * filters * outputs(size, options) ** 2
        weight = filters * channels // options.get("groups", 1) * kernel**2
    elif match := IMAGE.fullmatch(name):
        size, kernel = int(match[1]), int(match[2] or 3)
        x, y, weight = size**2, (size - kernel + 1) ** 2, kernel**2
    else:
        size, stride = POOLS[forward.replace("mean", "max")]
        images, channels, height, width = POOLED
        x, weight = prod(POOLED), 0
        y = images * channels * prod((n - size) // stride + 1 for n in (height, width))
        if "mean" in name:
            return x + y  # the image itself does not matter to the gradient of a mean
    return 2 * (x + weight) + y if forward != name else x + weight + y


def calls():
    """Return the convolutions that are measured, {name: ConvArguments}."""
    images = {f"1024² image, kernel {k}": (random(1024, 1024), random(k, k)) for k in KERNELS}
    every = {name: conv_arguments(*arrays, None, 1, 0, 1, 1) for name, arrays in images.items()}
    for name, arguments in LAYERS.items():
        x, weight, options = arrays_of(*arguments)
        stride, groups = options.get("stride", 1), options.get("groups", 1)
        every[name] = conv_arguments(x, weight, None, stride, options["padding"], 1, groups)
    return every


def arrays_of(images, channels, size, filters, kernel, options):
    """Return the image, the weights and the options of a layer."""
    x = random(images, channels, size, size)
    weight = random(filters, channels // options.get("groups", 1), kernel, kernel)
    return x, weight, {"padding": kernel // 2} | options


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
    if cv2:
        border = cv2.BORDER_CONSTANT
        ways["OpenCV"] = lambda: cv2.filter2D(x, -1, k, borderType=border)[inside]
    return ways


def layer(images, channels, size, filters, kernel, options):
    """Return the ways to compute one layer."""
    x, weight, options = arrays_of(images, channels, size, filters, kernel, options)
    ways = ours(x, weight, **options)
    if torch:
        a, b = torch.from_numpy(x), torch.from_numpy(weight)
        ways["PyTorch"] = partial(torch.nn.functional.conv2d, a, b, **options)
    if jax:
        ways["JAX"] = in_jax(x, weight, **options)
    return ways


def in_jax(x, weight, padding, stride=1, groups=1):
    """Return JAX's convolution, compiled by its first call: a function without arguments."""
    convolve = jax.jit(
        partial(
            jax.lax.conv_general_dilated,
            window_strides=(stride, stride),
            padding=[(padding, padding)] * 2,
            feature_group_count=groups,
        )
    )
    arrays = jax.numpy.asarray(x), jax.numpy.asarray(weight)
    return lambda: convolve(*arrays).block_until_ready()


def product(images, channels, size, filters, kernel, options):
    """Return the matrix product of im2col alone: a function without arguments, or None for groups.

    It is the least that a layer can take by way of NumPy's matrix products.
    """
    if "groups" in options:
        return None
    cells = channels * kernel**2
    places = images * outputs(size, options) ** 2
    return partial(np.matmul, random(filters, cells), random(cells, places))


def pool(size, stride):
    """Return the ways to max-pool a batch of 8."""
    x = random(*POOLED)
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
