"""Sphinx extension: where an output or a solution is folded, ask the reader for it first.

A cell says what it asks in its metadata::

    "predict": {"asks": "Row 0, column 1", "answer": "12", "slips": {"sentence": "18"}}

`slips` may be left out; one whose sentence begins with "Right" is the answer in another form.
Without its script a page shows the fold alone.
"""

import json
from html import escape

from book_files import write_static
from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.transforms.post_transforms import SphinxPostTransform

from convlib import web

SCRIPT = "predict.js"
AFTER_MYST_NB = 200
WHOLE_CELL = "above-input"
FORM = """<form class="predict" hidden data-answer="{answer}" data-slips="{slips}">
<label><span>Your {what}: {asks}</span> {field}</label>
<button>Check</button> <output></output>
</form>
"""


class Ask(SphinxPostTransform):
    """Put a field in front of the fold of every cell that asks."""

    default_priority = AFTER_MYST_NB
    formats = ("html",)

    def run(self, **kwargs):
        for cell in list(self.document.findall(nodes.container)):
            if prediction := cell.get("cell_metadata", {}).get("predict"):
                fold = next(cell.findall(HideCodeCellNode))
                around = fold.parent or cell  # MyST-NB wraps a whole cell without telling the fold
                what = "answer" if WHOLE_CELL in fold["classes"] else "prediction"
                field = nodes.raw("", form(prediction, what), format="html")
                around.insert(around.index(fold), field)


def form(prediction, what):
    """Write the field of one prediction, as many lines high as its answer has rows."""
    rows = len(prediction["answer"].splitlines())
    attributes = 'autocomplete="off" spellcheck="false"'
    field = f'<input type="text" size="14" {attributes}>'
    if rows > 1:
        field = f'<textarea rows="{rows}" cols="14" {attributes}></textarea>'
    return FORM.format(
        answer=escape(prediction["answer"]),
        slips=escape(json.dumps(prediction.get("slips", {}), ensure_ascii=False)),
        what=what,
        asks=escape(prediction["asks"]),
        field=field,
    )


def add_script(app, pagename, templatename, context, doctree):
    if 'class="predict"' in context.get("body", ""):
        app.add_js_file(SCRIPT, loading_method="defer")


def write_script(app):
    write_static(app, {SCRIPT: web.source(SCRIPT)})


def setup(app):
    app.add_post_transform(Ask)
    app.connect("html-page-context", add_script)
    app.connect("builder-inited", write_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
