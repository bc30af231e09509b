"""Ask the reader's function every case, and say clearly what is wrong."""

import sys
from numbers import Integral, Real
from textwrap import wrap
from typing import NamedTuple

import numpy as np

from convlib.exercises.covered import covered
from convlib.exercises.limit import TimeUp, within
from convlib.exercises.picture import failing_picture, parts_of
from convlib.exercises.shapes import wrong_shape

LIMIT = 20
"""Seconds that a check may take."""

DIAGNOSIS_LIMIT = 2
"""Seconds of them that the name of a mistake may take, once a case has failed."""

ENDLESS = (
    "{name} was stopped after {seconds} seconds: it does not come to an end. Look at its loops."
)
WIDTH = 71


class Mistake(ValueError):
    """What is wrong with the reader's function; a notebook shows a picture of the case, too.

    Parameters
    ----------
    text : str
    told : str, optional
        The one sentence of the text that matters most.
    case : str, optional
        The rest of it: what went in, what was expected and what came.
    picture : Picture, optional

    Examples
    --------
    >>> from convlib.exercises import check_flip
    >>> try:
    ...     check_flip(lambda kernel: kernel)
    ... except Mistake as mistake:
    ...     print(str(mistake).splitlines()[-1])
    The mistake: nothing is turned.
    """

    def __init__(self, text, told="", case="", picture=None):
        super().__init__(text)
        self.told = told
        self.case = case
        self.picture = picture
        self.is_shown = picture is None

    def _render_traceback_(self):
        if not self.is_shown:  # a kernel asks more than once
            _show_in_notebook(self.picture)
            self.is_shown = True
        return str(self).splitlines()


def _show_in_notebook(picture):
    """Show a picture where a notebook asks; a terminal has the text alone."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if getattr(shell, "kernel", None):
        shell.display_pub.publish(picture._repr_mimebundle_())


class Exercise(NamedTuple):
    """A function to write: what it should answer, and what goes wrong most often."""

    name: str
    arguments: tuple  # their names, in order
    returns: type  # np.ndarray, tuple, list, int, or float for any number
    cases: list  # of tuples of values, small ones first; a tuple may leave out the last arguments
    right: object  # the function that is right
    wrong: dict  # the name of a mistake -> a function that makes it
    parts: tuple = ()  # the names of the arrays in a returned tuple
    working: object = None  # how a cell of the right answer comes about; see workings.py
    rung: str = ""  # what the ladder's next rung is
    call: object = None  # asks the reader's function, where it takes something else than a case

    def answer(self, function, case):
        """Return what the reader's function answers to a case."""
        return self.call(function, *case) if self.call else function(*case)


class Problem(NamedTuple):
    """What is wrong with the answer to a case."""

    told: str  # in a sentence, or "" where no sentence says it
    shown: str = ""  # what was expected and what came
    answer: object = ...  # what came; ... where nothing did


def check(exercise, function, limit=LIMIT):
    """Raise Mistake at the first case that `function` answers wrongly, else say what was covered.

    Parameters
    ----------
    exercise : Exercise
    function : callable
        The reader's.
    limit : float
        Seconds until a function that does not end is stopped.
    """
    if not callable(function):
        raise TypeError(
            f"give the function itself, without brackets; got {type(function).__name__}"
        )
    asked = []
    try:
        within(limit, lambda: _ask_all(exercise, function, asked))
    except TimeUp as time_up:
        endless = ENDLESS.format(name=exercise.name, seconds=time_up.seconds)
        raise _mistake(exercise, asked[-1], Problem(endless)) from None
    sentences = [
        f"{exercise.name}: all {len(exercise.cases)} cases agree with convlib.",
        f"Covered: {covered(exercise)}.",
    ]
    if exercise.rung and getattr(function, "__name__", "") == exercise.name:
        sentences.append(f"Next rung: {exercise.rung}.")
    _say(sentences)


def _say(sentences):
    """Print sentences in lines, or hand them to a page, which lays them out itself."""
    if hasattr(sys.stdout, "take_report"):
        sys.stdout.take_report(sentences)
    else:
        print("\n".join(line for sentence in sentences for line in wrap(sentence, WIDTH)))


def _ask_all(exercise, function, asked):
    """Ask one case after the other, and note each before it is asked."""
    for case in exercise.cases:
        asked.append(case)
        problem = _problem(exercise, function, case)
        if problem:
            raise _mistake(exercise, case, problem)


def _mistake(exercise, case, problem):
    picture = failing_picture(exercise, case, exercise.right(*case), problem.answer)
    shown = "\n\n".join(filter(None, [_show_case(exercise, case), problem.shown]))
    lines = [f"{exercise.name} is not right yet. The smallest case that fails:", shown]
    text = "\n\n".join(filter(None, [*lines, problem.told]))
    return Mistake(text, problem.told or picture.sentence, shown, picture)


def _problem(exercise, function, case):
    """Return what is wrong with the answer to one case; None if it is right."""
    expected = exercise.right(*case)
    given = _copy(case)
    try:
        answer = exercise.answer(function, given)
    except Exception as error:
        stopped = f"It stopped with {type(error).__name__}: {error}"
        named = _diagnosis(exercise, function)
        return Problem(named, stopped) if named else Problem(stopped)
    for name, before, after in zip(exercise.arguments, case, given):
        if not np.array_equal(before, after):
            return Problem(f"The mistake: your function changes {name}; work on a copy.")
    wrong_type = _wrong_type(answer, exercise.returns)
    if not wrong_type and _same(_as_floats(answer), _as_floats(expected)):
        return None
    told = (
        _diagnosis(exercise, function)
        or wrong_type
        or _wrong_shape(exercise, case, expected, answer)
    )
    return Problem(told, _difference(expected, answer, exercise.parts), answer)


def _difference(expected, answer, parts):
    """Show what was expected and what came; of a tuple with named parts, those that differ."""
    if not (parts and isinstance(answer, tuple) and len(answer) == len(parts)):
        return f"expected{_show(expected)}\ngot{_show(answer)}"
    return "\n".join(
        f"{name} expected{_show(right)}\n{name} got{_show(given)}"
        for name, right, given in zip(parts, expected, answer)
        if not _same(_as_floats(given), _as_floats(right))
    )


def _copy(case):
    return tuple(v.copy() if isinstance(v, np.ndarray) else v for v in case)


_KINDS = {
    np.ndarray: (np.ndarray, "a NumPy array"),
    tuple: (tuple, "a tuple"),
    list: ((list, np.ndarray), "a list"),
    int: (Integral, "an integer"),
    float: (Real, "a number"),
}


def _wrong_type(answer, returns):
    """Say what kind of thing should have been returned; nothing if the kind is right."""
    if answer is None:
        return "The mistake: nothing is returned; end your function with return."
    accepted, kind = _KINDS[returns]
    if isinstance(answer, np.ndarray) and answer.dtype.kind == "c":
        return "The mistake: these are complex numbers; return their real parts."
    if isinstance(answer, accepted):
        return ""
    return f"The mistake: this is of type {type(answer).__name__}; return {kind}."


def _wrong_shape(exercise, case, expected, answer):
    """Say what is wrong with a shape; nothing if no shape is."""
    parts = parts_of(exercise, expected, answer)
    named = [(name or "output", *arrays) for name, *arrays in parts]
    return wrong_shape(named, np.shape(case[0]))


def _diagnosis(exercise, function):
    """Name the mistake of the wrong function that answers every case as `function` does."""
    try:
        return within(DIAGNOSIS_LIMIT, lambda: _known_mistake(exercise, function))
    except TimeUp:  # it answers the case that is shown, but not a later one
        return ""


def _known_mistake(exercise, function):
    alike = list(exercise.wrong.items())
    for case in exercise.cases:
        answer = _outcome(lambda *given: exercise.answer(function, given), case)
        alike = [(name, wrong) for name, wrong in alike if _same(answer, _outcome(wrong, case))]
        if not alike:
            return ""
    mistake = alike[0][0]
    return f"The mistake: {mistake}" + ("" if mistake.endswith("?") else ".")


def _outcome(function, case):
    """Return `_as_floats` of the answer to a case, or None if the function stops with an error."""
    try:
        return _as_floats(function(*_copy(case)))
    except Exception:
        return None


def _as_floats(answer):
    """Return an array of floats, or a list of them for a tuple, or None for anything else."""
    if isinstance(answer, tuple):
        return [_as_floats(part) for part in answer]
    try:
        array = np.asarray(answer)
        return array.astype(float) if array.dtype.kind in "biufO" else None
    except Exception:  # an answer may be anything
        return None


def _same(one, other):
    if one is None or other is None:
        return one is other
    if isinstance(one, list) or isinstance(other, list):
        return type(one) is type(other) and len(one) == len(other) and all(map(_same, one, other))
    if not one.size:  # lists of rows that were never begun have lost an axis
        return not other.size
    return one.shape == other.shape and np.allclose(
        one, other, rtol=1e-9, atol=1e-9, equal_nan=True
    )


def _show_case(exercise, case):
    return "\n".join(f"{name}{_show(value)}" for name, value in zip(exercise.arguments, case))


def _show(value):
    if isinstance(value, np.ndarray) and value.ndim:
        return f", shape {value.shape}:\n{value}"
    return f" = {value}"
