"""Sphinx extension: say in every page what a browser may load and run for it, and nothing else.

The Content-Security-Policy stands in the page, so that it holds on every host. Inline scripts run
only if they are the ones that the build wrote: the policy names their hashes.
"""

import base64
import hashlib
import re
from html import escape
from pathlib import Path

from run_cells import address_of_python, is_official

SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
HEAD = '<meta charset="utf-8" />'
META = '<meta http-equiv="Content-Security-Policy" content="{}">'
ITSELF = ["'self'", "file:"]  # not every browser counts a file among its page's own
NOTEBOOK_HEAD = "<head>"


def policy(page, python):
    """Write the policy of a page.

    Parameters
    ----------
    page : str
        Its HTML.
    python : list of str
        Addresses, other than the site's own, from which the page's cells fetch Python.

    Returns
    -------
    str
    """
    runs_cells = 'class="run-bar"' in page
    rules = {
        "default-src": ["'none'"],
        "script-src": [*ITSELF, *hashes(page)],
        "style-src": [*ITSELF, "'unsafe-inline'"],  # drawings place and colour their parts
        "img-src": [*ITSELF, "data:"],
        "font-src": ITSELF,
        "connect-src": ITSELF,
        "form-action": ITSELF,
        "base-uri": ["'none'"],
    }
    if runs_cells:
        rules["script-src"] += ["'wasm-unsafe-eval'", *python]
        rules["connect-src"] = [*ITSELF, *python]
        rules["worker-src"] = ["'self'", "blob:"]
    return written(rules)


def notebook_policy(page):
    """Write the policy of a page of JupyterLite, whose scripts are its own and those of widgets.

    Parameters
    ----------
    page : str
        Its HTML.

    Returns
    -------
    str
    """
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *hashes(page), "'unsafe-eval'", "blob:"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "manifest-src": ["'self'"],
        "form-action": ["'none'"],
        "base-uri": ["'none'"],
    }
    return written(rules)


def written(rules):
    """Write rules, the sources of each kind of content, as a policy."""
    return "; ".join(" ".join([name, *sources]) for name, sources in rules.items())


def hashes(page):
    """List the hashes of a page's inline scripts, each once."""
    texts = [
        script["text"]
        for script in SCRIPT.finditer(page)
        if not re.search(r"\ssrc=|text/plain", script["attributes"])
    ]
    digests = (hashlib.sha256(text.encode()).digest() for text in dict.fromkeys(texts))
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def secure(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    address = address_of_python()
    python = [address] if is_official(address) else []
    for name in [*app.env.found_docs, "search"]:
        path = Path(app.builder.get_outfilename(name))
        put(path, HEAD, lambda page: policy(page, python))
    for path in Path(app.outdir, "lite").rglob("*.html"):
        put(path, NOTEBOOK_HEAD, notebook_policy)


def put(path, head, policy_of):
    """Write the policy of a page into it, behind the tag that its head begins with."""
    page = path.read_text("utf-8")
    meta = META.format(escape(policy_of(page), quote=False))
    path.write_text(page.replace(head, f"{head}\n    {meta}", 1), "utf-8")


def setup(app):
    app.connect("build-finished", secure, priority=960)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
