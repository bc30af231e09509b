"""Sphinx extension: where the reader writes a function, an editor that checks it.

The cell that defines the function says in its metadata what checks it::

    "your_turn": {"check": "check_relu", "docstrings": {"relu": "Make 0 of …"}, "hints": ["…"]}

The editor holds the signature and the docstring; the cell's own functions are the solution. Where
hints stand beside the cell already, as folds of an exercise, they are taken. A cell that defines
no function gives its `starts` and its `solution` itself, and its editor stands below it.
"""

import ast
import re
from html import escape

from book_files import code_cells
from cell_names import cells_before
from docutils import nodes
from editors import editor
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from sphinx.transforms.post_transforms import SphinxPostTransform

from convlib.exercises.report import ENDLESS, LIMIT

BEFORE_MYST_NB = 100
ALWAYS = "np"
FOLDED_HINT = "<summary>Hint"
BOX = """<div class="your-turn" id="cell-{cell}-turn" role="group" aria-label="Your turn: {name}"
 data-cell="{cell}" data-check="{check}" data-rest="{rest}" data-needs="{needs}"
 data-seconds="{seconds}" data-endless="{endless}" hidden>
<p class="turn-title">Your turn: <code>{name}</code></p>
<div class="turn-sheets">
<section class="turn-own"><p class="turn-label">Yours</p>{editor}</section>
<section class="turn-solution" hidden><p class="turn-label">The book's</p>\
<div class="highlight"><pre tabindex="0">{solution}</pre></div></section>
</div>
<div class="turn-bar">
<button type="button" value="check">Check</button>
<button type="button" value="help">{help_button}</button>
<button type="button" value="startOver" hidden>Start over</button>
<output></output></div>
<p class="turn-use" hidden><label><input type="checkbox"> Use mine in the cells below</label></p>
<ol class="turn-hints">{hints}</ol>
<div class="turn-result"></div>
</div>
"""


class Offer(SphinxPostTransform):
    """Put an editor in front of every cell whose function the reader writes first."""

    default_priority = BEFORE_MYST_NB
    formats = ("html",)

    def run(self, **kwargs):
        for node, cells, index in code_cells(self.document, self.env):
            if "your_turn" not in cells[index]["metadata"]:
                continue
            turn = Turn(cells, index)
            place = node.parent.index(node) + turn.is_below
            node.parent.insert(place, nodes.raw("", turn.markup(), format="html"))
            if not turn.hints:
                wrap_folded_hints(node.parent, place)


def wrap_folded_hints(section, end):
    """Put the folds with hints that stand before an editor into one element."""
    starts = (i for i, node in enumerate(section[:end]) if FOLDED_HINT in node.astext())
    section.insert(end, nodes.raw("", "</div>", format="html"))
    section.insert(next(starts), nodes.raw("", '<div class="hints-beside">', format="html"))


class Turn:
    """What a cell asks its reader to write.

    Parameters
    ----------
    cells : list of dict
        Of the notebook.
    index : int
        The cell's number.

    Attributes
    ----------
    name, check : str
        The function, and the one that checks it.
    starts, solution, rest : str
        The text in the editor; the author's; what the cell does besides.
    needs : list of str
        The cells above that the author's text needs, and the one that imports NumPy.
    """

    def __init__(self, cells, index):
        self.cell = cells[index]
        asked = self.cell["metadata"]["your_turn"]
        source = "".join(self.cell["source"])
        self.check = asked["check"]
        self.is_below = "starts" in asked
        if self.is_below:
            self.starts, self.solution, self.rest = asked["starts"], asked["solution"], source
        else:
            self.starts, self.solution, self.rest = taken_apart(source, asked["docstrings"])
        text = f"{self.solution}\n{ALWAYS}"
        self.needs = [cell["id"] for cell in cells_before(cells, index, text)]
        self.name = re.findall(r"^def (\w+)", self.starts, re.M)[-1]
        self.hints = asked.get("hints", [])
        before = "".join(cells[index - 1]["source"])
        self.count = len(self.hints) or before.count(FOLDED_HINT)

    def markup(self):
        """Write the editor, its buttons, and all that they may show."""
        return BOX.format(
            cell=self.cell["id"],
            name=self.name,
            check=self.check,
            rest=escape(self.rest),
            needs=" ".join(self.needs),
            seconds=LIMIT,
            endless=escape(ENDLESS.format(name=self.name, seconds=LIMIT)),
            editor=editor(
                self.cell["id"], f"Your {self.name}", self.starts, coloured(self.starts), "checks"
            ),
            solution=coloured(self.solution),
            help_button=f"Hint 1 of {self.count}",
            hints="".join(f"<li hidden>{hint_html(hint)}</li>" for hint in self.hints),
        )


def taken_apart(source, docstrings):
    """Return a cell's functions without their bodies, its functions, and what else it does."""
    lines = source.splitlines()
    functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    starts, solution, others = [], [], list(lines)
    for node in functions:
        span = slice(node.lineno - 1, node.end_lineno)
        signature = lines[node.lineno - 1 : node.body[0].lineno - 1]
        starts.append("\n".join([*signature, f'    """{docstrings[node.name]}"""', "    ..."]))
        solution.append("\n".join(lines[span]))
        others[span] = [""] * (node.end_lineno - node.lineno + 1)
    return "\n\n\n".join(starts), "\n\n\n".join(solution), "\n".join(others).strip()


def coloured(source):
    return highlight(source, PythonLexer(), HtmlFormatter(nowrap=True))


def hint_html(hint):
    """Write a hint, what stands in backticks as code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(hint, quote=False))


def setup(app):
    app.add_post_transform(Offer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
