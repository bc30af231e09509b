"""Picture of a slice: where it lies in an image, and what it holds."""

from convlib.draw import beside, grid_panel, listing, outline, sign_panel, size_text
from convlib.explore.engine import Picture


def show_slice(image, rows, columns):
    """Show where a slice lies in an image, and what it holds.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    rows, columns : (int, int)
        Start and stop of the slice, as in `image[start:stop, start:stop]`.

    Returns
    -------
    Picture

    Examples
    --------
    >>> import numpy as np
    >>> show_slice(np.arange(12).reshape(3, 4), (1, 3), (0, 2)).sentence
    'image[1:3, 0:2] holds 2×2 numbers: 4, 5, 8, 9.'
    """
    window = slice(*rows), slice(*columns)
    patch = image[window]
    name = f"image[{rows[0]}:{rows[1]}, {columns[0]}:{columns[1]}]"
    whole = grid_panel(image, title="image", index=True, paint={"window": window})
    outline(whole, "image", window)
    part = grid_panel(patch, title=name, fill="window")
    says = f"{name} holds {size_text(patch.shape)} numbers: {listing(patch.flat)}."
    return Picture(beside(whole, sign_panel("→", part), part), says)
