"""Sphinx extension: make the emphasised paragraph below a notebook's picture its caption.

A notebook shows that paragraph wherever it is read; a page needs it inside the figure, where it is
numbered, linked and read aloud as the picture's own.
"""

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

logger = logging.getLogger(__name__)


class Captions(SphinxTransform):
    default_priority = 205  # captions must stand before references to them are looked up

    def apply(self, **kwargs):
        for figure in list(self.document.findall(nodes.figure)):
            cell = enclosing_cell(figure)
            if cell is None or any(figure.findall(nodes.caption)):
                continue
            paragraph = cell.next_node(descend=False, siblings=True)
            if is_caption(paragraph):
                caption = nodes.caption("", "", *paragraph[0].children)
                caption.source, caption.line = paragraph.source, paragraph.line
                figure += caption
                paragraph.parent.remove(paragraph)
            else:
                name = (figure["names"] or ["without a name"])[0]
                logger.warning(
                    "figure %s has no caption: the cell below it must be one "
                    "*emphasised paragraph*",
                    name,
                    location=figure,
                )


def enclosing_cell(node):
    """Return the notebook cell that a node is an output of, or None."""
    while node is not None and node.get("nb_element") != "cell_code":
        node = node.parent
    return node


def is_caption(node):
    return (
        isinstance(node, nodes.paragraph) and len(node) == 1 and isinstance(node[0], nodes.emphasis)
    )


def setup(app):
    app.add_transform(Captions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
