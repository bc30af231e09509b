"""Sphinx extension: give every page with an explorer the script that serves it."""

from pathlib import Path

SCRIPT = Path(__file__).with_name("explorer.js")


def add_script(app, pagename, templatename, context, doctree):
    if 'class="explorer"' in context.get("body", ""):
        app.add_js_file("explorer.js", loading_method="defer")


def copy_script(app, exception):
    if exception is None:
        target = Path(app.outdir, "_static", SCRIPT.name)
        target.write_text(SCRIPT.read_text(encoding="utf-8"), encoding="utf-8")


def setup(app):
    app.connect("html-page-context", add_script)
    app.connect("build-finished", copy_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
