"""What extensions do with the book's files: read a page's notebook, write scripts and styles."""

import json
from pathlib import Path


def notebook_of(env):
    """Return the notebook of the page that is being built."""
    return json.loads(Path(env.doc2path(env.docname)).read_text("utf-8"))


def write_static(app, texts):
    """Write texts into the site's `_static`, by their names; other builders have no such folder."""
    if app.builder.format != "html":
        return
    for name, text in texts.items():
        path = Path(app.outdir, "_static", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
