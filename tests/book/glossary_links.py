"""At its first use in a chapter, every term of the glossary links to its entry.

What counts as a use: a term, its plural or another form of it in the prose of a Markdown cell.
Captions, folded answers, "Read more", headings, code and mathematics are no prose. Longer terms
win: "average pooling" is no use of "pooling".
"""

import re
from pathlib import Path

BOOK = Path(__file__).parents[2] / "book"

# Words that are English as well as terms: only a link to a wrong entry is reported.
EVERYDAY = {
    "same",
    "valid",
    "shifts",
    "learn",
    "error",
    "score",
    "mask",
    "group",
    "view",
    "core",
    "float",
    "layer",
    "linear",
    "shape",
    "invariant",
    "span",
    "flip",
    "filter",
    "index",
    "step",
    "network",
    "byte",
    "matrix",
    "parameter",
    "pass",
    "compiler",
    "worker",
    "wave",
    "pointer",
    "reading",
    "weight",
}
FORMS = {
    "axis": ["axes"],
    "matrix": ["matrices"],
    "batch": ["batches"],
    "patch": ["patches"],
    "max-pooling": ["max pooling"],
    "dilation": ["dilated"],
    "depthwise convolution": ["depthwise"],
    "pointwise convolution": ["pointwise"],
    "depthwise separable layer": ["depthwise separable", "separable layer"],
    "winograd's method": ["Winograd’s method"],
    "sobel kernel": ["Sobel's kernel", "Sobel"],
    "laplacian kernel": ["Laplacian"],
    "memory-mapped file": ["memory-mapped"],
}


def slug(text):
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def terms(glossary):
    """List the terms of the glossary's text: its headings of level 3."""
    return re.findall(r"^### (.+)$", glossary, re.MULTILINE)


def prose(cell):
    """Return the cell's prose; links to the glossary become ⟦words|slug⟧, other links nothing."""
    text = re.sub(r"^(```|~~~|\$\$).*?^\1\s*$", " ", cell.source, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"<details>.*?</details>", " ", text, flags=re.DOTALL)
    text = re.sub(r"^#+ .*$", " ", text, flags=re.MULTILINE)
    text = re.sub(r"\[([^\]]*)\]\(glossary\.md#([^)]*)\)", r"⟦\1|\2⟧", text)
    text = re.sub(r"\[[^\]]*\]\([^)]*\)", " ", text)
    text = re.sub(r"(?<!⟦)`[^`]*`(?![^⟦]*⟧)", " ", text)
    return re.sub(r"\$[^$]*\$|<[^>]*>", " ", text)


def uses(notebook):
    """Yield the id and the prose of every cell in which a term's use counts."""
    for cell in notebook.cells:
        if cell.cell_type != "markdown" or cell.id.endswith("-caption"):
            continue
        if re.search("^## Read more", cell.source, re.MULTILINE):
            return
        yield cell.id, prose(cell)


def complaints(notebook, glossary):
    """List the first uses without a link, and the links that lead to no entry."""
    words = {}
    for term in terms(glossary):
        plural = term + ("es" if term.endswith(("s", "x")) else "s")
        for form in (term, plural, *FORMS.get(term.lower(), ())):
            words[form.lower()] = slug(term)
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    use = re.compile(
        rf"⟦(?P<said>[^|⟧]*)\|(?P<slug>[^⟧]*)⟧|(?<![\w-])(?P<word>{pattern})(?![\w-])",
        re.IGNORECASE,
    )
    known, everyday = set(words.values()), {slug(word) for word in EVERYDAY}
    seen, found = set(), []
    for cell_id, text in uses(notebook):
        for match in use.finditer(text):
            entry = match["slug"] or words[match["word"].lower()]
            if entry not in known:
                found.append(f"{cell_id}: the glossary has no entry {entry!r}")
            elif entry not in seen and not match["slug"] and entry not in everyday:
                found.append(f"{cell_id}: {match['word']!r} is not linked at its first use")
            seen.add(entry)
    return found
