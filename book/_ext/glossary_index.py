"""Sphinx extension: end every entry of the glossary with the chapters that use its word.

A chapter links a word to its entry where it first uses it, so the ways back are known.
"""

from docutils import nodes
from sphinx.addnodes import pending_xref

GLOSSARY = "book/glossary"


def uses(env):
    """Return the entries' chapters: the anchor of an entry to {chapter: (page, section)}."""
    chapters = sorted(
        (numbers[""][0], page) for page, numbers in env.toc_secnumbers.items() if numbers.get("")
    )
    found = {}
    for chapter, page in chapters:
        for link in env.get_doctree(page).findall(pending_xref):
            if link["reftarget"] == GLOSSARY:
                places = found.setdefault(link["reftargetid"], {})
                places.setdefault(chapter, (page, section_of(link)))
    return found


def section_of(node):
    while not isinstance(node, nodes.section):
        node = node.parent
    return node["ids"][0]


def add_index(app, doctree, docname):
    if docname != GLOSSARY:
        return
    places = uses(app.env)
    for entry in doctree.findall(nodes.section):
        if entry.get("slug") in places:
            entry.append(line(app, places[entry["slug"]]))


def line(app, places):
    """Return "In chapters 1, 2, 5" with a link for each number."""
    paragraph = nodes.paragraph("", "In chapter " if len(places) == 1 else "In chapters ")
    for position, (chapter, (page, section)) in enumerate(places.items()):
        address = f"{app.builder.get_relative_uri(GLOSSARY, page)}#{section}"
        title = app.env.titles[page].astext()
        if position:
            paragraph += nodes.Text(", ")
        paragraph += nodes.reference(
            "", str(chapter), refuri=address, internal=True, reftitle=title
        )
    return paragraph


def setup(app):
    app.connect("doctree-resolved", add_index)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
