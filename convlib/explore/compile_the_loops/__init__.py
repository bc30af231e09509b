"""Drawings of *Compile the loops*: order, vectors, registers, threads, and what each gains."""
