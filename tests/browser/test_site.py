"""The rendered book in a real browser: quiet, light, reachable by keyboard, the same everywhere."""

import re

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.drawn import READ
from tests.browser.rendered import SITE, opened, pages

WIDE, NARROW = {"width": 1200, "height": 900}, {"width": 390, "height": 844}
ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %
PAGES = pages()
PAGE_BUDGET = 350_000
FRAMES_BUDGET = 120_000
LATENCY_BUDGET = 16


@pytest.fixture(scope="module")
def explorer_page():
    return next(page for page in PAGES if "slide_window" in page)


def explorers(page):
    return page.locator(".explorer")


def state(explorer):
    return explorer.evaluate(READ)


def wait_until_unpacked(page, explorer):
    page.wait_for_function("""element => {
        const before = element.querySelector("svg");
        element.querySelector("input").dispatchEvent(new Event("input"));
        return element.querySelector("svg") !== before;
    }""", arg=explorer.element_handle())


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def style(locator, name):
    return locator.evaluate("(element, name) => getComputedStyle(element)[name]", name)


def test_site_is_built():
    assert PAGES, f"no pages in {SITE}: run make html"


# ---------------------------------------------------------------- every page

@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_page_is_quiet_accessible_and_fits(browser, home, path, theme, size):
    with opened(browser, home, path, viewport=size, color_scheme=theme) as (page, faults):
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.mouse.wheel(0, 100_000)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.dataset.theme") == theme
        assert overflow(page) <= 0
        assert faults.found == []
        violations = Axe().run(page).response["violations"]
        assert [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in violations] == []


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_a_screen_zoomed_to_400_percent(browser, home, path):
    with opened(browser, home, path, viewport=ZOOMED) as (page, _):
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert overflow(page) <= 0


def test_theme_is_known_before_the_first_paint(browser, home, explorer_page):
    with opened(browser, home, explorer_page, color_scheme="dark") as (page, _):
        page.route("**/pydata-sphinx-theme.js", lambda route: route.abort())
        page.reload()
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_theme_button_stays_obeyed(browser, home, explorer_page):
    with opened(browser, home, explorer_page, color_scheme="dark") as (page, _):
        page.get_by_role("button", name="Color mode").click()
        page.reload()
        assert page.evaluate("document.documentElement.dataset.theme") == "light"


def test_colours_stand_without_script(browser, home, explorer_page):
    with opened(browser, home, explorer_page, java_script_enabled=False,
                color_scheme="dark") as (page, _):
        assert page.locator("html").get_attribute("data-theme") == "light"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_icons_and_pictures_stand_out_in_forced_colours(browser, home, explorer_page, theme):
    with opened(browser, home, explorer_page, forced_colors="active",
                color_scheme=theme) as (page, _):
        icon = page.locator(".primary-toggle .fa-solid").first
        assert style(icon, "backgroundColor") == style(page.locator("body"), "color")
        paper = style(page.locator(".picture").first, "backgroundColor")
        assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(28, 32, 38)"}[theme]


@pytest.mark.parametrize("path", PAGES)
def test_page_is_light(browser, home, path):
    with opened(browser, home, path) as (page, faults):
        page.wait_for_load_state("networkidle")
        assert sum(faults.bytes.values()) <= PAGE_BUDGET
        uses_script = any("explorer.js" in url for url in faults.bytes)
        assert uses_script == (explorers(page).count() > 0)
        assert not any("fontawesome" in url or "thebe" in url for url in faults.bytes)


@pytest.mark.parametrize("path", PAGES)
def test_frames_are_within_budget(path):
    html = (SITE / path).read_text(encoding="utf-8")
    for packed in re.findall(r'class="explorer-frames">([^<]*)</script>', html):
        assert len(packed) * 6 / 8 <= FRAMES_BUDGET


def test_search_finds_a_chapter(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, faults):
        page.get_by_role("button", name="Search").first.click()
        page.get_by_role("searchbox").first.fill("sobel")
        page.keyboard.press("Enter")
        page.locator("#search-results li a", has_text="Slide the window").first.wait_for()
        assert faults.found == []


# ---------------------------------------------------------------- explorers

@pytest.mark.parametrize("path", PAGES)
def test_sliders_answer_within_one_screen_refresh(browser, home, path):
    with opened(browser, home, path, viewport=NARROW) as (page, _):
        for explorer in explorers(page).all():
            explorer.scroll_into_view_if_needed()
            explorer.locator("input").first.focus()
            wait_until_unpacked(page, explorer)
            milliseconds = explorer.evaluate("""element => {
                const sliders = [...element.querySelectorAll("input")];
                const times = [];
                for (let k = 0; k < 20; k += 1) {
                    const slider = sliders[k % sliders.length];
                    slider.value = slider.value === slider.max ? 0 : Number(slider.value) + 1;
                    const start = performance.now();
                    slider.dispatchEvent(new Event("input", {bubbles: true}));
                    element.getBoundingClientRect();
                    times.push(performance.now() - start);
                }
                return times.sort((a, b) => a - b)[10];
            }""")
            assert milliseconds <= LATENCY_BUDGET


def test_keys_move_a_slider(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, _):
        explorer = explorers(page).first
        slider = explorer.locator("input").last
        slider.focus()
        wait_until_unpacked(page, explorer)
        for key, value in [("ArrowRight", "1"), ("ArrowUp", "2"), ("ArrowLeft", "1"),
                           ("End", "2"), ("Home", "0"), ("PageUp", "1"), ("PageDown", "0")]:
            page.keyboard.press(key)
            now = state(explorer)
            assert now["outputs"][-1] == now["spoken"][-1] == value
            assert now["sentence"] == now["label"]
            assert f"column {value}" in now["sentence"]


def test_play_advances_and_stops(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, _):
        page.clock.install()
        page.reload()
        explorer = explorers(page).first
        play = explorer.get_by_role("button", name="Play")
        wait_until_unpacked(page, explorer)
        play.focus()
        page.keyboard.press("Enter")
        explorer.get_by_role("button", name="Pause").wait_for()
        seen = []
        for _ in range(12):
            seen.append(tuple(state(explorer)["outputs"]))
            page.clock.run_for(700)
        nine = [(str(i), str(j)) for i in range(3) for j in range(3)]
        assert list(dict.fromkeys(seen)) == nine[1:]
        assert explorer.get_by_role("button", name="Play").is_visible()
        explorer.get_by_role("button", name="Step").click()
        assert state(explorer)["outputs"] == ["0", "0"]


def test_play_stops_at_the_last_frame_from_the_one_before(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, _):
        page.clock.install()
        page.reload()
        explorer = explorers(page).first
        rows, columns = explorer.locator("input").all()
        rows.press("End")
        columns.press("ArrowRight")
        wait_until_unpacked(page, explorer)
        explorer.get_by_role("button", name="Play").click()
        page.clock.run_for(2000)
        assert state(explorer)["outputs"] == ["2", "2"]
        assert explorer.get_by_role("button", name="Play").is_visible()


@pytest.mark.parametrize("second, shown", [(".explorer-play", ["0", "0"]),
                                           (".explorer-step", ["0", "1"])])
def test_a_second_press_before_the_frames_are_there_stops_play(
        browser, home, explorer_page, second, shown):
    with opened(browser, home, explorer_page) as (page, _):
        page.clock.install()
        page.reload()
        explorer = explorers(page).first
        explorer.evaluate("""(element, second) => {
            element.querySelector(".explorer-play").click();
            element.querySelector(second).click();
        }""", second)
        page.wait_for_timeout(200)
        page.clock.run_for(2000)
        assert state(explorer)["outputs"] == shown
        assert explorer.get_by_role("button", name="Play").is_visible()


def test_live_region_speaks_except_while_playing(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, _):
        explorer = explorers(page).first
        assert "status" not in explorer.aria_snapshot()
        sentence = explorer.locator(".explorer-sentence")
        for name, live in [("Play", "off"), ("Pause", "polite")]:
            explorer.get_by_role("button", name=name).click()
            assert sentence.get_attribute("aria-live") == live


def test_sliders_stay_where_they_are_while_they_move(browser, home):
    page_of_words = next(page for page in PAGES if "match_patch" in page)
    with opened(browser, home, page_of_words, viewport=WIDE) as (page, _):
        explorer = explorers(page).nth(2)
        wait_until_unpacked(page, explorer)
        slider = explorer.locator("input").first
        places = []
        for _ in range(int(slider.get_attribute("max")) + 1):
            places.append(slider.bounding_box()["x"])
            slider.press("ArrowRight")
        np.testing.assert_allclose(places, places[0], atol=1)


def test_saved_page_still_moves(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, faults):
        wait_until_unpacked(page, explorers(page).first)
        saved = page.content()
        page.route(home + explorer_page, lambda route: route.fulfill(
            body=saved, content_type="text/html; charset=utf-8"))
        page.reload()
        explorer = explorers(page).first
        wait_until_unpacked(page, explorer)
        explorer.locator("input").last.press("End")
        assert state(explorer)["outputs"][-1] == "2"
        assert faults.found == []


def test_moving_a_slider_stops_play(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, _):
        explorer = explorers(page).first
        explorer.get_by_role("button", name="Play").click()
        explorer.get_by_role("button", name="Pause").wait_for()
        explorer.locator("input").first.press("End")
        assert explorer.get_by_role("button", name="Play").is_visible()


def test_explorers_on_one_page_do_not_disturb_each_other(browser, home, explorer_page):
    with opened(browser, home, explorer_page) as (page, _):
        first, second = explorers(page).nth(0), explorers(page).nth(1)
        before = state(second)
        first.locator("input").last.press("End")
        page.wait_for_timeout(200)
        assert state(first)["outputs"][-1] == "2"
        assert state(second) == before


def test_touch_moves_a_slider(browser, home, explorer_page):
    with opened(browser, home, explorer_page, viewport=NARROW, has_touch=True,
                is_mobile=True) as (page, _):
        slider = explorers(page).first.locator("input").last
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        assert box["height"] >= 44
        page.touchscreen.tap(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(200)
        assert state(explorers(page).first)["outputs"][-1] == "2"


def test_first_frame_and_sentence_stand_without_script(browser, home, explorer_page):
    with opened(browser, home, explorer_page, java_script_enabled=False) as (page, _):
        explorer = explorers(page).first
        assert explorer.locator("svg").is_visible()
        assert explorer.locator(".explorer-sentence").inner_text().startswith("Row 0, column 0")
        assert not explorer.locator("input").first.is_visible()


def test_reduced_motion_leaves_stepping_only(browser, home, explorer_page):
    with opened(browser, home, explorer_page, reduced_motion="reduce") as (page, _):
        explorer = explorers(page).first
        assert not explorer.locator(".explorer-play").is_visible()
        assert explorer.locator(".explorer-step").is_visible()


def test_print_shows_the_frame_in_view(browser, home, explorer_page):
    with opened(browser, home, explorer_page, color_scheme="dark") as (page, _):
        explorer = explorers(page).first
        explorer.locator("input").last.press("End")
        page.wait_for_timeout(200)
        page.emulate_media(media="print")
        assert style(explorer.locator("svg text").first, "fill") == "rgb(31, 35, 40)"
        assert style(page.locator(".highlight span").first, "color") == "rgb(0, 0, 0)"
        assert explorer.locator("svg").is_visible()
        assert "column 2" in explorer.locator(".explorer-sentence").inner_text()
        assert not explorer.locator("input").first.is_visible()


def test_page_works_from_a_file(browser, explorer_page):
    with opened(browser, "file://", f"{SITE / explorer_page}") as (page, faults):
        explorer = explorers(page).first
        explorer.locator("input").last.press("End")
        page.wait_for_timeout(200)
        assert state(explorer)["outputs"][-1] == "2"
        assert faults.found == []


def test_every_explorer_of_the_book_was_driven(not_driven):
    assert not_driven == set(), "run together with the tests of the explorers"
