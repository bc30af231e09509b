"""Numbers as they lie in memory: one row, drawn as panels of nine."""

from convlib.draw import draw_outline


def cell_of(memory, position):
    """Return the panel on which a position of memory stands, and its row and column there.

    Parameters
    ----------
    memory : list of Panel
        Made by `strip_panels` with the title "memory".
    position : int

    Returns
    -------
    panel : Panel
    row, column : float
    """
    panel, place = divmod(position, memory[0].grids["memory"].width)
    grid = memory[panel].grids["memory"]
    return memory[panel], grid.row, grid.column + place


def mark_position(memory, position):
    """Draw a frame around one position."""
    panel, row, column = cell_of(memory, position)
    draw_outline(panel, at=(row, column), shape=(1, 1))
