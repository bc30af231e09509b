"""A panel to draw on, measured in cells, and drawings made of panels, written as SVG.

Positions are `(row, column)` in cells from the top left corner, the way arrays are indexed. A
drawing is one panel, or rows of panels: a wide page shows the panels of a row beside each other,
a narrow one below each other, so that nothing has to shrink.
"""

import struct
from base64 import b64encode
from html import escape
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple
from zlib import compress, crc32

import numpy as np

from convlib.draw.palette import PALETTE, declarations, variable

CELL = 36
"""Side of a cell in CSS pixels."""

GAP = 0.5
"""Cells between two panels that are glued."""

SPACE = 0.15
"""Cells that a page's style leaves between two panels, and a little more."""

FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif"


class Place(NamedTuple):
    """Where a grid, a photograph or a part of a chart stands on its panel, in cells."""

    row: float
    column: float
    height: float
    width: float
    first: int = 0  # number of its first column, where it continues a grid


INKED = ";filter:var(--draw-inked)"
"""What turns ink on paper round in a dark theme."""


class Photo(NamedTuple):
    """Pixels that are shown as an image, and where, in CSS pixels."""

    pixels: np.ndarray  # uint8, (H, W) or (H, W, 3)
    x: float
    y: float
    width: float
    height: float
    is_ink: bool = False  # paper and ink take the colours of the page's theme

    def markup(self):
        """Write the image, its pixels as PNG inside."""
        uri = "data:image/png;base64," + b64encode(_png(self.pixels)).decode()
        return (
            f'<image x="{px(self.x)}" y="{px(self.y)}" width="{px(self.width)}"'
            f' height="{px(self.height)}" preserveAspectRatio="none"'
            f' style="image-rendering:pixelated{INKED * self.is_ink}" href="{uri}"/>'
        )

    def fingerprint(self):
        """Write what the image shows, whatever this machine's compressor makes of it."""
        ink = " ink" * self.is_ink
        return f"{self[1:5]} {self.pixels.shape} {crc32(self.pixels.tobytes())}{ink}"


def _png(pixels):
    """Write pixels as PNG: small by Pillow where it is installed, else plainly."""
    try:
        from PIL import Image
    except ModuleNotFoundError:
        return plain_png(pixels)
    file = BytesIO()
    Image.fromarray(pixels).save(file, format="PNG", optimize=True)
    return file.getvalue()


def plain_png(pixels):
    """Write pixels as PNG with what every Python has.

    Parameters
    ----------
    pixels : (H, W) or (H, W, 3) uint8 array

    Returns
    -------
    bytes

    References
    ----------
    Portable Network Graphics (PNG) Specification, third edition, W3C.

    Examples
    --------
    >>> plain_png(np.zeros((2, 3), dtype=np.uint8))[1:4]
    b'PNG'
    """
    height, width = pixels.shape[:2]
    colour_type = 0 if pixels.ndim == 2 else 2
    header = struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0)
    rows = np.zeros((height, 1 + pixels[0].size), dtype=np.uint8)  # each begins with "no filter"
    rows[:, 1:] = pixels.reshape(height, -1)
    chunks = (b"IHDR", header), (b"IDAT", compress(rows.tobytes())), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))
        for name, data in chunks
    )


class Panel:
    """Shapes on a piece of paper, the later above the earlier.

    Parameters
    ----------
    width, height : float
        Size in cells.

    Attributes
    ----------
    grids : dict of str to Place
        Where each named grid stands.
    is_sign : bool
        A sign is never parted from the panel after it.
    companions : int
        Panels after this one that keep together with it, as `together` says.
    """

    def __init__(self, width, height):
        self.width = width
        self.height = height
        self.is_sign = False
        self.companions = 0
        self.shapes = []
        self.grids = {}

    @property
    def rows(self):
        """The panels as rows of a drawing: this one alone."""
        return [[self]]

    def add(self, shape):
        """Put a shape, SVG markup or a `Photo`, above all others."""
        self.shapes.append(shape)

    def put(self, panel, *, at):
        """Put all shapes of another panel above all others, from the cell `at` on."""
        row, column = at
        self.add(f'<g transform="translate({px(column * CELL)} {px(row * CELL)})">')
        self.shapes += panel.shapes
        self.add("</g>")
        for name, place in panel.grids.items():
            self.grids[name] = place._replace(row=row + place.row, column=column + place.column)

    def content(self):
        """Write all shapes as SVG markup."""
        return "".join(s.markup() if isinstance(s, Photo) else s for s in self.shapes)

    def fingerprint(self):
        """Write all that the panel shows, the same on every machine."""
        shapes = (s.fingerprint() if isinstance(s, Photo) else s for s in self.shapes)
        return f"{self.width} {self.height} {''.join(shapes)}"


class Panels:
    """A drawing of several panels.

    Parameters
    ----------
    rows : list of list of Panel
    """

    def __init__(self, rows):
        self.rows = rows


def canvas(width, height):
    """Make an empty panel.

    Parameters
    ----------
    width, height : float
        Size in cells.

    Returns
    -------
    Panel
        It is a drawing of its own, or takes its place in `beside` and `below`.

    Examples
    --------
    >>> canvas(6, 4).rows[0][0].width
    6
    """
    return Panel(width, height)


def beside(*drawings):
    """Put drawings beside each other; a narrow page puts them below each other.

    Parameters
    ----------
    *drawings : Panel or Panels of one row

    Returns
    -------
    Panels

    Examples
    --------
    >>> [panel.width for panel in beside(canvas(3, 2), canvas(4, 2)).rows[0]]
    [3, 4]
    """
    return Panels([[panel for drawing in drawings for row in drawing.rows for panel in row]])


def below(*drawings):
    """Put drawings below each other, on every page.

    Parameters
    ----------
    *drawings : Panel or Panels

    Returns
    -------
    Panels

    Examples
    --------
    >>> len(below(canvas(3, 2), beside(canvas(4, 2), canvas(4, 2))).rows)
    2
    """
    return Panels([row for drawing in drawings for row in drawing.rows])


def together(*panels):
    """Keep panels of a row together: below each other beside the rest, or all on a line below it.

    Parameters
    ----------
    *panels : Panel

    Returns
    -------
    Panels
        It takes its place in `beside`. A page with too little room beside the rest puts all of
        them on the next line, beside each other if they fit there.

    Examples
    --------
    >>> len(together(canvas(3, 2), canvas(4, 2)).rows[0])
    2
    """
    panels[0].companions = len(panels) - 1
    return beside(*panels)


def glue(drawing, margin=0):
    """Make one panel of a drawing's panels, which no page takes apart any more.

    Parameters
    ----------
    drawing : Panel or Panels
    margin : float
        Cells around everything.

    Returns
    -------
    Panel
        The panels of a row stand beside each other, the rows below each other, all centred.
        Panels that keep together stand below each other.

    Examples
    --------
    >>> glue(below(canvas(3, 2), beside(canvas(4, 2), canvas(4, 2)))).width
    8.5
    """
    rows = [
        [group[0] if len(group) == 1 else _stack(group) for group in _groups(row)]
        for row in drawing.rows
    ]
    widths = [sum(panel.width + GAP for panel in row) - GAP for row in rows]
    heights = [max(panel.height for panel in row) for row in rows]
    whole = Panel(max(widths) + 2 * margin, sum(heights) + GAP * (len(heights) - 1) + 2 * margin)
    top = margin
    for row, across, down in zip(rows, widths, heights, strict=True):
        left = (whole.width - across) / 2
        for panel in row:
            whole.put(panel, at=(top + (down - panel.height) / 2, left))
            left += panel.width + GAP
        top += down + GAP
    return whole


def _groups(row):
    """Part a row of panels into those that keep together."""
    groups, row = [], list(row)
    while row:
        last = 1 + row[0].companions
        groups.append(row[:last])
        row = row[last:]
    return groups


def _stack(group):
    return glue(Panels([[panel] for panel in group]))


def svg_panels(drawing, above=None):
    """Write a drawing for a page that has the palette's variables: an `<svg>` for each panel.

    Parameters
    ----------
    drawing : Panel or Panels
    above : callable, optional
        Takes a panel and returns markup that is put above all its shapes.

    Returns
    -------
    str
        Markup without ids, so that it can stand on a page any number of times.

    Examples
    --------
    >>> svg_panels(canvas(2, 1))
    '<div class="panels"><svg viewBox="0 0 72 36" width="72" height="36"></svg></div>'
    """
    return "".join(f'<div class="panels">{_svg_groups(row, above)}</div>' for row in drawing.rows)


def _svg_groups(row, above):
    """Write the panels of a row; what keeps together is a row of its own inside.

    Such a row takes the room that is left beside the others if its widest panel fits there.
    """
    parts, alone = [], []
    for group in _groups(row):
        if len(group) == 1:
            alone += group
            continue
        widest = px(max(panel.width for panel in group) * CELL)
        most = px(sum(panel.width + SPACE for panel in group) * CELL)
        style = f"flex:1 0 {widest}px;max-width:{most}px"
        parts.append(_svg_row(alone, above))
        parts.append(f'<div class="signed" style="{style}">{_svg_row(group, above)}</div>')
        alone = []
    return "".join([*parts, _svg_row(alone, above)])


def _svg_row(panels, above):
    """Write panels beside each other, a sign and the panel after it as one."""
    parts = []
    for before, panel in pairwise([None, *panels]):
        parts.append(_svg(panel, above))
        if before and before.is_sign:
            sign, signed = parts[-2:]
            parts[-2:] = [f'<div class="signed">{sign}{signed}</div>']
    return "".join(parts)


def _svg(panel, above):
    width, height = px(panel.width * CELL), px(panel.height * CELL)
    more = above(panel) if above else ""
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"{panel.content()}{more}</svg>"
    )


def svg_file(drawing, label):
    """Write a drawing as one SVG file that brings its colours along.

    Parameters
    ----------
    drawing : Panel or Panels
    label : str
        What the drawing shows, for those who don't see it.

    Returns
    -------
    str

    Examples
    --------
    >>> svg_file(canvas(2, 1), "Nothing.")[:62]
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 108 72" w'
    """
    panel = glue(drawing, margin=GAP)
    width, height = px(panel.width * CELL), px(panel.height * CELL)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" font-family="{FONT}" role="img" aria-label="{escape(label)}">'
        f"<style>@media (prefers-color-scheme:dark){{svg{{{declarations('dark')}}}}}</style>"
        f'<rect width="{width}" height="{height}" rx="6" style="fill:{variable("paper")}"/>'
        f"{panel.content()}</svg>"
    )


def digest(drawing):
    """Compute a short checksum of all that a drawing shows.

    Parameters
    ----------
    drawing : Panel or Panels

    Returns
    -------
    str
        Eight hexadecimal digits.

    Examples
    --------
    >>> digest(canvas(2, 1)) == digest(canvas(1, 2))
    False
    """
    shown = [[panel.fingerprint() for panel in row] for row in drawing.rows]
    return f"{crc32(repr(shown).encode()):08x}"


def px(value):
    """Write a length in CSS pixels with at most one decimal.

    Parameters
    ----------
    value : float

    Returns
    -------
    str

    Examples
    --------
    >>> px(36.0), px(7.25)
    ('36', '7.2')
    """
    return f"{value:.1f}".removesuffix(".0")


__all__ = [
    "CELL",
    "PALETTE",
    "Panel",
    "Panels",
    "below",
    "beside",
    "canvas",
    "digest",
    "glue",
    "px",
    "svg_file",
    "svg_panels",
    "together",
]
