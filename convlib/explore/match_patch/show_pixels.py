"""Picture of a small image as what it is: an array of grey levels."""

from convlib.draw import beside, canvas, draw_outline, draw_photo, grid_panel, sign_panel
from convlib.draw.placement import EDGE, INDEX, TITLE
from convlib.explore.engine import Picture


def show_pixels(says, image):
    """Show a small image twice: as grey squares and as numbers.

    Parameters
    ----------
    says : str
        The sentence that says what the picture shows.
    image : ndarray, shape (H, W)
        0 is shown black, the largest number white.

    Returns
    -------
    Picture

    Examples
    --------
    >>> import numpy as np
    >>> show_pixels("Black and white.", np.array([[0, 1]])).sentence
    'Black and white.'
    """
    height, width = image.shape
    at = (TITLE + INDEX, EDGE)
    seen = canvas(width + 2 * EDGE, at[0] + height + EDGE)
    draw_photo(seen, image, at=at, height=height, title="what you see", limits=(0, image.max()))
    draw_outline(seen, at=at, shape=image.shape, colour="line")
    stored = grid_panel(image, title="what is stored", index=True)
    return Picture(beside(seen, sign_panel("=", stored), stored), says)
