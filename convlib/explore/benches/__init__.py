"""Benches: pictures whose numbers are the reader's to change, one file each."""
