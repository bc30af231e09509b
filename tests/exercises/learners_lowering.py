"""Programs as learners write them, for patches in a matrix, each with one mistake."""
# ruff: noqa: F811

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from exercises.learner import programs

PROGRAMS, learner = programs()

# ---------------------------------------------------------------- im2col_stride


@learner("IM2COL_STRIDE", "the stride is ignored")
def im2col_stride(image, shape, stride):
    view = sliding_window_view(image, shape)
    return view.reshape(-1, shape[0] * shape[1]).T


@learner("IM2COL_STRIDE", "the stride is used for rows only")
def im2col_stride(image, shape, stride):
    columns = []
    for i in range(0, image.shape[0] - shape[0] + 1, stride):
        for j in range(image.shape[1] - shape[1] + 1):
            columns.append(image[i : i + shape[0], j : j + shape[1]].ravel())
    return np.array(columns).T


@learner("IM2COL_STRIDE", "the stride is used for columns only")
def im2col_stride(image, shape, stride):
    columns = []
    for i in range(image.shape[0] - shape[0] + 1):
        for j in range(0, image.shape[1] - shape[1] + 1, stride):
            columns.append(image[i : i + shape[0], j : j + shape[1]].ravel())
    return np.array(columns).T


@learner("IM2COL_STRIDE", "windows are the rows of the matrix; turn it")
def im2col_stride(image, shape, stride):
    windows = []
    for i in range(0, image.shape[0] - shape[0] + 1, stride):
        for j in range(0, image.shape[1] - shape[1] + 1, stride):
            windows.append(image[i : i + shape[0], j : j + shape[1]].ravel())
    return np.array(windows)


@learner("IM2COL_STRIDE", "the stride takes the pixels of a window apart, not the windows")
def im2col_stride(image, shape, stride):
    height, width = stride * (shape[0] - 1) + 1, stride * (shape[1] - 1) + 1
    view = sliding_window_view(image, (height, width))[:, :, ::stride, ::stride]
    return view.reshape(-1, shape[0] * shape[1]).T


# ---------------------------------------------------------------- col2im


@learner("COL2IM", "patches overwrite each other with =; they add up with +=")
def col2im(matrix, image_shape, shape):
    image = np.zeros(image_shape, dtype=int)
    rows, columns = shape
    places = np.ndindex(image_shape[0] - rows + 1, image_shape[1] - columns + 1)
    for column, (i, j) in zip(matrix.T, places):
        image[i : i + rows, j : j + columns] = column.reshape(shape)
    return image


@learner("COL2IM", "rows of the matrix are taken for its columns")
def col2im(matrix, image_shape, shape):
    image = np.zeros(image_shape, dtype=int)
    rows, columns = shape
    places = np.ndindex(image_shape[0] - rows + 1, image_shape[1] - columns + 1)
    for number, (i, j) in enumerate(places):
        image[i : i + rows, j : j + columns] += matrix[number].reshape(shape)
    return image


@learner("COL2IM", "a patch is filled column by column; it was read row by row")
def col2im(matrix, image_shape, shape):
    image = np.zeros(image_shape, dtype=int)
    rows, columns = shape
    places = np.ndindex(image_shape[0] - rows + 1, image_shape[1] - columns + 1)
    for column, (i, j) in zip(matrix.T, places):
        image[i : i + rows, j : j + columns] += column.reshape(columns, rows).T
    return image


@learner("COL2IM", "the places go down the columns; they run along the rows")
def col2im(matrix, image_shape, shape):
    image = np.zeros(image_shape, dtype=int)
    rows, columns = shape
    number = 0
    for j in range(image_shape[1] - columns + 1):
        for i in range(image_shape[0] - rows + 1):
            image[i : i + rows, j : j + columns] += matrix[:, number].reshape(shape)
            number += 1
    return image


@learner("COL2IM", "only the first patch is laid down; does return stand inside the loop?")
def col2im(matrix, image_shape, shape):
    image = np.zeros(image_shape, dtype=int)
    rows, columns = shape
    places = np.ndindex(image_shape[0] - rows + 1, image_shape[1] - columns + 1)
    for column, (i, j) in zip(matrix.T, places):
        image[i : i + rows, j : j + columns] += column.reshape(shape)
        return image
