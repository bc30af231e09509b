"""Every function that a check asks about can be written on the page, from its signature on."""

import ast
import builtins
import json
import re
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "book" / "_ext"))

import your_turn
from cell_names import cells_before, names

from convlib.web.running import Page

BOOK = Path(__file__).parents[2] / "book"
NOTEBOOKS = {
    path.stem: json.loads(path.read_text("utf-8"))["cells"] for path in sorted(BOOK.glob("*.ipynb"))
}
TURNS = {
    f"{chapter}-{cell['id']}": your_turn.Turn(cells, index)
    for chapter, cells in NOTEBOOKS.items()
    for index, cell in enumerate(cells)
    if "your_turn" in cell["metadata"]
}
OWN_LINES = {
    f"{chapter}-{cell['id']}": (cell, cells[:index])
    for chapter, cells in NOTEBOOKS.items()
    for index, cell in enumerate(cells)
    if "own_lines" in cell["metadata"]
}
each_turn = pytest.mark.parametrize("name", TURNS)


def checked(cells):
    """Return (check, function) for every check that the cells call on a name."""
    calls = [
        node
        for cell in cells
        if cell["cell_type"] == "code"
        for node in ast.walk(ast.parse("".join(cell["source"])))
        if isinstance(node, ast.Call) and len(node.args) == 1 and isinstance(node.args[0], ast.Name)
    ]
    named = {(ast.unparse(call.func).rpartition(".")[2], call.args[0].id) for call in calls}
    return {(check, function) for check, function in named if check.startswith("check_")}


@pytest.mark.parametrize("chapter", NOTEBOOKS)
def test_every_checked_function_has_its_turn(chapter):
    turns = {(t.check, t.name) for key, t in TURNS.items() if key.startswith(f"{chapter}-")}
    assert turns == checked(NOTEBOOKS[chapter])


@each_turn
def test_one_to_three_hints_and_a_docstring(name):
    turn = TURNS[name]
    assert 1 <= turn.count <= 3
    for function in ast.parse(turn.starts).body:
        docstring = ast.get_docstring(function)
        assert docstring.endswith(".")
        assert max(map(len, docstring.splitlines())) <= 60  # what an editor shows at once
    for text in (turn.starts, turn.solution):
        assert max(map(len, text.splitlines())) <= 88
    for hint in re.findall(r"<li hidden>(.*?)</li>", turn.markup()):
        assert "`" not in hint


def test_cells_are_found_through_each_other():
    sources = ["import numpy as np", "a = np.ones(2)", "b = 3", "def f(x):\n    return x + a"]
    cells = [{"cell_type": "code", "source": source} for source in sources]
    found = cells_before(cells, 4, "def g(b):\n    return f(b)")
    assert [cell["source"] for cell in found] == [sources[n] for n in (0, 1, 3)]


@pytest.fixture(scope="module")
def chapter_page(same_imports):
    """Give the page of a chapter, the cells run that a text at some place of it needs."""
    pages = {}

    def page_of(chapter, index, text):
        page, done = pages.setdefault(chapter, (Page(lambda *told: page_told.append(told)), set()))
        for cell in cells_before(NOTEBOOKS[chapter], index, text):
            if cell["id"] not in done:
                assert page.run("".join(cell["source"]), cell["id"], quiet=True) == "done"
                done.add(cell["id"])
        page_told.clear()
        return page

    page_told = []
    page_of.told = page_told
    return page_of


@each_turn
def test_the_solution_passes_and_the_start_does_not(name, chapter_page, monkeypatch):
    turn = TURNS[name]
    chapter = next(c for c in NOTEBOOKS if name.startswith(f"{c}-"))
    index = next(i for i, c in enumerate(NOTEBOOKS[chapter]) if c is turn.cell)
    monkeypatch.chdir(BOOK)
    whole = f"{turn.solution}\n\n\n{turn.rest}"
    page = chapter_page(chapter, index, whole)
    line = f"\n\nfrom convlib.exercises import {turn.check}\n{turn.check}({turn.name})"
    assert page.run(turn.starts + line, "yours", apart=True) == "error"
    assert [kind for kind, _ in chapter_page.told] == ["drawing", "told", "case"]
    chapter_page.told.clear()
    assert page.run(turn.solution + line, "yours", apart=True) == "done"
    told = "".join(content for kind, content in chapter_page.told if kind == "report")
    assert "agree with convlib.\nCovered: " in told
    if not turn.is_below:
        assert page.run(whole, "cell") == "done"


@pytest.mark.parametrize("name", OWN_LINES)
def test_own_lines_begin_with_names_that_are_made_above(name):
    cell, above = OWN_LINES[name]
    assert "hide-cell" in cell["metadata"]["tags"], "they stand above a folded solution"
    assert "your_turn" not in cell["metadata"], "it has an editor already"
    code = ["".join(other["source"]) for other in above if other["cell_type"] == "code"]
    made = set(dir(builtins)).union(*(names(source)[0] for source in code))
    here, taken = names(cell["metadata"]["own_lines"])
    assert taken <= made | here
