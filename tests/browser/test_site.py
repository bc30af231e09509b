"""The rendered book in a real browser: quiet, light, reachable by keyboard, the same everywhere."""

import re

import pytest

from tests.browser.rendered import (
    NARROW,
    SITE,
    SUB_PATH,
    WIDE,
    each,
    explorers,
    opened,
    pages,
    wait_until_quiet,
)
from tests.in_browser import violations

ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %
PAGES = pages()
PAGE_BUDGET = 350_000
FRAMES_BUDGET = 120_000
SCRIPTS_BUDGET = 60_000
WEIGHTS = "book_network.js"
OPEN_FOLDS = "document.querySelectorAll('details').forEach(fold => fold.open = true)"


@pytest.fixture(scope="module")
def explorer_page():
    return next(page for page in PAGES if "slide_window" in page)


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def style(locator, name):
    return locator.evaluate("(element, name) => getComputedStyle(element)[name]", name)


def test_site_is_built():
    assert PAGES, f"no pages in {SITE}: run make html"


# ---------------------------------------------------------------- every page


@each(PAGES)
def test_page_is_light(visits, path):
    page, faults = visits.to(path)
    wait_until_quiet(page)
    assert sum(faults.bytes.values()) <= PAGE_BUDGET
    scripts = [size for url, size in faults.bytes.items() if ".js" in url and WEIGHTS not in url]
    assert sum(scripts) <= SCRIPTS_BUDGET
    uses_script = any("explorer.js" in url for url in faults.bytes)
    assert uses_script == (explorers(page).count() > 0)
    uses_bench = any("bench.js" in url for url in faults.bytes)
    assert uses_bench == (page.locator(".bench[data-bench]").count() > 0)
    assert not any("fontawesome" in url or "thebe" in url for url in faults.bytes)


@pytest.mark.parametrize(
    ("theme", "size"), [("light", WIDE), ("dark", NARROW)], ids=["light-wide", "dark-narrow"]
)
@each(PAGES)
def test_page_is_quiet_accessible_and_fits(visits, path, theme, size):
    """Each theme has its colours and each size its layout: axe sees all of them in two visits."""
    page, faults = visits.anew(path, size, theme)
    page.evaluate(OPEN_FOLDS)
    page.mouse.wheel(0, 100_000)
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    assert overflow(page) <= 0
    assert violations(page) == []
    assert faults.found == []


@each(PAGES)
def test_page_fits_a_screen_zoomed_to_400_percent(visits, path):
    page, _ = visits.to(path, ZOOMED)
    page.evaluate(OPEN_FOLDS)
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
    with opened(browser, home, explorer_page, java_script_enabled=False, color_scheme="dark") as (
        page,
        _,
    ):
        assert page.locator("html").get_attribute("data-theme") == "light"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_icons_and_pictures_stand_out_in_forced_colours(browser, home, explorer_page, theme):
    with opened(browser, home, explorer_page, forced_colors="active", color_scheme=theme) as (
        page,
        _,
    ):
        icon = page.locator(".primary-toggle .fa-solid").first
        assert style(icon, "backgroundColor") == style(page.locator("body"), "color")
        paper = style(page.locator(".picture").first, "backgroundColor")
        assert paper == {"light": "rgb(255, 255, 255)", "dark": "rgb(28, 32, 38)"}[theme]


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


LINKS_AT_THE_END = """() => Object.fromEntries(
    [...document.querySelectorAll("section section section, .citation")].map((entry) =>
        [entry.matches("section") ? entry.id
             : entry.querySelector(".external").href.replace(/[/]$/, ""),
         [...entry.querySelectorAll(":scope > p:last-child a.internal")]
             .map((link) => link.pathname + link.hash)
             .filter((address) => /[/][0-9]/.test(address))]))"""
WORD = r'glossary\.html#(?P<name>[\w-]+)"|<strong>(?P<bold>[\w -]+)</strong>'
SOURCE = r'class="reference external" href="(?P<name>[^"]+?)/?"|(?P<bold>$)'


@pytest.mark.parametrize(
    ("page", "link"), [("glossary", WORD), ("references", SOURCE)], ids=["glossary", "references"]
)
def test_entries_lead_back_to_where_they_are_used(visits, page, link):
    page, _ = visits.to(f"book/{page}.html")
    ways_back = page.evaluate(LINKS_AT_THE_END)
    expected = {name: [] for name in ways_back}
    for chapter in filter(re.compile(r"/\d").search, PAGES):
        section, first = "", {}
        text = (SITE / chapter).read_text("utf-8")
        for place in re.finditer(rf'<section [^>]*id="(?P<section>[^"]+)"|{link}', text):
            section = place["section"] or section
            word = (place["bold"] or "").lower().replace(" ", "-")
            name = place["name"] or (word if word in expected else word.removesuffix("s"))
            if name in expected:
                first.setdefault(name, f"{SUB_PATH}{chapter}#{section}")
        assert first
        for name, address in first.items():
            expected[name].append(address)
    assert ways_back == expected
