"""What the chapters ask their reader to predict."""

import re
from pathlib import Path

import nbformat

BOOK = Path(__file__).parents[2] / "book"
NUMBER = r"-?\d+(?:\.\d+)?"


def asking_cells():
    """List the cells of all chapters that ask for a prediction."""
    return [
        cell
        for chapter in sorted(BOOK.glob("*.ipynb"))
        for cell in nbformat.read(chapter, as_version=4).cells
        if "predict" in cell.metadata
    ]


def numbers_in(text):
    return [float(number) for number in re.findall(NUMBER, text)]


def is_in_output(answer, cell):
    """Tell whether a cell shows the numbers in this order, or an array of this shape."""
    wanted = numbers_in(answer)
    text = "\n".join(o.get("text") or o.get("data", {}).get("text/plain", "") for o in cell.outputs)
    shown = iter(numbers_in(text))
    if all(number in shown for number in wanted):
        return True
    rows = [numbers_in(row) for row in text.split("]") if numbers_in(row)]
    return wanted == [len(rows), len(rows[0])]
