"""The form that every chapter keeps, as functions that list what is wrong with a notebook.

Each check takes a notebook and returns one complaint for every place that breaks the rule;
an empty list means that the chapter keeps it.
"""

import ast
import re
from itertools import pairwise
from statistics import median

FOLDED = {"hide-cell", "hide-input"}
HIDES = {
    "hide-cell": {"source_hidden", "outputs_hidden"},
    "hide-input": {"source_hidden"},
    "hide-output": {"outputs_hidden"},
}  # a tag of the page -> what JupyterLab hides
OPT_OUTS = {"nbval-ignore-output", "nbval-skip", "raises-exception"}
BLOCK_WIDTH = 46
WIDE_BLOCKS = {"pool-why-1", "bend-by-hand", "bend-relu", "bend-field-by-hand"}
BELITTLING = re.compile(r"\b(simply|obviously|clearly|trivial(?:ly)?)\b", re.IGNORECASE)
KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
RANDOM_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f-]+)?")


# ---------------------------------------------------------------- reading a notebook


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def markdown_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def is_folded(cell):
    return bool(FOLDED & set(cell.metadata.get("tags", ())))


def is_caption(cell):
    return cell.cell_type == "markdown" and cell.id.endswith("-caption")


def folds(cell):
    """List the titles of what is folded in a Markdown cell."""
    return re.findall(
        r"<details>\s*<summary>(.*?)</summary>\n\n.+?\n\n</details>", cell.source, re.DOTALL
    )


def code_lines(source):
    return [line for line in source.splitlines() if line.strip()]


def without_code_blocks(text):
    return re.sub(r"^(```|~~~).*?^\1\s*$", "", text, flags=re.MULTILINE | re.DOTALL)


def headings(cell):
    """List (level, text) of a Markdown cell's headings."""
    if cell.cell_type != "markdown":
        return []
    found = re.findall(r"^(#+) +(.+?)\s*$", without_code_blocks(cell.source), re.MULTILINE)
    return [(len(marks), text) for marks, text in found]


def word_count(text):
    """Count the words in view: no code blocks, folded answers, directives, pictures, addresses."""
    text = without_code_blocks(re.sub(r"<details>.*?</details>", " ", text, flags=re.DOTALL))
    text = re.sub(r"^:{3,}.*$|^:[\w-]+:.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)", " ", text)
    text = re.sub(r"<[^>]+>", " ", text)
    return sum(any(map(str.isalnum, word)) for word in text.split())


def before_exercises(notebook):
    """List the cells of the chapter proper."""
    cells = []
    for cell in notebook.cells:
        if any(text == "Exercises" for level, text in headings(cell) if level == 2):
            break
        cells.append(cell)
    return cells


def output_data(cell):
    return [output.data for output in cell.outputs if "data" in output]


def pictures(cell):
    return [data for data in output_data(cell) if "image/svg+xml" in data]


def is_explorer(cell):
    return any(data["text/plain"].startswith("Explorer") for data in pictures(cell))


def syntax(cell):
    """Parse a code cell; IPython's magics count as no code."""
    try:
        return ast.parse(cell.source)
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def imports_something(cell):
    return any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(syntax(cell)))


# ---------------------------------------------------------------- words


def check_title(notebook):
    levels = [(level, cell.id) for cell in notebook.cells for level, _ in headings(cell)]
    complaints = []
    if [level for level, _ in levels].count(1) != 1 or levels[0][0] != 1:
        complaints.append("wants exactly one # title, before every other heading")
    for (above, _), (below, cell_id) in pairwise(levels):
        if below > above + 1:
            complaints.append(f"{cell_id}: heading of level {below} follows level {above}")
    return complaints


def check_opening(notebook):
    opening = ""
    for cell in notebook.cells:
        if cell.cell_type == "code" or any(level == 2 for level, _ in headings(cell)):
            break
        opening += cell.source.lower() + "\n"
    wanted = ("you will", "learn", "need")
    return [f"opening does not say {word!r}" for word in wanted if word not in opening]


def check_ending(notebook):
    sections = [text for cell in notebook.cells for level, text in headings(cell) if level == 2]
    wanted = ["Summary", "Exercises", "Read more"]
    if sections[-3:] != wanted:
        return [f"last sections are {sections[-3:]}, want {wanted}"]
    return []


def check_wording(notebook):
    return [
        f"{cell.id}: says {word!r}"
        for cell in markdown_cells(notebook)
        for word in BELITTLING.findall(cell.source)
    ]


def check_prose(notebook):
    """50 to 120 words between two code cells is the aim; these bounds forgive the odd one."""
    counts, words, started = {}, 0, False
    for cell in before_exercises(notebook):
        if is_caption(cell):
            continue
        if cell.cell_type == "markdown":
            words += word_count(cell.source)
        elif not is_folded(cell):
            if started:
                counts[cell.id] = words
            words, started = 0, True
    complaints = [
        f"{name}: {count} words before this cell, want 15 to 200"
        for name, count in counts.items()
        if not 15 <= count <= 200
    ]
    if counts and not 40 <= median(counts.values()) <= 120:
        middle = median(counts.values())
        complaints.append(f"median of {middle} words between code cells, want 40 to 120")
    return complaints


def check_alt_text(notebook):
    complaints = []
    for cell in markdown_cells(notebook):
        if re.search(r"!\[\s*\]\(", cell.source):
            complaints.append(f"{cell.id}: picture without alt text")
        for tag in re.findall(r"<img\b[^>]*>", cell.source):
            if not re.search(r"\balt=[\"'][^\"']", tag):
                complaints.append(f"{cell.id}: <img> without alt text")
        blocks = re.findall(
            r"^([`:]{3,})\{(?:figure|image)\}(.*?)^\1", cell.source, re.MULTILINE | re.DOTALL
        )
        if any(not re.search(r"^:alt: *\S", body, re.MULTILINE) for _, body in blocks):
            complaints.append(f"{cell.id}: figure without :alt:")
    return complaints


def check_block_width(notebook):
    """On a telephone a line of a block is cut behind some 44 characters."""
    return [
        f"{cell.id}: block of {width} characters, at most {BLOCK_WIDTH}"
        for cell in markdown_cells(notebook)
        if cell.id not in WIDE_BLOCKS
        for block in re.findall(r"^```text\n(.*?)^```", cell.source, re.MULTILINE | re.DOTALL)
        if (width := max(map(len, block.splitlines()))) > BLOCK_WIDTH
    ]


# ---------------------------------------------------------------- code


def check_code_length(notebook):
    lengths = {cell.id: len(code_lines(cell.source)) for cell in code_cells(notebook)}
    complaints = [f"{name}: {n} lines of code, at most 12" for name, n in lengths.items() if n > 12]
    visible = [lengths[cell.id] for cell in code_cells(notebook) if not is_folded(cell)]
    if visible and median(visible) > 4:
        complaints.append(f"median code cell has {median(visible)} lines, at most 4")
    return complaints


def check_line_width(notebook):
    return [
        f"{cell.id}: line of {len(line)} characters, at most 88"
        for cell in code_cells(notebook)
        for line in cell.source.splitlines()
        if len(line) > 88
    ]


def function_length(function, source):
    """Count a function's lines of code, docstring and blank lines apart."""
    text = ast.get_source_segment(source, function)
    docstring = ast.get_docstring(function, clean=False)
    return len(code_lines(text)) - len(code_lines(docstring or ""))


def check_functions(notebook):
    return [
        f"{cell.id}: {node.name} has {function_length(node, cell.source)} lines, at most 10"
        for cell in code_cells(notebook)
        for node in ast.walk(syntax(cell))
        if isinstance(node, ast.FunctionDef) and function_length(node, cell.source) > 10
    ]


def check_imports(notebook):
    importing = [cell for cell in code_cells(notebook) if imports_something(cell)]
    if len(importing) != 1:
        return [f"{len(importing)} cells import something, want one"]
    n = len(code_lines(importing[0].source))
    return [f"{importing[0].id}: {n} lines in the import cell, at most 7"] if n > 7 else []


def check_plain_python(notebook):
    """No magics, and none of the ipywidgets whose output cannot be compared."""
    forbidden = r"^\s*[%!].*|\binteract\w*\(|\bOutput\("
    return [
        f"{cell.id}: uses {found.group().strip()!r}"
        for cell in code_cells(notebook)
        for found in re.finditer(forbidden, cell.source, re.MULTILINE)
    ]


# ---------------------------------------------------------------- pictures


def check_picture_rhythm(notebook):
    complaints, run = [], 0
    for cell in before_exercises(notebook):
        if cell.cell_type != "code" or is_folded(cell) or imports_something(cell):
            continue
        run = 0 if pictures(cell) else run + 1
        if run > 3:
            complaints.append(f"{cell.id}: {run} code cells in a row without a picture")
    return complaints


def check_figures(notebook):
    """A picture has a name, and its caption in a cell of its own, where every reader sees it."""
    complaints = []
    for cell, after in pairwise([*before_exercises(notebook), None]):
        if cell.cell_type != "code" or not pictures(cell):
            continue
        name = cell.metadata.get("mystnb", {}).get("figure", {}).get("name", "")
        if not (name.startswith("fig-") and KEBAB.fullmatch(name)):
            complaints.append(f"{cell.id}: figure name {name!r}, want fig-in-kebab-case")
        if after is None or after.id != f"{cell.id}-caption":
            complaints.append(f"{cell.id}: the next cell is no {cell.id}-caption")
        elif not re.fullmatch(r"\*(?!\*)[^\n]+(?<!\*)\*", after.source):
            complaints.append(f"{after.id}: want one paragraph in *emphasis*")
    return complaints


def check_links(notebook):
    """What a link leads to is told by its words; roles are raw text outside the page."""
    complaints = []
    for cell in markdown_cells(notebook):
        if re.search(r"(?<!!)\[\s*\]\(", cell.source):
            complaints.append(f"{cell.id}: link without words")
        if role := re.search(r"\{[a-z:]+\}`", without_code_blocks(cell.source)):
            complaints.append(f"{cell.id}: {role[0]} is raw text in JupyterLab and on GitHub")
    return complaints


def check_folds(notebook):
    """What the page folds JupyterLab folds, too."""
    complaints = []
    for cell in code_cells(notebook):
        wanted = set().union(*(HIDES.get(tag, set()) for tag in cell.metadata.get("tags", ())))
        hidden = {name for name, value in cell.metadata.get("jupyter", {}).items() if value}
        if wanted != hidden:
            complaints.append(
                f"{cell.id}: JupyterLab hides {sorted(hidden)}, want {sorted(wanted)}"
            )
    for cell in markdown_cells(notebook):
        if len(folds(cell)) != cell.source.count("<details"):
            complaints.append(f"{cell.id}: <details> wants a <summary> and blank lines inside")
    return complaints


def check_descriptions(notebook):
    """A picture's text is what a screen reader says and what nbval compares."""
    return [
        f"{cell.id}: picture described as {data['text/plain']!r}, want a sentence"
        for cell in code_cells(notebook)
        for data in pictures(cell)
        if word_count(data["text/plain"]) < 4
    ]


def check_explorers(notebook, at_least):
    n = sum(map(is_explorer, code_cells(notebook)))
    return [f"{n} explorers, want at least {at_least}"] if n < at_least else []


# ---------------------------------------------------------------- exercises


def exercises(notebook):
    """Return, for each exercise's number, its cells."""
    found, current = {}, None
    for cell in notebook.cells:
        for level, text in headings(cell):
            match = re.match(r"Exercise (\d+)\b", text) if level == 3 else None
            if level <= 3:
                current = int(match[1]) if match else None
            if match:
                found[current] = []
        if current is not None:
            found[current].append(cell)
    return found


def check_exercises(notebook):
    """A question, one to three hints, one folded solution that was run, and why it is right."""
    found = exercises(notebook)
    complaints = []
    if len(found) < 3 or list(found) != list(range(1, len(found) + 1)):
        complaints.append(f"exercises numbered {list(found)}, want 1, 2, 3 or more")
    for number, cells in found.items():
        solutions = [cell for cell in cells if cell.cell_type == "code"]
        if len(solutions) != 1 or not is_folded(solutions[0]) or not solutions[0].execution_count:
            complaints.append(f"exercise {number}: want one folded solution that was run")
        titles = [title for cell in cells if cell.cell_type == "markdown" for title in folds(cell)]
        hints = [title for title in titles if title.startswith("Hint")]
        if hints != [f"Hint {n}" for n in range(1, len(hints) + 1)] or not 1 <= len(hints) <= 3:
            complaints.append(f"exercise {number}: hints {hints}, want Hint 1 to at most Hint 3")
        if "Why" not in titles:
            complaints.append(f"exercise {number}: no folded Why after the solution")
    return complaints


# ---------------------------------------------------------------- outputs


def check_outputs(notebook):
    cells = code_cells(notebook)
    complaints = []
    counts = [cell.execution_count for cell in cells]
    if counts != list(range(1, len(cells) + 1)):
        complaints.append(f"execution counts {counts} are not 1, 2, 3 ...")
    for cell in cells:
        for output in cell.outputs:
            if output.output_type == "error" or output.get("name") == "stderr":
                complaints.append(f"{cell.id}: an error or a warning among the outputs")
        texts = [data.get("text/plain", "") for data in output_data(cell)]
        if any(re.search(r" at 0x[0-9a-f]+", text) for text in texts):
            complaints.append(f"{cell.id}: a memory address among the outputs")
    return complaints


def check_compared(notebook):
    """Nothing may ask nbval to look away."""
    return [
        f"{cell.id}: opts out of the comparison of outputs"
        for cell in code_cells(notebook)
        if OPT_OUTS & set(cell.metadata.get("tags", ()))
        or re.search(r"#\s*(NBVAL|PYTEST)_", cell.source)
    ]


def check_ids(notebook):
    ids = [cell.id for cell in notebook.cells]
    complaints = [f"{name}: id used twice" for name in sorted(set(ids)) if ids.count(name) > 1]
    for name in ids:
        if not KEBAB.fullmatch(name) or RANDOM_ID.fullmatch(name):
            complaints.append(f"{name}: id is not words-in-kebab-case")
    return complaints


EVERY_CHAPTER = [
    check_title,
    check_opening,
    check_wording,
    check_prose,
    check_alt_text,
    check_code_length,
    check_block_width,
    check_line_width,
    check_functions,
    check_imports,
    check_plain_python,
    check_picture_rhythm,
    check_figures,
    check_descriptions,
    check_links,
    check_folds,
    check_outputs,
    check_compared,
    check_ids,
]
FROM_CHAPTER_2 = [check_ending, check_exercises]
EVERY_PAGE = [
    check_title,
    check_wording,
    check_alt_text,
    check_code_length,
    check_line_width,
    check_functions,
    check_imports,
    check_plain_python,
    check_descriptions,
    check_links,
    check_folds,
    check_outputs,
    check_compared,
    check_ids,
]
"""What a notebook keeps that is no chapter, such as the page on NumPy."""
