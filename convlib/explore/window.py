"""Explorers of the window that slides: where it stands, what it computes, which kernel."""

import numpy as np

from convlib.core import conv2d, conv_step, flip
from convlib.draw import (
    canvas,
    draw_grid,
    draw_label,
    draw_outline,
    draw_photo,
    number_text,
)
from convlib.explore.explorer import Explorer
from convlib.explore.words import size_text, sum_of_products

TOP = 1.6
LEFT = 0.8


def explore_window(image, kernel, stride=1):
    """Slide a kernel over an image and fill in the output cell by cell.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW)
    stride : int
        How far the window moves from one place to the next.

    Returns
    -------
    Explorer
        Sliders `row` and `column`: the output cell that is being computed.

    Examples
    --------
    >>> from convlib.samples import IMAGE, KERNEL
    >>> explore_window(IMAGE, KERNEL).picture(row=0, column=2).sentence[:52]
    'Row 0, column 2: 2·0 + 1·1 + 0·2 + 1·2 + 3·2 + 1·0 +'
    """
    output = conv2d(image, kernel, stride=stride)

    def frame(row, column):
        figure = draw_window(image, kernel, output, row, column, stride)
        patch = _patch(image, kernel.shape, row * stride, column * stride)
        return figure, (f"Row {row}, column {column}: {sum_of_products(patch, kernel)}"
                        f" = {number_text(output[row, column])}.")

    height, width = output.shape
    return Explorer(frame, play=("row", "column"), row=(0, height - 1), column=(0, width - 1))


def explore_flip(image, kernel):
    """Compare the kernel as it is with the kernel turned by half a turn.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW)

    Returns
    -------
    Explorer
        Slider `kernel` chooses cross-correlation or true convolution, `row` and
        `column` the output cell.

    Examples
    --------
    >>> from convlib.samples import IMAGE, KERNEL
    >>> explore_flip(IMAGE, KERNEL).picture(kernel="flipped").sentence[-5:]
    '= 18.'
    """
    kernels = {"as it is": kernel, "flipped": flip(kernel)}

    def frame(row, column, **chosen):
        name = chosen["kernel"]
        used = kernels[name]
        patch = _patch(image, used.shape, row, column)
        figure = draw_window(image, used, conv2d(image, used), row, column)
        return figure, (f"Kernel {name}, row {row}, column {column}:"
                        f" {sum_of_products(patch, used)} = {number_text(conv_step(patch, used))}.")

    height, width = conv2d(image, kernel).shape
    return Explorer(frame, play=("row", "column"), kernel=list(kernels),
                    row=(0, height - 1), column=(0, width - 1))


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
        Slider `kernel`. Outputs of kernels whose weights sum to 0 are shown as
        their absolute value, the others clipped to 0 to 255.

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
        ax = canvas(14.6, 6.3)
        draw_photo(ax, photo, at=(1, 0.3), height=5, title=f"photograph, {size_text(photo.shape)}")
        draw_grid(ax, kernels[kernel], at=(2, 5.8), title=kernel, fill="kernel")
        draw_photo(ax, shown, at=(1, 9.3), height=5, title=f"output, {size_text(output.shape)}")
        drawn = ", drawn without signs," if is_edge_detector else ""
        return ax.figure, f"Kernel {kernel}: the output{drawn} runs from {number_range(output)}."

    return Explorer(frame, play="kernel", kernel=list(kernels))


def draw_window(image, kernel, output, row, column, stride=1):
    """Draw the image under the window, the kernel, and the output computed so far.

    Parameters
    ----------
    image, kernel, output : ndarray, 2-D
    row, column : int
        The output cell that is being computed.
    stride : int

    Returns
    -------
    matplotlib.figure.Figure
    """
    top, left = row * stride, column * stride
    shapes = np.array([image.shape, kernel.shape, output.shape])
    ax = canvas(LEFT + shapes[:, 1].sum() + 3.3, TOP + shapes[:, 0].max() + 0.3)
    kernel_left = LEFT + image.shape[1] + 1
    output_left = kernel_left + kernel.shape[1] + 1.5
    window = np.s_[top:top + kernel.shape[0], left:left + kernel.shape[1]]
    later = np.arange(output.size).reshape(output.shape) > row * output.shape[1] + column
    draw_grid(ax, image, at=(TOP, LEFT), title="image", index=True, paint={"window": window})
    draw_outline(ax, at=(TOP + top, LEFT + left), shape=kernel.shape)
    draw_grid(ax, kernel, at=(TOP, kernel_left), title="kernel", index=True,
              fill="kernel")
    draw_label(ax, "→", at=(TOP + kernel.shape[0] / 2, output_left - 1.1), size="sign",
               colour="quiet")
    draw_grid(ax, np.ma.masked_array(output, later), at=(TOP, output_left), title="output",
              index=True, paint={"output": np.s_[row, column]})
    draw_outline(ax, at=(TOP + row, output_left + column), shape=(1, 1), colour="output edge")
    return ax.figure


def number_range(array):
    """Write the smallest and the largest number of an array."""
    return f"{number_text(round(array.min()))} to {number_text(round(array.max()))}"


def _patch(image, shape, row, column):
    return image[row:row + shape[0], column:column + shape[1]]
