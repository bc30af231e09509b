"""Explorers of lowering: which patch becomes which column of a matrix."""

import numpy as np

from convlib.core import conv2d
from convlib.draw import canvas, draw_grid, draw_label, draw_outline, number_text
from convlib.explore.explorer import Explorer
from convlib.explore.words import sum_of_products

TOP = 1.6
LEFT = 0.8
BELOW = 2.0
"""Room between the grids above and the matrix below, for its title and its column numbers."""


def explore_im2col(image, kernel):
    """Turn one patch after another into a column, and meet it with the kernel.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW)

    Returns
    -------
    Explorer
        Slider `place`: the patch, counted along the rows of the output.

    Examples
    --------
    >>> from convlib.samples import IMAGE, KERNEL
    >>> explore_im2col(IMAGE, KERNEL).picture(place=2).sentence[:58]
    'Place 2 is row 0, column 2. Its patch is column 2: 0·2 + 1'
    """
    output = conv2d(image, kernel)
    patches = np.stack([image[i:i + kernel.shape[0], j:j + kernel.shape[1]].ravel()
                        for i, j in np.ndindex(output.shape)], axis=1)
    matrix_top = TOP + max(image.shape[0], output.shape[0]) + BELOW
    matrix_left = LEFT + 2.2
    output_left = LEFT + image.shape[1] + 2.2
    product_top = matrix_top + kernel.size + 1

    def frame(place):
        row, column = divmod(place, output.shape[1])
        is_later = np.arange(output.size) > place
        ax = canvas(max(matrix_left + output.size, output_left + output.shape[1]) + 0.4,
                    product_top + 1.3)
        draw_grid(ax, image, at=(TOP, LEFT), title="image", index=True, paint={
            "window": np.s_[row:row + kernel.shape[0], column:column + kernel.shape[1]]})
        draw_outline(ax, at=(TOP + row, LEFT + column), shape=kernel.shape)
        draw_label(ax, "→", at=(TOP + output.shape[0] / 2, output_left - 1.2), size="sign",
                   colour="quiet")
        draw_grid(ax, np.ma.masked_array(output, is_later), at=(TOP, output_left),
                  title="output", index=True, paint={"output": (row, column)})
        draw_outline(ax, at=(TOP + row, output_left + column), shape=(1, 1),
                     colour="output edge")
        draw_grid(ax, kernel.reshape(-1, 1), at=(matrix_top, LEFT), title="kernel",
                  fill="kernel")
        draw_grid(ax, np.ma.masked_array(patches, np.broadcast_to(is_later, patches.shape)),
                  at=(matrix_top, matrix_left), title="patches", index=True,
                  paint={"window": np.s_[:, place]})
        draw_outline(ax, at=(matrix_top, matrix_left + place), shape=(kernel.size, 1))
        draw_grid(ax, np.ma.masked_array(output.reshape(1, -1), is_later),
                  at=(product_top, matrix_left), title="kernel @ patches",
                  paint={"output": (0, place)})
        draw_outline(ax, at=(product_top, matrix_left + place), shape=(1, 1),
                     colour="output edge")
        return ax.figure, (f"Place {place} is row {row}, column {column}. Its patch is column"
                           f" {place}: {sum_of_products(kernel.ravel(), patches[:, place])}"
                           f" = {number_text(output[row, column])}.")

    return Explorer(frame, play="place", place=(0, output.size - 1))


def explore_rows(image, kernel):
    """Multiply one kernel row after another by a run of the columns of an image.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (KH, KW)

    Returns
    -------
    Explorer
        Slider `kernel_row` chooses the product, `place` the output cell, counted along the
        rows of the output.

    Examples
    --------
    >>> from convlib.samples import IMAGE, KERNEL
    >>> explore_rows(IMAGE, KERNEL).picture(kernel_row=1, place=4).sentence[:58]
    'Kernel row 1, place 4: column 7 gives 2·1 + 2·2 + 0·2 = 6.'
    """
    rows, columns = np.subtract(image.shape, kernel.shape) + 1
    lowered = np.stack([image[:, v:v + columns].ravel() for v in range(kernel.shape[1])])
    runs = [np.s_[u * columns:(u + rows) * columns] for u in range(kernel.shape[0])]
    products = np.stack([weights @ lowered[:, run] for weights, run in zip(kernel, runs)])
    sums = np.cumsum(products, axis=0)
    kernel_left = LEFT + image.shape[1] + 1.2
    output_left = kernel_left + kernel.shape[1] + 1.7
    matrix_top = TOP + max(image.shape[0], kernel.shape[0]) + BELOW
    product_top = matrix_top + kernel.shape[1] + 1

    def frame(kernel_row, place):
        row, column = divmod(place, columns)
        run, at = runs[kernel_row], kernel_row * columns + place
        ax = canvas(max(LEFT + lowered.shape[1], output_left + columns) + 0.4,
                    product_top + 1.3)
        draw_grid(ax, image, at=(TOP, LEFT), title="image", index=True, paint={
            "window": np.s_[row + kernel_row, column:column + kernel.shape[1]]})
        draw_outline(ax, at=(TOP + row + kernel_row, LEFT + column), shape=(1, kernel.shape[1]))
        draw_grid(ax, kernel, at=(TOP, kernel_left), title="kernel", index=True,
                  paint={"kernel": np.s_[kernel_row]})
        draw_outline(ax, at=(TOP + kernel_row, kernel_left), shape=(1, kernel.shape[1]),
                     colour="kernel edge")
        draw_label(ax, "→", at=(TOP + rows / 2, output_left - 1.1), size="sign", colour="quiet")
        draw_grid(ax, sums[kernel_row].reshape(rows, columns), at=(TOP, output_left),
                  title="sum", index=True, paint={"output": (row, column)})
        draw_outline(ax, at=(TOP + row, output_left + column), shape=(1, 1),
                     colour="output edge")
        draw_grid(ax, lowered, at=(matrix_top, LEFT), title="columns", index=True,
                  paint={"window": np.s_[:, run]})
        draw_outline(ax, at=(matrix_top, LEFT + at), shape=(kernel.shape[1], 1))
        draw_grid(ax, products[kernel_row][np.newaxis], at=(product_top, LEFT + run.start),
                  title="kernel row @ columns", paint={"output": (0, place)})
        draw_outline(ax, at=(product_top, LEFT + at), shape=(1, 1), colour="output edge")
        return ax.figure, (f"Kernel row {kernel_row}, place {place}: column {at} gives"
                           f" {sum_of_products(kernel[kernel_row], lowered[:, at])}"
                           f" = {number_text(products[kernel_row, place])}. The sum in row"
                           f" {row}, column {column} is now"
                           f" {number_text(sums[kernel_row, place])}.")

    return Explorer(frame, play=("kernel_row", "place"), kernel_row=(0, kernel.shape[0] - 1),
                    place=(0, rows * columns - 1))
