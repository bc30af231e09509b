"""Run chapters and write them back ready to commit: python tools/outputs.py NOTEBOOK...

What differs from run to run, or from machine to machine, is not written: times, widget
models, the Python version. Cell ids are kept. Running it twice changes nothing.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE_INFO = {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
CELL_METADATA = ("tags", "mystnb", "jupyter", "predict", "your_turn", "own_lines")


def execute(notebook, folder):
    """Run a notebook in place, in a fresh kernel of this Python whose folder is `folder`."""
    notebook.metadata.kernelspec = KERNELSPEC
    client = NotebookClient(
        notebook,
        timeout=300,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()


def normalise(notebook):
    """Remove in place what a second run would write differently."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": KERNELSPEC, "language_info": LANGUAGE_INFO}
    )
    for cell in notebook.cells:
        kept = {key: cell.metadata[key] for key in CELL_METADATA if cell.metadata.get(key)}
        cell.metadata = nbformat.from_dict(kept)
        cell.source = cell.source.rstrip()
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(WIDGET_VIEW, None)


def text_of(notebook):
    """Return the text of the notebook's file."""
    return nbformat.writes(notebook) + "\n"


def main(paths):
    for path in map(Path, paths):
        before = path.read_text(encoding="utf-8")
        notebook = nbformat.reads(before, as_version=4)
        execute(notebook, path.parent)
        normalise(notebook)
        path.write_text(text_of(notebook), encoding="utf-8", newline="\n")
        print(f"{path}: {'unchanged' if text_of(notebook) == before else 'rewritten'}")


if __name__ == "__main__":
    main(sys.argv[1:])
