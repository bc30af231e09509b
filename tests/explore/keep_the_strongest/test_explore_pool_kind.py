"""The explorer of largest and mean shows what plain arithmetic on each window gives."""

import numpy as np

from convlib.explore import explore_pool_kind
from convlib.samples import POOL_IMAGE
from tests.drawn import filled, grids, outlined
from tests.explore.compared import every_state
from tests.explore.keep_the_strongest.windows import TALL, WIDE, grid_of, windows_of, winner_of


@every_state(explore_pool_kind, (POOL_IMAGE,), (TALL,), (WIDE,))
def test_kind_shows_the_largest_and_the_mean_of_each_window(states, image):
    seen = []
    for values, markup, says in states:
        shown = grids(markup)
        size, kind = values.values()
        seen.append((size, kind))
        windows = windows_of(image, size, size)
        rule = {"largest": max, "mean": lambda numbers, n=size**2: sum(numbers) / n}[kind]
        output = {place: rule([image[pixel] for pixel in windows[place]]) for place in windows}
        np.testing.assert_array_equal(shown["image"], image)
        np.testing.assert_allclose(shown["output"], grid_of(output), atol=0.0051)
        which = "the only" if len(windows) == 1 else "each"
        start, numbers = says.split(": ")
        assert start == f"The {kind} of {which} {size}×{size} window"
        told = [float(n.replace("−", "-")) for n in numbers.rstrip(".").split(", ")]
        np.testing.assert_allclose(told, list(output.values()), atol=0.0051)
        assert outlined(markup, "image", "window edge") == {
            (i * size, j * size, size, size) for i, j in windows
        }
        pooled = {pixel for pixels in windows.values() for pixel in pixels}
        winners = {winner_of(image, pixels) for pixels in windows.values()}
        marked = winners if kind == "largest" else set()
        assert filled(markup, "image", "strong") == marked
        assert filled(markup, "image", "window") == pooled - marked
        assert filled(markup, "image", "outside") == set(np.ndindex(image.shape)) - pooled
        fill = {"largest": "strong", "mean": "output"}[kind]
        assert filled(markup, "output", fill) == set(windows)
    assert seen == [
        (size, kind) for size in range(2, min(image.shape) + 1) for kind in ("largest", "mean")
    ]
