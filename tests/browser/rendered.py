"""The built book in a real browser: a server, pages that report their faults, and axe."""

import functools
import gzip
import http.server
import threading
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError

WIDE, NARROW = {"width": 1200, "height": 900}, {"width": 390, "height": 844}
TOYS = "toys.html"
SITE = Path(__file__).parents[2] / "_build" / "html"
SUB_PATH = "/some/where/"
COMPRESSED = {".html", ".css", ".js", ".svg", ".json", ".txt"}


@functools.cache
def compressed(path, written):
    """Compress a file once for as long as it stays as it was written."""
    return gzip.compress(path.read_bytes(), 6)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site below a sub-path, compressed the way a host of static pages does."""

    def do_GET(self):
        path = Path(self.translate_path(self.path.partition("?")[0].removeprefix(SUB_PATH)))
        if path.is_dir():
            path /= "index.html"
        if not self.path.startswith(SUB_PATH) or not path.is_file():
            return self.send_error(404)
        if path.suffix in COMPRESSED:
            body = compressed(path, path.stat().st_mtime_ns)
        else:
            body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        if path.suffix in COMPRESSED:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", len(body))
        self.end_headers()
        with suppress(BrokenPipeError):  # a page that is left before all has come
            self.wfile.write(body)

    def log_message(self, *args):
        """Keep the test report quiet."""


@contextmanager
def served(folder=SITE, handler=Handler):
    """Serve a folder on a free port; give the address of its root below a sub-path."""
    handler = functools.partial(handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
        server.shutdown()


def pages(folder=SITE):
    """List every page of the book, chapters first, relative to the site."""
    chapters = sorted(path.relative_to(folder).as_posix() for path in folder.glob("book/*.html"))
    return ["index.html", *chapters, "search.html"] if chapters else []


def each(paths):
    """Run a test for each of these pages."""
    return pytest.mark.parametrize("path", paths)


class Faults:
    """Collects what goes wrong in a page: console errors, failed or foreign requests."""

    def __init__(self, page, home):
        self.found = []
        self.bytes = {}
        page.on("console", lambda m: m.type in ("error", "warning") and self.add("console", m.text))
        page.on("pageerror", lambda error: self.add("script", str(error)))
        page.on("requestfailed", lambda request: self.add("failed", request.url))
        page.on("response", self.on_response)
        page.on("request", lambda request: self.on_request(request.url, home))

    def add(self, kind, text):
        self.found.append(f"{kind}: {text[:200]}")

    def on_request(self, url, home):
        if not url.startswith((home, "data:", "blob:", "file:")):
            self.add("foreign", url)

    def on_response(self, response):
        if response.status >= 400:
            self.add("status", f"{response.status} {response.url}")
        self.bytes[response.url] = int(response.headers.get("content-length", 0))


@contextmanager
def opened(browser, home, path, **context):
    """Open a page of the site; give it and its faults."""
    context = browser.new_context(**context)
    page = context.new_page()
    faults = Faults(page, home)
    page.goto(home + path, wait_until="load")
    yield page, faults
    context.close()


def wait_until_quiet(page):
    """Wait until a page has asked for nothing for half a second.

    Now and then the browser never tells that a request has ended; then ten seconds are enough.
    """
    with suppress(TimeoutError):
        page.wait_for_load_state("networkidle", timeout=10_000)


class Visits:
    """Keeps the page that was asked for last open, for all tests that only look at it."""

    def __init__(self, browser, home):
        self._browser, self._home = browser, home
        self._stack = ExitStack()
        self._path = None

    def to(self, path, viewport=WIDE, theme="light", media="screen"):
        """Show a page in this size and colour; give it and its faults since it was loaded."""
        if path != self._path:
            self.end()
            opening = opened(self._browser, self._home, path, viewport=viewport, color_scheme=theme)
            self._page, self._faults = self._stack.enter_context(opening)
            self._path = path
        self._page.set_viewport_size(viewport)
        self._page.emulate_media(color_scheme=theme, media=media)
        self._page.evaluate("document.getAnimations().forEach((motion) => motion.finish())")
        return self._page, self._faults

    def anew(self, path, viewport=WIDE, theme="light"):
        """Load a page again; give it and its faults."""
        if path != self._path:
            return self.to(path, viewport, theme)
        self._page.goto("about:blank")
        self._page.set_viewport_size(viewport)
        self._page.emulate_media(color_scheme=theme, media="screen")
        self._faults = Faults(self._page, self._home)
        self._page.goto(self._home + path, wait_until="load")
        return self._page, self._faults

    def end(self):
        self._stack.close()
        self._path = None


# ---------------------------------------------------------------- explorers

READ = """element => ({
    values: Object.fromEntries([...element.querySelectorAll(".control")].map((control) => [
        control.dataset.name,
        control.matches(".toggle") ? control.querySelector(":checked").value
            : control.querySelector("input").getAttribute("aria-valuetext"),
    ])),
    outputs: [...element.querySelectorAll("output")].map((output) => output.value),
    places: [...element.querySelectorAll('input[type="range"]')].map((i) => `${i.value}/${i.max}`),
    disabled: [...element.querySelectorAll("input:disabled")].map((input) => input.value),
    sentence: element.querySelector(".explorer-sentence").textContent,
    label: element.querySelector(".picture").getAttribute("aria-label"),
    markup: element.querySelector(".picture").innerHTML,
})"""


def explorers(page):
    return page.locator(".explorer")


def loaded(explorer):
    """Wait until an explorer is laid out and has unpacked its frames; return it."""
    explorer.evaluate("""async (element) => {
        element.scrollIntoView({block: "center"});
        for (const frame of [1, 2]) await new Promise(requestAnimationFrame);
        await element.explorer.load();
    }""")
    return explorer


def state(explorer):
    """Return what an explorer shows: its controls, its sentence and its drawing."""
    return explorer.evaluate(READ)
