"""Explorers of an image's spectrum: what its parts stand for, and what a kernel does to them."""

import numpy as np

from convlib.draw import (
    canvas,
    draw_arrow,
    draw_grid,
    draw_label,
    draw_outline,
    draw_photo,
    number_text,
)
from convlib.explore.explorer import Explorer

SIDE = 4.2
LEFTS = (0.3, 5.3, 10.3)
ROWS = (1.0, 7.2)
EXACT = 6  # decimals that every machine computes alike


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
        ax = canvas(12.4, 6.8)
        shown = spectrum_picture(photo) * np.fft.fftshift(kept)
        draw_photo(ax, shown, at=(1, 0.4), height=5.5, title="spectrum", limits=(0, 1))
        draw_photo(ax, image.round(EXACT), at=(1, 6.5), height=5.5, title="image from it")
        times = "1 time" if finest == 1 else f"{finest} times"
        return ax.figure, (f"Waves that go up and down at most {times}: {kept.sum()} of"
                           f" {kept.size} numbers of the spectrum are kept.")

    return Explorer(frame, play="finest", finest=radii)


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
        Slider `kernel`.

    Examples
    --------
    >>> from convlib.samples import KERNELS, portrait
    >>> explore_spectrum(portrait(64), KERNELS).picture(kernel="laplacian").sentence
    'Kernel laplacian: slow waves, in the middle, are multiplied by 0, the finest by 8.'
    """
    before = np.fft.fft2(photo)

    def frame(kernel):
        weights = kernels[kernel]
        gain = np.fft.fft2(weights, photo.shape)
        output = np.fft.ifft2(before * np.conj(gain)).real.round(EXACT)
        shown = np.abs(output) if abs(weights.sum()) < 1e-9 else output
        ax = canvas(14.8, ROWS[1] + SIDE + 0.3)
        upper, lower = ROWS
        draw_photo(ax, photo, at=(upper, LEFTS[0]), height=SIDE, title="photograph")
        draw_grid(ax, weights, at=(upper + 0.6, LEFTS[1] + 0.6), title=kernel, fill="kernel")
        draw_photo(ax, shown, at=(upper, LEFTS[2]), height=SIDE, title="output")
        draw_photo(ax, spectrum_picture(photo), at=(lower, LEFTS[0]), height=SIDE,
                   title="photograph's spectrum", limits=(0, 1))
        draw_photo(ax, gain_picture(gain), at=(lower, LEFTS[1]), height=SIDE,
                   title="kernel's spectrum", limits=(0, 1))
        draw_outline(ax, at=(lower, LEFTS[1]), shape=(SIDE, SIDE), colour="line")
        draw_photo(ax, spectrum_picture(output, like=photo), at=(lower, LEFTS[2]), height=SIDE,
                   title="output's spectrum", limits=(0, 1))
        _draw_signs(ax)
        middle, finest = (number_text(np.abs(gain[i, j]).round(EXACT))
                          for i, j in ((0, 0), np.array(photo.shape) // 2))
        return ax.figure, (f"Kernel {kernel}: slow waves, in the middle, are multiplied by"
                           f" {middle}, the finest by {finest}.")

    return Explorer(frame, play="kernel", kernel=list(kernels))


def spectrum_picture(image, like=None):
    """Compute how bright each wave of an image is drawn: the logarithm of its size.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    like : ndarray, shape (H, W), optional
        The image whose strongest wave is drawn white; by default `image` itself.

    Returns
    -------
    ndarray, shape (H, W)
        From 0 to about 1; the slowest wave, the mean, stands in the middle.
    """
    sizes, strongest = (np.abs(np.fft.fft2(x)) for x in (image, image if like is None else like))
    return np.fft.fftshift(np.log1p(sizes) / np.log1p(strongest.max())).round(EXACT)


def gain_picture(gain):
    """Compute how bright a kernel's spectrum is drawn: white where it keeps most."""
    sizes = np.abs(gain)
    return np.fft.fftshift(sizes / sizes.max()).round(EXACT)


def _draw_signs(ax):
    upper, lower = ROWS
    gaps = (LEFTS[0] + SIDE + 0.4, LEFTS[1] + SIDE + 0.4)
    for row, signs in ((upper, "∗="), (lower, "×=")):
        for sign, column in zip(signs, gaps):
            draw_label(ax, sign, at=(row + SIDE / 2, column), size="sign", colour="quiet")
    for left in LEFTS[:2]:
        draw_arrow(ax, start=(upper + SIDE + 0.2, left + SIDE / 2),
                   end=(lower - 0.9, left + SIDE / 2))
    draw_arrow(ax, start=(lower - 0.9, LEFTS[2] + SIDE / 2),
               end=(upper + SIDE + 0.2, LEFTS[2] + SIDE / 2))
