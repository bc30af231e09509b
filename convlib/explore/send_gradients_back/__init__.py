"""Drawings of *Send gradients back*: nudges, stamps, routes and overlaps."""
