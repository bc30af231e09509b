"""Every public function says what it takes, gives and raises, and shows a runnable example."""

import ast
import inspect
import re
import textwrap
from importlib import import_module
from pkgutil import iter_modules

import pytest

import convlib


def public_functions():
    """Yield the public functions of every module: those of `__all__`, or without underscore.

    The files inside a folder are its own affair; what its `__init__` offers is public.
    """
    for info in iter_modules(convlib.__path__, "convlib."):
        module = import_module(info.name)
        public = [name for name in vars(module) if not name.startswith("_")]
        for name in getattr(module, "__all__", public):
            thing = getattr(module, name)
            if inspect.isfunction(thing) and thing.__module__.startswith(info.name):
                yield pytest.param(thing, id=f"{info.name}.{name}")


def sections(docstring):
    """Return the titles of a numpydoc docstring: the lines underlined with dashes."""
    lines = docstring.splitlines()
    return [
        title.strip()
        for title, line in zip(lines, lines[1:])
        if title.strip() and line.strip() == "-" * len(title.strip())
    ]


def own_nodes(function):
    """Yield the syntax nodes of a function, without those of functions defined inside."""
    (root,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    waiting = list(root.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.Lambda, ast.ClassDef)):
            waiting.extend(ast.iter_child_nodes(node))


def missing_sections(function):
    nodes = list(own_nodes(function))
    # What `draw_*` draws is seen in the chapters; text would show that it returned its axes.
    needed = set() if function.__name__.startswith("draw_") else {"Examples"}
    if inspect.signature(function).parameters:
        needed.add("Parameters")
    if any(isinstance(node, ast.Return) and node.value for node in nodes):
        needed.add("Returns")
    if any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in nodes):
        needed.add("Yields")
    if any(isinstance(node, ast.Raise) for node in nodes):
        needed.add("Raises")
    return needed - set(sections(function.__doc__))


def undocumented_parameters(function):
    documented = re.findall(r"^ *([*\w, ]+) :", function.__doc__, flags=re.MULTILINE)
    names = {name.strip("* ") for line in documented for name in line.split(",")}
    return [name for name in inspect.signature(function).parameters if name not in names]


@pytest.mark.parametrize("function", list(public_functions()))
def test_docstring(function):
    assert function.__doc__, "a public function needs a docstring"
    summary = function.__doc__.splitlines()[0]
    assert summary.endswith(".")
    assert missing_sections(function) == set()
    assert undocumented_parameters(function) == []
    assert (">>> " in function.__doc__) == ("Examples" in sections(function.__doc__))


def test_missing_sections_are_found():
    def double(x):
        """Double a number.

        Parameters
        ----------
        y : int
        """
        if x < 0:
            raise ValueError(x)
        return 2 * x

    assert missing_sections(double) == {"Returns", "Raises", "Examples"}
    assert undocumented_parameters(double) == ["x"]
