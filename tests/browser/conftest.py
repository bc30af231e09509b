"""The built book in a browser, and a page of small explorers."""

import pytest

from convlib import web
from convlib.explore.homes.page import explorer_html
from tests.browser.rendered import TOYS, Visits, served
from tests.browser.stand_in import RunningHandler
from tests.explore.engine import toys

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Toys</title>
<link rel="icon" href="data:,"><style>{style}</style></head><body>{body}
<script>{script}</script></body></html>"""


@pytest.fixture(scope="session")
def home():
    """Address of the built book on this machine."""
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def running_home():
    """Address of the built book, with a Python for its cells."""
    with served(handler=RunningHandler) as address:
        yield address
    RunningHandler.workers.end()


@pytest.fixture(scope="session")
def visits(browser, home):
    """Pages of the book, each loaded once for all tests that only look at it."""
    visits = Visits(browser, home)
    yield visits
    visits.end()


@pytest.fixture(scope="session")
def toy_home(tmp_path_factory):
    """Address of a page that has every kind of slider and stands there without the book."""
    folder = tmp_path_factory.mktemp("toys")
    body = "".join(explorer_html(make()) for make in (toys.triangle, toys.tangle))
    page = PAGE.format(style=web.style(), body=body, script=web.explorer_script())
    (folder / TOYS).write_text(page, encoding="utf-8")
    with served(folder) as address:
        yield address
