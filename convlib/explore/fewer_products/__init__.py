"""Drawings of chapter 9: Winograd's method."""
