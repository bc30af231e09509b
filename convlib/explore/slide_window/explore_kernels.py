"""Explorer of kernels: one photograph through one kernel after another."""

import numpy as np

from convlib.core import conv2d
from convlib.draw import as_fractions, beside, grid_panel, number_text, photo_panel, size_text
from convlib.explore.engine import Explorer

PHOTO = 6
"""Rows of a photograph: a phone has the kernel beside the first."""


def explore_kernels(photo, kernels):
    """Filter one grey photograph with one kernel after another.

    Parameters
    ----------
    photo : ndarray, shape (H, W)
        Grey levels from 0 to 255.
    kernels : dict of str to ndarray

    Returns
    -------
    Explorer
        Slider `kernel`. Outputs of
        kernels whose weights sum to 0 are shown as their absolute value, the others clipped to
        0 to 255.

    Examples
    --------
    >>> from convlib.samples import KERNELS, portrait
    >>> explore_kernels(portrait(64), KERNELS).picture(kernel="sobel x").sentence[:49]
    'Kernel sobel x: the output, drawn without signs, '
    """
    outputs = {name: conv2d(photo, weights) for name, weights in kernels.items()}

    def frame(kernel):
        output = outputs[kernel]
        is_edge_detector = abs(kernels[kernel].sum()) < 1e-9
        shown = np.abs(output) if is_edge_detector else output
        drawing = beside(
            photo_panel(photo, height=PHOTO, title=f"photograph, {size_text(photo.shape)}"),
            grid_panel(as_fractions(kernels[kernel]), title=kernel, fill="kernel"),
            photo_panel(shown, height=PHOTO, title=f"output, {size_text(output.shape)}"),
        )
        drawn = ", drawn without signs," if is_edge_detector else ""
        return drawing, f"Kernel {kernel}: the output{drawn} runs from {_range(output)}."

    return Explorer(frame, play="kernel", kernel=list(kernels))


def _range(array):
    return f"{number_text(round(array.min()))} to {number_text(round(array.max()))}"
