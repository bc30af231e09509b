"""Draw the smallest case that fails: what went in, what was expected, what came, and why."""

from numbers import Number
from textwrap import wrap
from typing import NamedTuple

import numpy as np

from convlib.draw import below, beside, canvas, draw_label, grid_panel, number_text, outline
from convlib.draw.canvas import svg_file, svg_panels
from convlib.exercises.shapes import kind_text

MOST = 12
"""Rows, columns and channels of an array that are drawn."""

LETTERS = 42
"""Letters of a line, which a phone can show."""

LINE = 0.65
LETTER = 0.22
INPUT_FILLS = {"kernel": "kernel", "weight": "kernel"}


class Picture(NamedTuple):
    """A drawing, and the sentence that says what it shows."""

    drawing: object
    sentence: str

    def _repr_mimebundle_(self, include=None, exclude=None):
        svg = svg_file(self.drawing, self.sentence)
        return {"text/plain": self.sentence, "image/svg+xml": svg}

    def panels(self):
        """Write the picture for a page that has the palette's variables."""
        return svg_panels(self.drawing)


class Difference(NamedTuple):
    """The first cell in which an answer differs from the right one."""

    part: str  # the name of the part of the answer, or ""
    place: tuple
    expected: np.ndarray
    got: np.ndarray


def failing_picture(exercise, case, expected, answer):
    """Draw a case that fails.

    Parameters
    ----------
    exercise : Exercise
    case : tuple
    expected : object
        The right answer.
    answer : object
        The reader's; `...` where there is none.

    Returns
    -------
    Picture

    Examples
    --------
    >>> from convlib.exercises.patches import POOL_STEP
    >>> failing_picture(POOL_STEP, (np.array([[-1, -2]]),), -1, 0).sentence
    'pool_step: the answer should be −1 and is 0. max(−1, −2) = −1.'
    """
    other = _other_kind(exercise, answer)
    found = None if other else first_difference(exercise, expected, answer)
    working = None
    if found and exercise.working and _has(found.expected, found.place):
        working = exercise.working(case, found.place, found.part)
    reads = working.reads if working else {}
    rows = [beside(*_inputs(exercise, case, found, reads))]
    if numbers := _numbers(exercise, case):
        rows.append(_lines(numbers))
    rows.append(beside(*_answers(exercise, expected, answer, found)))
    if working and working.panels:
        rows.append(beside(*working.panels))
    told = f"{exercise.name} returns {other}." if other else _told(exercise, found)
    if working:
        rows.append(_lines(working.text))
        told += f" {working.text}."
    told += _left_out(exercise, case, found)
    rows = [row for row in rows if row.rows[0]]
    return Picture(below(*rows), told)


def first_difference(exercise, expected, answer):
    """Find the first cell that differs; None if the answer cannot be laid beside the right one.

    Parameters
    ----------
    exercise : Exercise
    expected, answer : object

    Returns
    -------
    Difference or None

    Examples
    --------
    >>> from convlib.exercises.patches import FLIP
    >>> first_difference(FLIP, np.array([[1, 2]]), np.array([[1, 3]])).place
    (0, 1)
    """
    for part, right, given in parts_of(exercise, expected, answer):
        right, given = _as_numbers(right), _as_numbers(given)
        if right is None or given is None or right.ndim != given.ndim:
            continue
        common = tuple(map(slice, np.minimum(right.shape, given.shape)))
        same = np.isclose(right[common], given[common], rtol=1e-9, atol=1e-9, equal_nan=True)
        place = next(iter(np.argwhere(~same).tolist()), None) or _only_in_one(right, given)
        if place:
            return Difference(part, tuple(place), right, given)
    return None


def parts_of(exercise, expected, answer):
    """List (name, right, given) for each part of an answer.

    Parameters
    ----------
    exercise : Exercise
    expected, answer : object

    Returns
    -------
    list of (str, object, object)
        The name is empty where an answer has one part; `...` stands for what did not come.

    Examples
    --------
    >>> from convlib.exercises.patches import POOL_STEP
    >>> parts_of(POOL_STEP, 3, 4)
    [('', 3, 4)]
    """
    if not exercise.parts:
        return [("", expected, answer)]
    if not isinstance(answer, tuple) or len(answer) != len(exercise.parts):
        return [(name, right, ...) for name, right in zip(exercise.parts, expected)]
    return list(zip(exercise.parts, expected, answer))


def _as_numbers(value):
    """Return an array of numbers of at least one axis, or None."""
    if value is ... or value is None:
        return None
    try:
        array = np.atleast_1d(np.asarray(value))
    except Exception:  # an answer may be anything
        return None
    return array if array.dtype.kind in "biuf" else None


def _only_in_one(right, given):
    """Find the first place that only one of two arrays has, rather of the right one; or None."""
    places = (
        place
        for one, other in ((right, given), (given, right))
        for place in np.ndindex(one.shape)
        if not _has(other, place)
    )
    return next(places, None)


def _has(array, place):
    return all(p < n for p, n in zip(place, array.shape))


def _inputs(exercise, case, found, reads):
    """Draw the arrays that went in, the cells marked that the answer's cell is made of."""
    panels = []
    for name, value in zip(exercise.arguments, case):
        if not isinstance(value, np.ndarray):
            continue
        fill = INPUT_FILLS.get(name, "window")
        for channel, (title, sheet) in enumerate(_sheets(name, value, found)):
            read = _read_in(channel, reads.get(name))
            paint = {} if read is None else {fill: read}
            panel = grid_panel(sheet, title=title, index=True, paint=paint)
            if read is not None and sheet[read].size:
                outline(panel, title, read, colour=f"{fill} edge")
            panels.append(panel)
    return panels


def _read_in(channel, index):
    """Return the part of an index that lies in one channel, or None; of two axes, all of it."""
    if index is None or len(index) == 2:
        return index
    return index[1:] if index[0] == channel else None


def _drawn(array, found):
    """Tell which image or filter of an array of four axes is drawn."""
    return found.place[0] if found and found.place[0] < len(array) else 0


def _left_out(exercise, case, found):
    """Say which arrays are drawn in part."""
    return "".join(
        f" Of {name}, {name}[{_drawn(value, found)}] is drawn."
        for name, value in zip(exercise.arguments, case)
        if isinstance(value, np.ndarray) and value.ndim == 4 and len(value) > 1
    )


def _sheets(name, array, found):
    """Cut an array into grids to draw: all channels, of four axes those of one image or filter."""
    if array.ndim == 4:
        first = _drawn(array, found)
        name, array = f"{name}[{first}, ", array[first]
    elif array.ndim == 3:
        name = f"{name}["
    if array.ndim < 3:
        return [(name, np.atleast_2d(array)[:MOST, :MOST])]
    return [(f"{name}{c}]", sheet[:MOST, :MOST]) for c, sheet in enumerate(array[:MOST])]


def _numbers(exercise, case):
    """Write the arguments that are no arrays."""
    return ", ".join(
        f"{name} = {number_text(value)}"
        for name, value in zip(exercise.arguments, case)
        if not isinstance(value, np.ndarray)
    )


def _other_kind(exercise, answer):
    """Say what came where a number was asked for; nothing if a number came."""
    if answer is ... or exercise.returns not in (int, float) or isinstance(answer, Number):
        return ""
    return f"{kind_text(answer)}, not a number"


def _answers(exercise, expected, answer, found):
    """Draw what was expected and what came, from where they first differ."""
    if found:
        arrays = [
            (found.part, "expected", found.expected, "output"),
            (found.part, "got", found.got, "strong"),
        ]
    else:
        parts = parts_of(exercise, expected, answer)
        arrays = [(part, "expected", _as_numbers(right), None) for part, right, _ in parts]
        if not exercise.parts and _as_numbers(answer) is not None:
            kind = f": {kind_text(answer)}" * bool(_other_kind(exercise, answer))
            arrays.append(("", f"got{kind}", _as_numbers(answer), None))
    sheets = [_sheet(array, found) for _, _, array, _ in arrays]
    most = max(len(sheet) for _, sheet in sheets)
    return [
        _answer(part, role, array, sheet, colour, found, most)
        for (part, role, array, colour), sheet in zip(arrays, sheets)
    ]


def _sheet(array, found):
    """Return which channel of an answer is drawn, the one that differs, and its grid."""
    leading = array.shape[:-2]
    at = found.place[: len(leading)] if found else (0,) * len(leading)
    at = tuple(max(min(p, n - 1), 0) for p, n in zip(at, leading))
    return at, np.atleast_2d(array)[at][:MOST, :MOST] if array.size else np.zeros((0, 0))


def _answer(part, role, array, sheet, colour, found, height):
    """Draw an answer, the cell marked that differs, in a panel for grids of one height."""
    at, numbers = sheet
    if not array.size:
        return _lines(f"{part} {role}: an empty array, shape {array.shape}".strip())
    named = f"[{', '.join(map(str, at))}]" if at else ""
    title = f"{part}{named} {role}" if part else f"{role}{named}"
    cell = ((0, *found.place) if array.ndim == 1 else found.place)[-2:] if found else None
    is_marked = found and _has(array, found.place) and _has(numbers, cell)
    room = (height, numbers.shape[1])
    paint = {colour: cell} if is_marked else {}
    panel = grid_panel(numbers, title=title, index=True, room=room, paint=paint)
    return outline(panel, title, cell, colour=f"{colour} edge") if is_marked else panel


def _told(exercise, found):
    """Say in which cell the answers differ."""
    name = exercise.name
    if found is None:
        return f"The smallest case that {name} fails, and what was expected."
    where = _place(found)
    if not _has(found.got, found.place):
        return f"{name} returns nothing for {where}."
    if not _has(found.expected, found.place):
        return f"{name} returns a number for {where}, where none should be."
    right, given = _apart(found.expected[found.place], found.got[found.place])
    return f"{name}: {where} should be {right} and is {given}."


def _place(found):
    """Name a cell of an answer."""
    *leading, last = found.place
    if found.expected.size == 1 == found.got.size:
        return found.part or "the answer"
    if not leading:
        return f"number {last}" + f" of {found.part}" * bool(found.part)
    *leading, row = leading
    of = f"channel {leading[-1]}" if leading else ""
    if found.part:
        of = f"{found.part}[{', '.join(map(str, leading))}]".removesuffix("[]")
    return f"row {row}, column {last}" + f" of {of}" * bool(of)


def _apart(right, given):
    """Write two numbers, with as many decimals as tell them apart."""
    texts = number_text(right), number_text(given)
    return texts if texts[0] != texts[1] else (repr(float(right)), repr(float(given)))


def _lines(text):
    """Write a text in lines of a phone's width."""
    lines = wrap(text, LETTERS)
    ax = canvas(max(map(len, lines)) * LETTER + 0.4, len(lines) * LINE + 0.2)
    for n, line in enumerate(lines):
        draw_label(ax, line, at=((n + 0.5) * LINE + 0.1, 0.2), align="left")
    return ax
