"""Explorers of the pooling window: where it stands, which number wins, what a border may do."""

from itertools import product

import numpy as np

from convlib.core import maxpool, pad
from convlib.draw import canvas, draw_cells, draw_grid, draw_label, draw_outline, number_text
from convlib.explore.explorer import Explorer

SIZES = (2, 3)
STRIDES = (1, 2, 3)
TOP = 1.6
LEFT = 0.8


def explore_pool(image):
    """Slide a window over an image and keep its largest number.

    Parameters
    ----------
    image : ndarray, shape (H, W)
        At least 3 rows and 3 columns.

    Returns
    -------
    Explorer
        Sliders `size` and `stride` of the window; `leftovers`, whether a last window that
        hangs over the edge is dropped or kept; `row` and `column` of the output cell.

    Examples
    --------
    >>> from convlib.samples import POOL_IMAGE
    >>> explore_pool(POOL_IMAGE).picture(stride=2).sentence
    'Size 2, stride 2, row 0, column 0: the largest of 1, 3, 7, 5 is 7, from row 1, column 0.'
    """
    answers = {
        (size, stride, leftovers): maxpool(image, size, stride=stride, return_indices=True,
                                           ceil_mode=leftovers == "kept")
        for size, stride, leftovers in product(SIZES, STRIDES, ("none", "dropped", "kept"))
    }
    shapes = {key: np.array(output.shape) for key, (output, _) in answers.items()}
    largest_output = np.max(list(shapes.values()), axis=0)
    reach = [(shape - 1) * stride + size for (size, stride, _), shape in shapes.items()]
    height, width = np.max([*reach, image.shape], axis=0)
    output_left = LEFT + width + 2

    def leftovers(size, stride):
        is_same = (shapes[size, stride, "dropped"] == shapes[size, stride, "kept"]).all()
        return ["none"] if is_same else ["dropped", "kept"]

    def rows(size, stride, leftovers):
        return 0, int(shapes[size, stride, leftovers][0]) - 1

    def columns(size, stride, leftovers, row):
        return 0, int(shapes[size, stride, leftovers][1]) - 1

    def frame(size, stride, leftovers, row, column):
        output, indices = answers[size, stride, leftovers]
        top, left = row * stride, column * stride
        winner = divmod(int(indices[row, column]), image.shape[1])
        ax = canvas(output_left + largest_output[1] + 0.4,
                    TOP + max(height, largest_output[0]) + 0.3)
        draw_pooled_image(ax, image, (top, left), size, winner, title="image", index=True)
        draw_output_so_far(ax, output, row, column, left=output_left)
        is_again = indices[row, column] in indices.flat[:row * output.shape[1] + column]
        return ax.figure, (
            f"Size {size}, stride {stride}, row {row}, column {column}:"
            f" {largest_of(image[top:top + size, left:left + size])},"
            f" from row {winner[0]}, column {winner[1]}{', again' if is_again else ''}.")

    return Explorer(frame, play=("row", "column"), size=list(SIZES), stride=list(STRIDES),
                    leftovers=leftovers, row=rows, column=columns)


def explore_pool_border(image):
    """Compare a border of zeros with a border that never wins, for windows of 2 and stride 2.

    Parameters
    ----------
    image : ndarray, shape (H, W)

    Returns
    -------
    Explorer
        Slider `border` chooses what the border holds, `row` and `column` the output cell.

    Examples
    --------
    >>> from convlib.samples import POOL_NEGATIVE
    >>> explore_pool_border(POOL_NEGATIVE).picture(border="−∞").sentence
    'Border −∞, row 0, column 0: the largest of −∞, −∞, −∞, −9 is −9, from the image.'
    """
    size = 2
    filled = {"0": pad(image.astype(float), 1), "−∞": pad(image.astype(float), 1, -np.inf)}
    answers = {name: maxpool(x, size, return_indices=True) for name, x in filled.items()}
    is_border = pad(np.zeros(image.shape, dtype=bool), 1, True)
    framed = np.ma.masked_array(pad(image, 1), is_border)

    def frame(border, row, column):
        output, indices = answers[border]
        top, left = row * size, column * size
        winner = divmod(int(indices[row, column]), framed.shape[1])
        output_left = LEFT + framed.shape[1] + 2
        ax = canvas(output_left + output.shape[1] + 0.4, TOP + framed.shape[0] + 0.3)
        draw_pooled_image(ax, framed, (top, left), size, winner, title="image and border")
        for i, j in np.argwhere(is_border):
            draw_label(ax, border, at=(TOP + i + 0.5, LEFT + j + 0.5), size="number",
                       colour="quiet")
        draw_output_so_far(ax, output, row, column, left=output_left)
        patch = filled[border][top:top + size, left:left + size]
        source = "border" if is_border[winner] else "image"
        return ax.figure, (f"Border {border}, row {row}, column {column}: {largest_of(patch)},"
                           f" from the {source}.")

    height, width = answers["0"][0].shape
    return Explorer(frame, play=("row", "column"), border=list(filled), row=(0, height - 1),
                    column=(0, width - 1))


def draw_pooled_image(ax, image, place, size, winner, *, title, index=False):
    """Draw the image with the window outlined and its winner marked.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    image : ndarray, shape (H, W)
        Masked cells belong to a border and stay blank.
    place : (int, int)
        Row and column where the window starts; it may hang over the edge.
    size : int
    winner : (int, int)
        Row and column of the largest number.
    title : str
    index : bool
        Whether to number rows and columns.

    Returns
    -------
    matplotlib.axes.Axes
    """
    row, column = place
    hanging = [(TOP + i, LEFT + j) for i in range(row, row + size)
               for j in range(column, column + size)
               if i >= image.shape[0] or j >= image.shape[1]]
    draw_cells(ax, hanging, fill="outside")
    draw_grid(ax, image, at=(TOP, LEFT), title=title, index=index, paint={
        "window": np.s_[row:row + size, column:column + size],
        "outside": np.ma.getmaskarray(image),
        "strong": winner,
    })
    draw_outline(ax, at=(TOP + row, LEFT + column), shape=(size, size))
    return draw_outline(ax, at=(TOP + winner[0], LEFT + winner[1]), shape=(1, 1),
                        colour="strong edge")


def draw_output_so_far(ax, output, row, column, left):
    """Draw an output whose cells after one are still blank, mark that one, and point to it.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    output : ndarray, shape (H, W)
    row, column : int
        The cell that is being computed.
    left : float
        Where the grid starts on the canvas.

    Returns
    -------
    matplotlib.axes.Axes
    """
    later = np.arange(output.size).reshape(output.shape) > row * output.shape[1] + column
    draw_label(ax, "→", at=(TOP + 1, left - 1.1), size="sign", colour="quiet")
    draw_grid(ax, np.ma.masked_array(output, later), at=(TOP, left), title="output", index=True,
              paint={"strong": np.s_[row, column]})
    return draw_outline(ax, at=(TOP + row, left + column), shape=(1, 1), colour="strong edge")


def largest_of(patch):
    """Write the numbers of a patch and the largest of them.

    Parameters
    ----------
    patch : ndarray

    Returns
    -------
    str

    Examples
    --------
    >>> largest_of(np.array([[1, -np.inf], [7, 5]]))
    'the largest of 1, −∞, 7, 5 is 7'
    """
    numbers = ", ".join(number_text(value) for value in patch.flat)
    return f"the largest of {numbers} is {number_text(patch.max())}"
