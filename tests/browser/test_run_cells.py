"""Readers run and edit the cells of a page, by a Python that they fetch by pressing a button."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.rendered import SITE, WIDE, each, opened, wait_until_quiet
from tests.browser.stand_in import HAS_PYTHON
from tests.browser.test_site import overflow
from tests.in_browser import violations

CHAPTER = "book/02_match_patch.html"
NOTEBOOK = SITE.parents[1] / "book" / "02_match_patch.ipynb"
pytestmark = each([CHAPTER])

STARTS = 120_000  # milliseconds that a busy machine may take to start Python
ENDS = re.compile("Done.|It stops|It runs on|Stopped|This needs|Python could|Python broke")


@pytest.fixture(scope="module")
def shared(browser, running_home):
    """The chapter with its Python running, one for all tests that don't stop it."""
    with opened(browser, running_home, CHAPTER, viewport=WIDE) as (page, faults):
        page.faults = faults
        yield page


@pytest.fixture
def chapter(shared, path):
    yield shared
    for cell in shared.locator(".run-edit", has_text="Start over").all():
        cell.evaluate("button => button.click()")
    assert shared.faults.found == []


def bar(page, name):
    return page.locator(f'.run-bar[data-cell="{name}"]')


def choice(page, name):
    return cell(page, name).locator(".run-choice")


def cell(page, name):
    return page.locator(".cell", has=page.locator(f'[data-cell="{name}"]'))


def press(page, name, button):
    """Press a button of a cell, folded or not."""
    bar(page, name).locator(f".run-{button}").evaluate("button => button.click()")


def run(page, name):
    """Run a cell and return the sentence that says how it ended."""
    says = bar(page, name).locator("output")
    says.evaluate("says => { says.textContent = '' }")
    press(page, name, "run")
    expect(says).to_have_text(ENDS, timeout=STARTS)
    return says.text_content()


def write(page, name, text):
    if not cell(page, name).locator("textarea").count():
        press(page, name, "edit")
    cell(page, name).locator("textarea").evaluate(
        """(area, text) => { area.value = text; area.dispatchEvent(new Event("input")); }""", text
    )


def written(page, name):
    return cell(page, name).locator("textarea").input_value()


def shown(page, name):
    return "\n".join(cell(page, name).locator(".run-output pre").all_text_contents())


def committed(name):
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    outputs = next(c["outputs"] for c in cells if c["id"] == name)
    return "".join("".join(o.get("text") or o["data"]["text/plain"]) for o in outputs)


# ---------------------------------------------------------------- before and after the first press


def test_nothing_of_python_is_fetched_before_it_is_asked_for(browser, running_home, path):
    with opened(browser, running_home, path) as (page, faults):
        wait_until_quiet(page)
        fetched = [url for url in faults.bytes if "pyodide" in url or "/python/" in url]
        assert fetched == []
        (buttons,) = (size for url, size in faults.bytes.items() if "run_bar.js" in url)
        assert buttons <= 2_000
        press(page, "patch-address", "edit")
        cell(page, "patch-address").locator("textarea").wait_for()
        assert [url for url in faults.bytes if "pyodide" in url or "worker" in url] == []


def test_a_cell_runs_after_those_above_it(chapter):
    assert run(chapter, "patch-check-conv-step") == "Done."
    assert shown(chapter, "patch-check-conv-step") == committed("patch-check-conv-step")
    above = cell(chapter, "patch-show-products")
    assert above.locator(".picture").count() == 1
    assert above.locator(".run-output").text_content() == ""


def test_an_edited_cell_gives_its_own_output_and_starts_over(chapter):
    name = "patch-right-minus-left"
    old = cell(chapter, name).locator(".cell_output > .output")
    write(chapter, name, "right_minus_left = right - right[:, ::-1]\nprint(right_minus_left[0])")
    assert run(chapter, name) == "Done."
    assert shown(chapter, name) == "[-1  0  1]\n"
    expect(old).to_be_hidden()
    press(chapter, name, "edit")
    expect(old).to_be_visible()
    assert shown(chapter, name) == ""
    assert bar(chapter, name).locator("output").text_content() == "This is the book's own text."


def test_an_error_stands_in_the_readers_lines_and_names_stay(chapter):
    name = "patch-right-minus-left"
    write(chapter, name, "kept = 5\nfor i in range(2):\n    print(i, missing)")
    assert run(chapter, name) == "It stops with an error."
    assert shown(chapter, name) == (
        "this cell, line 3\n    print(i, missing)\nNameError: name 'missing' is not defined"
    )
    write(chapter, "patch-right", "right = 5\ndef breaks():\n    return 1 / 0")
    write(chapter, name, "breaks()")
    assert run(chapter, name) == "It stops with an error."
    assert "the cell that begins with “right = 5”, line 3, in breaks\n" in shown(chapter, name)
    write(chapter, "patch-right", "1 / 0")
    says = "This needs the cell that begins with “1 / 0”, which stops with an error"
    assert run(chapter, name).startswith(says)
    link = bar(chapter, name).get_by_role("link")
    assert chapter.locator(link.get_attribute("href")).count() == 1
    press(chapter, "patch-right", "edit")
    write(chapter, name, "kept")
    assert run(chapter, name) == "Done."
    assert shown(chapter, name) == "5"


def test_own_lines_of_an_exercise_run_and_nothing_needs_them(chapter):
    own = "patch-solution-3-own"
    assert run(chapter, own) == "Done."
    brim = committed("patch-solution-3").splitlines()[:3]
    assert shown(chapter, own).splitlines() == brim
    write(chapter, own, "print(conv_step(photo[36:39, 60:63], sobel.T))\n1 / 0")
    assert run(chapter, own) == "It stops with an error."
    assert shown(chapter, own).startswith("253\n")
    assert run(chapter, "patch-solution-3") == "Done."
    assert shown(chapter, "patch-solution-3") == committed("patch-solution-3")


def test_nothing_that_a_cell_prints_becomes_html(chapter):
    name = "patch-right-minus-left"
    text = "<img src=x onerror=alert(1)><b>bold</b>"
    write(chapter, name, f"print('{text}')\n'{text}'")
    assert run(chapter, name) == "Done."
    assert shown(chapter, name) == f"{text}\n\n'{text}'"
    assert cell(chapter, name).locator("img, b").count() == 0


FORGED = """class Forged:
    __module__ = "convlib.draw"
    def _repr_mimebundle_(self):
        return {"text/html": markup}
markup = '''<div class="picture" onclick="ran = 1" style="background: url(//a.test/x)">
<script>ran = 2</script><script type="text/plain">3</script><iframe src="//a.test"></iframe>
<svg><a href="javascript:ran = 4"><text>words</text></a><image href="//a.test/y" />
<rect fill="url(//a.test/z)" onload="ran = 5" /></svg><style>* { color: red }</style>
<form action="//a.test"><button formaction="//a.test">Go</button></form></div>'''
Forged()"""


def test_a_drawing_that_a_cell_forges_can_only_be_looked_at(chapter):
    name = "patch-right-minus-left"
    write(chapter, name, FORGED)
    assert run(chapter, name) == "Done."
    drawn = cell(chapter, name).locator(".run-output .picture")
    assert drawn.locator("script, iframe, style, form, a").count() == 0
    kept = drawn.evaluate(
        "drawn => [drawn, ...drawn.querySelectorAll('*')].flatMap((e) => e.getAttributeNames())"
    )
    assert set(kept) <= {"class"}
    assert chapter.evaluate("globalThis.ran") is None
    assert all("inline event handler violates" in fault for fault in chapter.faults.found)
    chapter.faults.found.clear()  # the policy has seen them, too, while they were read


def test_an_explorer_moves_with_the_readers_own_numbers(chapter):
    name = "patch-explore-patch"
    write(chapter, name, "explore_patch(image * 10, kernel)")
    assert run(chapter, name) == "Done."
    explorer = cell(chapter, name).locator(".explorer")
    sentence = explorer.locator(".explorer-sentence")
    assert "30·0 + 30·1" in sentence.text_content()
    explorer.locator("input[type=range]").first.press("ArrowRight")
    expect(sentence).to_contain_text("Row 1, column 0: 0·0", timeout=STARTS)
    expect(explorer.locator(".picture")).to_have_attribute("aria-label", sentence.text_content())
    assert cell(chapter, name).locator("figcaption, .caption").count() >= 1
    press(chapter, name, "edit")
    expect(sentence).to_contain_text("Row 0, column 0: 3·0 + 3·1")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("while True:\n    print('x' * 1000)", "Stopped: a cell may print 20,000 letters."),
        ("def f(n):\n    return f(n + 1)\nf(0)", "RecursionError"),
        ("np.zeros((70_000, 70_000))", "Error"),
        ("input()", "input() cannot ask here"),
        ("raise SystemExit", "The cell asked Python to exit"),
        ("print('a'", "SyntaxError"),
    ],
    ids=["print", "recursion", "memory", "input", "exit", "syntax"],
)
def test_faults_of_a_cell_leave_the_others_as_they_were(chapter, text, says):
    name = "patch-right-minus-left"
    write(chapter, name, text)
    if "zeros" in text and not HAS_PYTHON:
        pytest.skip("this machine has more memory than a browser's Python")
    assert run(chapter, name) == "It stops with an error."
    assert says in shown(chapter, name)
    assert run(chapter, "patch-run-conv-step") == "Done."


def test_a_cell_stops_at_once_and_python_starts_anew(chapter):
    name = "patch-right-minus-left"
    write(chapter, name, "while True:\n    pass")
    press(chapter, name, "run")
    expect(bar(chapter, name).locator(".run-run")).to_have_text("Stop")
    assert violations(chapter) == []
    press(chapter, name, "run")
    expect(bar(chapter, name).locator("output")).to_contain_text("Stopped. All names are gone")
    write(chapter, name, "print(conv_step(edge, right))")
    assert run(chapter, name) == "Done."
    assert shown(chapter, name) == "9\n"


def test_editing_running_and_failing_pages_are_accessible_and_fit(chapter):
    name = "patch-right-minus-left"
    write(chapter, name, "print('x' * 200)\n1 / 0")
    run(chapter, name)
    assert violations(chapter) == []
    chapter.set_viewport_size({"width": 320, "height": 700})
    assert overflow(chapter) <= 0
    chapter.set_viewport_size(WIDE)


# ---------------------------------------------------------------- the editor


def test_tab_leaves_the_editor_unless_something_was_typed(chapter):
    name = "patch-right-minus-left"
    write(chapter, name, "x = 1")
    area = cell(chapter, name).locator("textarea")
    area.evaluate("area => area.blur()")
    area.focus()
    chapter.keyboard.press("Tab")
    expect(bar(chapter, name).locator(".run-run")).to_be_focused()
    area.focus()
    chapter.keyboard.press("Control+End")
    chapter.keyboard.press("Enter")
    chapter.keyboard.type("if x:")
    chapter.keyboard.press("Enter")
    chapter.keyboard.type("y")
    chapter.keyboard.press("Enter")
    chapter.keyboard.press("Tab")
    chapter.keyboard.type("z")
    assert area.input_value() == "x = 1\nif x:\n    y\n        z"
    chapter.keyboard.press("Shift+Tab")
    assert area.input_value() == "x = 1\nif x:\n    y\n    z"
    chapter.keyboard.press("Escape")
    chapter.keyboard.press("Tab")
    expect(bar(chapter, name).locator(".run-run")).to_be_focused()


def test_the_coloured_copy_shows_what_is_written(chapter):
    name = "patch-right-minus-left"
    text = "def f(x):\n    '''<b>'''\n    return x # it's\ns = 'a\\'b' + f\"{x}\"\n\n"
    write(chapter, name, text)
    copy = cell(chapter, name).locator(".editor pre")
    assert copy.text_content() == text + "\n"
    assert copy.locator("b").count() == 0
    assert copy.locator(".k").all_text_contents() == ["def", "return"]
    sizes = cell(chapter, name).evaluate(
        """cell => [...cell.querySelectorAll(".editor-sheet > *")].map((part) => {
            const { fontFamily, fontSize, lineHeight, letterSpacing } = getComputedStyle(part);
            return [fontFamily, fontSize, lineHeight, letterSpacing, part.offsetHeight].join();
        })"""
    )
    assert sizes[0] == sizes[1]


# ---------------------------------------------------------------- kept, blocked, from a file


def test_what_a_reader_wrote_is_there_after_a_reload(browser, running_home, path):
    with opened(browser, running_home, path) as (page, faults):
        write(page, "patch-right", "mine = 1")
        wait_until_quiet(page)
        page.reload()
        area = cell(page, "patch-right").locator("textarea")
        assert area.input_value() == "mine = 1"
        key = page.evaluate("Object.keys(localStorage).find((key) => key.includes('patch-right'))")
        page.evaluate(
            """key => {
                localStorage[key] = localStorage[key].replace(/"of":"[^"]*"/, '"of":"old"');
                localStorage[key + "2"] = "{not json";
            }""",
            key,
        )
        wait_until_quiet(page)
        page.reload()
        expect(choice(page, "patch-right")).to_contain_text("text has changed since")
        assert area.input_value() == "mine = 1"
        page.evaluate("key => { localStorage[key] = '{\"version\":99}' }", key)
        wait_until_quiet(page)
        page.reload()
        wait_until_quiet(page)
        assert area.count() == 0
        assert faults.found == []


def test_a_browser_that_keeps_nothing_says_so(browser, running_home, path):
    with opened(browser, running_home, path) as (page, faults):
        page.evaluate(
            "() => { Storage.prototype.setItem = () => { throw new DOMException('no', 'X'); }; }"
        )
        write(page, "patch-right", "mine = 1")
        expect(bar(page, "patch-right").locator("output")).to_contain_text("keeps nothing")
        assert faults.found == []


def test_a_page_without_its_python_stays_readable(browser, running_home, path):
    with opened(browser, running_home, path) as (page, _):
        page.route("**/python_worker.js", lambda route: route.abort())
        press(page, "patch-address", "run")
        expect(bar(page, "patch-address").locator("output")).to_contain_text(
            "Python could not be fetched", timeout=STARTS
        )
        assert cell(page, "patch-address").locator(".cell_output").text_content().strip()
        assert run(page, "patch-address").startswith("Python could not be fetched")


def test_a_file_says_how_to_get_a_web_address(browser, path):
    context = browser.new_context()
    page = context.new_page()
    page.goto((SITE / path).as_uri())
    press(page, "patch-address", "run")
    expect(bar(page, "patch-address").locator("output")).to_contain_text("“make book” gives it one")
    context.close()


def test_a_bench_that_is_run_works_again(browser, running_home, path):
    with opened(browser, running_home, "book/bench.html") as (page, faults):
        assert run(page, "bench-conv") == "Done."
        bench = cell(page, "bench-conv").locator(".bench")
        expect(bench).to_have_class(re.compile("mounted"))
        assert faults.found == []
