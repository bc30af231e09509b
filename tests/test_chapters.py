"""Every chapter keeps the book's form, and the checks of that form notice when it does not."""

import copy
from collections import Counter
from pathlib import Path

import nbformat
import outputs
import pytest
import yaml
from chapter_form import (
    EVERY_CHAPTER,
    FROM_CHAPTER_2,
    check_alt_text,
    check_code_length,
    check_compared,
    check_descriptions,
    check_ending,
    check_exercises,
    check_explorers,
    check_figures,
    check_functions,
    check_ids,
    check_imports,
    check_line_width,
    check_opening,
    check_outputs,
    check_picture_rhythm,
    check_plain_python,
    check_prose,
    check_title,
    check_wording,
    code_cells,
    word_count,
)
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted(ROOT.glob("book/*.ipynb"))
AFTER_THE_FIRST = [chapter for chapter in CHAPTERS if not chapter.stem.startswith("01")]


def name_of(value):
    return getattr(value, "stem", None) or getattr(value, "__name__", None)


def number_of(chapter):
    return int(chapter.stem[:2])


def read(chapter):
    return nbformat.read(chapter, as_version=4)


def assert_no_complaints(complaints):
    assert not complaints, "\n".join(["", *complaints])


# ---------------------------------------------------------------- the chapters

@pytest.mark.parametrize("check", EVERY_CHAPTER, ids=name_of)
@pytest.mark.parametrize("chapter", CHAPTERS, ids=name_of)
def test_chapter_keeps_the_form(chapter, check):
    assert_no_complaints(check(read(chapter)))


@pytest.mark.parametrize("check", FROM_CHAPTER_2, ids=name_of)
@pytest.mark.parametrize("chapter", AFTER_THE_FIRST, ids=name_of)
def test_chapter_ends_with_exercises(chapter, check):
    assert_no_complaints(check(read(chapter)))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=name_of)
def test_chapter_has_explorers(chapter):
    at_least = 1 if number_of(chapter) == 1 else 2
    assert_no_complaints(check_explorers(read(chapter), at_least))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=name_of)
def test_chapter_is_as_make_outputs_writes_it(chapter):
    notebook = read(chapter)
    outputs.normalise(notebook)
    is_normal = chapter.read_text(encoding="utf-8") == outputs.text_of(notebook)
    assert is_normal, "not as `make outputs` writes it: run that and commit what it writes"


def test_contents_list_every_chapter_in_order():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    listed = [toc["root"]]
    listed += [entry["file"] for part in toc["parts"] for entry in part["chapters"]]
    assert CHAPTERS
    assert listed[:len(CHAPTERS)] == [f"book/{chapter.stem}" for chapter in CHAPTERS]
    assert [number_of(chapter) for chapter in CHAPTERS] == list(range(1, len(CHAPTERS) + 1))


def test_figure_names_are_unique_in_the_book():
    names = Counter(
        cell.metadata.mystnb.figure.name
        for chapter in CHAPTERS
        for cell in code_cells(read(chapter))
        if "figure" in cell.metadata.get("mystnb", {})
    )
    assert [name for name, count in names.items() if count > 1] == []


# ---------------------------------------------------------------- the checks themselves

PROSE = "Lay the kernel on the patch. Multiply and add. What number will come out? " * 4


def picture(name, text="The patch, the kernel and their product, cell by cell."):
    output = new_output("display_data", {"image/png": "iVBORw0=", "text/plain": text})
    figure = {"caption": "One patch.", "name": f"fig-{name}"}
    return new_code_cell("show()", id=name, outputs=[output], metadata={"mystnb": {"figure": figure}})


def code(name, source, **options):
    return new_code_cell(source, id=name, **options)


def text(name, source):
    return new_markdown_cell(source, id=name)


def good_chapter():
    explorer = "Explorer with sliders row; 3 frames\nRow 0 of the image."
    cells = [
        text("opening", "# Match one patch\n\nYou will multiply. You will learn a sum. You need NumPy."),
        code("imports", "import numpy as np"),
        text("question", "## What is a match?\n\n" + PROSE),
        picture("one-patch"),
        text("by-hand", PROSE),
        code("step", "def step(patch, kernel):\n    return (patch * kernel).sum()"),
        text("explore", PROSE),
        picture("explore-row", explorer),
        text("explore-more", PROSE),
        picture("explore-column", explorer),
        text("summary", "## Summary\n\nA match is a sum of products."),
    ]
    for number in (1, 2, 3):
        title = f"### Exercise {number}\n\nTry it."
        cells += [
            text(f"exercise-{number}", "## Exercises\n\n" + title if number == 1 else title),
            code(f"solution-{number}", "2 + 2", metadata={"tags": ["hide-input"]}),
        ]
    cells.append(text("read-more", "## Read more\n\nA book."))
    notebook = new_notebook(cells=cells)
    for count, cell in enumerate(code_cells(notebook), start=1):
        cell.execution_count = count
    return notebook


def cell_of(notebook, name):
    return next(cell for cell in notebook.cells if cell.id == name)


def change(name, **attributes):
    def apply(notebook):
        cell_of(notebook, name).update(attributes)
    return apply


def add_to(name, source):
    def apply(notebook):
        cell_of(notebook, name).source += source
    return apply


def drop(name):
    def apply(notebook):
        notebook.cells.remove(cell_of(notebook, name))
    return apply


def insert_after(name, *cells):
    def apply(notebook):
        place = notebook.cells.index(cell_of(notebook, name)) + 1
        notebook.cells[place:place] = copy.deepcopy(cells)
    return apply


STDERR = [new_output("stream", name="stderr", text="warning")]
ERROR = [new_output("error", ename="ValueError", evalue="no")]
ADDRESS = [new_output("display_data", {"text/plain": "<Thing at 0x7f00aa>"})]
LONG_FUNCTION = "def f():\n" + "    a = 1\n" * 10

FAULTS = [
    (check_title, add_to("summary", "\n\n# Another title")),
    (check_title, change("opening", source="You will begin without a title.")),
    (check_title, change("opening", source="## First of all\n\n# Match one patch")),
    (check_title, add_to("by-hand", "\n\n#### Too deep")),
    (check_opening, change("opening", source="# Match\n\nYou will learn.")),
    (check_opening, change("opening", source="# Match\n\nYou need to know how to learn.")),
    (check_opening, lambda notebook: [
        change("opening", source="# Match\n\nYou will learn.")(notebook),
        insert_after("opening", text("later", "## Later\n\nYou need NumPy."))(notebook)]),
    (check_ending, drop("summary")),
    (check_ending, drop("read-more")),
    (check_ending, add_to("read-more", "\n\n## Afterthought")),
    (check_wording, add_to("by-hand", " It is obviously 12.")),
    (check_wording, add_to("by-hand", " Simply add.")),
    (check_prose, drop("by-hand")),
    (check_prose, add_to("by-hand", PROSE * 4)),
    (check_prose, lambda notebook: [
        change(name, source="word " * 20)(notebook) for name in ("question", "by-hand", "explore")]),
    (check_alt_text, add_to("question", "\n\n![](images/a.png)")),
    (check_alt_text, add_to("question", '\n\n<img src="a.png">')),
    (check_alt_text, add_to("question", "\n\n```{figure} a.png\n:name: fig-a\nA caption.\n```")),
    (check_code_length, add_to("step", "\na = 1" * 11)),
    (check_code_length, lambda notebook: [
        add_to(cell.id, "\na = 1" * 5)(notebook) for cell in code_cells(notebook)]),
    (check_line_width, add_to("step", "\n" + "a" * 89)),
    (check_functions, change("step", source=LONG_FUNCTION)),
    (check_functions, change("step", source=f"class A:\n    {LONG_FUNCTION.replace('    ', '        ')}")),
    (check_imports, add_to("step", "\nimport math")),
    (check_imports, drop("imports")),
    (check_imports, add_to("imports", "\na = 1" * 5)),
    (check_plain_python, add_to("step", "\n%time 1")),
    (check_plain_python, add_to("step", "\n!ls")),
    (check_plain_python, add_to("step", "\ninteract(f, a=1)")),
    (check_plain_python, add_to("step", "\nwidgets.Output()")),
    (check_picture_rhythm, insert_after("step", *(code(f"more-{i}", "1") for i in range(3)))),
    (check_figures, lambda notebook: cell_of(notebook, "one-patch").metadata.pop("mystnb")),
    (check_figures, change("one-patch", metadata={"mystnb": {"figure": {"name": "fig-a"}}})),
    (check_figures, lambda notebook: cell_of(
        notebook, "one-patch").metadata.mystnb.figure.update(name="fig-One_Patch")),
    (check_descriptions, lambda notebook: cell_of(
        notebook, "one-patch").outputs[0].data.update({"text/plain": "<Figure size 640x480 with 1 Axes>"})),
    (check_descriptions, lambda notebook: cell_of(
        notebook, "one-patch").outputs[0].data.update({"text/plain": "A patch."})),
    (check_exercises, drop("exercise-3")),
    (check_exercises, change("exercise-3", source="### Exercise 4")),
    (check_exercises, drop("solution-3")),
    (check_exercises, change("solution-1", metadata={})),
    (check_exercises, change("solution-1", execution_count=None)),
    (check_outputs, change("step", execution_count=7)),
    (check_outputs, change("step", outputs=STDERR)),
    (check_outputs, change("step", outputs=ERROR)),
    (check_outputs, change("step", outputs=ADDRESS)),
    (check_compared, change("step", metadata={"tags": ["nbval-ignore-output"]})),
    (check_compared, add_to("step", "\n# NBVAL_SKIP")),
    (check_ids, change("step", id="imports")),
    (check_ids, change("step", id="Step_1")),
    (check_ids, change("step", id="bf9a01bc")),
]


@pytest.mark.parametrize("check", EVERY_CHAPTER + FROM_CHAPTER_2, ids=name_of)
def test_good_chapter_passes(check):
    assert check(good_chapter()) == []


@pytest.mark.parametrize(("check", "spoil"), FAULTS, ids=name_of)
def test_fault_is_noticed(check, spoil):
    notebook = good_chapter()
    spoil(notebook)
    assert check(notebook) != []


def test_every_check_is_tried_on_a_fault():
    assert set(EVERY_CHAPTER + FROM_CHAPTER_2) == {check for check, _ in FAULTS}


def test_explorers_are_counted():
    assert check_explorers(good_chapter(), at_least=2) == []
    assert check_explorers(good_chapter(), at_least=3) == ["2 explorers, want at least 3"]


def test_only_words_are_counted():
    source = "Two words\n\n```python\nnot these\n```\n\n![nor this](a.png) [a link](b.html) + 12"
    assert word_count(source) == len("Two words a link 12".split())
