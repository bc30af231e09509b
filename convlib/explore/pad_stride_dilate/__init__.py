"""Drawings of chapter 4: zeros around an image, bigger steps, gaps in the kernel."""
