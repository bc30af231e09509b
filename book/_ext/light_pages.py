"""Sphinx extension: leave out of a page what it does not use, describe it, let it be read aloud."""

import re
import shutil
from html import escape
from pathlib import Path
from textwrap import shorten

from docutils import nodes

UNUSED = (
    "thebe",
    "mathjax",
    "MathJax",
    "togglebutton",
    "toggleHint",
    "toggleOpenOnPrint",
    "design-tabs",
    "sphinx-design",
    "DOCUMENTATION_OPTIONS",
)
UNUSED_FILES = (
    "scripts/bootstrap.js",
    "scripts/bootstrap.js.map",
    "scripts/fontawesome.js",
    "scripts/fontawesome.js.map",
    "vendor/fontawesome",
    "sphinx-thebe.js",
    "sphinx-thebe.css",
    "togglebutton.js",
    "togglebutton.css",
    "design-tabs.js",
    "sphinx-design.min.css",
    "scripts/pydata-sphinx-theme.js.map",
    "webpack-macros.html",
    "sbt-webpack-macros.html",
    "locales",
)
DESCRIPTION_LENGTH = 155
PLAIN = ("n", "nn", "nx", "p", "w")  # parts of code with the colour of the text around them
PLAIN_SPAN = re.compile(rf'<span class="(?:{"|".join(PLAIN)})">([^<]*)</span>')
SPOKEN = {'role="doc-biblioentry"': 'role="listitem"'}  # a list of references has items


def drop_unused_assets(app, pagename, templatename, context, doctree):
    for kind in ("script_files", "css_files"):
        context[kind] = [asset for asset in context[kind] if not is_unused(asset)]


def defer_scripts(app, pagename, templatename, context, doctree):
    """Let text come before scripts, except on the search page, whose scripts need each other."""
    for script in context["script_files"]:
        script.attributes.pop("defer", None)
        if pagename != "search":
            script.attributes["defer"] = "defer"


def is_unused(asset):
    text = f"{getattr(asset, 'filename', asset)} {getattr(asset, 'attributes', {})}"
    return any(name in text for name in UNUSED)


def drop_thebe(app, doctree, docname):
    """Remove the settings that the Thebe extension leaves in every page."""
    for node in list(doctree.findall(nodes.raw)):
        if "thebe" in node.astext() or "kernelName" in node.astext():
            node.parent.remove(node)


def correct_what_is_read_aloud(app, pagename, templatename, context, doctree):
    for written, right in SPOKEN.items():
        context["body"] = context.get("body", "").replace(written, right)


def drop_plain_spans(app, pagename, templatename, context, doctree):
    """Leave out every third element of a page, which a browser would style to no effect."""
    context["body"] = PLAIN_SPAN.sub(r"\1", context.get("body", ""))


def describe(app, pagename, templatename, context, doctree):
    """Take the first paragraph as the page's description."""
    if doctree is None:
        return
    paragraph = next(doctree.findall(nodes.paragraph), None)
    if paragraph is not None:
        text = shorten(paragraph.astext(), DESCRIPTION_LENGTH, placeholder=" …")
        context["metatags"] += f'<meta name="description" content="{escape(text)}">\n'


def delete_unused_files(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    for name in UNUSED_FILES:
        path = Path(app.outdir, "_static", name)
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)


def setup(app):
    app.connect("html-page-context", drop_unused_assets, priority=900)
    app.connect("html-page-context", defer_scripts, priority=950)
    app.connect("html-page-context", correct_what_is_read_aloud)
    app.connect("html-page-context", drop_plain_spans)
    app.connect("html-page-context", describe)
    app.connect("doctree-resolved", drop_thebe, priority=900)
    app.connect("build-finished", delete_unused_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
