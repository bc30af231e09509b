"""Picture of photographs beside each other."""

from convlib.draw import beside, photo_panel, size_text
from convlib.explore.engine import Picture


def show_photos(says, *, height=7.5, limits=(0, 255), **photos):
    """Show photographs side by side.

    Parameters
    ----------
    says : str
        The sentence that says what the picture shows.
    height : float
        Height of each photograph in cells.
    limits : (float, float)
        Values shown black and white.
    **photos : ndarray, shape (H, W) or (H, W, 3)
        The name, underscores as spaces, becomes the title, with the size below it.

    Returns
    -------
    Picture

    Examples
    --------
    >>> import numpy as np
    >>> show_photos("All black.", dark=np.zeros((64, 64))).sentence
    'All black.'
    """
    panels = [
        photo_panel(
            photo,
            height=height,
            title=f"{name.replace('_', ' ')}, {size_text(photo.shape[:2])}",
            limits=limits,
        )
        for name, photo in photos.items()
    ]
    return Picture(beside(*panels), says)
