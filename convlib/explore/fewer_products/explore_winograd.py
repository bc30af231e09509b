"""Explorer of Winograd's method: transform the patch and the kernel, multiply, go back."""

from typing import NamedTuple

import numpy as np

from convlib.draw import below, beside, factor_text, grid_panel, number_text, sign_panel
from convlib.explore.engine import Cells, Explorer

TITLES = {
    "patch": "patch",
    "kernel": "kernel",
    "output": "output",
    "data": "patch, transformed",
    "weights": "kernel, transformed",
    "products": "products",
}
"""Name of each array -> its title in the picture."""


class Step(NamedTuple):
    """One step of the method: what it reads, what it makes, and what is known after it."""

    source: str  # names of TITLES; nothing where two arrays are multiplied
    target: str
    matrix: object  # applied to rows and columns of the source
    says: str  # what the target is called in the sentence
    known: tuple


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
    arrays = {
        "patch": patch,
        "kernel": kernel,
        "output": A @ products @ A.T,
        "data": data,
        "weights": weights,
        "products": products,
    }
    given = ("patch", "kernel")
    steps = {
        "patch": Step("patch", "data", B, "transformed patch", (*given, "data")),
        "kernel": Step("kernel", "weights", G, "transformed kernel", (*given, "data", "weights")),
        "multiply": Step("", "products", None, "products", (*given, "data", "weights", "products")),
        "back": Step("products", "output", A, "output", tuple(TITLES)),
    }

    def frame(step, row, column):
        source, target, matrix, says, known = steps[step]
        cell = np.s_[row, column]
        if step == "multiply":
            paint = {name: {"output": cell} for name in ("data", "weights", "products")}
            sum_text = "·".join(factor_text(factors[cell]) for factors in (data, weights))
        else:
            signs = np.outer(matrix[row], matrix[column])
            paint = {source: {"window": signs > 0, "strong": signs < 0}, target: {"output": cell}}
            sum_text = signed_sum(signs, arrays[source])
        answer = number_text(arrays[target][cell])
        return _draw(arrays, known, paint), (
            f"Row {row}, column {column} of the {says}: {sum_text} = {answer}."
        )

    def last_place(step, **earlier):
        return 0, (len(A) if step == "back" else len(B)) - 1

    return Explorer(
        frame,
        play=("step", "row", "column"),
        cells={
            TITLES[step.target]: Cells("row", "column", also={"step": name})
            for name, step in steps.items()
        },
        step=list(steps),
        row=last_place,
        column=last_place,
    )


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
        text += joint + (factor_text(value) if joint else number_text(value))
    if common == 1:
        return text
    return f"{_weight(common)}·({text})" if chosen.sum() > 1 else f"{_weight(common)}·{text}"


def _weight(value):
    return number_text(float(value))


def _draw(arrays, known, paint):
    """Draw patch, kernel and output above, and what they are transformed to below them."""
    panels = {
        name: grid_panel(
            np.ma.masked_array(arrays[name], name not in known),
            title=title,
            index=True,
            fill="kernel" if name in ("kernel", "weights") else "paper",
            paint=paint.get(name),
        )
        for name, title in TITLES.items()
    }
    return below(
        beside(panels["patch"], panels["kernel"], panels["output"]),
        beside(
            panels["data"],
            sign_panel("×", panels["data"]),
            panels["weights"],
            sign_panel("=", panels["weights"]),
            panels["products"],
        ),
    )
