"""Drawings of chapter 8: digits, pointers, waves, spectra, and what a transform saves."""
