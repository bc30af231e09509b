"""Drawings of *Match patch*: pixels, slices, one patch and one kernel."""
