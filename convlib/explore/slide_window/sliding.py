"""The image under the window, the kernel, and the output computed so far."""

from convlib.core import window
from convlib.draw import beside, grid_panel, outline, output_panel, sign_panel


def window_at(place, size, stride=1):
    """Return the slices of the image that one place of the window sees.

    Parameters
    ----------
    place : (int, int)
        Row and column of the output.
    size : (int, int)
        Rows and columns of the kernel.
    stride : int

    Returns
    -------
    (slice, slice)
    """
    return tuple(map(window, place, size, (stride, stride)))


def draw_window(image, kernel, output, place, window):
    """Draw the image under the window, the kernel, and the output computed so far.

    Parameters
    ----------
    image, kernel, output : ndarray, 2-D
    place : (int, int)
        The output cell that is being computed.
    window : (slice, slice)
        What its window sees.

    Returns
    -------
    Panels
    """
    image_panel = grid_panel(image, title="image", index=True, paint={"window": window})
    outline(image_panel, "image", window)
    kernel_panel = grid_panel(kernel, title="kernel", index=True, fill="kernel")
    result = output_panel(output, place)
    return beside(image_panel, kernel_panel, sign_panel("→", result), result)
