"""Sphinx extension: call folded cells what they are, and fold them as Markdown's own folds."""

from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.transforms.post_transforms import SphinxPostTransform

AFTER_MYST_NB = 200
FOLDED = {"content": "solution", "source": "code", "output": "output", "outputs": "output"}


class NameFolds(SphinxPostTransform):
    """Say "Show the code" where MyST-NB says "source", and "solution" for a cell folded whole."""

    default_priority = AFTER_MYST_NB
    formats = ("html",)

    def run(self, **kwargs):
        for fold in self.document.findall(HideCodeCellNode):
            prompt, _, kind = fold["prompt_show"].rpartition(" ")
            fold["prompt_show"] = f"{prompt} {FOLDED.get(kind, kind)}"


def open_fold(writer, node):
    writer.body.append(f"<details>\n<summary>{writer.encode(node['prompt_show'])}</summary>\n")


def close_fold(writer, node):
    writer.body.append("</details>\n")


def setup(app):
    app.setup_extension("myst_nb")
    app.add_node(HideCodeCellNode, override=True, html=(open_fold, close_fold))
    app.add_post_transform(NameFolds)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
