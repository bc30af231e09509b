"""The first chapter's photograph shows what SciPy computes, under the names given there."""

import numpy as np
from scipy.signal import correlate2d

from convlib.explore import explore_kernels
from convlib.samples import KERNELS, portrait
from tests.drawn import grids

NAMES = {"upright edges": "sobel x", "level edges": "sobel y",
         "blur": "gaussian blur", "sharpen": "sharpen"}
WEIGHTS = {
    "upright edges": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
    "level edges": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]),
    "blur": np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16,
    "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
}


def test_photograph_shows_every_kernel_and_its_output(drive):
    photo = portrait(128)
    explorer = explore_kernels(photo, {name: KERNELS[NAMES[name]] for name in NAMES})
    seen = []
    for values, markup, says in drive(explorer):
        name = values["kernel"]
        seen.append(name)
        np.testing.assert_allclose(grids(markup)[name], WEIGHTS[name], atol=0.005)
        output = correlate2d(photo.astype(float), WEIGHTS[name], mode="valid")
        low, high = (f"{value:.0f}".replace("-", "−") for value in (output.min(), output.max()))
        assert says.endswith(f"{low} to {high}.")
        shown = explorer.picture(kernel=name).figure.axes[0].images[1].get_array()
        expected = abs(output) if name.endswith("edges") else output
        np.testing.assert_allclose(shown, expected, atol=1e-9)
    assert seen == list(WEIGHTS)
