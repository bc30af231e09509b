"""Sphinx extension: have explorers written as HTML, and give their pages the script for it."""

import os
from pathlib import Path

TELL_KERNELS = "CONVLIB_PAGE"
SCRIPT = Path(__file__).with_name("explorer.js")


def add_script(app, pagename, templatename, context, doctree):
    if 'class="explorer"' in context.get("body", ""):
        app.add_js_file("explorer.js", loading_method="defer")


def copy_script(app, exception):
    if exception is None and app.builder.format == "html":
        target = Path(app.outdir, "_static", SCRIPT.name)
        target.write_text(SCRIPT.read_text(encoding="utf-8"), encoding="utf-8")


def setup(app):
    os.environ[TELL_KERNELS] = "1"
    app.connect("html-page-context", add_script)
    app.connect("build-finished", copy_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
