"""The explorer of kernels shows the photograph that SciPy computes, and the kernel's weights."""

import numpy as np
from scipy.signal import correlate2d

from convlib.explore import explore_kernels
from convlib.samples import KERNELS, portrait
from tests.drawn import bytes_of, filled, grids, photos, texts
from tests.explore.compared import every_state

# The first chapter gives them names of its own.
START = {
    "upright edges": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
    "level edges": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
    "blur": np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16,
    "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
}
EDGE_DETECTORS = ("upright edges", "level edges", "sobel x", "sobel y", "laplacian")


@every_state(
    explore_kernels,
    (portrait(128), KERNELS),
    (portrait(128), START),
    (portrait(64)[:, 3:40], {"sharpen": START["sharpen"]}),
)
def test_kernels_show_every_kernel_and_the_filtered_photograph(states, photo, kernels):
    seen = []
    for values, markup, says in states:
        name = values["kernel"]
        seen.append(name)
        output = correlate2d(photo.astype(float), kernels[name], mode="valid")
        np.testing.assert_allclose(grids(markup)[name], kernels[name], rtol=0, atol=1e-9)
        assert filled(markup, name, "kernel") == set(np.ndindex(kernels[name].shape))
        is_edge_detector = name in EDGE_DETECTORS
        drawn = ", drawn without signs," if is_edge_detector else ""
        low, high = (f"{value:.0f}".replace("-", "−") for value in (output.min(), output.max()))
        assert says == f"Kernel {name}: the output{drawn} runs from {low} to {high}."
        before, after = photos(states.drawing(values))
        np.testing.assert_array_equal(before, photo)
        expected = abs(output) if is_edge_detector else output
        np.testing.assert_array_equal(after, bytes_of(expected))
        sizes = ["×".join(map(str, array.shape)) for array in (photo, output)]
        assert texts(markup)[0] == f"photograph, {sizes[0]}"
        assert texts(markup)[-1] == f"output, {sizes[1]}"
    assert seen == list(kernels)


def test_kernels_of_the_first_chapter_are_the_library_s():
    names = {
        "upright edges": "sobel x",
        "level edges": "sobel y",
        "blur": "gaussian blur",
        "sharpen": "sharpen",
    }
    for name, weights in START.items():
        np.testing.assert_array_equal(weights, KERNELS[names[name]])
