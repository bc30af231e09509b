"""Drawings of *Keep the strongest*: the largest number of a window, the mean, borders, shifts."""
