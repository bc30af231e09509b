"""Python that does not come, comes damaged or comes late: the page says so and stays as it was."""

import threading
from contextlib import suppress

import pytest
from playwright.sync_api import expect

from tests.browser.rendered import SUB_PATH, Handler, opened, served
from tests.browser.stand_in import HAS_PYTHON, LEFT_OUT, RunningHandler
from tests.browser.test_run_cells import CHAPTER, STARTS, bar, cell, press, run, write, written
from tests.browser.test_site import violations

NAME = "patch-address"
NUMPY = "numpy-2.4.6-cp314-cp314-pyemscripten_2026_0_wasm32.whl"
FETCHED = ["pyodide.mjs"]
OF_PYODIDE = ["pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json", NUMPY]
OF_PYODIDE += ["convlib.zip"]
EVERYTHING = ""


class FaultyHandler(RunningHandler):
    """Serves the site with faults: the file whose path ends like this, and what happens to it."""

    fault = None
    released = threading.Event()

    def do_GET(self):
        path = self.path.partition("?")[0]
        end, kind = self.fault or (None, None)
        with suppress(ConnectionError):
            if end is None:
                super().do_GET()
            elif path.endswith(end):
                getattr(self, kind)(path)
            elif path == SUB_PATH + CHAPTER:
                self.reply(self.page_with_own_python(), "text/html")
            else:
                Handler.do_GET(self)

    def page_with_own_python(self):
        page = self.content(SUB_PATH + CHAPTER).decode()
        return page.replace("https://cdn.jsdelivr.net/pyodide/v314.0.6/full/", "pyodide/").encode()

    def content(self, path):
        with suppress(FileNotFoundError), open(self.translate_path(path.removeprefix(SUB_PATH)), "rb") as f:
            return f.read()
        return b"export const version = 3;" * 99

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
    FaultyHandler.fault = (EVERYTHING + "/no such file", "missing")
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


@pytest.mark.parametrize("kind", ["missing", "cut", "garbled", "gone"])
def test_python_that_does_not_come_whole_is_told_and_tried_again(faulty, kind):
    for name in [*FETCHED, *(OF_PYODIDE if HAS_PYTHON else [])]:
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


def test_a_blocked_official_address_is_named(browser, faulty_home):
    if HAS_PYTHON:
        pytest.skip("this site has a Python of its own")
    with opened(browser, faulty_home, CHAPTER) as (page, _):
        page.route("**/python_worker.js", lambda route: route.continue_())
        FaultyHandler.fault = None
        assert "cdn.jsdelivr.net" in page.locator("[data-pyodide]").get_attribute("data-pyodide")


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
    write(faulty, "patch-right", "mine = 1")
    assert run(faulty, "patch-right") == "Done."
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
