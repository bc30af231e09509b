"""Drawings of chapter 3: the window that slides, the kernel turned, kernels on a photograph."""
