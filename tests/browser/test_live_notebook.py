"""The menu of a notebook, and its chapter run from the top, on its page and in JupyterLite.

`make live` runs every chapter in both, which takes half an hour.
"""

import json
import os
import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from tests.browser.rendered import SITE, SUB_PATH, WIDE, each, opened, served
from tests.browser.stand_in import HAS_PYTHON
from tests.browser.test_run_cells import cell, run, shown

LITE = SITE / "lite"
BOOK = SITE.parents[1] / "book"
CHAPTERS = sorted(path.stem for path in BOOK.glob("*.ipynb"))
PAGE = "book/02_match_patch.html"
OPENED = CHAPTERS if os.environ.get("LIVE_CHAPTERS") == "all" else ["02_match_patch"]
SITE_LIMIT = 40_000_000
STARTS = 300_000  # milliseconds that a busy machine may take
MOVES = 30_000
SHOWN = "() => window.jupyterapp?.shell.currentWidget?.content?.model?.cells?.length > 1"
IDLE = (
    "() => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"
)
RUN_EACH = """async () => {
    const { commands, shell } = window.jupyterapp;
    const notebook = shell.currentWidget.content;
    const cells = [...notebook.model.cells];
    const run = async (index) => {
        notebook.activeCellIndex = index;
        await commands.execute("notebook:run-cell");
    };
    for (const [index, cell] of cells.entries()) if (cell.type === "code") await run(index);
    window.hasRun = true;
}"""
"""Run cell after cell: Jupyter's own command ends at a cell that needs another computer."""

EXPLORER = ".jp-OutputArea-output:has(.noUi-handle):has(.picture)"
NOTEBOOK = "() => window.jupyterapp.shell.currentWidget.content.model.toJSON()"
ELSEWHERE = re.compile("needs a computer of one's own|is not defined")
"""What cells of Go bigger than memory say: there are no threads and no mapped files."""

BENCHES = {"bench", "draw_a_digit"}  # whose cells show nothing but benches

DRAWING = "\n[drawing "
LABELS = "elements => elements.map((element) => element.getAttribute('aria-label'))"
OTHERWISE = {"compile-one-line-code", "compile-types", "compile-types-again", "numpy-show-shape"}
"""Cells that show what a compiler made, where there is none, and how wide an integer is."""


def live_address(chapter):
    text = (SITE / "book" / f"{chapter}.html").read_text("utf-8")
    return re.search(r'class="open-notebook" href="\.\./([^"]+)"', text)[1]


def live_notebook(chapter):
    name = live_address(chapter).partition("?path=")[2]
    return json.loads((LITE / "files" / name).read_text("utf-8"))


def texts(cell):
    """Return what a cell printed, its value and its error, as text."""
    parts = []
    for output in cell["outputs"]:
        text = output.get("text") or output.get("data", {}).get("text/plain", "")
        parts.append("".join(text) + "\n".join(output.get("traceback", [])))
    return "\n".join(parts).strip()


# ---------------------------------------------------------------- the files


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_links_of_a_live_notebook_lead_to_files(chapter):
    listed = json.loads((LITE / "api" / "contents" / "all.json").read_text("utf-8"))
    names = {entry["name"] for entry in listed["content"]}
    assert live_address(chapter).partition("?path=")[2] in names
    sources = ["".join(cell["source"]) for cell in live_notebook(chapter)["cells"]]
    for link in re.findall(r"\]\((?!https?:)([^)#\s]+)", "\n".join(sources)):
        assert (LITE / "files" / link).exists(), link


def test_jupyterlite_is_small_and_has_no_second_python():
    files = [path for path in LITE.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= SITE_LIMIT
    assert not [path for path in files if path.suffix == ".map" or "pyodide.asm" in path.name]


def test_python_finds_its_packages_from_where_it_runs():
    data = json.loads((LITE / "jupyter-lite.json").read_text("utf-8"))["jupyter-config-data"]
    kernel = data["litePluginSettings"]["@jupyterlite/pyodide-kernel-extension:kernel"]
    (worker,) = LITE.glob("extensions/@jupyterlite/*/static/comlink.worker.*.js")
    numpy, *packages = kernel["loadPyodideOptions"]["packages"]
    assert numpy == "numpy"
    for package in packages:
        assert urljoin(worker.as_uri(), package).startswith(LITE.as_uri())
        assert (worker.parent / package).exists()
    assert kernel["disablePyPIFallback"] == HAS_PYTHON
    if HAS_PYTHON:
        assert (LITE / kernel["pyodideUrl"]).exists()


# ---------------------------------------------------------------- the menu


@each([PAGE])
def test_menu_works_by_keyboard_and_closes_as_menus_do(visits, path):
    page, _ = visits.anew(path)
    menu, summary = page.locator(".notebook-menu"), page.locator(".notebook-menu summary")
    summary.focus()
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Open as a notebook")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(menu).not_to_have_attribute("open", "")
    summary.click()
    expect(link).to_be_visible()
    page.locator(".bd-article h1").click(position={"x": 5, "y": 5})
    expect(link).to_be_hidden()


@each([PAGE])
def test_a_file_says_that_a_notebook_needs_a_web_address(browser, path):
    page = browser.new_page()
    page.goto((SITE / path).as_uri())
    page.locator(".notebook-menu summary").click()
    expect(page.locator(".notebook-menu")).to_contain_text("“make book” gives it one")
    assert page.get_by_role("link", name="Open as a notebook").count() == 0
    page.close()


# ---------------------------------------------------------------- on the page


@pytest.mark.parametrize("chapter", [page for page in OPENED if page not in BENCHES])
def test_a_chapter_runs_whole_on_its_page(browser, running_home, chapter):
    """Cell after cell gives the committed text, and explorers have their pictures again."""
    given = json.loads((BOOK / f"{chapter}.ipynb").read_text("utf-8"))["cells"]
    with opened(browser, running_home, f"book/{chapter}.html", viewport=WIDE) as (page, faults):
        found = [
            difference
            for before in given
            if page.locator(f'.run-bar[data-cell="{before["id"]}"]').count()
            for difference in run_beside(page, before)
        ]
        assert found == []
        assert faults.found == []


def run_beside(page, before):
    """Run a cell of a page, and yield how what it shows differs from what is committed."""
    name = before["id"]
    says = run(page, name)
    text = shown(page, name).strip()
    if ELSEWHERE.search(text + says) or name in OTHERWISE:
        return
    plain, *drawn = texts(before).split(DRAWING)
    labels = cell(page, name).locator("[aria-label]").evaluate_all(LABELS)
    if drawn and plain.strip().splitlines()[-1] not in labels:
        yield f"{name}: no picture says {plain!r}; there are {labels}"
    if not drawn and text != plain:
        yield f"{name}: {plain!r} became {text!r}"


# ---------------------------------------------------------------- JupyterLite


@pytest.fixture(scope="module")
def live_home():
    with served() as address:
        yield address


@pytest.mark.parametrize("chapter", OPENED)
def test_a_chapter_runs_whole_in_jupyterlite(browser, live_home, chapter):
    with opened(browser, live_home, "search.html", viewport=WIDE) as (page, faults):
        page.route("**/jupyter-lite.json", expose_app)
        page.goto(live_home + live_address(chapter))
        page.wait_for_function(SHOWN, timeout=STARTS)
        assert not [fault for fault in faults.found if "Security Policy" in fault]
        if not HAS_PYTHON:
            assert all("pyodide" in fault for fault in other_hosts(faults, live_home))
            return
        page.wait_for_function(IDLE, timeout=STARTS)
        page.evaluate(f"() => {{ ({RUN_EACH})() }}")
        page.wait_for_function("() => window.hasRun", timeout=STARTS)
        ran = page.evaluate(NOTEBOOK)["cells"]
        given = live_notebook(chapter)["cells"]
        assert differences(given, ran) == []
        if page.locator(EXPLORER).count():
            move(page.locator(EXPLORER).first)
        assert not [fault for fault in faults.found if "Security Policy" in fault]
        assert other_hosts(faults, live_home) == []


def other_hosts(faults, home):
    """List requests to other hosts; JupyterLite asks its own for a file outside of the site."""
    own = home.removesuffix(SUB_PATH)
    return [fault for fault in faults.found if fault.startswith("foreign") and own not in fault]


def expose_app(route):
    """Let the test call the commands of JupyterLite."""
    response = route.fetch()
    settings = response.json()
    settings["jupyter-config-data"]["exposeAppInBrowser"] = True
    route.fulfill(response=response, json=settings)


def differences(given, ran):
    """List the cells that did not run or gave another text than the committed one."""
    found = []
    for before, after in zip(given, ran, strict=True):
        if before["cell_type"] != "code":
            continue
        text = texts(after)
        if after["execution_count"] is None:
            found.append(f"{before['id']} did not run")
        elif text != texts(before) and not (before["id"] in OTHERWISE or ELSEWHERE.search(text)):
            found.append(f"{before['id']}: {texts(before)!r} became {text!r}")
    return found


def move(explorer):
    """Move the first slider of an explorer; wait until its sentence and its picture change."""
    sentence, picture = explorer.locator('[aria-live="polite"]'), explorer.locator(".picture")
    said, drawn = sentence.inner_text(), picture.inner_html()
    explorer.locator(".noUi-handle").first.press("ArrowRight")
    expect(sentence).not_to_have_text(said, timeout=MOVES)
    picture.page.wait_for_function(
        "([picture, drawn]) => picture.innerHTML !== drawn",
        arg=[picture.element_handle(), drawn],
        timeout=MOVES,
    )
