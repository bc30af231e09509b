"""Sphinx extension: where an exercise is solved in code, a cell for the reader's own lines.

The cell with the solution says in its metadata what the reader's begins with::

    "own_lines": "brim = photo[36:39, 60:63]"

It stands above the solution, and is edited, run and kept as every other cell. Cells below don't
need it: whatever the reader tries there, they run after the book's own cells alone.
"""

from book_files import code_cells
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from your_turn import BEFORE_MYST_NB, coloured

HEADING = "# Your own lines"
CELL = """<div class="cell docutils container" id="cell-{name}">
<div class="run-bar" data-cell="{name}" data-own hidden></div>
<div class="cell_input docutils container">
<div class="highlight-ipython3 notranslate"><div class="highlight"><pre>{lines}</pre></div></div>
</div>
</div>
"""


class MakeRoom(SphinxPostTransform):
    """Put a cell in front of every solution that gives its first lines."""

    default_priority = BEFORE_MYST_NB
    formats = ("html",)

    def run(self, **kwargs):
        for node, cells, index in code_cells(self.document, self.env):
            solution = cells[index]
            if lines := solution["metadata"].get("own_lines"):
                cell = nodes.raw("", own_cell(solution["id"], lines), format="html")
                node.parent.insert(node.parent.index(node), cell)


def own_cell(solution, lines):
    """Write the cell that stands above a solution."""
    return CELL.format(name=f"{solution}-own", lines=coloured(f"{HEADING}\n{lines}"))


def setup(app):
    app.add_post_transform(MakeRoom)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
