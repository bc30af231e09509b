"""Drawings of the chapter that looks inside a trained network."""
