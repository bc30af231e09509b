"""What an output shows while it is being filled in."""

import numpy as np

from tests.drawn import filled, grids, outlined

TALL = np.arange(24).reshape(6, 4) % 7 - 3
EVEN = np.array([[1, -2, 0], [0, 3, 1]])


def assert_shows_window_and_output(markup, image, kernel, output, place, corner):
    """Compare image, kernel and output up to `place`, their colours and their frames."""
    shown = grids(markup)
    np.testing.assert_array_equal(shown["image"], image)
    np.testing.assert_array_equal(shown["kernel"], kernel)
    row, column = place
    expected = output.astype(float).ravel()
    expected[row * output.shape[1] + column + 1 :] = np.nan
    full = np.full(output.shape, np.nan)
    full[: shown["output"].shape[0], : shown["output"].shape[1]] = shown["output"]
    np.testing.assert_array_equal(full, expected.reshape(output.shape))

    under_window = {(corner[0] + u, corner[1] + v) for u, v in np.ndindex(kernel.shape)}
    assert filled(markup, "image", "window") == under_window
    assert filled(markup, "image", "paper") == set(np.ndindex(image.shape)) - under_window
    assert outlined(markup, "image") == {(*corner, *kernel.shape)}
    assert filled(markup, "kernel", "kernel") == set(np.ndindex(kernel.shape))
    assert filled(markup, "output", "output") == {place}
    assert filled(markup, "output", "paper") == set(np.ndindex(output.shape)) - {place}
    assert outlined(markup, "output", "output edge") == {(*place, 1, 1)}
