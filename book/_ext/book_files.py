"""What extensions do with the book's files: read a page's notebook, write scripts and styles."""

import json
from pathlib import Path

from docutils import nodes


def code_cells(document, env):
    """Yield the code cells of the page that is being built.

    Parameters
    ----------
    document : docutils.nodes.document
    env : sphinx.environment.BuildEnvironment

    Yields
    ------
    node : docutils.nodes.container
    cells : list of dict
        All cells of the page's notebook.
    index : int
        The cell's number among them.
    """
    found = [
        node for node in document.findall(nodes.container) if node.get("nb_element") == "cell_code"
    ]
    if found:
        cells = json.loads(Path(env.doc2path(env.docname)).read_text("utf-8"))["cells"]
        yield from ((node, cells, node["cell_index"]) for node in found)


def write_static(app, texts):
    """Write texts into the site's `_static`, by their names; other builders have no such folder."""
    if app.builder.format != "html":
        return
    for name, text in texts.items():
        path = Path(app.outdir, "_static", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
