"""Sphinx extension: end every entry of the glossary and of the references with its chapters.

A chapter defines a word in bold, or links it to its entry where it first uses it; what it
recommends it links to the same address as the list of references. So the ways back are known.
"""

from functools import partial

from docutils import nodes
from sphinx.addnodes import pending_xref

GLOSSARY, REFERENCES = "book/glossary", "book/references"


def chapters(env):
    """List the numbered pages in their order, as (number, page)."""
    return sorted(
        (numbers[""][0], page) for page, numbers in env.toc_secnumbers.items() if numbers.get("")
    )


def uses(env, name_of):
    """Return the chapters of what they link to: {name: {chapter: (page, section)}}."""
    found = {}
    for chapter, page in chapters(env):
        for node in env.get_doctree(page).findall(nodes.Element):
            name = name_of(node)
            if name:
                found.setdefault(name, {}).setdefault(chapter, (page, section_of(node)))
    return found


def word_of(node, words):
    """Name the glossary's entry that a chapter links to, or defines in bold."""
    if isinstance(node, pending_xref) and node["reftarget"] == GLOSSARY:
        return node["reftargetid"]
    if isinstance(node, nodes.strong):
        word = nodes.make_id(node.astext())
        return next((name for name in (word, word.removesuffix("s")) if name in words), None)
    return None


def address_of(node):
    """Name the address outside the book that a link leads to."""
    if isinstance(node, nodes.reference):
        return node.get("refuri", "").rstrip("/")
    return None


def section_of(node):
    while not isinstance(node, nodes.section):
        node = node.parent
    return node["ids"][0]


def add_ways_back(app, doctree, docname):
    if docname == GLOSSARY:
        entries = {entry.get("slug"): entry for entry in doctree.findall(nodes.section)}
        for word, places in uses(app.env, partial(word_of, words=entries)).items():
            entries[word] += nodes.paragraph("", "", *ways_back(app, docname, places))
    if docname == REFERENCES:
        places = uses(app.env, address_of)
        for entry in doctree.findall(nodes.citation):
            (address,) = map(address_of, entry.findall(nodes.reference))
            if address in places:
                entry[-1] += [nodes.Text(" "), *ways_back(app, docname, places[address])]


def ways_back(app, docname, places):
    """Return "In chapters 1, 2, 5" with a link for each number."""
    line = [nodes.Text("In chapter " if len(places) == 1 else "In chapters ")]
    for position, (chapter, (page, section)) in enumerate(places.items()):
        address = f"{app.builder.get_relative_uri(docname, page)}#{section}"
        title = app.env.titles[page].astext()
        if position:
            line.append(nodes.Text(", "))
        line.append(
            nodes.reference("", str(chapter), refuri=address, internal=True, reftitle=title)
        )
    return line


def setup(app):
    app.connect("doctree-resolved", add_ways_back)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
