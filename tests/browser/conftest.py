"""A browser, the built book in it, and explorers driven in both their homes."""

import re

import pytest
from playwright.sync_api import sync_playwright

from browser import FLAGS, HELP, find
from convlib.explore.page import explorer_html
from tests.browser.rendered import SITE, opened, pages, served
from tests.drawn import drive_page, drive_widgets

DRIVEN = pytest.StashKey[set]()
ASKED = pytest.StashKey[bool]()
PACKED = re.compile(r'class="explorer-frames">([^<]*)</script>')
COVERAGE = "test_every_explorer_of_the_book_was_driven"


def pytest_configure(config):
    config.stash[DRIVEN] = set()


def pytest_collection_modifyitems(items):
    """Ask last whether every explorer was driven."""
    items.sort(key=lambda item: item.name == COVERAGE)


def pytest_sessionfinish(session):
    """With workers, each hands over what it drove, and the run that started them answers."""
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["driven"] = sorted(config.stash[DRIVEN])
        config.workeroutput["asked"] = config.stash.get(ASKED, False)
    elif config.stash.get(ASKED, False) and (left := all_explorers() - config.stash[DRIVEN]):
        print(f"\n{COVERAGE} failed; no test drove {sorted(left)}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    output = getattr(node, "workeroutput", {})
    node.config.stash[DRIVEN] |= set(map(tuple, output.get("driven", ())))
    node.config.stash[ASKED] = node.config.stash.get(ASKED, False) or output.get("asked", False)


@pytest.fixture(scope="session")
def browser():
    """Chromium, one for the whole run. Without one the tests fail and say how to get it."""
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
    return find_explorers()


def find_explorers():
    return {packed: (path, number)
            for path in pages()
            for number, packed in enumerate(PACKED.findall((SITE / path).read_text("utf-8")))}


def all_explorers():
    return set(find_explorers().values())


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
            yield from drive_page(explorer, page.locator(".explorer").nth(number))
            request.config.stash[DRIVEN].add((path, number))
            assert faults.found == []

    yield drive_rendered


@pytest.fixture
def not_driven(request):
    """The explorers of the book that no test has driven on their page so far.

    A worker does not know: it asks the run that started it.
    """
    if hasattr(request.config, "workeroutput"):
        request.config.stash[ASKED] = True
        return set()
    return all_explorers() - request.config.stash[DRIVEN]
