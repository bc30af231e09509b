"""Settings of every test run: hypothesis, and what happens where a library is not installed."""

import os
import sys
from importlib.util import find_spec

import pytest
from hypothesis import settings

import conventions
from convlib.web import running
from tests.browser import stand_in
from tests.in_browser import (  # noqa: F401  (fixtures)
    PageScheduling,
    browser,
    lab,
    lab_page,
    lab_window,
)

# The same examples on every run; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=100, database=None)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

HAS_TORCH = find_spec("torch") is not None
LIVE = pytest.StashKey[int]()


@pytest.fixture(scope="module")
def same_imports():
    """Take a page's import finders back, and no others: libraries that cells import add theirs."""
    yield
    sys.meta_path[:] = [
        finder for finder in sys.meta_path if type(finder).__module__ != running.__name__
    ]


def pytest_configure(config):
    config.addinivalue_line(
        "markers", "live_torch: compares with PyTorch, and is left out where it is missing"
    )
    config.stash[LIVE] = 0


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Share out `--dist=loadscope` by what a test looks at."""
    return PageScheduling(config, log) if config.getvalue("dist") == "loadscope" else None


def pytest_collection_modifyitems(config, items):
    live = [item for item in items if item.get_closest_marker("live_torch")]
    config.stash[LIVE] = len(live)
    if live and not HAS_TORCH:
        config.hook.pytest_deselected(items=live)
        items[:] = [item for item in items if item not in live]


def pytest_sessionfinish(session):
    """Tell the run that started this worker, if one did, how many tests ask PyTorch."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["live"] = session.config.stash[LIVE]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    count = getattr(node, "workeroutput", {}).get("live", 0)
    node.config.stash[LIVE] = max(node.config.stash[LIVE], count)


def conventions_summary():
    """Say which libraries the conventions were compared with, and which had answered before."""
    here = [name for name in conventions.MODULES if conventions.installed(name)]
    away = [name for name in conventions.MODULES if name not in here]
    text = f"Conventions: compared with {', '.join(here)} as they ran"
    return f"{text}; with committed answers of {', '.join(away)}." if away else f"{text}."


def pytest_terminal_summary(terminalreporter, config):
    terminalreporter.write_line(conventions_summary())
    if "browser" in " ".join(config.args) and not stand_in.HAS_PYTHON:
        terminalreporter.write_line(stand_in.LEFT_OUT)
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
