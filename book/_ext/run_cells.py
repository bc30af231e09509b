"""Sphinx extension: let readers run and edit every cell, by a Python that runs in their browser.

`make html PYODIDE=folder` takes a copy of that Python into the site; else it comes from its
official address. Neither is fetched before the reader presses a button.
"""

import os
import shutil
from io import BytesIO
from pathlib import Path

import numpy as np
from book_files import code_cells, write_static
from docutils import nodes
from editors import template
from sphinx.transforms.post_transforms import SphinxPostTransform

from convlib import samples, web
from convlib.web.cells import PYODIDE, archive, run_script

BAR = "run_bar.js"
AFTER_MYST_NB = 210  # which folds a cell only where its code stands first
DATA = Path(__file__).parents[1] / "data"
FILES = {
    "convlib/photograph.npz": lambda: packed(photograph=samples.photograph()),
    **{
        f"book/data/{name}.npz": (DATA / f"{name}.npz").read_bytes
        for name in ("digits", "network", "runs")
    },
}


class Mark(SphinxPostTransform):
    """Put a place for buttons into every cell, with the name that the cell has in its notebook."""

    default_priority = AFTER_MYST_NB
    formats = ("html",)

    def run(self, **kwargs):
        for node, cells, index in code_cells(self.document, self.env):
            name = cells[index]["id"]
            node["ids"].append(f"cell-{name}")
            bar = f'<div class="run-bar" data-cell="{name}" hidden></div>'
            node.insert(0, nodes.raw("", bar, format="html"))


def address_of_python():
    """Return where pages fetch Python: in the site itself, or from its official address."""
    return "pyodide/" if os.environ.get("PYODIDE") else PYODIDE


def is_official(address):
    """Tell whether an address of Python is not the site's own."""
    return address == PYODIDE


def packed(**arrays):
    file = BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def add_script(app, pagename, templatename, context, doctree):
    if 'class="run-bar"' in context.get("body", ""):
        attributes = {
            "data-page": pagename,
            "data-pyodide": address_of_python(),
            "data-files": " ".join(FILES),
        }
        app.add_js_file(BAR, loading_method="defer", **attributes)
        app.add_css_file("run.css")
        context["body"] += template()


def write_files(app):
    if app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    python = static / "python"
    for name, content in FILES.items():
        (python / name).parent.mkdir(parents=True, exist_ok=True)
        (python / name).write_bytes(content())
    texts = {
        BAR: web.source(BAR),
        "run.css": web.source("run.css"),
        "python/run.js": run_script(),
        "python/python_worker.js": web.source("python_worker.js"),
    }
    write_static(app, texts)
    (python / "convlib.bin").write_bytes(archive())
    if folder := os.environ.get("PYODIDE"):
        shutil.copytree(folder, static / "pyodide", dirs_exist_ok=True)


def setup(app):
    app.add_post_transform(Mark)
    app.connect("html-page-context", add_script)
    app.connect("builder-inited", write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
