"""Drawings of chapter 11: tiles, the halos that they borrow, and progress."""
