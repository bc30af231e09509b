"""Sphinx extension: hold every chapter to the number in its file's name, and set both apart.

The table of contents numbers the chapters, so pages, figures and links agree by themselves; the
file's name and the table could still disagree.
"""

import re

from docutils import nodes
from sphinx.util import logging

logger = logging.getLogger(__name__)
NUMBERED = re.compile(r"(<a [^>]*>)(\d+) (?=[^<]*</a>)")


def check_numbers(app, env):
    for docname in sorted(env.found_docs):
        in_name = re.match(r"(\d+)_", docname.rpartition("/")[2])
        shown = env.toc_secnumbers.get(docname, {}).get("")
        if in_name and shown != (int(in_name[1]),):
            logger.warning("_toc.yml makes this chapter number %s", shown, location=docname)


def mark_chapter(app, doctree, docname):
    """Let style sheets know a page with a number."""
    if app.env.toc_secnumbers.get(docname, {}).get(""):
        next(doctree.findall(nodes.section))["classes"].append("chapter")


def set_apart(app, pagename, templatename, context, doctree):
    """Give the numbers in the list of chapters an element of their own, so that titles align."""
    generate = context.get("generate_toctree_html")
    if generate:
        context["generate_toctree_html"] = lambda *args, **kwargs: NUMBERED.sub(
            r'\1<span class="section-number">\2</span> ', str(generate(*args, **kwargs))
        )


def setup(app):
    app.connect("env-check-consistency", check_numbers)
    app.connect("doctree-resolved", mark_chapter)
    app.connect("html-page-context", set_apart, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
