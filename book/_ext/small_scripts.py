"""Sphinx extension: send scripts without their comments and without white space.

Names and the order of things stay, so that a browser's inspector shows the code of the sources.
"""

from pathlib import Path

from rjsmin import jsmin

FOLDERS = "", "python"
"""Of the scripts in `_static`; those of the theme come small."""


def squeeze_scripts(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    for folder in FOLDERS:
        for path in Path(app.outdir, "_static", folder).glob("*.js"):
            path.write_text(jsmin(path.read_text("utf-8")), "utf-8")


def setup(app):
    app.connect("build-finished", squeeze_scripts, priority=940)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
