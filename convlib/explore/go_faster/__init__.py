"""Drawings of *Go faster*: memory, views, shifts, products of matrices, and what each costs."""
