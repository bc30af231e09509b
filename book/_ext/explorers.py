"""Sphinx extension: have explorers written as HTML, and give pages their script and style."""

import os
from pathlib import Path

from convlib import web
from convlib.explore.homes import PAGE_VARIABLE

SCRIPT = "explorer.js"
STYLE = "drawings.css"


def add_script(app, pagename, templatename, context, doctree):
    if 'class="explorer"' in context.get("body", ""):
        app.add_js_file(SCRIPT, loading_method="defer")


def write_files(app):
    if app.builder.format == "html":
        static = Path(app.outdir, "_static")
        static.mkdir(parents=True, exist_ok=True)
        (static / SCRIPT).write_text(web.source(SCRIPT), encoding="utf-8")
        (static / STYLE).write_text(web.style(), encoding="utf-8")


def setup(app):
    os.environ[PAGE_VARIABLE] = "1"
    app.add_css_file(STYLE)
    app.connect("html-page-context", add_script)
    app.connect("builder-inited", write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
