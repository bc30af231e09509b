"""Drawings of chapter 7: two kernels in one, what bends, what a cell sees, shares and loss."""
