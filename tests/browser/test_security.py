"""A page loads and runs what the book's build wrote, and nothing else."""

import re

import pytest

from tests.browser.rendered import SITE, opened, pages, wait_until_quiet
from tests.browser.test_run_cells import CHAPTER

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
CELLS_NEED = {"'wasm-unsafe-eval'", "https://cdn.jsdelivr.net/pyodide/v314.0.6/full/"}
TRY = """async () => {
    const script = document.createElement("script");
    script.textContent = "globalThis.ran = ['script']";
    const image = document.createElement("div");
    image.innerHTML = `<img src="data:," onerror="globalThis.ran = ['handler']">`;
    const link = document.createElement("a");
    link.href = "javascript:globalThis.ran = ['link']";
    document.body.append(script, image, link);
    link.click();
    const refused = {};
    addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
        refused[blockedURI] = effectiveDirective;
    });
    const add = (name, properties) =>
        document.body.append(Object.assign(document.createElement(name), properties));
    add("iframe", { src: "https://other.test/frame" });
    add("link", { rel: "stylesheet", href: "https://other.test/sheet.css" });
    add("script", { src: "https://other.test/script.js" });
    add("img", { src: "https://other.test/picture.png" });
    const text = `
        const answer = (address) => fetch(address).then(() => "there", () => "refused");
        onmessage = async ({ data }) => postMessage(await Promise.all(data.map(answer)));`;
    const blob = new Blob([text], { type: "text/javascript" });
    const own = new Worker(URL.createObjectURL(blob), { type: "module" });
    const asked = ["https://other.test/worker", new URL("../_static/site.css", location).href];
    own.postMessage(asked);
    const worker = await new Promise((done) => {
        own.addEventListener("message", ({ data }) => done(data));
    });
    const page = await fetch("https://other.test/page").then(() => "there", () => "refused");
    await new Promise((done) => setTimeout(done));
    return { ran: globalThis.ran ?? [], refused, worker, page };
}"""


def rules(path):
    """Return the rules of a page's policy: for each kind, what is allowed."""
    (policy,) = META.findall((SITE / path).read_text("utf-8"))
    return {name: set(allowed) for name, *allowed in map(str.split, policy.split("; "))}


@pytest.mark.parametrize("path", pages())
def test_every_page_has_a_strict_policy(path):
    page = (SITE / path).read_text("utf-8")
    allowed = rules(path)
    assert allowed["default-src"] == allowed["base-uri"] == {"'none'"}
    assert page.index("Content-Security-Policy") < page.index("<script")
    scripts = {name for name in allowed["script-src"] if not name.startswith("'sha256-")}
    assert scripts - {"'self'", "file:"} <= (CELLS_NEED if "run-bar" in page else set())
    assert allowed["connect-src"] - {"'self'", "file:"} <= CELLS_NEED
    assert not re.search(r"<[^>]*\son\w+=|javascript:", page)


@pytest.mark.parametrize(
    "path", sorted((SITE / "lite").rglob("*.html")), ids=lambda p: p.parent.name
)
def test_every_page_of_jupyterlite_has_a_policy(path):
    page = path.read_text("utf-8")
    allowed = rules(path)
    assert allowed["default-src"] == allowed["base-uri"] == {"'none'"}
    assert page.index("Content-Security-Policy") < page.index("<script")
    scripts = {name for name in allowed["script-src"] if not name.startswith("'sha256-")}
    assert scripts == {"'self'", "'unsafe-eval'", "blob:"}
    assert allowed["connect-src"] == {"'self'"}


def test_a_page_refuses_what_the_build_did_not_write(browser, home):
    with opened(browser, home, CHAPTER) as (page, faults):
        asked = []
        page.context.route("https://other.test/**", lambda r: (asked.append(r), r.abort()))
        told = page.evaluate(TRY)
        assert told["ran"] == []
        assert told["worker"] == ["refused", "there"]
        assert told["page"] == "refused"
        assert {"script-src-elem", "img-src", "style-src-elem", "frame-src", "connect-src"} <= set(
            told["refused"].values()
        )
        assert asked == []
        assert any("Content Security Policy" in fault for fault in faults.found)


def test_a_page_works_as_a_file(browser):
    with opened(browser, SITE.as_uri() + "/", "book/03_slide_window.html") as (page, faults):
        wait_until_quiet(page)
        assert page.locator(".run-run").count() > 0
        slider = page.locator(".explorer input[type=range]").first
        before = page.locator(".explorer-sentence").first.text_content()
        slider.press("ArrowRight")
        page.wait_for_function(
            "before => document.querySelector('.explorer-sentence').textContent !== before",
            arg=before,
        )
        assert faults.found == []
