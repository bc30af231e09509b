"""Drawings of *Slide window*: windows that slide, the kernel turned, kernels on a photograph."""
