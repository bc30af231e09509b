"""The page's script shows every state as it was packed, and answers keys, touch and buttons.

What a state has to show is computed and compared in Python, by the tests in tests/explore, on the
packed frames. Here every explorer of the book walks through all its states in the page, in one
call, and what the page then shows is compared with the frames in the page's own file. That no
explorer of the book escapes the first comparison is a test of its own:
`test_every_explorer_of_the_book_is_compared_in_python` looks up each packed block of the site,
byte for byte, among the explorers that the tests of tests/explore name with `every_state` and
walk through to the end.
"""

import json
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from playwright.sync_api import expect

from convlib.draw.words import number_text
from convlib.explore.homes.page import explorer_html
from convlib.explore.homes.playing import SPEEDS, play_wait
from tests.browser.rendered import (
    NARROW,
    READ,
    SITE,
    TOYS,
    WIDE,
    each,
    explorers,
    loaded,
    opened,
    pages,
    state,
)
from tests.drawn import PACKED, unpacked, walked
from tests.explore.compared import all_compared
from tests.explore.engine.toys import moves, tangle, triangle

PAGES = [path for path in pages() if PACKED.search((SITE / path).read_text("utf-8"))]
MOST_ELEMENTS = 1500
EMPTY = re.compile(r"<(\w+)([^<>]*)/>")  # as XML writes what HTML writes with two tags

# Each walks through all states in the page and returns a list of what was shown, as JSON: one long
# text is handed over faster than many values.
WALK = """async (element) => {
    const {explorer} = element, read = %s, seen = [];
    await explorer.load();
    const visit = (choices, wanted) => {
        const control = explorer.controls[Object.keys(wanted).length];
        if (!control) return void seen.push(%s);
        choices[0].forEach((value, k) => visit(choices[1][k], {...wanted, [control.name]: value}));
    };
    visit(explorer.data.states, {});
    return JSON.stringify(seen.flat());
}"""
SHOW = WALK % (
    READ,
    """{
    shown: (explorer.show(wanted), read(element)),
    following: explorer.data.play.length ? (explorer.advance(), explorer.values()) : null,
}""",
)
MOVE = WALK % (
    READ,
    """explorer.controls.flatMap((control) => {
    explorer.show(wanted);
    const choices = [...control.choices];
    return choices.filter((value) => value !== wanted[control.name]).map((value) => {
        explorer.show(wanted);
        if (control.input) {
            control.input.value = choices.indexOf(value);
            control.input.dispatchEvent(new Event("input", {bubbles: true}));
        } else {
            control.inputs.find((input) => input.value === value).click();
        }
        return read(element);
    });
})""",
)
# Lists what is cut off in an explorer's first state and at the end of its last slider, and how
# much of its picture is empty where it is unpacked before it comes into sight.
CLIPPED = """async (element) => {
    const {explorer} = element, {picture} = explorer, isNew = !explorer.loading;
    await explorer.load();
    const panels = [...picture.children].reduce((sum, {offsetHeight}) => sum + offsetHeight, 0);
    const empty = picture.offsetHeight - panels;
    if (isNew && empty > 1) return [`${empty} pixels are empty`];
    const first = Object.fromEntries(explorer.controls.map((c) => [c.name, c.choices[0]]));
    const last = explorer.controls.at(-1);
    return [first, {...first, [last.name]: last.choices.at(-1)}].flatMap((wanted) => {
        explorer.show(wanted);
        return [...element.querySelectorAll(".picture svg")].flatMap((svg) => {
            const paper = svg.getBoundingClientRect();
            return [...svg.querySelectorAll("text")].filter((text) => {
                const box = text.getBoundingClientRect();
                return Math.max(paper.left - box.left, box.right - paper.right,
                                paper.top - box.top, box.bottom - paper.bottom) > 1;
            });
        }).map((text) => text.textContent);
    });
}"""


def elements(markup):
    """List the elements of markup, however a serialiser of HTML or of XML has written them."""
    picture = ElementTree.fromstring(f"<picture>{markup}</picture>")
    return [(part.tag, part.attrib, part.text, part.tail) for part in picture.iter()]


def file_of(path):
    return (SITE / path).read_text("utf-8")


def data_of(path):
    """Return the unpacked data of each explorer of a page."""
    return [unpacked(block[0]) for block in PACKED.finditer(file_of(path))]


def as_text(values):
    return {name: number_text(str(value)) for name, value in values.items()}


def choices_of(data, values):
    """List what each slider can choose in one state, from the nested states."""
    level = data["states"]
    for value in values.values():
        choices, children = level
        yield choices
        level = children[choices.index(value)]


def assert_shows(found, data, values, markup, says):
    """Compare what the page shows in one state with the packed frame."""
    assert found["values"] == as_text(values)
    assert found["sentence"] == found["label"] == says
    shown = found["markup"]
    assert shown == EMPTY.sub(r"<\1\2></\1>", markup) or elements(shown) == elements(markup)
    sliders, disabled = [], []
    for (name, value), choices in zip(values.items(), choices_of(data, values), strict=True):
        if name in found["words"]:
            disabled += [word for word in found["words"][name] if word not in choices]
        else:
            sliders.append((number_text(str(value)), f"{choices.index(value)}/{len(choices) - 1}"))
    assert found["outputs"] == [text for text, _ in sliders]
    assert found["places"] == [place for _, place in sliders]
    assert found["disabled"] == disabled


def toggles(explorer):
    """Return the words of each toggle of an explorer."""
    return explorer.evaluate("""element => Object.fromEntries(
        [...element.querySelectorAll(".toggle")].map((toggle) => [
            toggle.dataset.name,
            [...toggle.querySelectorAll("input")].map((input) => input.value)]))""")


def names(explorer):
    return explorer.evaluate("element => element.explorer.controls.map((c) => c.name)")


def assert_walks(explorer, data):
    """Compare every state; return where a step leads from each."""
    words, found = toggles(explorer), json.loads(explorer.evaluate(SHOW))
    expected = list(walked(data, names(explorer)))
    for one, (values, markup, says) in zip(found, expected, strict=True):
        assert_shows(one["shown"] | {"words": words}, data, values, markup, says)
    return [(values, one["following"]) for one, (values, *_) in zip(found, expected)]


def assert_advances(steps, data):
    """From every state the step leads to the next of those that differ in the playing sliders."""
    states = [values for values, _ in steps]
    runs = {}
    for values in states:
        fixed = tuple(value for name, value in values.items() if name not in data["play"])
        runs.setdefault(fixed, []).append(values)
    following = {
        id(values): run[n + 1 - len(run)] for run in runs.values() for n, values in enumerate(run)
    }
    for values, found in steps:
        assert found == following[id(values)]


# ---------------------------------------------------------------- every state


@each(PAGES)
def test_page_shows_every_state_as_it_was_packed(visits, path):
    page, faults = visits.to(path)
    expected = data_of(path)
    for explorer, data in zip(explorers(page).all(), expected, strict=True):
        steps = assert_walks(explorer, data)
        if data["play"]:
            assert_advances(steps, data)
    assert faults.found == []


def test_every_explorer_of_the_book_is_compared_in_python():
    compared = {PACKED.search(explorer_html(states.explorer))[1] for states in all_compared()}
    missing = [
        (path, number, data_of(path)[number]["frames"][0][0])
        for path in PAGES
        for number, packed in enumerate(PACKED.findall(file_of(path)))
        if packed not in compared
    ]
    assert missing == [], "add these cases to an every_state of tests/explore"


@each(PAGES)
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_no_text_is_cut_off_at_the_rim_of_a_drawing(visits, path, size):
    page, _ = visits.to(path, size)
    for explorer in explorers(page).all():
        assert explorer.evaluate(CLIPPED) == []


# ---------------------------------------------------------------- what is impossible gives way


@pytest.mark.parametrize(
    ("number", "make"), [(0, triangle), (1, tangle)], ids=["triangle", "tangle"]
)
def test_every_move_leads_to_the_state_that_the_engine_settles_on(browser, toy_home, number, make):
    with opened(browser, toy_home, TOYS) as (page, faults):
        element, explorer = explorers(page).nth(number), make()
        data, words = unpacked(explorer_html(explorer)), toggles(element)
        assert_walks(element, data)
        frames = {
            tuple(values.values()): (markup, says)
            for values, markup, says in walked(data, list(explorer.sliders))
        }
        for found, (before, name, value) in zip(
            json.loads(element.evaluate(MOVE)), moves(explorer), strict=True
        ):
            settled = explorer.settle(before | {name: value})
            markup, says = frames[tuple(settled.values())]
            assert_shows(found | {"words": words}, data, settled, markup, says)
        assert faults.found == []


def test_steps_run_through_all_playing_sliders_and_begin_again(browser, toy_home):
    with opened(browser, toy_home, TOYS) as (page, _):
        data = unpacked(explorer_html(triangle()))
        assert_advances(assert_walks(explorers(page).first, data), data)


# ---------------------------------------------------------------- work

COUNT = """async (element) => {
    await element.explorer.load();
    const count = {drawings: 0, texts: 0, layouts: 0};
    const spy = (prototype, name, kind, key) => {
        const real = Object.getOwnPropertyDescriptor(prototype, name);
        const counted = function (...given) {
            if (this.closest?.(".explorer")) count[key] += 1;
            return real[kind].apply(this, given);
        };
        Object.defineProperty(prototype, name, {...real, [kind]: counted});
        return () => Object.defineProperty(prototype, name, real);
    };
    const undo = [
        spy(Element.prototype, "innerHTML", "set", "drawings"),
        spy(Node.prototype, "textContent", "set", "texts"),
        ...["offsetHeight", "offsetWidth", "offsetTop"].map(
            (name) => spy(HTMLElement.prototype, name, "get", "layouts")),
        spy(Element.prototype, "clientHeight", "get", "layouts"),
        spy(Element.prototype, "getBoundingClientRect", "value", "layouts"),
    ];
    const counts = [];
    for (const control of element.explorer.controls) {
        for (const input of control.inputs ?? [control.input]) {
            Object.assign(count, {drawings: 0, texts: 0, layouts: 0});
            if (control.input) input.value = input.value === input.max ? 0 : +input.value + 1;
            else input.checked = true;
            input.dispatchEvent(new Event("input", {bubbles: true}));
            counts.push({...count});
        }
    }
    undo.forEach((restore) => restore());
    return {counts, elements: element.querySelectorAll(".picture *").length};
}"""


@each(PAGES)
def test_a_move_draws_once_and_measures_twice(visits, path):
    """Times depend on the machine; the work behind them doesn't. `make bench` has the times."""
    page, _ = visits.to(path)
    for explorer in explorers(page).all():
        work = explorer.evaluate(COUNT)
        assert work["elements"] <= MOST_ELEMENTS
        assert len(work["counts"]) >= len(names(explorer))
        for count in work["counts"]:
            assert count["drawings"] == 1
            assert count["texts"] <= 2  # the sentence and the name of the Play button
            assert count["layouts"] <= 2


# ---------------------------------------------------------------- keys, touch and buttons


@pytest.fixture(scope="module")
def explorer_page():
    """A page with two sliders and Play (first explorer) and a toggle (second)."""
    return next(page for page in PAGES if "slide_window" in page)


def press(explorer, key):
    loaded(explorer).locator("input").last.press(key)


def test_keys_move_a_slider(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, _):
        explorer = loaded(explorers(page).first)
        explorer.locator("input").last.focus()
        for key, value in [
            ("ArrowRight", "1"),
            ("ArrowUp", "2"),
            ("ArrowLeft", "1"),
            ("End", "2"),
            ("Home", "0"),
            ("PageUp", "1"),
            ("PageDown", "0"),
        ]:
            page.keyboard.press(key)
            now = state(explorer)
            assert now["outputs"][-1] == now["values"]["column"] == value
            assert now["sentence"] == now["label"]
            assert f"column {value}" in now["sentence"]


def test_a_slider_moved_before_the_frames_are_there_is_obeyed(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, _):
        explorer = explorers(page).first
        explorer.evaluate("""element => {
            const slider = element.querySelectorAll("input")[1];
            slider.value = 2;
            slider.dispatchEvent(new Event("input", {bubbles: true}));
        }""")
        expect(explorer.locator("output").last).to_have_text("2")
        assert "column 2" in state(explorer)["sentence"]


def test_keys_change_a_toggle(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, _):
        explorer = loaded(explorers(page).nth(1))
        before = state(explorer)
        explorer.locator("input:checked").focus()
        for key, word in [
            ("ArrowRight", "flipped"),
            ("ArrowRight", "as it is"),
            ("ArrowLeft", "flipped"),
            ("ArrowUp", "as it is"),
        ]:
            page.keyboard.press(key)
            now = state(explorer)
            assert now["values"] == before["values"] | {"kernel": word}
            assert now["sentence"] == now["label"]
            assert now["sentence"].startswith(f"Kernel {word}, ")
        assert now == before


def test_touch_moves_a_slider(browser, home, explorer_page):
    with opened(browser, home, explorer_page, viewport=NARROW, has_touch=True, is_mobile=True) as (
        page,
        _,
    ):
        slider = loaded(explorers(page).first).locator("input").last
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        assert box["height"] >= 44
        # Once it stands still: a picture near it may only now be laid out.
        slider.tap(position={"x": box["width"] - 2, "y": box["height"] / 2})
        expect(explorers(page).first.locator("output").last).to_have_text("2")


def test_touch_changes_a_toggle(browser, home, explorer_page):
    with opened(browser, home, explorer_page, viewport=NARROW, has_touch=True, is_mobile=True) as (
        page,
        _,
    ):
        explorer = loaded(explorers(page).nth(1))
        for word in ("flipped", "as it is"):
            label = explorer.locator(".toggle label", has_text=word)
            label.scroll_into_view_if_needed()
            assert label.bounding_box()["height"] >= 44
            label.tap()
            expect(explorer.locator(".explorer-sentence")).to_contain_text(f"Kernel {word}, ")
            assert state(explorer)["values"]["kernel"] == word


def test_focus_is_seen_on_every_control(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, _):
        explorer = loaded(explorers(page).nth(1))
        explorer.locator("input").first.focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        outline = explorer.locator(".toggle label span").first.evaluate(
            "span => getComputedStyle(span).outlineStyle"
        )
        assert outline == "solid"


PLAYED = """(element, speed) => {
    const real = window.setTimeout, waits = [];
    const sentence = element.querySelector(".explorer-sentence");
    const shown = () => [...element.querySelectorAll("output")].map((one) => one.value).join("");
    window.setTimeout = (next, wait) => {
        waits.push([shown(), sentence.textContent, wait]);
        next();
    };
    element.querySelector("select").value = speed;
    element.querySelector(".explorer-play").click();
    window.setTimeout = real;
    return waits;
}"""


@pytest.mark.parametrize("speed", SPEEDS.values())
def test_play_waits_as_long_as_each_sentence_takes(browser, home, explorer_page, speed):
    with opened(browser, home, explorer_page) as (page, _):
        explorer = loaded(explorers(page).first)
        waits = explorer.evaluate(PLAYED, str(speed))
        assert [shown for shown, *_ in waits] == ["01", "02", "10", "11", "12", "20", "21"]
        for _, sentence, wait in waits:
            assert round(wait) == play_wait(sentence, speed)
        assert state(explorer)["outputs"] == ["2", "2"]
        expect(explorer.get_by_role("button", name="Play")).to_be_visible()
        explorer.get_by_role("button", name="Step").click()
        assert state(explorer)["outputs"] == ["0", "0"]


def test_play_is_started_by_a_key_and_goes_on(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, _):
        explorer = loaded(explorers(page).first)
        explorer.get_by_label("speed").select_option("2×")
        explorer.get_by_role("button", name="Play").press("Enter")
        explorer.get_by_role("button", name="Pause").wait_for()
        expect(explorer.locator(".explorer-sentence")).to_contain_text("Row 0, column 2")


def test_play_stops_at_the_last_frame_from_the_one_before(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, _):
        page.clock.install()
        page.reload()
        explorer = loaded(explorers(page).first)
        rows, columns = explorer.locator("input").all()
        rows.press("End")
        columns.press("ArrowRight")
        explorer.get_by_role("button", name="Play").click()
        page.clock.run_for(4000)
        assert state(explorer)["outputs"] == ["2", "2"]
        expect(explorer.get_by_role("button", name="Play")).to_be_visible()


@pytest.mark.parametrize(
    ("second", "shown"), [(".explorer-play", ["0", "0"]), (".explorer-step", ["0", "1"])]
)
def test_a_second_press_before_the_frames_are_there_stops_play(
    browser, home, explorer_page, second, shown
):
    with opened(browser, home, explorer_page) as (page, _):
        page.clock.install()
        page.reload()
        explorer = explorers(page).first
        explorer.evaluate(
            """(element, second) => {
            element.querySelector(".explorer-play").click();
            element.querySelector(second).click();
        }""",
            second,
        )
        loaded(explorer)
        page.clock.run_for(2000)
        assert state(explorer)["outputs"] == shown
        expect(explorer.get_by_role("button", name="Play")).to_be_visible()


def test_moving_a_slider_stops_play(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, _):
        explorer = loaded(explorers(page).first)
        explorer.get_by_role("button", name="Play").click()
        explorer.get_by_role("button", name="Pause").wait_for()
        explorer.locator("input").first.press("ArrowRight")
        # At once, and far from the end, where playing stops by itself.
        assert explorer.locator(".explorer-play").inner_text() == "Play"


def test_live_region_speaks_except_while_playing(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, _):
        explorer = loaded(explorers(page).first)
        assert "status" not in explorer.aria_snapshot()
        sentence = explorer.locator(".explorer-sentence")
        for name, live in [("Play", "off"), ("Pause", "polite")]:
            explorer.get_by_role("button", name=name).click()
            expect(sentence).to_have_attribute("aria-live", live)


def test_unchanged_sentence_is_not_announced_again(browser, toy_home):
    with opened(browser, toy_home, TOYS) as (page, _):
        explorer = loaded(explorers(page).first)
        changes = explorer.evaluate("""async (element) => {
            let changes = 0;
            const watch = new MutationObserver((list) => { changes += list.length; });
            const sentence = element.querySelector(".explorer-sentence");
            watch.observe(sentence, {childList: true, characterData: true, subtree: true});
            element.explorer.show();
            element.explorer.show();
            await new Promise((done) => setTimeout(done));
            const still = changes;
            element.explorer.show({a: 3, b: 2, word: "plain"});
            await new Promise((done) => setTimeout(done));
            return [still, changes > 0];
        }""")
        assert changes == [0, True]


# ---------------------------------------------------------------- where they stand


def test_sliders_stay_where_they_are_while_they_move(browser, home):
    page_of_words = next(page for page in PAGES if "train_a_small" in page)
    with opened(browser, home, page_of_words, viewport=WIDE) as (page, _):
        slider = page.locator('[data-name="run"] input')
        loaded(explorers(page).filter(has=slider))
        places = []
        for _ in range(int(slider.get_attribute("max")) + 1):
            places.append(slider.bounding_box()["x"])
            slider.press("ArrowRight")
        np.testing.assert_allclose(places, places[0], atol=1)


def test_no_band_stands_below_a_picture_whose_frames_came_before_it_was_laid_out(
    browser, home, explorer_page
):
    with opened(browser, home, explorer_page) as (page, _):
        bands = page.evaluate("""() => Promise.all(
            [...document.querySelectorAll(".explorer")].map(async ({explorer}) => {
                await explorer.load();
                const {picture} = explorer, high = picture.offsetHeight;
                picture.style.minHeight = 0;
                return high - picture.offsetHeight;
            }))""")
        assert bands
        assert not any(bands)


def test_explorers_on_one_page_do_not_disturb_each_other(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, _):
        first, second = (loaded(explorers(page).nth(n)) for n in (0, 1))
        before = state(second)
        press(first, "End")
        assert state(first)["outputs"][-1] == "2"
        assert state(second) == before
        unchanged = state(first)
        press(second, "End")
        assert state(first) == unchanged


def test_toggles_of_one_name_on_one_page_are_apart(browser, toy_home):
    with opened(browser, toy_home, TOYS) as (page, _):
        radios = page.locator('input[type="radio"]').evaluate_all(
            "inputs => inputs.map((input) => [input.name, input.closest('.explorer') ?"
            " [...document.querySelectorAll('.explorer')].indexOf(input.closest('.explorer'))"
            " : -1])"
        )
        assert dict(radios) == {name: int(name.rpartition("-")[2]) for name, _ in radios}


def test_saved_page_still_moves(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, faults):
        loaded(explorers(page).first)
        saved = page.content()
        page.route(
            home + explorer_page,
            lambda route: route.fulfill(body=saved, content_type="text/html; charset=utf-8"),
        )
        page.reload()
        press(explorers(page).first, "End")
        assert state(explorers(page).first)["outputs"][-1] == "2"
        assert faults.found == []


def test_page_works_from_a_file(browser, explorer_page):
    with opened(browser, "file://", f"{SITE / explorer_page}") as (page, faults):
        press(explorers(page).first, "End")
        assert state(explorers(page).first)["outputs"][-1] == "2"
        assert faults.found == []


def test_first_frame_and_sentence_stand_without_script(browser, home, explorer_page):
    with opened(browser, home, explorer_page, java_script_enabled=False) as (page, _):
        explorer = explorers(page).first
        expect(explorer.locator(".picture svg").first).to_be_visible()
        assert explorer.locator(".explorer-sentence").inner_text().startswith("Row 0, column 0")
        expect(explorer.locator("input").first).to_be_hidden()


def test_reduced_motion_leaves_stepping_only(browser, home, explorer_page):
    with opened(browser, home, explorer_page, reduced_motion="reduce") as (page, _):
        explorer = explorers(page).first
        expect(explorer.locator(".explorer-play")).to_be_hidden()
        expect(explorer.get_by_label("speed")).to_be_hidden()
        expect(explorer.locator(".explorer-step")).to_be_visible()


def test_print_shows_the_frame_in_view(browser, home, explorer_page):
    def colour(locator, name):
        return locator.evaluate("(element, name) => getComputedStyle(element)[name]", name)

    with opened(browser, home, explorer_page, color_scheme="dark") as (page, _):
        explorer = explorers(page).first
        press(explorer, "End")
        page.emulate_media(media="print")
        number = explorer.locator('.picture text[data-cell="image[0,0]"]')
        assert colour(number, "fill") == "rgb(31, 35, 40)"
        assert colour(page.locator(".highlight span").first, "color") == "rgb(0, 0, 0)"
        expect(explorer.locator(".picture svg").first).to_be_visible()
        assert "column 2" in explorer.locator(".explorer-sentence").inner_text()
        expect(explorer.locator("input").first).to_be_hidden()
