"""The book's own look: one style sheet that changes nothing, numbers, captions, folds, print."""

import json
import re
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.rendered import NARROW, SITE, WIDE, each, opened, pages, wait_until_quiet

sys.path.append(str(SITE.parents[1] / "book" / "_ext"))

from one_sheet import JOINED, SHEET, read

CHAPTERS = [page for page in pages() if re.search(r"/\d+_", page)]
ZOOMED = {"width": 320, "height": 640}
PAPER = {"width": 690, "height": 900}
FOLDED = {"hide-input": ".cell_input", "hide-cell": ".cell_input", "hide-output": ".cell_output"}
# What no rule sets follows from what rules set, so these are compared.
DECLARED = re.compile(r"[{;]\s*([a-z-]+)\s*:")
KEEP_STYLES = """([selector, declared]) => {
    const {style} = document.createElement("p");
    for (const name of declared) style.setProperty(name, "inherit");
    window.names = [...style].filter((name) => !name.startsWith("--"));
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
SETTLE = """() => new Promise((done) => {
    document.getAnimations().forEach((motion) => motion.finish());
    let [height, frames] = [0, 0];
    const settle = () => {
        const now = document.documentElement.getBoundingClientRect().height;
        frames = now === height ? frames + 1 : 0;
        height = now;
        if (frames < 8) requestAnimationFrame(settle);
        else done();
    };
    requestAnimationFrame(() => document.fonts.ready.then(settle));
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
OUTSIDE_TEXT = "*:not(svg *, .bd-article *)"
OPENED = {
    "as it is": lambda page: None,
    "search": lambda page: page.keyboard.press("Control+k"),
    "drawer": lambda page: page.locator(".primary-toggle").click(),
    "folds": lambda page: page.evaluate(
        "document.querySelectorAll('details').forEach(fold => fold.open = true)"
    ),
    "print": lambda page: page.emulate_media(media="print"),
}


# ---------------------------------------------------------------- one style sheet


@pytest.fixture(scope="module")
def all_rules():
    """The sheets that were joined, whole."""
    static = SITE / "_static"
    names = (static / JOINED).read_text("utf-8").splitlines()
    return "\n".join(read(static, name) for name in names)


@pytest.mark.parametrize(
    ("path", "what", "elements"),
    [
        ("book/03_slide_window.html", "as it is", "*:not(svg *, math *)"),
        ("search.html?q=sobel", "as it is", "*"),
        ("book/03_slide_window.html", "folds", OUTSIDE_CODE),
        ("book/03_slide_window.html", "print", OUTSIDE_CODE),
        *[("book/03_slide_window.html", what, OUTSIDE_TEXT) for what in ("search", "drawer")],
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
        OPENED[what](page)
        wait_until_quiet(page)
        page.evaluate(SETTLE)
        declared = sorted(set(DECLARED.findall(all_rules)))
        page.evaluate(KEEP_STYLES, [elements, declared])
        page.evaluate(USE_ALL_RULES, SHEET)
        page.evaluate(SETTLE)
        assert page.evaluate(DIFFERENT) == []


@each(pages())
def test_a_page_asks_for_one_small_sheet(visits, path):
    _, faults = visits.to(path)
    sheets = {url: size for url, size in faults.bytes.items() if ".css" in url}
    assert len(sheets) == 1
    assert sum(sheets.values()) <= 25_000
    assert faults.found == []


# ---------------------------------------------------------------- formulas, numbers, captions


def test_formulas_have_a_font_that_knows_where_indices_go(visits):
    page, faults = visits.to("book/01_start_here.html")
    assert any(url.endswith("mathematics.woff") for url in faults.bytes)
    heights = page.locator("math[display=block] msub").first.evaluate(
        "(element) => [...element.children].map((part) => part.getBoundingClientRect().bottom)"
    )
    assert heights[1] > heights[0] + 1
    _, faults = visits.to("book/references.html")
    assert not any("mathematics" in url for url in faults.bytes)


@each(CHAPTERS)
def test_chapters_and_figures_carry_the_number_of_the_file(visits, path):
    number = str(int(re.search(r"/(\d+)_", path)[1]))
    page, _ = visits.to(path)
    assert page.locator("h1 > .section-number").last.inner_text().strip() == number
    current = page.locator(".bd-links .current.active > a .section-number")
    assert current.text_content() == number
    captions = page.locator("figure .caption-number").all_text_contents()
    assert [text.strip() for text in captions] == [
        f"Figure {number}.{count + 1}" for count in range(len(captions))
    ]
    assert page.locator("figure:not(:has(figcaption))").count() == 0


# ---------------------------------------------------------------- folds, code, notebook

OPEN_FOLDS = """(isOpen) => {
    for (const fold of document.querySelectorAll("details")) fold.open = isOpen;
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
# Whether each visible code that fits, and each that scrolls, can be reached.
TAB_STOPS = """() => [false, true].map((scrolls) => [...document.querySelectorAll("article pre")]
    .filter((pre) => pre.checkVisibility() && (pre.scrollWidth > pre.clientWidth) === scrolls)
    .map((pre) => pre.tabIndex === 0))"""
# A press is a click of the script's, at a place where the pointer would meet the summary.
HINTS = ".hints-beside details"  # hidden where an editor has them
FOLDS = """hints => [...document.querySelectorAll(`details:not(${hints})`)].map((fold) => {
    const summary = fold.querySelector(":scope > summary");
    const place = () => {
        const {x, width, height} = summary.getBoundingClientRect();
        return [x, width, height];
    };
    const met = () => {
        summary.scrollIntoView({block: "center", behavior: "instant"});
        const {x, y, width, height} = summary.getBoundingClientRect();
        const top = document.elementFromPoint(x + width / 2, y + height / 2);
        return summary.contains(top);
    };
    const [open, reached, before] = [fold.open, met(), place()];
    summary.click();
    const pressed = {opened: fold.open !== open, reached: reached && met(), after: place()};
    summary.click();
    return {text: summary.innerText.trim(), before, ...pressed, back: fold.open === open};
})"""


IS_FOLDED = """names => names.filter(([name, part]) =>
    !document.getElementById("cell-" + name).querySelector(`details:not([open]) ${part}`))"""


UNASKED = "names => names.filter(name => !document.querySelector(`#cell-${name} .predict`))"


@each(CHAPTERS)
def test_what_a_notebook_folds_is_folded_and_asked_for(visits, path):
    page, _ = visits.anew(path)
    notebook = SITE.parents[1] / path.replace(".html", ".ipynb")
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    folded = [
        (cell["id"], part)
        for cell in cells
        for tag, part in FOLDED.items()
        if tag in cell["metadata"].get("tags", [])
    ]
    assert folded
    assert page.evaluate(IS_FOLDED, folded) == []
    asked = [cell["id"] for cell in cells if "predict" in cell["metadata"]]
    assert page.evaluate(UNASKED, asked) == []


@each(CHAPTERS)
def test_a_fold_says_what_it_holds_and_stays_where_it_is(visits, path):
    page, _ = visits.to(path, NARROW)
    folds = page.evaluate(FOLDS, HINTS)
    assert folds
    for fold in folds:
        assert fold["text"]
        assert fold["before"] == fold["after"], fold["text"]
        assert [fold["opened"], fold["reached"], fold["back"]] == [True] * 3, fold["text"]


@each(CHAPTERS)
def test_a_fold_is_opened_by_the_pointer(visits, path):
    page, _ = visits.to(path, NARROW)
    fold = page.locator("details").first
    fold.evaluate("fold => { fold.open = false; }")  # whoever visited the page before
    for is_open in (True, False):
        fold.locator("> summary").click()
        assert fold.evaluate("fold => fold.open") == is_open


@each(CHAPTERS)
def test_the_tab_key_reaches_what_scrolls_and_nothing_else(visits, path):
    page, _ = visits.to(path, NARROW)
    seen = 0
    for is_open in (False, True):  # code in a closed fold has no size yet
        page.evaluate(OPEN_FOLDS, is_open)
        stops = page.evaluate(TAB_STOPS)
        assert all(stops[True])
        assert not any(stops[False])
        assert len(stops[True]) > seen
        seen = len(stops[True])


@each(CHAPTERS)
def test_short_code_stays_in_one_line(visits, path):
    page, _ = visits.to(path, NARROW)
    broken = page.evaluate("""() => [...document.querySelectorAll("code.unbroken")]
        .filter((code) => code.getClientRects().length > 1)
        .map((code) => code.textContent)""")
    assert broken == []


@each(CHAPTERS)
def test_the_notebook_is_offered_for_download(visits, path):
    page, _ = visits.to(path, ZOOMED)
    menu = page.locator(".notebook-menu")
    menu.evaluate("menu => { menu.open = false; }")  # whoever visited the page before
    menu.locator("> summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the notebook").click()
    assert download.value.suggested_filename.endswith(".ipynb")
    page.keyboard.press("Escape")


# ---------------------------------------------------------------- title page, paper


def test_the_title_page_leads_into_the_book(browser, home):
    with opened(browser, home, "index.html", viewport=ZOOMED) as (
        page,
        faults,
    ):
        assert page.title() == "Patch by Patch: convolution and max-pooling in NumPy"
        assert 50 <= len(page.locator("meta[name=description]").get_attribute("content")) <= 160
        rungs = page.locator("#the-ladder ol > li > p > a")
        assert [link.get_attribute("href") for link in rungs.all()] == CHAPTERS
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        page.get_by_role("slider", name="column").press("ArrowRight")
        expect(page.locator(".explorer-sentence")).to_have_text(
            "Row 0, column 1: 3·0 + 2·1 + 1·2 + 0·2 + 1·2 + 3·0 + 1·0 + 2·1 + 2·2 = 12."
        )
        page.get_by_role("article").get_by_role("link", name="Start here").first.click()
        assert page.locator("h1").last.inner_text().split()[:2] == ["1", "Start"]
        assert faults.found == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@each(CHAPTERS)
def test_paper_shows_one_title_and_no_button_and_cuts_nothing(visits, path, theme):
    page, _ = visits.to(path, PAPER, theme, media="print")
    assert page.locator("h1:visible").count() == 1
    assert page.locator(".bd-article .run-bar button:visible").count() == 0
    cut = page.evaluate("""() => [...document.querySelectorAll("pre, .math-block")]
        .filter((block) => block.scrollWidth > block.clientWidth + 1)
        .map((block) => block.textContent.slice(0, 60))""")
    assert cut == []
    ink = page.locator(".bd-article p").first.evaluate("p => getComputedStyle(p).color")
    assert ink == "rgb(0, 0, 0)"
