"""Explorer of a photograph as a sum of waves: the slow ones first."""

import numpy as np

from convlib.draw import beside, mark, photo_panel, sign_panel
from convlib.explore.engine import Cells, Explorer
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
        for radius in radii:
            _mark_square(spectrum, radius, photo.shape)
        result = photo_panel(image.round(EXACT), height=PHOTO, title="image from it")
        times = "1 time" if finest == 1 else f"{finest} times"
        return beside(spectrum, sign_panel("→", result), result), (
            f"Waves that go up and down at most {times}: {kept.sum()} of"
            f" {kept.size} numbers of the spectrum are kept."
        )

    cells = {f"finest {n}": Cells(also={"finest": n}) for n in sorted(radii, reverse=True)}
    return Explorer(frame, play="finest", cells=cells, finest=radii)


def _mark_square(panel, radius, shape):
    """Name the part of a spectrum that holds waves of at most `radius` times up and down."""
    whole, scale = panel.grids["spectrum"], PHOTO / shape[0]
    rows, columns = ((max(n // 2 - radius, 0), min(n // 2 + radius + 1, n)) for n in shape)
    mark(
        panel,
        f"finest {radius}",
        middle=(whole.row + sum(rows) / 2 * scale, whole.column + sum(columns) / 2 * scale),
        shape=((rows[1] - rows[0]) * scale, (columns[1] - columns[0]) * scale),
    )
