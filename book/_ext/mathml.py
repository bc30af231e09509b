"""Sphinx extension: write mathematics as MathML, and keep formulas and short code in one line."""

import re

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.math import get_node_equation_number

SHORT = 24  # characters of code that a line of the narrowest screen holds
REACHABLE = "pst-scrollable-table-container"  # the theme lets keys scroll it where it is cut off
LONG = 16  # signs of a formula that may be wider than such a line
FUNCTION = re.compile(r"(\\log(?:_\w)?)\s*(?=[\w\\])")
OPENING = re.compile(r"[(‘“]+$")
CLOSING = re.compile(r"[.,;:!?)’”]+")
PERCENT = re.compile(r"(?<=\d) %")
VERBATIM = nodes.literal, nodes.math, nodes.FixedTextElement
TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|.", re.DOTALL)
DEEPER = {"{": 1, "}": -1, "\\left": 1, "\\right": -1, "\\begin": 1, "\\end": -1}


class KeepTogether(SphinxPostTransform):
    """Let no line end inside `-2 0 2` or 1 %, nor between a formula and the signs around it.

    A long formula may end a line before an equals sign; a part that is still wider than a line
    scrolls.
    """

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs):
        keep_together(self.document)


def keep_together(document):
    """Mark short code, put formulas and the signs around them in spans, and percents to numbers."""
    for code in document.findall(nodes.literal):
        if len(code.astext()) <= SHORT:
            code["classes"].append("unbroken")
    for formula in list(document.findall(nodes.math)):
        enclose(formula)
    for parent in list(document.findall(nodes.TextElement)):
        if not isinstance(parent, VERBATIM):
            for at, child in enumerate(parent):
                if isinstance(child, nodes.Text):
                    parent[at] = nodes.Text(PERCENT.sub("\u00a0%", child))


def enclose(formula):
    """Split a formula, and let its ends take the signs that touch them along."""
    groups = [[nodes.math("", part)] for part in split_at_equals(formula.astext())]
    parent, at = formula.parent, formula.parent.index(formula)
    before = parent[at - 1] if at else None
    after = parent[at + 1] if at + 1 < len(parent) else None
    can_open, can_close = (not is_long(groups[end][0].astext()) for end in (0, -1))
    if can_open and isinstance(before, nodes.Text) and (signs := OPENING.search(before)):
        groups[0].insert(0, nodes.Text(signs[0]))
        parent.replace(before, nodes.Text(before[: signs.start()]))
    if can_close and isinstance(after, nodes.Text) and (signs := CLOSING.match(after)):
        groups[-1].append(nodes.Text(signs[0]))
        parent.replace(after, nodes.Text(after[signs.end() :]))
    spans = [
        nodes.inline("", "", *group, classes=["unbroken"]) if len(group) > 1 else group[0]
        for group in groups
    ]
    parent.replace(formula, spans)


def split_at_equals(latex):
    """Split a long formula before each equals sign that stands in no bracket of LaTeX's."""
    parts, depth = [""], 0
    for token in TOKEN.findall(latex):
        depth += DEEPER.get(token, 0)
        if token == "=" and depth == 0 and parts[-1].strip() and is_long(latex):
            parts.append("")
        parts[-1] += token
    return parts


def is_long(latex):
    signs = [token for token in TOKEN.findall(latex) if token.strip("{}^_ \n")]
    return len(signs) >= LONG


def space_functions(latex):
    """Put the space behind a function's name that LaTeX sets there by itself."""
    return FUNCTION.sub(r"\1\\,", latex)


def visit_math(writer, node):
    markup = convert(space_functions(node.astext()))
    if is_long(node.astext()):
        markup = f'<span class="long-formula {REACHABLE}">{markup}</span>'
    writer.body.append(markup)
    raise nodes.SkipNode


def visit_math_block(writer, node):
    writer.body.append(writer.starttag(node, "div", CLASS=f"math-block {REACHABLE}"))
    writer.body.append(convert(space_functions(node.astext()), display="block"))
    if node["number"]:
        number = get_node_equation_number(writer, node)
        writer.body.append(f'<span class="eqno">({number})</span>')
    writer.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_math_block, None))
    app.add_post_transform(KeepTogether)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
