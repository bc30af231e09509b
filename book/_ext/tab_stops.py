"""Sphinx extension: let the Tab key reach what scrolls, without a page laid out for it at once.

The theme measures all code of a page as it loads, in folds that are closed, too, and again after
every change of the page. Its function is left out of its script; tab_stops.js does the same when
something is first shown or changes its size.
"""

import re
from pathlib import Path

from book_files import write_static
from sphinx.errors import ExtensionError

from convlib import web

SCRIPT = "tab_stops.js"
THEME = "scripts/pydata-sphinx-theme.js"
MEASURE = re.compile(
    r'(function \w\(\)\{)const e=\(\)=>\{document\.querySelectorAll\(\["pre",'
    r"[^{}]*?\{e\.tabIndex=[^{}]*\}\)\},[^{}]*\{subtree:!0,childList:!0\}\),e\(\)\}"
)


def add_script(app):
    app.add_js_file(SCRIPT, loading_method="defer")
    write_static(app, {SCRIPT: web.source(SCRIPT)})


def leave_out_the_themes(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    path = Path(app.outdir, "_static", THEME)
    text, found = MEASURE.subn(r"\1}", path.read_text("utf-8"))
    if found != 1:
        raise ExtensionError(f"{THEME} has changed: {found} functions that set tab stops, not 1")
    path.write_text(text, "utf-8")


def setup(app):
    app.connect("builder-inited", add_script)
    app.connect("build-finished", leave_out_the_themes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
