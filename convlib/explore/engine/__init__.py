"""What an explorer is, whoever shows it."""

from convlib.explore.engine.cells import Cells
from convlib.explore.engine.explorer import Explorer, Picture, show_with

__all__ = ["Cells", "Explorer", "Picture", "show_with"]
