"""Drawings of *Bend the line*: two kernels in one, bends, what a cell sees, shares."""
