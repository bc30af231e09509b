"""Drawings of chapter 7: memory, views, shifts, products of matrices, and what each costs."""
