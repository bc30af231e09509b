"""Drawings of chapter 5: channels, filters, groups."""
