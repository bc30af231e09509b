"""Sphinx extension: a menu on each chapter with the ways to open it as a notebook."""

import shutil
from pathlib import Path
from urllib.parse import urlparse

import live_site
import run_cells
from book_files import write_static

from convlib import web

BOOK = Path(__file__).parents[1]
SCRIPT = "notebook_menu.js"
OTHERS = ("glossary.md", "references.md", "images/*")
FROM_LITE = "./../_static/"
"""The way from JupyterLite to what the site's pages share."""


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
    chapter = BOOK / f"{Path(pagename).name}.ipynb"
    options = app.config.html_theme_options
    repository = options.get("repository_url", "")
    context["notebook"] = {
        "live": f"{live_site.APP}/index.html?path={live_site.live_name(chapter)}",
        "repository": repository,
        **elsewhere(repository, options.get("repository_branch", ""), f"{pagename}.ipynb"),
    }
    app.add_js_file(SCRIPT, loading_method="defer")


def write_script(app):
    write_static(app, {SCRIPT: web.source(SCRIPT)})


def write_site(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    others = sorted(path for pattern in OTHERS for path in BOOK.glob(pattern))
    address = run_cells.address_of_python()
    way = "" if run_cells.is_official(address) else FROM_LITE
    folder = Path(app.outdir).parent / "lite"
    pyodide = f"{way}{address}pyodide.mjs"
    site = live_site.build(folder, chapters(), others, run_cells.FILES, pyodide)
    shutil.copytree(site, Path(app.outdir, "lite"), dirs_exist_ok=True)


def setup(app):
    app.connect("html-page-context", add_menu)
    app.connect("builder-inited", write_script)
    app.connect("build-finished", write_site)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
