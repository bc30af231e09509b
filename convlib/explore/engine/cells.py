"""What the cells of a picture stand for: the slider values that pointing at one chooses."""

from typing import NamedTuple


class Cells(NamedTuple):
    """Name the sliders that the row, the column or the running number of a place sets.

    Each place is a block of the cells of one grid: a single cell, or what a window covers.
    Blocks may overlap, as windows do; the pointer then chooses the one whose middle is nearest.
    Without `row`, `column` and `number` the whole grid is one place.

    Parameters
    ----------
    row, column : str, optional
        Sliders whose value n stands for row n, or column n, of the places.
    number : str, optional
        Slider whose values count the places, as one reads.
    step, size : (float, float)
        From one place to the next, and the size of each: rows and columns of cells. A negative
        step counts upwards or to the left.
    start : (float, float)
        Row and column of the grid where place 0 begins.
    shape : (int, int), optional
        How many places there are below and beside each other: with `number`, and where they do
        not fill the grid. As many as the grid has cells if left out.
    first, every : int
        Value of `number` for place 0, and how much it grows from place to place.
    also : dict of str to int or str
        Values of other sliders that every place of this grid sets.

    Examples
    --------
    >>> sorted(Cells("row", "column", size=(3, 3)).names())
    ['column', 'row']
    """

    row: str | None = None
    column: str | None = None
    number: str | None = None
    step: tuple[float, float] = (1, 1)
    size: tuple[float, float] = (1, 1)
    start: tuple[float, float] = (0, 0)
    shape: tuple[int, int] | None = None
    first: int = 0
    every: int = 1
    also: dict | None = None

    def names(self):
        """Return the set of sliders that are set."""
        return {name for name in self[:3] if name} | set(self.also or ())
