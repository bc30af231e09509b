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
CLOSING = re.compile(r"[.,;:!?)’”]+")
TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|.", re.DOTALL)
DEEPER = {"{": 1, "}": -1, "\\left": 1, "\\right": -1, "\\begin": 1, "\\end": -1}


class KeepTogether(SphinxPostTransform):
    """Let no line end inside `-2 0 2`, nor between a formula and the full stop after it.

    A long formula may end a line before an equals sign; a part that is still wider than a line
    scrolls.
    """

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs):
        for code in self.document.findall(nodes.literal):
            if len(code.astext()) <= SHORT:
                code["classes"].append("unbroken")
        for formula in list(self.document.findall(nodes.math)):
            parts = [nodes.math("", part) for part in split_at_equals(formula.astext())]
            after = formula.next_node(descend=False, siblings=True)
            formula.parent.replace(formula, parts)
            closing = isinstance(after, nodes.Text) and CLOSING.match(after)
            if closing and not is_long(parts[-1].astext()):
                together = nodes.inline(classes=["unbroken"])
                parts[-1].parent.replace(parts[-1], together)
                together += [parts[-1], nodes.Text(closing[0])]
                after.parent.replace(after, nodes.Text(after[closing.end() :]))


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
