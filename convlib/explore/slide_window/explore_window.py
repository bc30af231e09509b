"""Explorer of the window that slides: where it stands, and what it computes."""

from convlib.core import conv2d
from convlib.draw import number_text, sum_of_products
from convlib.explore.engine import Cells, Explorer
from convlib.explore.slide_window.sliding import draw_window, window_at


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
        window = window_at((row, column), kernel.shape, stride)
        drawing = draw_window(image, kernel, output, (row, column), window)
        return drawing, (
            f"Row {row}, column {column}: {sum_of_products(image[window], kernel)}"
            f" = {number_text(output[row, column])}."
        )

    height, width = output.shape
    return Explorer(
        frame,
        play=("row", "column"),
        cells={
            "output": Cells("row", "column"),
            "image": Cells("row", "column", step=(stride, stride), size=kernel.shape),
        },
        row=(0, height - 1),
        column=(0, width - 1),
    )
