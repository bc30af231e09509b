"""Sphinx extension: the place on a page where a reader's own work is listed."""

from book_files import write_static
from docutils import nodes
from docutils.parsers.rst import Directive

from convlib import web

SCRIPT, STYLE = "your_work.js", "your_work.css"
SOURCES = ("kept.js", "kept_file.js", SCRIPT)
PLACE = (
    '<div id="work-list"><p>Without its script this page cannot look into your browser.</p></div>'
)


class YourWork(Directive):
    """The list, its files and its deletion, where the page's script runs."""

    def run(self):
        return [nodes.raw("", PLACE, format="html")]


def add_script(app, pagename, templatename, context, doctree):
    if 'id="work-list"' in context.get("body", ""):
        app.add_js_file(SCRIPT, loading_method="defer")
        app.add_css_file("run.css")
        app.add_css_file(STYLE)


def write_files(app):
    write_static(app, {SCRIPT: web.joined(*SOURCES), STYLE: web.source(STYLE)})


def setup(app):
    app.add_directive("your-work", YourWork)
    app.connect("html-page-context", add_script)
    app.connect("builder-inited", write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
