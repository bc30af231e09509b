"""Sphinx extension: what a page with explorers needs."""


def setup(app):
    return {"parallel_read_safe": True}
