"""Every chapter keeps the book's form, and the checks of that form notice when it does not."""

import copy
import re
from collections import Counter
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import outputs
from tests.book import glossary_links, source_links
from tests.book.chapter_form import (
    EVERY_CHAPTER,
    EVERY_PAGE,
    FROM_CHAPTER_2,
    check_alt_text,
    check_block_width,
    check_code_length,
    check_compared,
    check_descriptions,
    check_ending,
    check_exercises,
    check_explorers,
    check_figures,
    check_folds,
    check_functions,
    check_ids,
    check_imports,
    check_line_width,
    check_links,
    check_opening,
    check_outputs,
    check_picture_rhythm,
    check_plain_python,
    check_prose,
    check_title,
    check_wording,
    code_cells,
    headings,
    word_count,
)

ROOT = Path(__file__).parents[2]
CHAPTERS = sorted(ROOT.glob("book/[0-9]*.ipynb"))
OTHER_PAGES = [path for path in sorted(ROOT.glob("book/*.ipynb")) if path not in CHAPTERS]
GLOSSARY = (ROOT / "book/glossary.md").read_text(encoding="utf-8")
REFERENCES = (ROOT / "book/references.bib").read_text(encoding="utf-8")
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


@pytest.mark.parametrize("check", EVERY_PAGE, ids=name_of)
@pytest.mark.parametrize("page", OTHER_PAGES, ids=name_of)
def test_page_keeps_the_form(page, check):
    assert_no_complaints(check(read(page)))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=name_of)
def test_terms_link_to_the_glossary(chapter):
    assert_no_complaints(glossary_links.complaints(read(chapter), GLOSSARY))


def test_glossary_is_sorted_and_links_within_itself():
    terms = glossary_links.terms(GLOSSARY)
    assert terms == sorted(terms, key=str.lower)
    assert len(set(terms)) == len(terms)
    for letter, entries in re.findall(r"^## (.)\n((?:(?!## ).*\n?)*)", GLOSSARY, re.MULTILINE):
        assert {term[0].upper() for term in glossary_links.terms(entries)} == {letter}
    anchors = set(re.findall(r"\]\(#([^)]*)\)", GLOSSARY))
    assert anchors <= {glossary_links.slug(term) for term in terms}


def test_references_are_recommended_or_say_what_they_are_good_for():
    assert_no_complaints(source_links.complaints(map(read, CHAPTERS), REFERENCES))


@pytest.mark.parametrize("page", [*CHAPTERS, *OTHER_PAGES], ids=name_of)
def test_links_to_headings_lead_somewhere(page):
    """On the page a wrong one is a warning; here the same holds for JupyterLab and GitHub."""
    text = "\n".join(cell.source for cell in read(page).cells if cell.cell_type == "markdown")
    for target, anchor in re.findall(r"\]\(([\w.]+\.ipynb)(?:#([\w-]+))?\)", text):
        assert (ROOT / "book" / target).exists(), target
        if anchor:
            titles = [t for c in read(ROOT / "book" / target).cells for _, t in headings(c)]
            assert anchor in map(glossary_links.slug, titles), f"{target}#{anchor}"


@pytest.mark.parametrize("chapter", [*CHAPTERS, *OTHER_PAGES], ids=name_of)
def test_chapter_is_as_make_outputs_writes_it(chapter):
    notebook = read(chapter)
    outputs.normalise(notebook)
    is_normal = chapter.read_text(encoding="utf-8") == outputs.text_of(notebook)
    assert is_normal, "not as `make outputs` writes it: run that and commit what it writes"


def test_contents_list_every_page_and_the_chapters_in_order():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    listed = [entry["file"] for part in toc["parts"] for entry in part["chapters"]]
    chapters = [f"book/{chapter.stem}" for chapter in CHAPTERS]
    assert CHAPTERS
    assert [page for page in listed if page in chapters] == chapters
    assert {f"book/{page.stem}" for page in OTHER_PAGES} < set(listed)
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


SOLUTION = {
    "tags": ["hide-cell"],
    "jupyter": {"source_hidden": True, "outputs_hidden": True},
}


def folded(title, source):
    return f"<details>\n<summary>{title}</summary>\n\n{source}\n\n</details>"


def picture(name, says="The patch, the kernel and their product, cell by cell."):
    """Make a picture's cell and the one with its caption."""
    output = new_output("display_data", {"image/svg+xml": "<svg/>", "text/plain": says})
    metadata = {"mystnb": {"figure": {"name": f"fig-{name}"}}}
    cell = new_code_cell("show()", id=name, outputs=[output], metadata=metadata)
    return cell, text(f"{name}-caption", "*One patch.*")


def code(name, source, **options):
    return new_code_cell(source, id=name, **options)


def text(name, source):
    return new_markdown_cell(source, id=name)


def good_chapter():
    explorer = "Explorer with sliders row; 3 frames\nRow 0 of the image."
    cells = [
        text(
            "opening",
            "# Match one patch\n\nYou will multiply. You will learn a sum. You need NumPy.",
        ),
        code("imports", "import numpy as np"),
        text("question", "## What is a match?\n\n" + PROSE),
        *picture("one-patch"),
        text("by-hand", PROSE),
        code("step", "def step(patch, kernel):\n    return (patch * kernel).sum()"),
        text("explore", PROSE),
        *picture("explore-row", explorer),
        text("explore-more", PROSE),
        *picture("explore-column", explorer),
        text("summary", "## Summary\n\nA match is a sum of products."),
    ]
    for number in (1, 2, 3):
        title = f"### Exercise {number}\n\nTry it.\n\n{folded('Hint 1', 'Think.')}"
        cells += [
            text(f"exercise-{number}", "## Exercises\n\n" + title if number == 1 else title),
            code(f"solution-{number}", "2 + 2", metadata=SOLUTION),
            text(f"why-{number}", folded("Why", "Two and two.")),
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
    (
        check_opening,
        lambda notebook: [
            change("opening", source="# Match\n\nYou will learn.")(notebook),
            insert_after("opening", text("later", "## Later\n\nYou need NumPy."))(notebook),
        ],
    ),
    (check_ending, drop("summary")),
    (check_ending, drop("read-more")),
    (check_ending, add_to("read-more", "\n\n## Afterthought")),
    (check_wording, add_to("by-hand", " It is obviously 12.")),
    (check_wording, add_to("by-hand", " Simply add.")),
    (check_prose, drop("by-hand")),
    (check_prose, add_to("by-hand", PROSE * 4)),
    (
        check_prose,
        lambda notebook: [
            change(name, source="word " * 20)(notebook)
            for name in ("question", "by-hand", "explore")
        ],
    ),
    (check_alt_text, add_to("question", "\n\n![](images/a.png)")),
    (check_alt_text, add_to("question", '\n\n<img src="a.png">')),
    (check_alt_text, add_to("question", "\n\n```{figure} a.png\n:name: fig-a\nA caption.\n```")),
    (check_code_length, add_to("step", "\na = 1" * 11)),
    (
        check_code_length,
        lambda notebook: [
            add_to(cell.id, "\na = 1" * 5)(notebook) for cell in code_cells(notebook)
        ],
    ),
    (check_block_width, add_to("by-hand", f"\n\n```text\n{'1 + ' * 12}1\n```")),
    (check_line_width, add_to("step", "\n" + "a" * 89)),
    (check_functions, change("step", source=LONG_FUNCTION)),
    (
        check_functions,
        change("step", source=f"class A:\n    {LONG_FUNCTION.replace('    ', '        ')}"),
    ),
    (check_imports, add_to("step", "\nimport math")),
    (check_imports, drop("imports")),
    (check_imports, add_to("imports", "\na = 1" * 7)),
    (check_plain_python, add_to("step", "\n%time 1")),
    (check_plain_python, add_to("step", "\n!ls")),
    (check_plain_python, add_to("step", "\ninteract(f, a=1)")),
    (check_plain_python, add_to("step", "\nwidgets.Output()")),
    (check_picture_rhythm, insert_after("step", *(code(f"more-{i}", "1") for i in range(3)))),
    (check_figures, lambda notebook: cell_of(notebook, "one-patch").metadata.pop("mystnb")),
    (check_figures, drop("one-patch-caption")),
    (check_figures, change("one-patch-caption", source="One patch.")),
    (check_figures, change("one-patch-caption", source="*One patch.*\n\nAnd more.")),
    (check_figures, insert_after("one-patch", text("between", "Look!"))),
    (check_links, add_to("by-hand", " See [](02_match_patch.ipynb).")),
    (check_links, add_to("by-hand", " See {cite:t}`zhang2023dive`.")),
    (check_folds, change("solution-1", metadata={"tags": ["hide-cell"]})),
    (check_folds, change("step", metadata={"tags": ["hide-output"]})),
    (check_folds, change("step", metadata={"jupyter": {"source_hidden": True}})),
    (check_folds, add_to("by-hand", "\n\n<details><summary>Answer</summary>12</details>")),
    (
        check_figures,
        lambda notebook: cell_of(notebook, "one-patch").metadata.mystnb.figure.update(
            name="fig-One_Patch"
        ),
    ),
    (
        check_descriptions,
        lambda notebook: (
            cell_of(notebook, "one-patch")
            .outputs[0]
            .data.update({"text/plain": "<Figure size 640x480 with 1 Axes>"})
        ),
    ),
    (
        check_descriptions,
        lambda notebook: (
            cell_of(notebook, "one-patch").outputs[0].data.update({"text/plain": "A patch."})
        ),
    ),
    (check_exercises, drop("exercise-3")),
    (check_exercises, change("exercise-3", source="### Exercise 4")),
    (check_exercises, drop("solution-3")),
    (check_exercises, change("solution-1", metadata={})),
    (check_exercises, change("solution-1", execution_count=None)),
    (check_exercises, insert_after("solution-1", code("more", "3", metadata=SOLUTION))),
    (check_exercises, change("exercise-1", source="### Exercise 1\n\nNo hint.")),
    (check_exercises, add_to("exercise-2", "\n\n" + folded("Hint 3", "Think again."))),
    (check_exercises, drop("why-2")),
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


def test_unlinked_and_dead_terms_are_noticed():
    glossary = "### average pooling\n\n### kernel\n\n### pooling\n"
    words = "The kernels of average pooling, and [pooling](glossary.md#pooling) by a kernel."

    def found(source):
        return glossary_links.complaints(new_notebook(cells=[text("a", source)]), glossary)

    assert found(words) == [
        "a: 'kernels' is not linked at its first use",
        "a: 'average pooling' is not linked at its first use",
    ]
    assert found("A [kernel](glossary.md#kernel), `pooling`, then kernels.") == []
    assert found("See [it](glossary.md#stride).") == ["a: the glossary has no entry 'stride'"]


def test_sources_without_an_entry_or_a_use_are_noticed():
    bibliography = (
        "@book{a,\n  doi = {10.1/2}\n}\n@misc{b,\n  note = {Good},\n  url  = {https://b.org}\n}\n"
    )

    def found(*links):
        words = "\n".join(["## Read more", *(f"[it]({link})" for link in links)])
        return source_links.complaints([new_notebook(cells=[text("a", words)])], bibliography)

    assert found("https://doi.org/10.1/2") == []
    assert found() == ["https://doi.org/10.1/2: in no chapter, and without a note"]
    assert found("https://doi.org/10.1/2", "https://b.org/", "https://c.org") == [
        "a: https://c.org is no reference",
        "https://b.org: a chapter says what it is good for, the note is not needed",
    ]


def test_explorers_are_counted():
    assert check_explorers(good_chapter(), at_least=2) == []
    assert check_explorers(good_chapter(), at_least=3) == ["2 explorers, want at least 3"]


def test_only_words_are_counted():
    source = "Two words\n\n```python\nnot these\n```\n\n![nor this](a.png) [a link](b.html) + 12"
    assert word_count(source) == len(["Two", "words", "a", "link", "12"])
