"""Drawings of chapter 10: Winograd's method."""
