"""Explorer of a photograph as a sum of waves: the slow ones first."""

import numpy as np

from convlib.draw import beside, photo_panel, sign_panel
from convlib.explore.engine import Explorer
from convlib.explore.waves.spectra import EXACT, spectrum_picture

PHOTO = 7.5


def explore_waves(photo, radii):
    """Build a photograph from the waves in the middle of its spectrum.

    Parameters
    ----------
    photo : ndarray, shape (H, W)
        Grey levels from 0 to 255.
    radii : list of int
        How many times the finest waves that are kept go up and down, across or along.

    Returns
    -------
    Explorer
        Slider `finest`.

    Examples
    --------
    >>> explore_waves(np.eye(8) * 255, [0, 1]).picture(finest=1).sentence[:52]
    'Waves that go up and down at most 1 time: 9 of 64 nu'
    """
    transform = np.fft.fft2(photo)
    counts = [np.abs(np.fft.fftfreq(n, 1 / n)) for n in photo.shape]

    def frame(finest):
        kept = np.logical_and.outer(*(count <= finest for count in counts))
        image = np.fft.ifft2(transform * kept).real
        shown = spectrum_picture(photo) * np.fft.fftshift(kept)
        spectrum = photo_panel(shown, height=PHOTO, title="spectrum", limits=(0, 1))
        result = photo_panel(image.round(EXACT), height=PHOTO, title="image from it")
        times = "1 time" if finest == 1 else f"{finest} times"
        return beside(spectrum, sign_panel("→", result), result), (
            f"Waves that go up and down at most {times}: {kept.sum()} of"
            f" {kept.size} numbers of the spectrum are kept."
        )

    return Explorer(frame, play="finest", finest=radii)
