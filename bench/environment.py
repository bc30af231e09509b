"""Say how many threads the libraries may take, and how these wait: import this before NumPy."""

import os

os.environ.setdefault("OMP_NUM_THREADS", str(len(os.sched_getaffinity(0))))
# Threads of one library that spin while they wait take a core from the next: some layers of
# PyTorch took 30 ms in the place of 1.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
THREADS = int(os.environ["OMP_NUM_THREADS"])
