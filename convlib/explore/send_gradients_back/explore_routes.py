"""Explorer of a pool's way back: which pixel hears from an output."""

import numpy as np

from convlib.core import maxpool
from convlib.draw import below, beside, grid_panel, number_text, outline, sign_panel
from convlib.explore.engine import Cells, Explorer


def explore_routes(image, size):
    """Send the gradient of every output of a max-pool back to the pixel that won its window.

    Parameters
    ----------
    image : ndarray, 2-D
    size : int
        Of the window. The gradients are 1, 10, 100 and so on, so that sums can be read.

    Returns
    -------
    Explorer
        Sliders `stride`, and `output`, the last one that was sent back.

    Examples
    --------
    >>> x = np.array([[1, 3, 8, 4], [7, 5, 6, 2]])
    >>> explore_routes(x, 2).picture(stride=1, output=2).sentence
    'Output 2 kept the 8 at row 0, column 2, which gets 100 and has 110 now.'
    """
    kept = {}
    for stride in range(1, size + 1):
        y, winners = maxpool(image, size, stride=stride, return_indices=True)
        kept[stride] = y, winners.ravel()

    def frame(stride, output):
        y, winners = kept[stride]
        dy = 10 ** np.arange(y.size)
        sent = np.zeros(image.size, dtype=int)
        for n in range(output + 1):
            sent[winners[n]] += dy[n]
        sent = sent.reshape(image.shape)
        i, j = (stride * place for place in np.unravel_index(output, y.shape))
        window = np.s_[i : i + size, j : j + size]
        winner = np.unravel_index(winners[output], image.shape)
        image_panel = grid_panel(image, title="image", index=True, paint={"strong": winner})
        outline(image_panel, "image", window)
        output_panel = grid_panel(
            y, title="output", paint={"output": np.unravel_index(output, y.shape)}
        )
        dy_panel = grid_panel(dy.reshape(y.shape), title="dy")
        gradient = grid_panel(sent, title="image's gradient", index=True, paint={"strong": winner})
        drawing = below(
            beside(image_panel, sign_panel("→", output_panel), output_panel),
            beside(dy_panel, sign_panel("→", gradient), gradient),
        )
        row, column = map(int, winner)
        return drawing, (
            f"Output {output} kept the {number_text(image[winner])} at row {row}, column {column},"
            f" which gets {dy[output]} and has {sent[winner]} now."
        )

    def cells(stride, output):
        shape = kept[stride][0].shape
        windows = {"step": (stride, stride), "size": (size, size), "shape": shape}
        return {
            "output": Cells(number="output"),
            "dy": Cells(number="output"),
            "image": Cells(number="output", **windows),
        }

    return Explorer(
        frame,
        play="output",
        cells=cells,
        stride=(1, size),
        output=lambda stride: (0, kept[stride][0].size - 1),
    )
