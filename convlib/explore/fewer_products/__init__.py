"""Drawings of *Fewer products*: Winograd's method."""
