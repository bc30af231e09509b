"""The progress bar counts for the reader and leaves one sentence in the notebook."""

import importlib

import pytest

from convlib.explore import homes

module = importlib.import_module("convlib.explore.bigger_than_memory.show_progress")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def shown(monkeypatch):
    """What the cell displays."""
    things = []
    monkeypatch.setattr(module, "display", things.append)
    return things


def test_steps_come_through_and_are_counted(shown):
    seen = []
    for step in module.show_progress(range(5, 8)):
        (bar,) = shown
        seen.append((step, bar.widget.value, bar.widget.max, bar.widget.description))
    assert seen == [(5, 0, 3, "0 of 3"), (6, 1, 3, "1 of 3"), (7, 2, 3, "2 of 3")]
    assert (bar.widget.value, bar.widget.description) == (3, "3 of 3")


def test_text_is_the_same_before_and_after():
    bar = module.ProgressBar(2)
    before = bar._repr_mimebundle_()
    bar.advance()
    assert before["text/plain"] == bar._repr_mimebundle_()["text/plain"]
    assert before["text/plain"] == "A progress bar of 2 steps."
    assert WIDGET_VIEW in before


def test_page_has_the_sentence_only(monkeypatch):
    monkeypatch.setenv("CONVLIB_PAGE", "1")
    bar = module.ProgressBar(2)
    bar.advance()
    assert bar._repr_mimebundle_() == {"text/plain": "A progress bar of 2 steps."}


def test_steps_come_through_without_widgets(monkeypatch, shown):
    monkeypatch.setattr(homes, "find_spec", lambda name: None)
    assert list(module.show_progress(range(3))) == [0, 1, 2]
    (bar,) = shown
    assert bar._repr_mimebundle_() == {"text/plain": "A progress bar of 3 steps."}
