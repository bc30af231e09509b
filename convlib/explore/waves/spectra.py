"""Spectra as pictures, the slowest wave in the middle."""

import numpy as np

EXACT = 6
"""Decimals that every machine computes alike."""


def spectrum_picture(image, like=None):
    """Return the sizes of an image's waves on a logarithmic scale from 0 to 1.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    like : ndarray, optional
        Image whose largest wave counts as 1.

    Returns
    -------
    ndarray, shape (H, W)
    """
    sizes, strongest = (np.abs(np.fft.fft2(x)) for x in (image, image if like is None else like))
    return np.fft.fftshift(np.log1p(sizes) / np.log1p(strongest.max())).round(EXACT)


def gain_picture(gain):
    """Return how much a kernel lets through of each wave, from 0 to 1 for its largest factor."""
    sizes = np.abs(gain)
    return np.fft.fftshift(sizes / sizes.max()).round(EXACT)
