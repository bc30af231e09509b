"""Sphinx extension: send every page one style sheet, with the rules that the site uses.

The theme's sheets hold rules for a hundred components, the book's pages a tenth of these. When all
pages are written, the sheets that they link are joined in their order; of those that others wrote,
only the rules stay that some page or script could use (used_rules.py). The book's own stay whole.
The joined sheets themselves stay in the site, unread, and their names beside it, for the test that
compares the two looks.
"""

import hashlib
import posixpath
import re
from pathlib import Path

from used_rules import Names, used_rules, without_unread, write

SHEET = "site.css"
JOINED = "site.txt"  # the names of the sheets in it, a line each
PYTHON = "pyodide"  # a site may have a Python of its own, whose scripts touch no page
BY_OTHERS = re.compile(r"^(styles/|basic\.|pygments\.|copybutton\.|mystnb\.)")
CORNERS = re.compile(r"div\.cell:has\(> \*:nth-child\(2\)\)[^{]*\{[^}]*\}")
"""Of boxes that nobody sees; a button that joins a cell would have all of it styled again."""
LINK = re.compile(r'[ \t]*<link rel="stylesheet"[^>]*?href="([./]*)_static/([^"?]+)[^>]*>\n?')
IMPORT = re.compile(r'@import\s+["\']([^"\']+)["\'];?')
ADDRESS = re.compile(r'url\((["\']?)(?!data:|#|https?:)([^)"\']+)')
QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
SPACE = re.compile(r"[\s;]*(\})\s*|\s*([{;>!])\s*|([:,])\s+|\s+")
ZERO = re.compile(r"(?<![\w.])0(?=\.\d)")
QUOTES = re.compile(r'(?<=\w=)"([a-z][\w-]*)"(?=\])')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def join_sheets(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    pages = {path: path.read_text("utf-8") for path in sorted(Path(app.outdir).rglob("*.html"))}
    sheets = list(
        dict.fromkeys(
            name for page in pages.values() for _, name in LINK.findall(page) if name != SHEET
        )
    )
    paths = [path for path in static.rglob("*.js") if path.relative_to(static).parts[0] != PYTHON]
    scripts = [path.read_text("utf-8") for path in paths]
    css = joined(static, sheets, Names(pages.values(), scripts), " ".join(scripts))
    (static / SHEET).write_text(css, "utf-8")
    (static / JOINED).write_text("\n".join(sheets), "utf-8")
    version = hashlib.sha256(css.encode()).hexdigest()[:8]
    for path, page in pages.items():
        path.write_text(linked(page, version), "utf-8")


def joined(static, sheets, names, scripts):
    """Return one sheet in place of many, the book's own last and whole."""
    rules, own = [], []
    for name in sheets:
        css = read(static, name)
        if BY_OTHERS.match(name):
            rules += used_rules(css, names)
        else:
            own.append(COMMENT.sub("", css))
    own = re.sub(r"\n\s*\n", "\n", "\n".join(own))
    rules = without_unread(existing(static, rules), " ".join([own, scripts, names.styles]))
    return squeezed(write(rules) + own)


def squeezed(css):
    """Leave out white space that separates nothing, zeros before points, and quotes round names."""
    parts = QUOTED.split(QUOTES.sub(r"\1", css))
    parts[::2] = [
        ZERO.sub("", SPACE.sub(lambda found: found[found.lastindex or 0].strip() or " ", part))
        for part in parts[::2]
    ]
    return "".join(parts)


def read(static, name):
    """Return a sheet's text as if it stood in `static`, with what it imports."""
    folder = posixpath.dirname(name)

    def moved(path):
        return posixpath.normpath(posixpath.join(folder, path))

    css = CORNERS.sub("", (static / name).read_text("utf-8"))
    css = ADDRESS.sub(lambda match: f"url({match[1]}{moved(match[2])}", css)
    imported = [read(static, moved(path)) for path in IMPORT.findall(css)]
    return "\n".join([*imported, IMPORT.sub("", css)])


def existing(static, rules):
    """Drop fonts whose files are not in the site."""

    def is_there(rule):
        return all((static / path).exists() for _, path in ADDRESS.findall(rule[1][0]))

    return [rule for rule in rules if not rule[0].startswith("@font-face") or is_there(rule)]


def linked(page, version):
    """Link the one sheet where a page links its first."""
    link = rf'  <link rel="stylesheet" href="\g<1>_static/{SHEET}?v={version}">\n'
    return LINK.sub("", LINK.sub(link.replace("rel=", "data-one rel="), page, count=1)).replace(
        "<link data-one rel=", "<link rel="
    )


def setup(app):
    app.connect("build-finished", join_sheets, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
