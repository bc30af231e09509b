"""Drawings of chapter 2: pixels, slices, one patch and one kernel."""
