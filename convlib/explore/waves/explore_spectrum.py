"""Explorer of an image's spectrum: what a kernel does to each wave."""

import numpy as np

from convlib.draw import (
    as_fractions,
    below,
    beside,
    canvas,
    draw_label,
    grid_panel,
    number_text,
    outline,
    photo_panel,
    sign_panel,
)
from convlib.explore.engine import Explorer
from convlib.explore.waves.spectra import EXACT, gain_picture, spectrum_picture

PHOTO = 4.7  # three of them and two signs fit beside each other


def explore_spectrum(photo, kernels):
    """Convolve a photograph, and multiply its spectrum.

    Parameters
    ----------
    photo : ndarray, shape (H, W)
        Grey levels from 0 to 255.
    kernels : dict of str to ndarray

    Returns
    -------
    Explorer
        Slider `kernel`. The output keeps the photograph's size: what leaves it on one side comes
        in on the other.

    Examples
    --------
    >>> from convlib.samples import KERNELS, portrait
    >>> explore_spectrum(portrait(64), KERNELS).picture(kernel="laplacian").sentence
    'Kernel laplacian: slow waves, in the middle, are multiplied by 0, the finest by −8.'
    """
    before = np.fft.fft2(photo)

    def frame(kernel):
        weights = kernels[kernel]
        gain = np.fft.fft2(weights, photo.shape)
        output = np.fft.ifft2(before * np.conj(gain)).real.round(EXACT)
        output = np.roll(output, np.array(weights.shape) // 2, axis=(0, 1))
        shown = np.abs(output) if abs(weights.sum()) < 1e-9 else output
        middle, finest = (
            number_text(gain[place].real.round(EXACT))
            for place in ((0, 0), tuple(np.array(photo.shape) // 2))
        )
        return _draw(photo, weights, kernel, shown, gain, output), (
            f"Kernel {kernel}: slow waves, in the middle, are multiplied by"
            f" {middle}, the finest by {finest}."
        )

    return Explorer(frame, play="kernel", kernel=list(kernels))


def _draw(photo, weights, name, shown, gain, output):
    """Draw the convolution above, and below it the product of the spectra, part under part."""
    image = photo_panel(photo, height=PHOTO, title="photograph")
    grid = grid_panel(as_fractions(weights), title=name, fill="kernel")
    kernel = canvas(image.width, grid.height)
    kernel.put(grid, at=(0, (kernel.width - grid.width) / 2))
    result = photo_panel(shown, height=PHOTO, title="output")
    spectra = {
        "photo's spectrum": spectrum_picture(photo),
        "kernel's spectrum": gain_picture(gain),
        "output's spectrum": spectrum_picture(output, like=photo),
    }
    panels = [
        outline(
            photo_panel(picture, height=PHOTO, title=title, limits=(0, 1)),
            title,
            np.s_[:, :],
            colour="line",
        )
        for title, picture in spectra.items()
    ]
    white = f"white is ×{number_text(np.abs(gain).max())}"
    for panel in panels:
        panel.height += 0.8
    draw_label(panels[1], white, at=(panels[1].height - 0.4, panels[1].width / 2))
    return below(
        beside(image, sign_panel("∗", image), kernel, sign_panel("=", result), result),
        beside(
            panels[0], sign_panel("×", panels[0]), panels[1], sign_panel("=", panels[1]), panels[2]
        ),
    )
