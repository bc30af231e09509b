"""Drawings that the chapters of the book call, with and without sliders."""

from convlib.explore.explorer import Explorer, Picture
from convlib.explore.pictures import show_arrays, show_photos
from convlib.explore.window import explore_flip, explore_kernels, explore_window

__all__ = [
    "Explorer",
    "Picture",
    "show_arrays",
    "show_photos",
    "explore_window",
    "explore_flip",
    "explore_kernels",
]
