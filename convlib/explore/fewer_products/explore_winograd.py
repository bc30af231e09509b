"""Explorer of Winograd's method: transform the patch and the kernel, multiply, go back."""

import numpy as np

from convlib.draw import below, beside, grid_panel, number_text, sign_panel
from convlib.explore.engine import Explorer

TITLES = ("patch", "kernel", "output", "patch, transformed", "kernel, transformed", "products")


def explore_winograd(patch, kernel, B, G, A):
    """Follow every number through the three steps of Winograd's method.

    Parameters
    ----------
    patch : ndarray, shape (4, 4)
    kernel : ndarray, shape (3, 3)
    B : ndarray, shape (4, 4)
        Transforms the patch, `B @ patch @ B.T`. The literature writes it as Bᵀ.
    G : ndarray, shape (4, 3)
        Transforms the kernel.
    A : ndarray, shape (2, 4)
        Leads back from the products. The literature writes it as Aᵀ.

    Returns
    -------
    Explorer
        Slider `step`, and `row` and `column` of the number that is computed. What it
        adds is blue, what it subtracts is pink.

    Examples
    --------
    >>> from convlib.samples import IMAGE, KERNEL
    >>> B = np.array([[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]])
    >>> G = np.array([[2, 0, 0], [1, 1, 1], [1, -1, 1], [0, 0, 2]]) / 2
    >>> A = np.array([[1, 1, 1, 0], [0, 1, -1, -1]])
    >>> explorer = explore_winograd(IMAGE[:4, :4], KERNEL, B, G, A)
    >>> explorer.picture(step="multiply", row=1, column=1).sentence
    'Row 1, column 1 of the products: 4·2.5 = 10.'
    """
    data, weights = B @ patch @ B.T, G @ kernel @ G.T
    products = data * weights
    arrays = dict(zip(TITLES, (patch, kernel, A @ products @ A.T, data, weights, products)))
    steps = {
        "patch": ("patch", "patch, transformed", B),
        "kernel": ("kernel", "kernel, transformed", G),
        "multiply": None,
        "back": ("products", "output", A),
    }
    known = dict(zip(steps, (("patch", "kernel", "patch, transformed"),
                             (*TITLES[:2], *TITLES[3:5]), (*TITLES[:2], *TITLES[3:]), TITLES)))

    def frame(step, row, column):
        if step == "multiply":
            paint = {title: {"output": np.s_[row, column]} for title in TITLES[3:]}
            factors = " · ".join(_factor(a[row, column]) for a in (data, weights))
            target, sum_text = "products", factors.replace(" ", "")
        else:
            source, target, matrix = steps[step]
            signs = np.outer(matrix[row], matrix[column])
            paint = {source: {"window": signs > 0, "strong": signs < 0},
                     target: {"output": np.s_[row, column]}}
            sum_text = signed_sum(signs, arrays[source])
        drawing = _draw(arrays, known[step], paint)
        name = {"patch": "transformed patch", "kernel": "transformed kernel"}.get(step, target)
        answer = number_text(arrays[target][row, column])
        return drawing, f"Row {row}, column {column} of the {name}: {sum_text} = {answer}."

    def last_place(step, **earlier):
        return 0, (len(A) if step == "back" else len(B)) - 1

    return Explorer(frame, play=("step", "row", "column"), step=list(steps),
                    row=last_place, column=last_place)


def signed_sum(signs, array):
    """Write out a sum whose weights are, up to one common factor, 1, −1 and 0.

    Parameters
    ----------
    signs, array : ndarray of one shape

    Returns
    -------
    str

    Examples
    --------
    >>> signed_sum(np.array([0.5, 0, -0.5]), np.array([3, 7, 1]))
    '0.5·(3 − 1)'
    """
    common = np.abs(signs).max()
    chosen = signs != 0
    text = ""
    for sign, value in zip(signs[chosen], array[chosen]):
        joint = (" − " if sign < 0 else " + ") if text else ("−" if sign < 0 else "")
        text += joint + (_factor(value) if joint else number_text(value))
    if common == 1:
        return text
    return f"{_weight(common)}·({text})" if chosen.sum() > 1 else f"{_weight(common)}·{text}"


def _weight(value):
    return number_text(float(value))


def _factor(value):
    text = number_text(value)
    return f"({text})" if text.startswith("−") else text


def _draw(arrays, known, paint):
    """Draw patch, kernel and output above, and what they are transformed to below them."""
    panels = []
    for title in TITLES:
        array = np.ma.masked_array(arrays[title], title not in known)
        fill = "kernel" if "kernel" in title else "paper"
        options = {"title": title, "index": True, "fill": fill, "paint": paint.get(title)}
        panels.append(grid_panel(array, **options))
    patch, kernel, output, data, weights, products = panels
    return below(
        beside(patch, kernel, output),
        beside(data, sign_panel("×", data), weights, sign_panel("=", weights), products),
    )
