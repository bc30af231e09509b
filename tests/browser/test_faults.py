"""Python that does not come, comes damaged or comes late: the page says so and stays as it was."""

import threading
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.rendered import SUB_PATH, Handler, opened, served
from tests.browser.stand_in import HAS_PYTHON, LEFT_OUT, RunningHandler
from tests.browser.test_run_cells import CHAPTER, bar, cell, press, run, write, written
from tests.in_browser import violations

NAME = "patch-address"
OFFICIAL = "https://cdn.jsdelivr.net/pyodide/v314.0.6/full/"
FAULTS = [("pyodide.mjs", kind) for kind in ("missing", "cut", "garbled", "gone")]
if HAS_PYTHON:
    FAULTS += [("pyodide.asm.wasm", "missing"), ("pyodide.asm.wasm", "cut")]
    FAULTS += [("python_stdlib.zip", "cut"), ("pyodide-lock.json", "garbled")]
    FAULTS += [("wasm32.whl", "missing"), ("convlib.bin", "cut")]
EVERYTHING = ""
NO_FILE = "no such file"


class FaultyHandler(RunningHandler):
    """Serves the site with a fault: how a path ends, and what happens to its file.

    With a fault it serves the book's own worker; a site without Pyodide then looks for one of its
    own. Without a fault it serves what runs cells.
    """

    fault = None
    released = threading.Event()

    def do_GET(self):
        path = self.path.partition("?")[0]
        with suppress(ConnectionError):
            if self.fault is None:
                super().do_GET()
            elif path.endswith(self.fault[0]):
                getattr(self, self.fault[1])(path)
            elif path == SUB_PATH + CHAPTER:
                page = self.content(path).replace(OFFICIAL.encode(), b"pyodide/")
                self.reply(page, "text/html")
            else:
                Handler.do_GET(self)

    def content(self, path):
        file = Path(self.translate_path(path.removeprefix(SUB_PATH)))
        return file.read_bytes() if file.exists() else b"export const version = 3;" * 99

    def missing(self, path):
        self.send_error(404)

    def gone(self, path):
        """Answer nothing, as a host that cannot be reached."""
        self.close_connection = True

    def cut(self, path):
        content = self.content(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", len(content))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2])
        self.close_connection = True

    def garbled(self, path):
        """Answer with another page, as a network that wants its users to sign in."""
        self.reply(b"<!doctype html><title>Sign in</title>", self.guess_type(path))

    def late(self, path):
        self.released.wait(60)
        super().do_GET()


@pytest.fixture(scope="module")
def faulty_home():
    with served(handler=FaultyHandler) as address:
        yield address
    FaultyHandler.workers.end()


@pytest.fixture
def faulty(browser, faulty_home):
    """The chapter, with a text of its reader's."""
    FaultyHandler.fault = (NO_FILE, "missing")
    with opened(browser, faulty_home, CHAPTER) as (page, _):
        write(page, "patch-right", "mine = 1")
        yield page
    FaultyHandler.fault = None


def assert_is_whole(page):
    """Check that the page has its outputs and its reader's text, and that its sliders move."""
    assert cell(page, NAME).locator(".cell_output").text_content().strip()
    assert written(page, "patch-right") == "mine = 1"
    explorer = page.locator(".explorer").first
    sentence = explorer.locator(".explorer-sentence")
    before = sentence.text_content()
    slider = explorer.locator("input[type=range]").first
    slider.press("ArrowRight" if slider.input_value() == "0" else "Home")
    expect(sentence).not_to_have_text(before)


def test_python_that_does_not_come_whole_is_told_and_tried_again(faulty):
    for name, kind in FAULTS:
        FaultyHandler.fault = (name, kind)
        says = run(faulty, NAME)
        assert says.startswith("Python could not be fetched from 127.0.0.1"), name
        assert "What you wrote is kept" in says
        assert len(says) < 400
    assert_is_whole(faulty)
    FaultyHandler.fault = None
    assert run(faulty, NAME) == "Done."
    if not HAS_PYTHON:
        pytest.skip(LEFT_OUT)


@pytest.mark.skipif(HAS_PYTHON, reason="this site has a Python of its own")
def test_a_blocked_official_address_is_named(browser, home):
    with opened(browser, home, CHAPTER) as (page, _):
        says = run(page, NAME)
        assert says.startswith("Python could not be fetched from cdn.jsdelivr.net.")


def test_a_reload_while_python_loads_loses_nothing(faulty):
    FaultyHandler.released.clear()
    FaultyHandler.fault = ("python_worker.js", "late")
    press(faulty, NAME, "run")
    expect(bar(faulty, NAME).locator(".run-run")).to_have_text("Stop")
    assert violations(faulty) == []
    assert_is_whole(faulty)
    faulty.reload()
    FaultyHandler.released.set()
    expect(cell(faulty, "patch-right").locator("textarea")).to_have_value("mine = 1")
    assert_is_whole(faulty)
    FaultyHandler.fault = None
    assert run(faulty, NAME) == "Done."


def test_a_page_goes_on_when_its_host_is_gone(faulty):
    FaultyHandler.fault = None
    assert run(faulty, NAME) == "Done."
    FaultyHandler.fault = (EVERYTHING, "gone")
    write(faulty, NAME, "1 + 1")
    assert run(faulty, NAME) == "Done."
    assert_is_whole(faulty)
    write(faulty, NAME, "while True:\n    pass")
    press(faulty, NAME, "run")
    press(faulty, NAME, "run")
    expect(bar(faulty, NAME).locator("output")).to_contain_text("Stopped.")
    assert run(faulty, NAME).startswith("Python could not be fetched")
    assert_is_whole(faulty)
    FaultyHandler.fault = None
    write(faulty, NAME, "1 + 1")
    assert run(faulty, NAME) == "Done."
