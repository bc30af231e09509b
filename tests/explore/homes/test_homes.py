"""Which home shows an explorer: the page, the kernel, or none."""

import importlib.util
import sys

import pytest

from convlib.explore import Picture, homes
from tests.explore.engine.toys import product, triangle

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
ALWAYS = {"text/plain", "image/svg+xml"}


@pytest.fixture(autouse=True)
def _not_for_the_page(monkeypatch):
    monkeypatch.delenv(homes.PAGE_VARIABLE, raising=False)


@pytest.fixture
def without_widgets(monkeypatch):
    """A Python in which ipywidgets is not installed."""
    find_spec = importlib.util.find_spec
    for name in [name for name in sys.modules if name.partition(".")[0] == "ipywidgets"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    monkeypatch.delitem(sys.modules, "convlib.explore.homes.kernel", raising=False)
    monkeypatch.setattr(
        homes, "find_spec", lambda name: None if name == "ipywidgets" else find_spec(name)
    )


def test_with_a_kernel_there_are_widgets_text_and_svg():
    bundle = triangle()._repr_mimebundle_()
    assert set(bundle) == ALWAYS | {WIDGET_VIEW}
    assert bundle["text/plain"] == repr(triangle())
    assert bundle["image/svg+xml"] == triangle().picture().svg()


def test_pictures_need_no_widgets():
    assert set(Picture(*product(1, 2))._repr_mimebundle_()) == ALWAYS


@pytest.mark.usefixtures("without_widgets")
def test_without_widgets_there_are_text_and_svg_only():
    bundle = triangle()._repr_mimebundle_()
    assert set(bundle) == ALWAYS
    assert bundle["text/plain"] == repr(triangle())
    with pytest.raises(ImportError):
        importlib.import_module("convlib.explore.homes.kernel")


@pytest.mark.parametrize("thing", [triangle(), Picture(*product(1, 2))])
def test_for_the_page_there_is_html(thing, monkeypatch):
    monkeypatch.setenv(homes.PAGE_VARIABLE, "1")
    assert set(thing._repr_mimebundle_()) == ALWAYS | {"text/html"}


@pytest.mark.usefixtures("without_widgets")
def test_the_page_needs_no_widgets(monkeypatch):
    monkeypatch.setenv(homes.PAGE_VARIABLE, "1")
    assert set(triangle()._repr_mimebundle_()) == ALWAYS | {"text/html"}


@pytest.mark.parametrize("value", ["", "0", "yes"])
def test_only_1_tells_that_the_kernel_runs_for_the_page(value, monkeypatch):
    monkeypatch.setenv(homes.PAGE_VARIABLE, value)
    assert not homes.is_for_page()
