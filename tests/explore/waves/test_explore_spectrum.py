"""The explorer of spectra shows what SciPy computes without and with the transform."""

import numpy as np
import scipy.fft
from scipy.ndimage import correlate

from convlib.explore import explore_spectrum
from convlib.samples import KERNELS, portrait
from tests.drawn import filled, grids, photos, texts
from tests.explore.compared import every_state

WIDE = portrait(64)[:24, :32]
CHESSBOARD = (-1) ** np.add.outer(np.arange(3), np.arange(3))


@every_state(explore_spectrum, (portrait(64), KERNELS), (WIDE, KERNELS))
def test_spectrum_shows_the_three_spectra_and_the_output(states, photo, kernels):
    seen = []
    for values, markup, says in states:
        name = values["kernel"]
        seen.append(name)
        kernel = kernels[name]
        np.testing.assert_allclose(grids(markup)[name], kernel, rtol=0, atol=1e-9)
        assert filled(markup, name, "kernel") == set(np.ndindex(kernel.shape))
        output = correlate(photo.astype(float), kernel, mode="wrap")
        is_edge_detector = name in ("sobel x", "sobel y", "laplacian")
        strongest = np.log1p(photo.sum(dtype=float))
        before, product = (
            scipy.fft.fftshift(np.log1p(np.abs(scipy.fft.fft2(x))) / strongest)
            for x in (photo, output.round(6))
        )
        padded = np.zeros(photo.shape)
        padded[:3, :3] = kernel
        gain = np.abs(scipy.fft.fftshift(scipy.fft.fft2(padded)))
        shown = abs(output) if is_edge_detector else output
        expected = [
            photo,
            np.clip(shown, 0, 255),
            *(np.clip(255 * x, 0, 255) for x in (before, gain / gain.max(), product)),
        ]
        for drawn, wanted in zip(photos(states.drawing(values)), expected, strict=True):
            np.testing.assert_allclose(drawn, wanted, rtol=0, atol=0.53)
        most = f"{gain.max():.2f}".rstrip("0").rstrip(".")
        assert f"white is ×{most}" in texts(markup)
        # The centre of the kernel stays where it is, so that both factors are real.
        middle, finest = kernel.sum(), (kernel * CHESSBOARD).sum()
        found = says.rstrip(".").split("multiplied by ")[1].split(", the finest by ")
        numbers = [float(x.replace("−", "-")) for x in found]
        np.testing.assert_allclose(numbers, [middle, finest], atol=0.0051)
    assert seen == list(kernels)
