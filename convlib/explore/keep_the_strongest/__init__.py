"""Drawings of chapter 6: the largest number of a window, the mean, borders, shifts."""
