"""Say what the cases of an exercise cover."""

import numpy as np

from convlib.draw import number_text, size_text


def covered(exercise):
    """Say between which sizes and numbers the cases of an exercise lie.

    Parameters
    ----------
    exercise : Exercise

    Returns
    -------
    str

    Examples
    --------
    >>> from convlib.exercises.patches import FLIP
    >>> covered(FLIP)
    'kernel 1×2 to 3×3; shapes that are not square; numbers below 0'
    """
    parts = [_range(name, place, exercise.cases) for place, name in enumerate(exercise.arguments)]
    arrays = [v for case in exercise.cases for v in case if isinstance(v, np.ndarray)]
    kinds = {
        "shapes that are not square": any(
            v.ndim > 1 and v.shape[-2] != v.shape[-1] for v in arrays
        ),
        "numbers below 0": any((v < 0).any() for v in arrays),
        "fractions": any((v % 1 != 0).any() for v in arrays),
        "bytes": any(v.dtype == np.uint8 for v in arrays),
    }
    return "; ".join(parts + [kind for kind, is_there in kinds.items() if is_there])


def _range(name, place, cases):
    """Say between which values an argument lies, and whether some cases leave it out."""
    given = [case[place] for case in cases if len(case) > place]
    end = "" if len(given) == len(cases) else " or left out"
    if isinstance(given[0], tuple):
        return f"{name} {_span(size_text(shape) for shape in (min(given), max(given)))}{end}"
    if isinstance(given[0], list):
        return f"{name}, {_span(str(n) for n in (min(map(len, given)), max(map(len, given))))}{end}"
    if not isinstance(given[0], np.ndarray):
        return f"{name} {_span(map(number_text, (min(given), max(given))))}{end}"
    shapes = sorted((v.shape for v in given), key=np.prod)
    if len(shapes[0]) == 1:
        return f"{name} of {_span(str(n) for (n,) in (shapes[0], shapes[-1]))} numbers{end}"
    return f"{name} {_span(map(size_text, (shapes[0], shapes[-1])))}{end}"


def _span(ends):
    first, last = ends
    return first if first == last else f"{first} to {last}"
