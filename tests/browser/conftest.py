"""A browser, the built book in it, and a page of small explorers."""

import pytest
from playwright.sync_api import sync_playwright

from browser import FLAGS, HELP, find
from convlib import web
from convlib.explore.homes.page import explorer_html
from tests.browser.rendered import TOYS, served
from tests.explore.engine import toys

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Toys</title>
<link rel="icon" href="data:,"><style>{style}</style></head><body>{body}
<script>{script}</script></body></html>"""


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
def toy_home(tmp_path_factory):
    """Address of a page that has every kind of slider and stands there without the book."""
    folder = tmp_path_factory.mktemp("toys")
    body = "".join(explorer_html(make()) for make in (toys.triangle, toys.tangle))
    page = PAGE.format(style=web.style(), body=body, script=web.source("explorer.js"))
    (folder / TOYS).write_text(page, encoding="utf-8")
    with served(folder) as address:
        yield address
