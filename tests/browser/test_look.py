"""The book's own look: one style sheet that changes nothing, numbers, captions, folds, print."""

import re
import sys

import pytest

from tests.browser.rendered import SITE, opened, pages

sys.path.append(str(SITE.parents[1] / "book" / "_ext"))

from one_sheet import SHEET, read

CHAPTERS = [page for page in pages() if re.search(r"/\d+_", page)]
WIDE, NARROW = {"width": 1200, "height": 900}, {"width": 390, "height": 844}
KEEP_STYLES = """(selector) => {
    window.names = [...getComputedStyle(document.body)].filter((name) => !name.startsWith("--"));
    window.elements = [...document.querySelectorAll(selector)];
    window.styles = () => window.elements.flatMap((element) =>
        [null, "::before", "::after"].map((part) => {
            const style = getComputedStyle(element, part);
            if (part && style.content === "none") return "";
            return window.names.map((name) => `${name}: ${style.getPropertyValue(name)}`)
                .join("; ");
        }));
    window.kept = window.styles();
}"""
USE_ALL_RULES = """(sheet) => new Promise((done) => {
    const link = document.querySelector(`link[href*="${sheet}"]`);
    link.addEventListener("load", done, { once: true });
    link.href = link.href.split("?")[0] + "?all";
})"""
DIFFERENT = """() => window.styles().flatMap((all, index) => {
    if (all === window.kept[index]) return [];
    const [one, other] = [window.kept[index].split("; "), all.split("; ")];
    const element = window.elements[Math.floor(index / 3)];
    return [[element.outerHTML.slice(0, 90), index % 3,
             one.filter((text) => !other.includes(text)).slice(0, 5),
             other.filter((text) => !one.includes(text)).slice(0, 5)]];
})"""
OUTSIDE_CODE = "*:not(svg *, math *, pre *)"
OPENED = {
    "as it is": lambda page: None,
    "search": lambda page: page.keyboard.press("Control+k"),
    "drawer": lambda page: page.locator(".primary-toggle").click(),
    "folds": lambda page: page.evaluate(
        "document.querySelectorAll('details').forEach(fold => fold.open = true)"
    ),
    "tooltip": lambda page: page.locator(".primary-toggle").hover(),
    "print": lambda page: page.emulate_media(media="print"),
}


# ---------------------------------------------------------------- one style sheet


@pytest.fixture(scope="module")
def all_rules():
    """The sheets that were joined, whole."""
    static = SITE / "_static"
    first, _ = (static / SHEET).read_text("utf-8").split("\n", 1)
    return "\n".join(read(static, name) for name in first.strip("/* ").split())


@pytest.mark.parametrize(
    ("path", "what", "elements"),
    [
        ("book/03_slide_window.html", "as it is", "*:not(svg *, math *)"),
        ("search.html?q=sobel", "as it is", "*"),
        *[
            ("book/03_slide_window.html", what, "*:not(svg *, math *, pre *)")
            for what in list(OPENED)[1:]
        ],
    ],
)
@pytest.mark.parametrize(("theme", "size"), [("light", WIDE), ("dark", NARROW)])
def test_the_one_sheet_changes_no_style(
    browser, home, all_rules, path, what, elements, theme, size
):
    with opened(
        browser, home, path, color_scheme=theme, viewport=size, reduced_motion="reduce"
    ) as (page, _):
        page.route("**/*?all", lambda route: route.fulfill(body=all_rules, content_type="text/css"))
        page.wait_for_load_state("networkidle")
        OPENED[what](page)
        page.wait_for_timeout(300)
        page.evaluate(KEEP_STYLES, elements)
        page.evaluate(USE_ALL_RULES, SHEET)
        page.wait_for_timeout(300)
        assert page.evaluate(DIFFERENT) == []


def test_a_page_asks_for_one_small_sheet(browser, home):
    for path in ["index.html", *pages()]:
        with opened(browser, home, path) as (_page, faults):
            sheets = {url: size for url, size in faults.bytes.items() if ".css" in url}
            assert len(sheets) == 1
            assert sum(sheets.values()) <= 25_000
            assert faults.found == []


# ---------------------------------------------------------------- numbers and captions


@pytest.mark.parametrize("path", CHAPTERS)
def test_chapters_and_figures_carry_the_number_of_the_file(browser, home, path):
    number = str(int(re.search(r"/(\d+)_", path)[1]))
    with opened(browser, home, path) as (page, _):
        assert page.locator("h1 > .section-number").last.inner_text().strip() == number
        current = page.locator(".bd-links .current.active > a .section-number")
        assert current.text_content() == number
        captions = page.locator("figure .caption-number").all_text_contents()
        assert [text.strip() for text in captions] == [
            f"Figure {number}.{count + 1}" for count in range(len(captions))
        ]
        assert page.locator("figure:not(:has(figcaption))").count() == 0


# ---------------------------------------------------------------- folds, code, notebook


@pytest.mark.parametrize("path", CHAPTERS)
def test_a_fold_says_what_it_holds_and_stays_where_it_is(browser, home, path):
    with opened(browser, home, path, viewport=NARROW) as (page, _):
        for fold in page.locator("details").all():
            summary = fold.locator("> summary")
            assert summary.inner_text().strip()
            before = summary.bounding_box()
            summary.click()
            after = summary.bounding_box()
            assert {k: before[k] for k in ("x", "width", "height")} == {
                k: after[k] for k in ("x", "width", "height")
            }
            summary.click()


def test_short_code_stays_in_one_line(browser, home):
    for path in CHAPTERS:
        with opened(browser, home, path, viewport=NARROW) as (page, _):
            broken = page.evaluate("""() => [...document.querySelectorAll("code.unbroken")]
                .filter((code) => code.getClientRects().length > 1)
                .map((code) => code.textContent)""")
            assert broken == []


def test_the_notebook_is_offered_by_name(browser, home):
    for path in CHAPTERS:
        with opened(browser, home, path, viewport={"width": 320, "height": 640}) as (page, _):
            link = page.get_by_role("link", name="Notebook", exact=True)
            assert link.is_visible()
            with page.expect_download() as download:
                link.click()
            assert download.value.suggested_filename.endswith(".ipynb")


# ---------------------------------------------------------------- title page, paper


def test_the_title_page_leads_into_the_book(browser, home):
    with opened(browser, home, "index.html", viewport={"width": 320, "height": 640}) as (
        page,
        faults,
    ):
        assert page.title() == "Patch by Patch: convolution and max-pooling in NumPy"
        assert 50 <= len(page.locator("meta[name=description]").get_attribute("content")) <= 160
        rungs = page.locator("#the-ladder ol > li > p > a")
        assert [link.get_attribute("href") for link in rungs.all()] == CHAPTERS
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        page.get_by_role("article").get_by_role("link", name="Start here").first.click()
        assert page.locator("h1").last.inner_text().split()[:2] == ["1", "Start"]
        assert faults.found == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_paper_shows_one_title_and_cuts_nothing(browser, home, theme):
    for path in CHAPTERS:
        with opened(
            browser, home, path, viewport={"width": 690, "height": 900}, color_scheme=theme
        ) as (page, _):
            page.emulate_media(media="print")
            assert page.locator("h1:visible").count() == 1
            assert (
                page.evaluate("""() => [...document.querySelectorAll("pre, .math-block")]
                .filter((block) => block.scrollWidth > block.clientWidth + 1)
                .map((block) => block.textContent.slice(0, 60))""")
                == []
            )
            assert (
                page.evaluate(
                    "() => getComputedStyle(document.querySelector('.bd-article p')).color"
                )
                == "rgb(0, 0, 0)"
            )
