"""Drawings of *Bigger than memory*: tiles, the halos that they borrow, and progress."""
