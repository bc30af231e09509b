"""Sphinx extension: a menu on each chapter with the ways to open it as a notebook."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlparse

import live_site
import run_cells

from convlib import web
from convlib.web.cells import PYODIDE

BOOK = Path(__file__).parents[1]
SCRIPT = "notebook_menu.js"
OTHERS = ("glossary.md", "references.md", "images/*")
SITES_PYTHON = "./../_static/pyodide/pyodide.mjs"


def chapters():
    return sorted(BOOK.glob("*.ipynb"))


def elsewhere(repository, branch, path):
    """Return the addresses of a notebook on machines of others, none without a repository.

    Parameters
    ----------
    repository, branch, path : str
        The address of the repository at GitHub, or ""; its branch; and the notebook's path in it.

    Returns
    -------
    dict of str to str
    """
    name = urlparse(repository).path.strip("/").removesuffix(".git")
    if not name:
        return {}
    return {
        "binder": f"https://mybinder.org/v2/gh/{name}/{branch}?urlpath=lab/tree/{path}",
        "colab": f"https://colab.research.google.com/github/{name}/blob/{branch}/{path}",
    }


def add_menu(app, pagename, templatename, context, doctree):
    if context.get("page_source_suffix") != ".ipynb":
        return
    name = f"{Path(pagename).name}.ipynb"
    options = app.config.html_theme_options
    repository = options.get("repository_url", "")
    context["notebook"] = {
        "live": f"{live_site.APP}/index.html?path={live_site.live_names(chapters())[name]}",
        "repository": repository,
        **elsewhere(repository, options.get("repository_branch", ""), f"{pagename}.ipynb"),
    }
    app.add_js_file(SCRIPT, loading_method="defer")


def write_script(app):
    if app.builder.format == "html":
        static = Path(app.outdir, "_static")
        static.mkdir(parents=True, exist_ok=True)
        (static / SCRIPT).write_text(web.source(SCRIPT), encoding="utf-8")


def write_site(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    others = sorted(path for pattern in OTHERS for path in BOOK.glob(pattern))
    pyodide = SITES_PYTHON if os.environ.get("PYODIDE") else f"{PYODIDE}pyodide.mjs"
    folder = Path(app.outdir).parent / "lite"
    site = live_site.build(folder, chapters(), others, run_cells.FILES, pyodide)
    shutil.copytree(site, Path(app.outdir, "lite"), dirs_exist_ok=True)


def setup(app):
    app.connect("html-page-context", add_menu)
    app.connect("builder-inited", write_script)
    app.connect("build-finished", write_site)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
