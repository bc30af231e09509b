"""Drawings of chapter 8: memory, views, shifts, products of matrices, and what each costs."""
