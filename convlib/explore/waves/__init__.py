"""Drawings of chapter 9: digits, pointers, waves, spectra, and what a transform saves."""
