"""Sphinx extension: have explorers written as HTML, and give pages their script and style."""

import os

from book_files import write_static
from docutils import nodes
from docutils.parsers.rst import Directive

from convlib import web
from convlib.digits import load_digits
from convlib.explore import explore_window
from convlib.explore.homes import PAGE_VARIABLE
from convlib.explore.homes.page import explorer_html
from convlib.explore.networks.packing import pack_book
from convlib.samples import IMAGE, KERNEL
from convlib.web.benches import bench_files, bench_style
from convlib.web.networks import book_script, network_script, network_style

SCRIPT = "explorer.js"
STYLE = "drawings.css"
BENCH = "bench"
NETWORK = "network"
BOOK_NETWORK = "book_network.js"


class WorkedExample(Directive):
    """The book's first explorer, for a page that is no notebook."""

    def run(self):
        return [nodes.raw("", explorer_html(explore_window(IMAGE, KERNEL)), format="html")]


def add_script(app, pagename, templatename, context, doctree):
    if 'class="explorer"' in context.get("body", ""):
        app.add_js_file(SCRIPT, loading_method="defer")
    if 'class="bench"' in context.get("body", ""):
        app.add_js_file(f"{BENCH}.js", loading_method="defer")
        app.add_css_file(f"{BENCH}.css")
    if 'class="bench network"' in context.get("body", ""):
        app.add_js_file(f"{NETWORK}.js", loading_method="defer")
        app.add_css_file(f"{NETWORK}.css")


def write_files(app):
    texts = {
        SCRIPT: web.explorer_script(),
        STYLE: web.style(),
        **bench_files(),
        f"{BENCH}.css": bench_style(),
        f"{NETWORK}.js": network_script(),
        f"{NETWORK}.css": network_style(),
        BOOK_NETWORK: book_script(pack_book(load_digits())),
    }
    write_static(app, texts)


def setup(app):
    os.environ[PAGE_VARIABLE] = "1"
    app.add_css_file(STYLE)
    app.add_directive("worked-example", WorkedExample)
    app.connect("html-page-context", add_script)
    app.connect("builder-inited", write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
