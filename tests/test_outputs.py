"""The committed pictures are what the code draws; `make outputs` writes nothing that varies."""

import base64
import io
from pathlib import Path

import nbformat
import numpy as np
import outputs
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted(ROOT.glob("book/*.ipynb"))


def pixels(png):
    """Decode the PNG of a notebook's output into an array of shape (H, W, 4)."""
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGBA"), dtype=int)


def drawn_pictures(notebook):
    """Map a picture's cell id and position in the cell to its PNG."""
    return {
        (cell.id, position): output.data["image/png"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for position, output in enumerate(cell.outputs)
        if "image/png" in output.get("data", {})
    }


def assert_same_picture(drawn, committed):
    """Machines may round an edge's grey differently, but never a whole number or square."""
    assert drawn.shape == committed.shape
    difference = np.abs(drawn - committed).max(axis=-1)
    assert np.mean(difference > 16) < 1e-4, "run `make outputs` and look at what changed"


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.stem)
def test_committed_pictures_are_what_the_code_draws(chapter, monkeypatch):
    monkeypatch.delenv("CONVLIB_PAGE", raising=False)
    notebook = nbformat.read(chapter, as_version=4)
    committed = drawn_pictures(notebook)
    outputs.execute(notebook, chapter.parent)
    drawn = drawn_pictures(notebook)
    assert drawn.keys() == committed.keys()
    for place, png in committed.items():
        assert_same_picture(pixels(drawn[place]), pixels(png))


def test_one_changed_digit_is_another_picture():
    from matplotlib.figure import Figure

    def picture_of(number):
        figure = Figure(figsize=(5, 5))
        figure.text(0.5, 0.5, str(number))
        file = io.BytesIO()
        figure.savefig(file, dpi=144)
        return pixels(base64.b64encode(file.getvalue()))

    assert_same_picture(picture_of(3), picture_of(3))
    with pytest.raises(AssertionError, match="make outputs"):
        assert_same_picture(picture_of(3), picture_of(8))


def test_normalise_removes_what_varies():
    data = {"text/plain": "4", outputs.WIDGET_VIEW: {"model_id": "5e1f"}}
    cell = new_code_cell(
        "2 + 2\n",
        id="sum",
        outputs=[new_output("execute_result", data, execution_count=1)],
        metadata={"tags": ["hide-input"], "execution": {"iopub.execute_input": "12:00"},
                  "collapsed": False},
    )
    notebook = new_notebook(cells=[cell], metadata={
        "widgets": {"state": {}}, "language_info": {"name": "python", "version": "3.11.7"}})
    outputs.normalise(notebook)
    assert notebook.metadata == {"kernelspec": outputs.KERNELSPEC,
                                 "language_info": outputs.LANGUAGE_INFO}
    assert cell.metadata == {"tags": ["hide-input"]}
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
