"""Turn a Matplotlib figure into compact SVG that follows the page's colours."""

import base64
import io
import re
from xml.etree import ElementTree
from zlib import crc32

import matplotlib
from PIL import Image

from convlib.draw import PALETTE

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
DRAWN = {SVG + name for name in ("path", "text", "image")}
INVISIBLE = "fill: none"
UNTURNED = "rotate(-0"
DECIMALS = re.compile(r"-?\d+\.\d+")
DATA_URI = re.compile(r"data:image/png;base64,([\w+/=]+)")
VARIABLES = {colour: f"var(--draw-{name.replace(' ', '-')},{colour})"
             for name, colour in PALETTE.items()}
FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif"


def svg_markup(figure, attributes=""):
    """Write a figure as one `<svg>` element, text as text, colours as CSS variables.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        A drawing made with `convlib.draw`.
    attributes : str
        Further attributes of the element, such as `aria-label="..."`.

    Returns
    -------
    str
        Markup without ids, so that it can stand on a page any number of times.
        Colours of `PALETTE` become `var(--draw-NAME, colour)`.
    """
    file = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none"}):
        figure.savefig(file, format="svg", transparent=True)
    root = ElementTree.fromstring(file.getvalue())
    shapes = "".join(_shapes(root, name=""))
    return (f'<svg viewBox="{root.get("viewBox")}" font-family="{FONT}"'
            f' role="img" {attributes}>{shapes}</svg>')


def drawing_digest(markup):
    """Compute a short checksum of all that a drawing shows.

    Parameters
    ----------
    markup : str
        Made by `svg_markup`.

    Returns
    -------
    str
        Eight hexadecimal digits. Photographs count by their pixels, not by how
        this machine's compressor wrote them.
    """
    def pixels(match):
        image = Image.open(io.BytesIO(base64.b64decode(match[1])))
        return f"{image.size} {crc32(image.tobytes())}"

    return f"{crc32(DATA_URI.sub(pixels, markup).encode()):08x}"


def _shapes(element, name):
    """Yield the markup of every shape below an element; `name` is the group's own."""
    for child in element:
        if child.tag == SVG + "g":
            yield from _shapes(child, child.get("id", ""))
        elif child.tag in DRAWN and child.get("style") != INVISIBLE:
            yield _shape(child, name)


def _shape(shape, name):
    tag = shape.tag.removeprefix(SVG)
    keep = {key: _short(shape.get(key)) for key in ("x", "y", "width", "height")
            if shape.get(key)}
    if not shape.get("transform", UNTURNED).startswith(UNTURNED):
        keep["transform"] = shape.get("transform")
    if "[" in name:
        keep["data-cell"] = name
    if tag == "image":
        keep["href"] = _small_image(shape.get(LINK))
        keep["preserveAspectRatio"] = "none"
        keep["style"] = "image-rendering:pixelated"
    else:
        keep["style"] = _style(shape.get("style", ""))
    if tag == "path":
        keep["d"] = _short(re.sub(r"\s*([MLQCz])\s*", r"\1", shape.get("d")))
    attributes = " ".join(f'{key}="{value}"' for key, value in keep.items())
    return f"<{tag} {attributes}>{_escape(shape.text)}</{tag}>" if tag == "text" else (
        f"<{tag} {attributes}/>")


def _style(style):
    style = re.sub(r"font-family:[^;]*;|stroke-linejoin:[^;]*;?|;\s*$", "", style)
    style = re.sub(r"\s*([:;])\s*", r"\1", style).strip(" ;")
    return re.sub(r"#[0-9a-f]{6}", lambda match: VARIABLES.get(match[0], match[0]), style)


def _short(numbers):
    return DECIMALS.sub(lambda match: f"{float(match[0]):.1f}".removesuffix(".0"), numbers)


def _escape(text):
    return (text or "").replace("&", "&amp;").replace("<", "&lt;")


def _small_image(uri):
    """Re-encode Matplotlib's RGBA image with one channel where it is grey."""
    encoded = re.sub(r"\s", "", uri).partition("base64,")[2]
    image = Image.open(io.BytesIO(base64.b64decode(encoded))).convert("RGB")
    red, green, blue = image.split()
    if red.tobytes() == green.tobytes() == blue.tobytes():
        image = red
    file = io.BytesIO()
    image.save(file, format="PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
