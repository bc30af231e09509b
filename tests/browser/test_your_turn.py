"""Readers write a function of a chapter on its page, and are told what is wrong with it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.rendered import NARROW, WIDE, each, opened, wait_until_quiet
from tests.browser.test_run_cells import STARTS, press, run, shown
from tests.browser.test_site import overflow
from tests.in_browser import violations

CHAPTER = "book/02_match_patch.html"
pytestmark = each([CHAPTER])
CELL = "patch-conv-step"
SIGNATURE = "def conv_step(patch, kernel, bias=0):\n    "
RIGHT = f"{SIGNATURE}return (patch * kernel).sum() + bias"


@pytest.fixture(scope="module")
def shared(browser, running_home):
    """One page for all tests, its Python running from the first check on."""
    with opened(browser, running_home, CHAPTER, viewport=WIDE) as (page, faults):
        page.faults = faults
        yield page
        stopped = [fault for fault in faults.found if fault.endswith("/python/ask")]
        assert faults.found == stopped


@pytest.fixture
def box(shared, path):
    return box_of(shared)


def box_of(page, cell=CELL):
    return page.locator(f'.your-turn[data-cell="{cell}"]')


def write(box, text):
    box.locator("textarea").evaluate(
        """(area, text) => {
            area.focus();
            area.value = text;
            area.dispatchEvent(new Event("input"));
        }""",
        text,
    )


def check(box, text=None):
    """Press Check; return the sentence that says how it went."""
    if text is not None:
        write(box, text)
    says = box.locator("output")
    says.evaluate("says => { says.textContent = '' }")
    box.get_by_role("button", name="Check").click()
    expect(says).to_have_text(
        re.compile("Right|mistake|Your output|should be|was stopped|It stop"), timeout=STARTS
    )
    return says.text_content()


def result_text(box):
    return box.locator(".turn-result").text_content()


def test_before_the_first_press_nothing_is_fetched_and_the_signature_stands_there(box):
    wait_until_quiet(box.page)
    assert [url for url in box.page.faults.bytes if "/python/" in url] == []
    area = box.locator("textarea")
    docstring = '"""Multiply cell by cell, add up, and add the bias."""'
    assert area.input_value() == f"{SIGNATURE}{docstring}\n    ..."
    assert box.locator(".editor pre").text_content().rstrip("\n") == area.input_value()
    assert box.locator("button:visible").all_text_contents() == ["Check", "Hint 1 of 3"]
    sizes = box.locator(".editor-sheet > *").evaluate_all(
        "parts => parts.map((part) => getComputedStyle(part).font)"
    )
    assert sizes[0] == sizes[1]


def test_a_mistake_is_named_beside_the_picture_of_its_case(box):
    says = check(box, f"{SIGNATURE}return (patch * kernel).sum()")
    assert says == "The mistake: the bias is dropped."
    assert box.page.evaluate("convlib.page.ran.size") == 0
    picture = box.locator(".picture[role=img]")
    expect(picture).to_have_attribute(
        "aria-label", "conv_step: the answer should be 16 and is 6. 2·3 + 10 = 16."
    )
    text = result_text(box)
    assert "mistake" not in text
    case = box.get_by_text("The case as text").locator("..").locator("pre")
    expect(case).to_be_hidden()
    assert "bias = 10" in case.text_content()
    assert violations(box.page) == []
    box.page.set_viewport_size({"width": 320, "height": 700})
    assert overflow(box.page) <= 0
    box.page.set_viewport_size(WIDE)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("...", "The mistake: nothing is returned; end your function with return."),
        ("return (patch * kernel[::-1, ::-1]).sum() + bias", "The mistake: the kernel is flipped."),
        (
            "return (patch * kernel).sum() + missing",
            "It stopped with NameError: name 'missing' is not defined",
        ),
        ("return [(patch * kernel).sum() + bias]", "The mistake: this is of type list; return a"),
    ],
)
def test_each_mistake_gets_its_own_name(box, body, says):
    assert check(box, SIGNATURE + body).startswith(says)


def test_what_it_prints_is_text_and_stands_below_what_it_is_told(box):
    says = check(box, f"print('<b>x</b>')\n{SIGNATURE}return <")
    assert says == "It stops with an error."
    assert result_text(box).startswith("yours, line 3")
    assert "SyntaxError" in result_text(box)
    check(box, f"print('<b>x</b>')\n{SIGNATURE}return 0 * bias")
    folds = box.locator(".turn-result details")
    assert folds.locator("summary").all_text_contents() == ["The case as text", "What it printed"]
    assert folds.last.locator("pre").text_content() == "<b>x</b>\n"
    assert box.locator(".turn-result b").count() == 0


def test_a_name_of_a_cell_above_is_there_when_it_is_used(box):
    body = "return (patch * kernel).sum() + bias + 0 * image[0, 0]"
    assert check(box, SIGNATURE + body) == "Right."
    assert box.page.evaluate("convlib.page.ran.size") > 0


def test_one_that_never_ends_is_stopped(box):
    check(box, RIGHT)
    box.evaluate("box => { box.dataset.seconds = 0.5; }")
    says = check(box, f"{SIGNATURE}while True:\n        pass")
    assert says.startswith(
        "conv_step was stopped after 20 seconds: it does not come to an end. Look at its loops. "
        "All names are gone with it"
    )
    box.evaluate("box => { box.dataset.seconds = 20; }")
    assert check(box, RIGHT) == "Right."


def test_with_the_keyboard_alone(box):
    area = box.locator("textarea")
    area.focus()
    keyboard = box.page.keyboard
    keyboard.press("Control+A")
    keyboard.type("def conv_step(patch, kernel, bias=0):")
    keyboard.press("Enter")
    keyboard.type("return (patch * kernel).sum() + bias")
    assert area.input_value() == RIGHT
    keyboard.press("Escape")
    keyboard.press("Tab")
    expect(box.get_by_role("button", name="Check")).to_be_focused()
    keyboard.press("Enter")
    expect(box.locator("output")).to_have_text("Right.", timeout=STARTS)
    assert box.locator("output").evaluate("says => says.matches('[role=status], output')")


def test_a_right_function_is_kept_and_used_below_if_the_reader_wants(box):
    page = box.page
    own = f"{SIGNATURE}print('mine')\n    return (patch * kernel).sum() + bias"
    assert check(box, own) == "Right."
    sentences = box.locator(".turn-result > p").all_text_contents()
    assert sentences[1].startswith("Covered: patch 1×1 to 3×3; kernel 1×1 to 3×3; bias −5 to 10")
    assert sentences[2] == "Next rung: conv2d slides it over an image."
    assert violations(page) == []
    assert run(page, "patch-run-conv-step") == "Done."
    assert "mine" not in shown(page, "patch-run-conv-step")
    box.get_by_label("Use mine in the cells below").check()
    with_mine = "Done. It was run with your conv_step."
    assert run(page, "patch-run-conv-step") == with_mine
    assert shown(page, "patch-run-conv-step") == "mine\nmine\n12 2\n"
    page.reload()
    expect(box.locator("output")).to_have_text("Right.")
    assert box.locator("textarea").input_value() == own
    expect(box.get_by_label("Use mine in the cells below")).to_be_checked()
    write(box, f"{own} + 1")
    assert "the book's function until yours is right" in box.locator("output").text_content()
    expect(box.locator(".turn-use")).to_be_hidden()
    wait_until_quiet(page)


def test_hints_come_one_at_a_time_and_then_the_solution(box):
    for number in (1, 2, 3):
        box.get_by_role("button", name=f"Hint {number} of 3").click()
        assert box.locator(".turn-hints li:visible").count() == number
    box.get_by_role("button", name="Show the solution").click()
    solution = box.locator(".turn-solution pre")
    assert solution.text_content().rstrip() == RIGHT
    sheets = [solution, box.locator(".editor-sheet"), box.locator(".editor-sheet pre")]
    theirs, mine, text = (sheet.bounding_box() for sheet in sheets)
    assert theirs["y"] == mine["y"]
    assert theirs["x"] >= mine["x"] + mine["width"]
    assert text["width"] > mine["width"]
    box.page.set_viewport_size(NARROW)
    theirs, mine = (sheet.bounding_box() for sheet in sheets[:2])
    assert theirs["y"] >= mine["y"] + mine["height"]
    types = {sheet.evaluate("it => getComputedStyle(it).font") for sheet in (solution, sheets[2])}
    assert len(types) == 1
    assert overflow(box.page) <= 0
    box.page.set_viewport_size(WIDE)
    box.get_by_role("button", name="Start over").click()
    assert box.locator("textarea").input_value().endswith("    ...")
    press(box.page, CELL, "edit")
    press(box.page, CELL, "edit")


def test_hints_of_an_exercise_are_those_beside_it(browser, running_home, path):
    with opened(browser, running_home, "book/06_keep_the_strongest.html") as (page, faults):
        box = box_of(page, "pool-solution-3")
        expect(page.get_by_text("Hint 1", exact=True).locator("visible=true")).to_have_count(
            page.locator("details > summary").get_by_text("Hint 1", exact=True).count() - 1
        )
        box.get_by_role("button", name="Hint 1 of 2").click()
        expect(box.locator(".turn-hints li:visible")).to_have_text(
            re.compile("which number of a patch is kept")
        )
        assert faults.found == []
