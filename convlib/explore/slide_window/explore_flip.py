"""Explorer of the flip: cross-correlation beside the convolution of mathematics."""

from convlib.core import conv2d, flip
from convlib.draw import number_text, sum_of_products
from convlib.explore.engine import Cells, Explorer
from convlib.explore.slide_window.sliding import draw_window, window_at


def explore_flip(image, kernel):
    """Compare the kernel as it is with the kernel turned by half a turn.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW)

    Returns
    -------
    Explorer
        `kernel` chooses cross-correlation or true convolution, `row` and `column` the output
        cell.

    Examples
    --------
    >>> from convlib.samples import IMAGE, KERNEL
    >>> explore_flip(IMAGE, KERNEL).picture(kernel="flipped").sentence[-5:]
    '= 18.'
    """
    kernels = {"as it is": kernel, "flipped": flip(kernel)}
    outputs = {name: conv2d(image, weights) for name, weights in kernels.items()}

    def frame(row, column, **chosen):
        name = chosen["kernel"]
        weights, output = kernels[name], outputs[name]
        window = window_at((row, column), weights.shape)
        drawing = draw_window(image, weights, output, (row, column), window)
        return drawing, (
            f"Kernel {name}, row {row}, column {column}:"
            f" {sum_of_products(image[window], weights)} = {number_text(output[row, column])}."
        )

    height, width = outputs["flipped"].shape
    return Explorer(
        frame,
        play=("row", "column"),
        cells={
            "output": Cells("row", "column"),
            "image": Cells("row", "column", size=kernel.shape),
        },
        kernel=list(kernels),
        row=(0, height - 1),
        column=(0, width - 1),
    )
