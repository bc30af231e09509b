"""Exercises that lay out patches as the columns of a matrix, and go back."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convlib.exercises.report import Exercise, check
from convlib.exercises.shared import numbers


def _im2col(image, shape, stride):
    down, across = (stride, stride) if np.isscalar(stride) else stride
    view = sliding_window_view(image, shape)[::down, ::across]
    return view.reshape(-1, shape[0] * shape[1]).T


def _gaps(image, shape, stride):
    """Take the pixels of a window apart, not the windows."""
    return _im2col(image, [stride * (k - 1) + 1 for k in shape], 1)[
        np.ravel_multi_index(
            np.ix_(*(range(0, stride * (k - 1) + 1, stride) for k in shape)),
            [stride * (k - 1) + 1 for k in shape],
        ).ravel()
    ]


IM2COL_STRIDE = Exercise(
    "im2col_stride",
    ("image", "shape", "stride"),
    np.ndarray,
    [
        (np.array([[2]]), (1, 1), 1),
        (np.array([[1, 2, 3]]), (1, 2), 1),
        (numbers(3, 3), (1, 1), 2),
        (numbers(3, 4), (2, 3), 1),
        (numbers(5, 5), (3, 3), 2),
        (numbers(6, 5), (2, 3), 2),
        (numbers(5, 7), (3, 2), 3),
    ],
    _im2col,
    {
        "the stride is ignored": lambda image, shape, stride: _im2col(image, shape, 1),
        "the stride is used for rows only": lambda image, shape, stride: _im2col(
            image, shape, (stride, 1)
        ),
        "the stride is used for columns only": lambda image, shape, stride: _im2col(
            image, shape, (1, stride)
        ),
        "windows are the rows of the matrix; turn it": lambda *case: _im2col(*case).T,
        "the stride takes the pixels of a window apart, not the windows": _gaps,
    },
)


def check_im2col_stride(im2col_stride):
    """Check a function that makes a matrix column of each window.

    Parameters
    ----------
    im2col_stride : callable
        ``im2col_stride(image, shape, stride)`` takes a 2-D array, the window's shape and an
        integer, and returns a matrix with a column for each window.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> from numpy.lib.stride_tricks import sliding_window_view
    >>> def im2col_stride(image, shape, stride):
    ...     view = sliding_window_view(image, shape)[::stride, ::stride]
    ...     return view.reshape(-1, shape[0] * shape[1]).T
    >>> check_im2col_stride(im2col_stride)
    im2col_stride: all 7 cases agree with convlib.
    Covered: image 1×1 to 5×7; shape 1×1 to 3×3; stride 1 to 3; shapes that are not
    square; numbers below 0.
    """
    check(IM2COL_STRIDE, im2col_stride)


def _col2im(matrix, image_shape, shape, put=np.add, order="C"):
    image = np.zeros(image_shape, dtype=matrix.dtype)
    places = np.ndindex(*np.subtract(image_shape, shape) + 1)
    for column, (i, j) in zip(matrix.T, places):
        patch = np.s_[i : i + shape[0], j : j + shape[1]]
        image[patch] = put(image[patch], column.reshape(shape, order=order))
    return image


def _by_columns(matrix, image_shape, shape):
    """Go down the columns of places first."""
    turned = np.arange(matrix.shape[1]).reshape((np.subtract(image_shape, shape) + 1)[::-1]).T
    return _col2im(matrix[:, turned.ravel()], image_shape, shape)


def _by_rows(matrix, image_shape, shape):
    if matrix.shape[0] != matrix.shape[1]:
        raise ValueError("cannot reshape array")
    return _col2im(matrix.T, image_shape, shape)


COL2IM = Exercise(
    "col2im",
    ("matrix", "image_shape", "shape"),
    np.ndarray,
    [
        (np.array([[2]]), (1, 1), (1, 1)),
        (np.array([[1, 2], [3, 4]]), (1, 3), (1, 2)),
        (np.array([[1, 2], [3, 4]]), (3, 1), (2, 1)),
        (numbers(4, 4), (3, 3), (2, 2)),
        (numbers(6, 4), (3, 4), (2, 3)),
        (numbers(4, 6), (3, 4), (2, 2)),
    ],
    _col2im,
    {
        "patches overwrite each other with =; they add up with +=": lambda *case: _col2im(
            *case, put=lambda old, new: new
        ),
        "rows of the matrix are taken for its columns": _by_rows,
        "a patch is filled column by column; it was read row by row": lambda *case: _col2im(
            *case, order="F"
        ),
        "the places go down the columns; they run along the rows": _by_columns,
        "only the first patch is laid down; does return stand inside the loop?": (
            lambda matrix, *shapes: _col2im(matrix * (np.arange(matrix.shape[1]) == 0), *shapes)
        ),
    },
)


def check_col2im(col2im):
    """Check a function that adds the columns of a matrix to the patches that they came from.

    Parameters
    ----------
    col2im : callable
        ``col2im(matrix, image_shape, shape)`` takes a matrix of integers and two shapes, and
        returns an array of the first one.

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> import numpy as np
    >>> def col2im(matrix, image_shape, shape):
    ...     image = np.zeros(image_shape, dtype=int)
    ...     places = np.ndindex(*np.subtract(image_shape, shape) + 1)
    ...     for column, (i, j) in zip(matrix.T, places):
    ...         image[i : i + shape[0], j : j + shape[1]] += column.reshape(shape)
    ...     return image
    >>> check_col2im(col2im)
    col2im: all 6 cases agree with convlib.
    Covered: matrix 1×1 to 4×6; image_shape 1×1 to 3×4; shape 1×1 to 2×3; shapes
    that are not square; numbers below 0.
    """
    check(COL2IM, col2im)
