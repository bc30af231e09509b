"""What readers write is kept: over changes of the book, in two tabs, in a file, or not at all."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.rendered import WIDE, opened, wait_until_quiet
from tests.browser.test_run_cells import CHAPTER, bar, cell, choice, press, write, written
from tests.browser.test_site import overflow
from tests.in_browser import violations

WORK = "book/your_work.html"
NAME = "patch-right"
KEY = f"patch-by-patch:book/02_match_patch:{NAME}"
FORBIDDEN = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("forbidden", "SecurityError"); }, configurable: true });"""
FULL = """() => {
    for (let size = 4_000_000; size >= 1; size /= 2) {
        const letters = "x".repeat(size);
        try { for (let i = 0; i < 4; i++) localStorage[`other-${size}-${i}`] = letters; } catch {}
    }
}"""


def record(text, title="Match one patch", **more):
    written_then = {"of": "old", "changed": "2026-11-20T10:00:00.000Z"}
    return {"version": 1, "text": text, "title": title, **written_then, **more}


def kept(page, key=KEY):
    """Return what is kept under a key: a record, or None."""
    return json.loads(page.evaluate("key => localStorage.getItem(key)", key) or "null")


def seed(page, records):
    """Keep records as an earlier visit has left them, and load the page anew."""
    strings = {
        key: value if isinstance(value, str) else json.dumps(value)
        for key, value in records.items()
    }
    page.evaluate("strings => Object.assign(localStorage, strings)", strings)
    wait_until_quiet(page)
    page.reload()


def choose(page, button):
    choice(page, NAME).get_by_role("button", name=button).evaluate("button => button.click()")


def says(page):
    return bar(page, NAME).locator("output")


# ---------------------------------------------------------------- on the chapter's page


def test_a_changed_chapter_lets_its_reader_choose(browser, home):
    with opened(browser, home, CHAPTER) as (page, faults):
        seed(page, {KEY: record("mine = 1")})
        expect(choice(page, NAME)).to_contain_text("The book's text has changed")
        choose(page, "Show the book's")
        assert cell(page, NAME).locator("textarea").count() == 0
        assert kept(page)["others"] == [{"text": "mine = 1", "from": "you"}]
        choose(page, "Show mine")
        assert written(page, NAME) == "mine = 1"
        choose(page, "Keep only this")
        choose(page, "Bring it back")
        assert len(kept(page)["others"]) == 1
        choose(page, "Keep only this")
        assert "others" not in kept(page)

        seed(page, {KEY: record("mine = 1")})
        choose(page, "Keep mine")
        page.reload()
        expect(cell(page, NAME).locator("textarea")).to_have_value("mine = 1")
        assert choice(page, NAME).count() == 0

        press(page, NAME, "edit")
        assert kept(page) is None
        choose(page, "Bring mine back")
        assert written(page, NAME) == kept(page)["text"] == "mine = 1"
        assert faults.found == []


def test_two_tabs_lose_nothing_of_each_other(browser, home):
    with opened(browser, home, CHAPTER) as (one, faults):
        two = one.context.new_page()
        two.goto(home + CHAPTER)
        write(one, NAME, "first = 1")
        expect(cell(two, NAME).locator("textarea")).to_have_value("first = 1")
        write(one, NAME, "first = 1.5")
        expect(says(two)).to_have_text("This is what another tab has kept.")

        cell(two, NAME).locator("textarea").evaluate("area => area.focus()")
        write(one, NAME, "second = 2")
        expect(choice(two, NAME)).to_contain_text("Another tab has changed this cell, too.")
        assert written(two, NAME) == "first = 1.5"
        write(two, NAME, "third = 3")
        assert kept(two)["text"] == "third = 3"
        assert kept(two)["others"] == [{"text": "second = 2", "from": "tab"}]
        choose(two, "Show the other")
        assert written(two, NAME) == "second = 2"
        assert kept(two)["others"] == [{"text": "third = 3", "from": "you"}]

        # a tab that slept has heard nothing: what it writes must not replace what it has not seen
        one.evaluate("addEventListener('storage', (e) => e.stopImmediatePropagation(), true)")
        unheard = record("unheard = 4", of=kept(two)["of"])
        one.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(unheard)])
        write(one, NAME, "asleep = 5")
        write(one, NAME, "asleep = 56")
        assert {"text": "unheard = 4", "from": "tab"} in kept(one)["others"]
        expect(choice(one, NAME)).to_contain_text("Another tab has changed this cell, too.")

        write(one, NAME, "last = 6")
        press(one, NAME, "edit")
        two.evaluate("document.activeElement.blur()")
        assert faults.found == []


TURN = "patch-by-patch:book/02_match_patch:patch-conv-step-turn"


def turn(page):
    return page.locator('.your-turn[data-cell="patch-conv-step"]')


def test_a_function_that_the_reader_writes_has_texts_beside_it_too(browser, home):
    with opened(browser, home, CHAPTER) as (page, faults):
        other = {"text": "theirs = 2", "from": "file"}
        seed(page, {TURN: record("mine = 1", others=[other], passed=True)})
        area, beside = turn(page).locator("textarea"), turn(page).locator(".run-choice")
        expect(beside).to_contain_text("The book's text has changed")
        beside.get_by_role("button", name="Keep mine").click()
        expect(beside).to_contain_text("The file that you took in")
        assert kept(page, TURN)["passed"]
        turn(page).get_by_role("button", name="Start over").click()
        assert kept(page, TURN)["others"] == [other]
        beside.get_by_role("button", name="Show the other").click()
        expect(area).to_have_value("theirs = 2")
        assert not kept(page, TURN)["passed"]
        assert faults.found == []


def test_what_is_typed_before_the_script_is_there_is_kept(browser, home):
    with opened(browser, home, CHAPTER) as (page, faults):
        wait_until_quiet(page)
        turn(page).locator("textarea").evaluate(
            "area => { area.focus(); area.value = 'early = 1'; }"
        )
        page.wait_for_function("key => localStorage.getItem(key)", arg=TURN)
        assert kept(page, TURN)["text"] == "early = 1"
        assert faults.found == []


@pytest.mark.parametrize("foreign", ['{"version": 99, "cells": []}', '{"version":1,"text":"cut of'])
def test_what_cannot_be_read_stays_as_it_is(browser, home, foreign):
    with opened(browser, home, CHAPTER) as (page, faults):
        seed(page, {KEY: foreign})
        write(page, NAME, "mine = 1")
        expect(says(page)).to_contain_text("Something that this version of the book cannot read")
        press(page, NAME, "edit")
        assert page.evaluate("key => localStorage.getItem(key)", KEY) == foreign
        assert faults.found == []


def test_a_full_store_says_so_and_asks_before_the_page_is_left(browser, home):
    with opened(browser, home, CHAPTER) as (page, faults):
        page.evaluate(FULL)
        write(page, NAME, "mine = 1")
        expect(says(page)).to_contain_text("no room left")
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        cell(page, NAME).locator("textarea").press("End")  # who has touched nothing is not asked
        page.reload()
        assert asked == ["beforeunload"]
        assert faults.found == []


def test_pages_of_a_browser_that_keeps_nothing_work_and_say_so(browser, home):
    with opened(browser, home, WORK) as (page, faults):
        page.context.add_init_script(FORBIDDEN)
        page.goto(home + WORK)
        expect(page.locator("#work-list")).to_contain_text("This browser keeps nothing")
        page.goto(home + CHAPTER)
        assert page.evaluate("document.documentElement.dataset.theme") == "light"
        page.get_by_role("button", name="Color mode").click()
        write(page, NAME, "mine = 1")
        expect(says(page)).to_contain_text("This browser keeps nothing")
        assert faults.found == []


# ---------------------------------------------------------------- the page "Your work"

SLIDE = "patch-by-patch:book/03_slide_window:slide-conv2d"
NEWER = "patch-by-patch:book/03_slide_window:slide-flip"
RECORDS = {
    KEY: record("# with a hole\nright = 5", others=[{"text": "right = 6", "from": "tab"}]),
    SLIDE: record("def conv2d(x, k):\n    <b>", "<i>Slide</i>", passed=True),
    NEWER: '{"version": 99}',
}


@pytest.fixture
def work(browser, home):
    with opened(browser, home, WORK, viewport=WIDE) as (page, faults):
        seed(page, RECORDS)
        expect(page.get_by_role("button", name="Undo")).to_be_hidden()
        yield page
        assert faults.found == []


def everything(page):
    return page.evaluate("({ ...localStorage })")


def take_in(page, text):
    """Give the page a file; return what it says."""
    said = page.locator(".work-says output")
    said.evaluate("said => { said.textContent = '' }")
    file = {"name": "work.json", "mimeType": "application/json", "buffer": text.encode()}
    page.locator("#work-list input").set_input_files(file)
    expect(said).not_to_be_empty()
    return said.text_content()


def save(page):
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    assert download.value.suggested_filename.endswith(".json")
    return download.value.path().read_text("utf-8")


def test_work_is_listed_with_links_to_its_cells(work):
    place = work.locator("#work-list")
    expect(place).to_contain_text("2 cells of 2 pages. 1 check passed.")
    assert place.locator("h2").all_text_contents() == [
        "Match one patch",
        "<i>Slide</i>",
        "What this version of the book cannot read",
    ]
    assert place.locator("b, i").count() == 0
    expect(place).to_contain_text("20 Nov 2026")
    expect(place).to_contain_text("1 text beside it")
    assert violations(work) == []
    work.set_viewport_size({"width": 320, "height": 700})
    work.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    assert overflow(work) <= 0
    work.get_by_role("link", name="right = 5").click()
    expect(work.locator(f"#cell-{NAME}")).to_be_in_viewport()


def test_work_is_saved_deleted_and_taken_in_again(work):
    before = everything(work)
    file = save(work)
    told = json.loads(file)
    assert (told["book"], told["version"]) == ("Patch by Patch", 1)
    assert [c["cell"] for c in told["cells"]] == [NAME, "slide-conv2d"]

    work.get_by_role("button", name="Delete conv2d").click()
    assert set(everything(work)) == set(before) - {SLIDE}
    work.get_by_role("button", name="Undo").click()
    assert everything(work) == before

    work.on("dialog", lambda dialog: dialog.accept())
    work.get_by_role("button", name="Delete all").click()
    assert everything(work).keys() & RECORDS.keys() == {NEWER}
    assert take_in(work, file) == "2 cells taken in."
    for key in (KEY, SLIDE):
        assert kept(work, key)["text"] == RECORDS[key]["text"]
        assert kept(work, key)["changed"] == RECORDS[key]["changed"]
    assert take_in(work, file) == "0 cells taken in. 2 were here already."

    told["cells"][0]["text"] = "right = 7"
    told["cells"][1]["cell"] = "slide-flip"
    assert take_in(work, json.dumps(told)) == (
        "0 cells taken in. 1 have another text here: yours is shown, and the chapter offers both. "
        "1 left out, where something stands that cannot be read."
    )
    assert kept(work)["text"] == RECORDS[KEY]["text"]
    assert [other["text"] for other in kept(work)["others"]] == ["right = 6", "right = 7"]
    assert everything(work)[NEWER] == RECORDS[NEWER]


def test_what_is_listed_can_be_taken_in_again(work):
    untitled = {name: value for name, value in record("x = 1").items() if name != "title"}
    strange = {
        "patch-by-patch:book/a:untitled": untitled,
        "patch-by-patch:no-cell": record("x = 1"),
    }
    seed(work, strange)
    expect(work.locator("#work-list")).to_contain_text("2 cells of 2 pages.")
    file = save(work)
    work.get_by_role("button", name="Delete conv2d").click()
    assert take_in(work, file) == "1 cell taken in. 1 was here already."


def test_files_that_are_not_the_books_change_nothing(work):
    file = save(work)
    before = everything(work)
    told = json.loads(file)
    refused = {
        file[: len(file) // 2]: "This file cannot be read",
        "\0\1": "This file cannot be read",
        "[]": "This file is not of this book.",
        "null": "This file is not of this book.",
        json.dumps({**told, "version": 2}): "This file is of version 2; this page reads version 1.",
        json.dumps({**told, "cells": {}}): "This file has no list of cells.",
        json.dumps({**told, "cells": [*told["cells"], {"page": "../x"}]}): "Cell 3 of this file",
        "x" * 5_000_001: "This file is too large.",
    }
    for text, why in refused.items():
        sentence = take_in(work, text)
        assert sentence.startswith(why)
        assert sentence.endswith("Nothing here has changed.")
        assert everything(work) == before
    work.evaluate(FULL)
    before = everything(work)
    for cell_of in told["cells"]:
        cell_of["text"] = "y" * 10_000
    assert take_in(work, json.dumps(told)).startswith("There is no room for this file")
    assert everything(work) == before
