"""Drawings of *Pad stride dilate*: zeros around an image, bigger steps, gaps in the kernel."""
