"""Compare a gradient with differences: nudge the input, and watch the output.

The slope of `f` along a direction v is the gradient times v. It is also, nearly,
``(f(x + h v) - f(x - h v)) / (2 h)``. One random direction tests all entries at once, because a
wrong entry shifts the slope along almost every direction; entry by entry tells which one is wrong.

A difference is not exact. That `f` is curved costs some h**2, and that it is rounded some eps / h.
And at a kink, such as ReLU's at 0 or a tie in a maximum, there is nothing to compare with: the
slope to the left is one, the slope to the right another. A curve's two slopes come together when
h shrinks; a kink's don't. So every slope is measured twice, with h and with a tenth of it.
"""

import numpy as np

from convlib.shapes import numbers_array

__all__ = ["check_gradient"]

TOLERANCE = {8: 1e-6, 4: 1e-2, 2: 0.1}  # relative, by bytes of a number
NOISE = 20  # units in the last place of f, that rounding may cost
AGREES, DIFFERS, KINK, HIDDEN = "agrees", "differs", "kink", "hidden by rounding"
SHOWN = 5  # entries


class GradientCheck:
    """What `check_gradient` found. It is true where the gradient agrees.

    Attributes
    ----------
    analytic, numeric : float, or array of the shape of `x`
        The slope along the direction, or along each entry: from the gradient, from differences.
    finding : str, or array of str of the same shape
        "agrees", "differs", "kink" or "hidden by rounding". The last two mean that there is
        nothing to compare.
    """

    def __init__(self, analytic, numeric, finding):
        self.analytic, self.numeric, self.finding = analytic, numeric, finding

    def __bool__(self):
        return bool(np.any(self.finding == AGREES) and not np.any(self.finding == DIFFERS))

    def __repr__(self):
        if np.ndim(self.finding) == 0:
            return f"along one direction: {self._line(())}"
        counts = [(np.sum(self.finding == f), f) for f in (AGREES, DIFFERS, KINK, HIDDEN)]
        lines = [", ".join(f"{count} {finding}" for count, finding in counts if count)]
        odd = [tuple(map(int, place)) for place in np.argwhere(self.finding != AGREES)]
        lines += [f"entry {place}: {self._line(place)}" for place in odd[:SHOWN]]
        if len(odd) > SHOWN:
            lines.append(f"and {len(odd) - SHOWN} more")
        return "\n".join(lines)

    def _line(self, place):
        values = self.analytic, self.numeric, self.finding
        analytic, numeric, finding = (np.asarray(value)[place] for value in values)
        text = f"analytic {analytic:.6g}, numeric {numeric:.6g}: {finding}"
        if finding == KINK:
            return f"{text}; left and right slopes differ, so there is nothing to compare"
        if finding == HIDDEN:
            return f"{text}; f is too large for so small a slope, so there is nothing to compare"
        return text


def check_gradient(f, x, gradient=None, *, entries=False, seed=0, step=None, tolerance=None):
    """Compare a gradient with differences, along one random direction or entry by entry.

    Parameters
    ----------
    f : function
        Of an array like `x`. It returns a number, or the number and its gradient.
    x : array of floats
        Where to compare. It is never changed.
    gradient : array of the shape of `x`, or None
        What to compare; None takes the one that `f` returns.
    entries : bool
        Compare every entry, which takes 4 calls for each, instead of one direction.
    seed : int
        Of the random direction.
    step : float or None
        How far to nudge, as a share of the largest number of `x`; None takes the cube root of the
        dtype's eps.
    tolerance : float or None
        The relative difference that counts as equal; None takes 1e-6 for float64, 1e-2 for
        float32 and 0.1 for float16.

    Returns
    -------
    check : GradientCheck
        True if the gradient agrees where it can be compared. Printed, it shows analytic beside
        numeric, and says where a kink or rounding makes the comparison meaningless.

    Raises
    ------
    TypeError
        If `x` does not hold floats, or `f` gives no gradient and there is none to compare.
    ValueError
        If `gradient` has another shape than `x`, or a number is not finite.

    Examples
    --------
    >>> x = np.array([1.0, 2.0, 0.0])
    >>> check_gradient(lambda x: (x**2).sum(), x, 2 * x, entries=True)
    3 agrees
    >>> check_gradient(lambda x: (x**2).sum(), x, 3 * x, entries=True)
    1 agrees, 2 differs
    entry (0,): analytic 3, numeric 2: differs
    entry (1,): analytic 6, numeric 4: differs
    >>> bool(check_gradient(lambda x: (x**2).sum(), x, 3 * x))
    False
    """
    x = numbers_array(x, "x")
    if x.dtype.kind != "f":
        raise TypeError(f"x must hold floats, because a small nudge must fit; got {x.dtype}")
    start = f(x.copy())
    if gradient is None:
        if not isinstance(start, tuple) or len(start) != 2:
            raise TypeError("give a gradient, or an f that returns a number and its gradient")
        gradient = start[1]
    gradient = numbers_array(np.asarray(gradient), "gradient")
    if gradient.shape != x.shape:
        raise ValueError(f"gradient {gradient.shape} must have the shape of x {x.shape}")
    for name, values in ("gradient", gradient), ("f(x)", np.asarray(_number(start))):
        if not np.isfinite(values).all():
            raise ValueError(f"{name} must be finite; got {values[~np.isfinite(values)].flat[0]}")
    eps = float(np.finfo(x.dtype).eps)
    step = eps ** (1 / 3) if step is None else step
    if tolerance is None:
        tolerance = TOLERANCE[min(x.dtype.itemsize, 8)]
    value, largest = _number(start), np.abs(gradient).max()
    scale = float(np.abs(x).max()) or 1.0

    def compare(direction):
        """Return analytic, numeric and finding along one direction."""
        products = gradient.astype(np.float64) * direction
        analytic, size = products.sum(), np.sqrt((products**2).sum())
        h = step * scale
        measured = [_slopes(f, x, value, direction, h * part) for part in (1, 0.1)]
        noise = [NOISE * eps * max(abs(value), 1e-30) / (h * part) for part in (1, 0.1)]
        for (left, right), rounding in zip(measured, noise):
            numeric = (left + right) / 2
            allowed = tolerance * max(size, abs(numeric))
            if abs(analytic - numeric) <= allowed and rounding <= max(0.1 * size, allowed):
                return analytic, numeric, AGREES
            if abs(analytic - numeric) <= rounding <= tolerance * largest:
                return analytic, numeric, AGREES  # as good as nothing beside the other entries
            if analytic == numeric == 0:
                return analytic, numeric, AGREES
        (left, right), numeric = measured[0], sum(measured[0]) / 2
        bends = [abs(right - left) for left, right in measured]
        if bends[1] > max(bends[0] / 2, tolerance * max(size, abs(numeric)), noise[1]):
            return analytic, numeric, KINK
        if abs(analytic - numeric) <= noise[0]:
            return analytic, numeric, HIDDEN
        return analytic, numeric, DIFFERS

    if not entries:
        direction = np.random.default_rng(seed).standard_normal(x.shape)
        return GradientCheck(*compare(direction))
    found = []
    for place in np.ndindex(x.shape):
        direction = np.zeros(x.shape)
        direction[place] = 1
        found.append(compare(direction))
    analytic, numeric, finding = (np.array(part).reshape(x.shape) for part in zip(*found))
    return GradientCheck(analytic, numeric, finding)


def _number(result):
    """Return the number that a function gave, with or without its gradient."""
    return float(result[0] if isinstance(result, tuple) else result)


def _slopes(f, x, value, direction, h):
    """Return the slopes to the left and to the right.

    Divided by the nudges as they came out: `x + h` is rounded, too.
    """
    there = [(x + side * h * direction).astype(x.dtype) for side in (-1, 1)]
    length = np.vdot(direction, direction)
    moved = [np.vdot(x_there.astype(np.float64) - x, direction) / length for x_there in there]
    return [(_number(f(x_there)) - value) / by for x_there, by in zip(there, moved)]
