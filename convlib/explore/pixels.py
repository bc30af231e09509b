"""Pictures of an image as what it is: an array of grey levels."""

import numpy as np

from convlib.draw import canvas, draw_grid, draw_label, draw_outline, draw_photo, draw_pixels
from convlib.explore.explorer import Explorer, Picture
from convlib.explore.words import listing, size_text

TOP = 1.6
LEFT = 0.8
PHOTO = 5.2


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
    >>> show_pixels("Black and white.", np.array([[0, 1]])).sentence
    'Black and white.'
    """
    height, width = image.shape
    right = LEFT + width + 2.8
    ax = canvas(right + width + 0.4, TOP + height + 0.4)
    draw_photo(ax, image, at=(TOP, LEFT), height=height, title="what you see",
               limits=(0, image.max()))
    draw_outline(ax, at=(TOP, LEFT), shape=image.shape, colour="line")
    draw_label(ax, "=", at=(TOP + height / 2, right - 1.5), size="sign", colour="quiet")
    draw_grid(ax, image, at=(TOP, right), title="what is stored", index=True)
    return Picture(ax.figure, says)


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
    >>> show_slice(np.arange(12).reshape(3, 4), (1, 3), (0, 2)).sentence
    'image[1:3, 0:2] holds 2×2 numbers: 4, 5, 8, 9.'
    """
    patch = image[slice(*rows), slice(*columns)]
    name = f"image[{rows[0]}:{rows[1]}, {columns[0]}:{columns[1]}]"
    height, width = image.shape
    right = LEFT + width + 2.6
    ax = canvas(right + patch.shape[1] + 1.2, TOP + height + 0.4)
    draw_grid(ax, image, at=(TOP, LEFT), title="image", index=True,
              paint={"window": (slice(*rows), slice(*columns))})
    draw_outline(ax, at=(TOP + rows[0], LEFT + columns[0]), shape=patch.shape)
    middle = TOP + rows[0] + patch.shape[0] / 2
    draw_label(ax, "→", at=(middle, right - 1.3), size="sign", colour="quiet")
    draw_grid(ax, patch, at=(TOP + rows[0], right), title=name, fill="window")
    return Picture(ax.figure, f"{name} holds {size_text(patch.shape)} numbers:"
                              f" {listing(patch.flat)}.")


def explore_zoom(photo, row, column, size=8):
    """Look closer and closer at a part of a photograph, until its numbers can be read.

    Parameters
    ----------
    photo : ndarray, shape (H, W)
        Grey levels from 0 to 255.
    row, column : int
        Top left pixel of the smallest crop.
    size : int
        Rows and columns of the smallest crop, whose numbers are shown.

    Returns
    -------
    Explorer
        Slider `pixels`: rows and columns of the crop, each half as many as the one before.

    Examples
    --------
    >>> photo = np.arange(256).reshape(16, 16)
    >>> explore_zoom(photo, 2, 4).picture(pixels=8).sentence[:43]
    '8×8 pixels from row 2, column 4. The first '
    """
    sizes = [size]
    while 2 * sizes[0] <= min(photo.shape):
        sizes.insert(0, 2 * sizes[0])
    room = np.array(photo.shape) - size

    def frame(pixels):
        top, left = np.array([row, column]) * (np.array(photo.shape) - pixels) // room
        crop = photo[top:top + pixels, left:left + pixels]
        scale = PHOTO / photo.shape[0]
        width = scale * photo.shape[1]
        crop_left = 0.4 + width + 0.8
        ax = canvas(crop_left + size + 0.4, size + 1.4)
        draw_photo(ax, photo, at=(1, 0.4), height=PHOTO,
                   title=f"photograph, {size_text(photo.shape)}")
        draw_outline(ax, at=(1 + scale * top, 0.4 + scale * left),
                     shape=(scale * pixels, scale * pixels), colour="strong edge")
        if pixels == size:
            draw_pixels(ax, crop, at=(1, crop_left), title="crop")
        else:
            draw_photo(ax, crop, at=(1, crop_left), height=size, title="crop")
        return ax.figure, (f"{size_text(crop.shape)} pixels from row {top}, column {left}."
                           f" The first grey levels are {', '.join(map(str, crop[0, :8]))}.")

    return Explorer(frame, play="pixels", pixels=sizes)
