"""A browser, the built book in it, and explorers driven in both their homes."""

import re

import pytest
from playwright.sync_api import sync_playwright

from browser import FLAGS, HELP, find
from convlib.explore.page import explorer_html
from tests.browser.rendered import SITE, opened, pages, served
from tests.drawn import drive_page, drive_widgets

DRIVEN = pytest.StashKey[set]()
PACKED = re.compile(r'class="explorer-frames">([^<]*)</script>')
COVERAGE = "test_every_explorer_of_the_book_was_driven"


def pytest_configure(config):
    config.stash[DRIVEN] = set()


def pytest_collection_modifyitems(items):
    """Ask last whether every explorer was driven."""
    items.sort(key=lambda item: item.name == COVERAGE)


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
            yield from drive_page(explorer, page.locator(".explorer").nth(number))
            request.config.stash[DRIVEN].add((path, number))
            assert faults.found == []

    yield drive_rendered


@pytest.fixture
def not_driven(request, book_explorers):
    """The explorers of the book that no test has driven on their page so far."""
    return set(book_explorers.values()) - request.config.stash[DRIVEN]
