"""Drawings of *Train a small network*: steps down a slope, runs, and what is confused."""
