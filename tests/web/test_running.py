"""What a page's Python tells of a cell: text, values as in a notebook, errors in its lines."""

import io
import sys
import tarfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from convlib.web import running
from convlib.web.cells import LEFT_OUT, archive
from convlib.web.running import OUTPUT_LIMIT, Page, as_notebook


@pytest.fixture
def page(same_imports):
    told = []
    page = Page(lambda kind, content: told.append((kind, content)))
    page.told = told
    return page


def test_text_comes_before_the_value(page):
    assert page.run("print('a')\nprint('b', end='')\n(1, 2)", "cell 1") == "done"
    assert "".join(content for kind, content in page.told if kind == "text") == "a\nb"
    assert page.told[-1] == ("value", "(1, 2)")


def test_names_stay_and_quiet_cells_show_no_value(page):
    page.run("x = 3\nx", "cell 1", quiet=True)
    page.run("x + 1", "cell 2")
    page.run("x;", "cell 3")
    page.run("y = 5", "cell 4", apart=True)
    assert page.told == [("value", "4")]
    assert page.names["x"] == 3
    assert "y" not in page.names


def test_cells_that_run_first_say_nothing_and_leave_no_names(page):
    first = [("print('a')\nx = 3\nx", "cell 1"), ("y = x + 1", "cell 2")]
    assert page.run("print(y)", "yours", apart=True, first=first) == "done"
    assert page.told == [("text", "4\n")]
    assert not {"x", "y"} & page.names.keys()
    assert page.run("1", "yours", apart=True, first=[("1 / 0", "cell 7")]) == "error"
    assert page.told[-1][1].startswith("cell 7, line 1\n    1 / 0\nZeroDivisionError")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("1 / 0", "cell 2, line 1\n    1 / 0\nZeroDivisionError: division by zero"),
        (
            "f(0)",
            "cell 2, line 1\n    f(0)\ncell 1, line 2, in f\n    return [][i]\n"
            "IndexError: list index out of range",
        ),
        ("x = = 3", "cell 2, line 1\n    x = = 3\n        ^\nSyntaxError: invalid syntax"),
        ("import sys\nsys.exit()", "The cell asked Python to exit. Python goes on."),
        (
            "input('?')",
            "cell 2, line 1\n    input('?')\n"
            "RuntimeError: input() cannot ask here: write the answer into the cell",
        ),
        ("import no_such_thing", "cell 2, line 1\n    import no_such_thing\n"),
    ],
)
def test_errors_stand_in_the_readers_own_lines(page, cell, says):
    page.run("def f(i):\n    return [][i]", "cell 1")
    assert page.run(cell, "cell 2") == "error"
    ((kind, content),) = page.told
    assert kind == "error"
    assert content.startswith(says)
    assert "running.py" not in content


def test_a_deep_recursion_is_told_in_few_lines(page):
    assert page.run("def f(n):\n    return f(n + 1)\nf(0)", "cell 1") == "error"
    text = page.told[-1][1]
    assert text.endswith("RecursionError: maximum recursion depth exceeded")
    assert "calls more" in text
    assert len(text.splitlines()) < 20


def test_endless_print_ends(page):
    assert page.run("while True:\n    print('x' * 100)", "cell 1") == "error"
    assert sum(len(content) for kind, content in page.told if kind == "text") == OUTPUT_LIMIT
    assert page.told[-1] == ("error", "Stopped: a cell may print 20,000 letters.")


def test_the_streams_are_put_back(page):
    before = sys.stdout, sys.stderr, sys.stdin
    page.run("1 / 0", "cell 1")
    assert (sys.stdout, sys.stderr, sys.stdin) == before


def test_a_mistake_is_told_as_in_a_notebook(page):
    page.run(
        "from convlib.exercises import check_flip\ncheck_flip(lambda kernel: kernel)", "cell 1"
    )
    (kind, picture), _ = page.told
    assert kind == "drawing"
    assert picture.startswith('<div class="picture" role="img" aria-label="flip: row 0, column 0 ')
    assert page.told[-1][1].startswith("flip is not right yet.")
    assert page.told[-1][1].endswith("The mistake: nothing is turned.")


def test_what_needs_another_computer_says_so_when_it_is_used(page, monkeypatch):
    monkeypatch.setattr(running, "ELSEWHERE", ("not_here",))
    assert find_spec("not_here") is not None
    assert page.run("import not_here.array as da\nx = 1", "cell 1") == "done"
    assert page.run("y = da.from_array(x)", "cell 2") == "elsewhere"
    assert "not_here needs a computer of one's own" in page.told[-1][1]
    assert page.run("y", "cell 3") == "elsewhere"
    assert page.run("x", "cell 4") == "done"


def test_a_drawing_is_html_only_if_it_is_ours(page):
    page.run(
        "class Mine:\n    def _repr_mimebundle_(self):\n        return {'text/html': '<b>'}\n"
        "    def __repr__(self):\n        return 'mine'\nMine()",
        "cell 1",
    )
    assert page.told == [("value", "mine")]


VALUES = [
    7,
    "text",
    [],
    (),
    (1,),
    ((4, 2, 3, 3), np.zeros((2, 2))),
    [np.eye(2), [np.eye(2), 1]],
    (np.eye(2),),
    list(range(100, 130)),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_look_as_in_a_notebook(value):
    from IPython.lib.pretty import pretty

    assert as_notebook(value) == pretty(value)


def test_archive_is_small_and_always_the_same():
    assert archive() == archive()
    assert len(archive()) < 300_000
    with tarfile.open(fileobj=io.BytesIO(archive())) as packed:
        names = packed.getnames()
    assert "convlib/draw/palette.json" in names
    assert not {f"convlib/{name}" for name in LEFT_OUT} & set(names)
    assert {Path(name).suffix for name in names} == {".py", ".json", ".csv"}
