"""Committed pictures say what their text says; `make outputs` writes nothing that varies.

That the committed pictures are what the code draws is compared by nbval, character by character,
when the chapters run.
"""

import html
import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

import outputs

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted(ROOT.glob("book/*.ipynb"))
DRAWING = re.compile(r"(.+)\n\[drawing [0-9a-f]{8}\]$")


def bundles(chapter):
    """List the outputs of a chapter as dicts of mime type to data."""
    notebook = nbformat.read(chapter, as_version=4)
    return [
        output.data
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "data" in output
    ]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)
def test_committed_pictures_say_what_their_text_says(chapter):
    for bundle in bundles(chapter):
        found = DRAWING.search(bundle.get("text/plain", ""))
        assert bool(found) == ("image/svg+xml" in bundle)
        if found:
            label = re.search(r'aria-label="([^"]*)"', bundle["image/svg+xml"])[1]
            assert html.unescape(label) == found[1]
        assert not {"image/png", "text/html"} & bundle.keys()


def test_normalise_removes_what_varies():
    data = {"text/plain": "4", outputs.WIDGET_VIEW: {"model_id": "5e1f"}}
    cell = new_code_cell(
        "2 + 2\n",
        id="sum",
        outputs=[new_output("execute_result", data, execution_count=1)],
        metadata={
            "tags": ["hide-input"],
            "execution": {"iopub.execute_input": "12:00"},
            "collapsed": False,
            "jupyter": {"source_hidden": True},
        },
    )
    notebook = new_notebook(
        cells=[cell],
        metadata={
            "widgets": {"state": {}},
            "language_info": {"name": "python", "version": "3.11.7"},
        },
    )
    outputs.normalise(notebook)
    assert notebook.metadata == {
        "kernelspec": outputs.KERNELSPEC,
        "language_info": outputs.LANGUAGE_INFO,
    }
    assert cell.metadata == {"tags": ["hide-input"], "jupyter": {"source_hidden": True}}
    assert cell.source == "2 + 2"
    assert cell.outputs[0].data == {"text/plain": "4"}


def test_outputs_written_twice_are_the_same(tmp_path):
    path = tmp_path / "chapter.ipynb"
    cells = [new_code_cell("print(1)\nprint(2)", id="ones"), new_code_cell("2 + 2", id="sum")]
    nbformat.write(new_notebook(cells=cells), path)
    outputs.main([path])
    once = path.read_text()
    assert '"1\\n",\n      "2\\n"' in once
    outputs.main([path])
    assert path.read_text() == once
