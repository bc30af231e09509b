"""Settings of every test run: hypothesis, and what happens where PyTorch is not installed."""

import os
import re
from importlib.util import find_spec

import pytest
from hypothesis import settings

from browser import FLAGS, HELP, find
from convlib.explore.page import explorer_html
from tests.drawn import drive_page, drive_widgets
from tests.site import SITE, opened, pages, served

# The same examples on every run; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile(
    "ci", derandomize=True, deadline=None, max_examples=100, database=None
)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

HAS_TORCH = find_spec("torch") is not None
LIVE = pytest.StashKey[int]()
DRIVEN = pytest.StashKey[set]()
PACKED = re.compile(r'class="explorer-frames">([^<]*)</script>')


def pytest_configure(config):
    config.addinivalue_line(
        "markers", "live_torch: compares with PyTorch, and is left out where it is missing"
    )
    config.stash[LIVE] = 0
    config.stash[DRIVEN] = set()


def pytest_collection_modifyitems(config, items):
    live = [item for item in items if item.get_closest_marker("live_torch")]
    config.stash[LIVE] = len(live)
    if live and not HAS_TORCH:
        config.hook.pytest_deselected(items=live)
        items[:] = [item for item in items if item not in live]


def pytest_terminal_summary(terminalreporter, config):
    count = config.stash[LIVE]
    if not count:
        return
    if HAS_TORCH:
        text = f"PyTorch is installed: {count} tests compared with it as they ran."
    else:
        text = (
            f"PyTorch is not installed: {count} tests that ask it were left out; "
            "its committed answers were compared instead."
        )
    terminalreporter.write_line(text)


@pytest.fixture(scope="session")
def browser():
    """Chromium, one for the whole run. Without one the tests fail and say how to get it."""
    from playwright.sync_api import sync_playwright

    path = find()
    assert path, HELP
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def home():
    """Address of the built book on this machine."""
    with served() as address:
        yield address


@pytest.fixture(scope="session")
def book_explorers():
    """Where each explorer of the book stands: its packed frames -> (page, number on it)."""
    return {packed: (path, number)
            for path in pages()
            for number, packed in enumerate(PACKED.findall((SITE / path).read_text("utf-8")))}


@pytest.fixture(params=["widgets", "page"])
def drive(request):
    """Move an explorer's sliders through every state, with a kernel and on the book's page.

    An explorer that no chapter shows is driven on a page of its own.
    """
    if request.param == "widgets":
        yield drive_widgets
        return
    browser, home, book_explorers = map(request.getfixturevalue,
                                        ("browser", "home", "book_explorers"))

    def drive_rendered(explorer):
        markup = explorer_html(explorer)
        path, number = book_explorers.get(PACKED.search(markup)[1], (None, 0))
        with opened(browser, home, path or "search.html") as (page, faults):
            if path is None:
                page.set_content(markup)
                page.add_script_tag(url=f"{home}_static/explorer.js")
            request.config.stash[DRIVEN].add((path, number))
            yield from drive_page(explorer, page.locator(".explorer").nth(number))
            assert faults.found == []

    yield drive_rendered
