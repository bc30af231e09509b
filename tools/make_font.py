"""Make book/_static/mathematics.woff from an npm package: python tools/make_font.py PACKAGE.TGZ

`npm pack @fontsource/stix-two-math@5.3.0` fetches the package. The whole font has 5,000 glyphs; a
page gets those that formulas of the book are written with, and the measures by which a browser
places indices, exponents and fractions. Without such a font it has to guess them.
"""

import io
import string
import sys
import tarfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from make_digits import check_hash

FILE = Path(__file__).parents[1] / "book" / "_static" / "mathematics.woff"
PACKAGE = "948de1b5470fbbd745fedbe6135797454fe833d94feecc6f2073cd771fe2f5fd"
FONT = "package/files/stix-two-math-latin-400-normal.woff"
SIGNS = " ()+,-./:;<=>[]{}|·×−…∑√≤≥⌊⌋⌈⌉→π"
ITALIC = {0x1D434: string.ascii_uppercase, 0x1D44E: string.ascii_lowercase}
"""Where Unicode has the slanted letters of formulas, into which a browser turns single ones."""

HOLES = {0x1D455: 0x210E}  # the slanted h is Planck's constant
LEFT_OUT = ["GPOS", "GSUB", "GDEF", "gasp"]


def slanted(letter):
    """Return the number of the character that a single letter of a formula becomes."""
    for first, letters in ITALIC.items():
        if letter in letters:
            code = first + letters.index(letter)
            return HOLES.get(code, code)
    return 0x1D70B if letter == "π" else ord(letter)


def main(path):
    data = Path(path).read_bytes()
    check_hash(data, PACKAGE, str(path))
    with tarfile.open(fileobj=io.BytesIO(data)) as package:
        font = TTFont(io.BytesIO(package.extractfile(FONT).read()), recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=[], name_IDs=[0, 13, 14])
    options.drop_tables += LEFT_OUT
    characters = string.ascii_letters + string.digits + SIGNS
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes={*map(ord, characters), *map(slanted, characters)})
    subsetter.subset(font)
    font.flavor = "woff"
    font.save(FILE)
    print(f"{FILE}: {len(font.getGlyphOrder())} glyphs, {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
