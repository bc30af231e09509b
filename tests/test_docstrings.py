"""Every public function and class has a docstring that numpydoc accepts, with an example."""

import ast
import inspect
import textwrap
from importlib import import_module
from pkgutil import iter_modules

import pytest
from numpydoc.docscrape import get_doc_object
from numpydoc.validate import validate

import convlib

# What numpydoc asks for and the book does not, by its code.
LEFT_OUT = {
    "ES01",  # an extended summary: one sentence can say it all
    "SA01",  # "See Also": not everything has a relative
    "PR07",  # a description of each parameter: the shape in its type can say all of it
    "RT03",  # the same of a result
    "RT02",  # results without names: the text refers to `y`
}


def public_things():
    """Yield the public functions and classes: those of `__all__`, or without underscore.

    The files inside a folder are its own affair; what its `__init__` offers is public.
    """
    for info in iter_modules(convlib.__path__, "convlib."):
        module = import_module(info.name)
        public = [name for name in vars(module) if not name.startswith("_")]
        for name in getattr(module, "__all__", public):
            thing = getattr(module, name)
            is_defined = inspect.isfunction(thing) or inspect.isclass(thing)
            if is_defined and thing.__module__.startswith(info.name):
                yield pytest.param(thing, id=f"{info.name}.{name}")


def raises_something(thing):
    """Tell whether a function has a raise, those of functions defined inside it apart."""
    waiting = []
    if inspect.isfunction(thing):
        waiting += ast.parse(textwrap.dedent(inspect.getsource(thing))).body[0].body
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Raise):
            return True
        if not isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            waiting.extend(ast.iter_child_nodes(node))
    return False


def complaints(thing):
    """List what is wrong with a docstring: numpydoc's codes, and what it does not check."""
    doc = get_doc_object(thing)
    found = [f"{code} {text}" for code, text in validate(doc)["errors"] if code not in LEFT_OUT]
    # What `draw_*` draws is seen in the chapters; text would show only what it returned.
    if thing.__name__.startswith("draw_"):
        found = [line for line in found if not line.startswith("EX01")]
    if raises_something(thing) and not doc["Raises"]:
        found.append("No Raises section found")
    if doc["Examples"] and not any(line.startswith(">>> ") for line in doc["Examples"]):
        found.append("The example cannot be run")
    if ">>> " in (thing.__doc__ or "") and not doc["Examples"]:
        found.append("An example stands outside of its section")
    return found


@pytest.mark.parametrize("thing", list(public_things()))
def test_docstring(thing):
    assert complaints(thing) == []


def well_documented(x):
    """Double a number.

    Parameters
    ----------
    x : int

    Returns
    -------
    y : int

    Raises
    ------
    ValueError
        If `x` is below zero.

    Examples
    --------
    >>> well_documented(2)
    4
    """
    if x < 0:
        raise ValueError(x)
    return 2 * x


def test_a_good_docstring_passes():
    assert complaints(well_documented) == []


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("Double", "Doubles", "SS05"),
        ("number.", "number", "SS03"),
        ("x : int", "z : int", "PR01"),
        ("x : int", "x", "PR04"),
        ("Returns\n    -------\n    y : int\n\n    ", "", "RT01"),
        ("Raises\n    ------", "Notes\n    -----", "No Raises"),
        ("    4\n", "    4\n\n    References\n    ----------\n    Euclid.\n", "GL07"),
        ("Examples\n    --------\n", "", "EX01"),
        ("Examples\n    --------\n", "", "outside of its section"),
        (">>> well_documented(2)\n    4", "Two gives four.", "cannot be run"),
    ],
)
def test_a_fault_is_found(before, after, complaint, monkeypatch):
    faulty = well_documented.__doc__.replace(before, after, 1)
    assert faulty != well_documented.__doc__
    monkeypatch.setattr(well_documented, "__doc__", faulty)
    assert any(complaint in line for line in complaints(well_documented))


def test_a_missing_docstring_is_found(monkeypatch):
    monkeypatch.setattr(well_documented, "__doc__", None)
    assert any("GL08" in line for line in complaints(well_documented))
