"""`make outputs` writes nothing that varies from run to run, and keeps what authors set."""

import nbformat
import outputs
from nbformat.v4 import new_code_cell, new_notebook, new_output


def test_normalise_removes_what_varies():
    data = {"text/plain": "4", outputs.WIDGET_VIEW: {"model_id": "5e1f"}}
    cell = new_code_cell(
        "2 + 2\n",
        id="sum",
        outputs=[new_output("execute_result", data, execution_count=1)],
        metadata={"tags": ["hide-input"], "execution": {"iopub.execute_input": "12:00"},
                  "collapsed": False, "jupyter": {"source_hidden": True}},
    )
    notebook = new_notebook(cells=[cell], metadata={
        "widgets": {"state": {}}, "language_info": {"name": "python", "version": "3.11.7"}})
    outputs.normalise(notebook)
    assert notebook.metadata == {"kernelspec": outputs.KERNELSPEC,
                                 "language_info": outputs.LANGUAGE_INFO}
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
