"""Drawings of *See in colour*: channels, filters, groups."""
