"""Drawings of *Waves*: digits, pointers, waves, spectra, and what a transform saves."""
