"""Drawings of chapter 10: tiles, the halos that they borrow, and progress."""
