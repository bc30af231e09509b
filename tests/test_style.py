"""Form, faults and spelling of all that is written here; `make mend` mends what it can."""

import ast
import re
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest
import tinycss2

from convlib import web

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted(ROOT.glob("book/*.ipynb"))
PROSE = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("book/*.md"))]
SHEETS = [*sorted(ROOT.glob("book/**/*.css")), *sorted(ROOT.glob("convlib/**/*.css"))]
SCRIPTS = ["book", "convlib"]

OXLINT = str(Path(sysconfig.get_path("scripts"), "oxlint"))
RUFF = [sys.executable, "-m", "ruff"]
CONFIG = f"--config={ROOT / 'pyproject.toml'}"
COMMANDS = {
    "ruff check": [*RUFF, "check", "--output-format=concise", CONFIG],
    "ruff format": [*RUFF, "format", "--check", "--output-format=concise", CONFIG],
    "oxlint": [OXLINT, f"--config={ROOT / '.oxlintrc.json'}"],
    "codespell": [sys.executable, "-m", "codespell_lib"],
}


def run(name, *paths):
    """Run one of the tools from the book's folder, where its settings are."""
    command = [*COMMANDS[name], *map(str, paths)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")


# ---------------------------------------------------------------- tools that others keep


@pytest.mark.parametrize("name", COMMANDS)
def test_tool_finds_nothing(name):
    done = run(name, *(SCRIPTS if name == "oxlint" else ["."]))
    assert done.returncode == 0, f"`make mend` mends what it can.\n{done.stdout}{done.stderr}"


CELL = '{"cells": [%s], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
CODE = '{"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "source": "%s"}'
TEXT = '{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "%s"}'


@pytest.mark.parametrize(
    ("name", "file", "source"),
    [
        ("ruff check", "fault.py", "import os\n"),
        ("ruff check", "fault.py", "import numpy\nimport ast\n\nprint(ast, numpy)\n"),
        ("ruff check", "fault.ipynb", CELL % CODE % "import os"),
        ("ruff check", "fault.ipynb", CELL % CODE % "print(unknown)"),
        ("ruff format", "fault.py", "a = 'text'\n"),
        ("oxlint", "fault.js", "let unused = 1;\n"),
        ("oxlint", "fault.js", "const = 1;\n"),
        ("codespell", "fault.md", "It will recieve a patch.\n"),  # codespell:ignore
        ("codespell", "fault.ipynb", CELL % TEXT % "It will recieve a patch."),  # codespell:ignore
    ],
)
def test_tool_finds_a_fault(name, file, source, tmp_path):
    path = tmp_path / file
    path.write_text(source)
    done = run(name, path)
    assert done.returncode != 0
    assert "fault" in done.stdout


def test_british_words_are_right(tmp_path):
    path = tmp_path / "right.md"
    path.write_text("The neighbours of a grey centre have a colour; the picture is labelled.\n")
    assert run("codespell", path).stdout == ""


# ---------------------------------------------------------------- words

AMERICAN = re.compile(
    r"\b((?i:colors?|colored|neighbors?|neighboring|center(?:s|ed)?|behaviors?|favor(?:s|ite)?|"
    r"labeled|modeled|analyzed?|catalog|meters?)|gray(?:scale)?)\b"  # but Gray is a name
)


def american_words(text):
    """List the American spellings in Markdown, outside of code, addresses and quoted titles."""
    text = re.sub(r"^(```|~~~).*?^\1\s*$", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"`[^`]*`|\]\([^)]*\)|<[^>]*>|\*[^*]*\*|[“\"][^”\"]*[”\"]", "", text)
    return AMERICAN.findall(text)


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_pages_are_in_british_english(path):
    assert american_words(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapters_are_in_british_english(path):
    cells = nbformat.read(path, as_version=4).cells
    assert [
        word
        for cell in cells
        if cell.cell_type == "markdown"
        for word in american_words(cell.source)
    ] == []


def test_american_words_are_found():
    assert american_words("A gray Center, `color`, [a color](color.html).") == [
        "gray",
        "Center",
        "color",
    ]


# ---------------------------------------------------------------- imports of a chapter


def import_order(source):
    """List the imports of a cell as sort keys: Python's own, packages, convlib; each by name.

    ruff would give every name a line of its own, and an import cell has five.
    """
    keys = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            is_from = isinstance(node, ast.ImportFrom)
            module = node.module if is_from else node.names[0].name
            top = module.partition(".")[0]
            group = 0 if top in sys.stdlib_module_names else 2 if top == "convlib" else 1
            keys.append((group, is_from, module, [alias.name for alias in node.names]))
    return keys


def is_ordered(source):
    keys = import_order(source)
    names_are_ordered = all(names == sorted(names, key=case_key) for *_, names in keys)
    modules = [key[:3] for key in keys]
    return names_are_ordered and modules == sorted(modules)


def case_key(name):
    """Sort constants before classes before functions, as ruff does."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_imports_of_a_chapter_are_ordered(path):
    cells = nbformat.read(path, as_version=4).cells
    sources = [cell.source for cell in cells if cell.cell_type == "code"]
    assert [source for source in sources if not is_ordered(source)] == []


@pytest.mark.parametrize(
    "source",
    [
        "from convlib import conv2d\nimport numpy as np",
        "import numpy as np\nimport json",
        "from convlib.samples import IMAGE\nfrom convlib import conv2d",
        "from convlib import pad, conv2d",
        "from convlib.samples import portrait, IMAGE",
    ],
)
def test_wrong_order_is_found(source):
    assert not is_ordered(source)


# ---------------------------------------------------------------- style sheets

VARIABLE = re.compile(r"(--[\w-]+)[\"']?\s*[:,]")  # in a sheet, in an attribute or set by a script


def style_faults(source):
    """List the errors of a style sheet, and properties that a rule gives twice."""
    faults, waiting = [], [(tinycss2.parse_stylesheet, source)]
    while waiting:
        parse, text = waiting.pop()
        names = []
        for node in parse(text, skip_comments=True, skip_whitespace=True):
            if node.type == "error":
                faults.append(f"line {node.source_line}: {node.message}")
            if node.type == "declaration":
                names.append(node.lower_name)
            tokens = [
                *(getattr(node, "prelude", None) or ()),
                *(getattr(node, "value", None) or ()),
            ]
            faults += [
                f"line {token.source_line}: {token.message}"
                for token in tokens
                if getattr(token, "type", "") == "error"
            ]
            if getattr(node, "content", None) is not None:
                waiting.append((tinycss2.parse_blocks_contents, node.content))
        faults += sorted({f"{name} is given twice" for name in names if names.count(name) > 1})
    return faults


def used_variables(source):
    return set(re.findall(r"var\(\s*(--[\w-]+)", source))


def defined_variables():
    """Return the names that a sheet, a script, the library or the book's theme gives a value."""
    theme = Path(find_spec("pydata_sphinx_theme").submodule_search_locations[0])
    files = [*theme.rglob("*.css")]
    for pattern in ("*.css", "*.js", "*.py"):
        files += [path for folder in SCRIPTS for path in (ROOT / folder).rglob(pattern)]
    sources = [path.read_text(encoding="utf-8") for path in files] + [web.style()]
    return {name for source in sources for name in VARIABLE.findall(source)}


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_style_sheet_has_no_faults(path):
    assert style_faults(path.read_text(encoding="utf-8")) == []


def test_every_variable_of_a_style_sheet_is_defined():
    defined = defined_variables()
    used = {name for path in SHEETS for name in used_variables(path.read_text(encoding="utf-8"))}
    assert used - defined == set()


@pytest.mark.parametrize(
    "source",
    [
        "p { color red; }",
        "p { color: red; color: blue; }",
        "@media print { p { color: red; : blue } }",
        "p { width: calc(1px + 2px)); }",
        "p } { color: red; }",
    ],
)
def test_fault_of_a_style_sheet_is_found(source):
    assert style_faults(source) != []


def test_a_good_style_sheet_passes():
    source = "/* Text */ @media print { p, a:not(.x) { color: var(--ink); margin: 0 } }"
    assert style_faults(source) == []
    assert used_variables(source) == {"--ink"}


# ---------------------------------------------------------------- scripts


def nested_templates(source):
    """List the beginnings of JavaScript templates that others stand in.

    What makes scripts small for the site takes a template to end at the next backtick.
    """
    parts = source.split("`")[1::2]
    return [part for part in parts if part.count("{") != part.count("}")]


@pytest.mark.parametrize("path", sorted(ROOT.glob("convlib/web/*.js")), ids=lambda path: path.name)
def test_no_template_stands_in_another(path):
    assert nested_templates(path.read_text(encoding="utf-8")) == []


def test_a_template_in_another_is_found():
    assert nested_templates("a = `b ${c} d`; e = `f`;") == []
    assert nested_templates("a = `b ${c ? `d ${e}` : 1}`;") == ["b ${c ? ", " : 1}"]
