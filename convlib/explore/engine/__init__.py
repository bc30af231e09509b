"""What an explorer is, whoever shows it."""

from convlib.explore.engine.explorer import Explorer, Picture, show_with

__all__ = ["Explorer", "Picture", "show_with"]
