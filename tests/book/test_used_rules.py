"""Rules of a style sheet that pages and scripts could use stay; the others go."""

import sys
from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document
from pygments.formatters import HtmlFormatter

sys.path.append(str(Path(__file__).parents[2] / "book" / "_ext"))

from light_pages import PLAIN, PLAIN_SPAN
from mathml import keep_together, space_functions, split_at_equals
from used_rules import Names, used_rules, without_unread, write

PAGE = """<body class="page" data-theme="light">
<p class="note big" id="first" style="color: var(--x)">
<button>Go</button><script>list.add("opened")</script>
<script type="text/plain">unseen</script></p></body>"""


def shrunk(css, read_elsewhere="", scripts=()):
    names = Names([PAGE], scripts)
    return write(without_unread(used_rules(css, names), names.styles + read_elsewhere)).strip()


@pytest.mark.parametrize(
    "selector",
    [
        "p",
        "*",
        ":root",
        ".note.big",
        "p#first:hover::before",
        "body[data-theme=dark] > p",
        "p:not(.absent)",
        ":is(.absent, .note) button",
        ".opened",
        "p.opened",
        "p ~ .note:has(button)",
        "button:nth-child(2n + 1)",
    ],
)
def test_rule_that_could_match_stays(selector):
    assert shrunk(f"{selector} {{ color: red }}") == f"{selector}{{color: red}}"


@pytest.mark.parametrize(
    "selector",
    [
        "table",
        ".absent",
        ".note.page",
        "p[hidden]",
        "button.big",
        "#second",
        ".unseen",
        ".note .absent p",
        ":is(.absent, table) p",
        "p:has(.absent)",
    ],
)
def test_rule_that_cannot_match_goes(selector):
    assert shrunk(f"{selector} {{ color: red }}") == ""


def test_of_a_list_of_selectors_the_used_stay():
    assert shrunk("table, p , .absent a, .note { color: red }") == "p,.note{color: red}"


def test_names_in_a_script_count():
    assert shrunk(".later{a:b}", scripts=["box.className = 'later'"]) == ".later{a:b}"
    assert shrunk("p[data-side]{a:b}", scripts=["p.dataset.side = 1"]) == "p[data-side]{a:b}"


def test_media_keep_what_is_used_in_them():
    css = "@media print { p { color: red } table { color: red } } @media all { table { a: b } }"
    assert shrunk(css) == "@media print{\np{color: red}\n}"


def test_variables_stay_while_something_reads_them():
    css = ":root { --x: var(--y); --y: 1px; --z: var(--w); --w: 2px } p { margin: 0 }"
    assert shrunk(css) == ":root{--x: var(--y);--y: 1px}\np{margin: 0}"
    assert "--z" in shrunk(css, read_elsewhere="getPropertyValue('--z')")


def test_motions_stay_while_something_moves_so():
    css = "@keyframes turn{to{rotate:1turn}} @keyframes turn-back{to{rotate:0}}"
    assert shrunk(css + "p{animation:turn 1s}").startswith("@keyframes turn{to{rotate:1turn}}\np")


@pytest.mark.parametrize(
    ("latex", "parts"),
    [
        ("n - k + 1 = 3", ["n - k + 1 = 3"]),
        ("a + b + c + d + e + f = g + h = i", ["a + b + c + d + e + f ", "= g + h ", "= i"]),
        (
            r"\sum_{u = 0}^{2} a b c d e f g h \le \left( x = y \right)",
            [r"\sum_{u = 0}^{2} a b c d e f g h \le \left( x = y \right)"],
        ),
    ],
)
def test_long_formula_may_break_before_an_equals_sign(latex, parts):
    assert split_at_equals(latex) == parts


@pytest.mark.parametrize(
    ("latex", "spaced"),
    [
        (r"\log 10 = 2.30", r"\log\,10 = 2.30"),
        (r"n \log_2 n", r"n \log_2\,n"),
        (r"-\log_2 \tfrac14", r"-\log_2\,\tfrac14"),
        (r"\log(n) + n", r"\log(n) + n"),
    ],
)
def test_space_behind_a_logarithm(latex, spaced):
    assert space_functions(latex) == spaced


def test_a_formula_takes_the_signs_around_it_along():
    document = new_document("page")
    long = r"a + b + c + d + e + f = g + h + i"
    paragraph = nodes.paragraph("", "", nodes.Text("half ("), nodes.math("", "x"))
    paragraph += [nodes.Text("). About 1 % ("), nodes.math("", long), nodes.Text("), 2 % and ")]
    paragraph += [nodes.math("", "y"), nodes.Text(" of "), nodes.literal("", "3 %")]
    document += paragraph
    keep_together(document)
    spans = [node.astext() for node in document.findall(nodes.inline)]
    assert spans == ["(x).", "(a + b + c + d + e + f ", "= g + h + i),"]
    assert paragraph.astext() == f"half (x). About 1\u00a0% ({long}), 2\u00a0% and y of 3 %"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_spans_that_are_left_out_have_the_colour_of_plain_text(theme):
    styles = HtmlFormatter(style=f"a11y-high-contrast-{theme}").class2style
    assert {styles[name][0] for name in PLAIN} == {styles[""][0]}


def test_only_spans_of_plain_text_are_left_out():
    code = '<span class="n">x</span><span class="o">=</span><span class="mi">1</span>'
    assert PLAIN_SPAN.sub(r"\1", code) == code.replace('<span class="n">x</span>', "x")
