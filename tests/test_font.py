"""The font of formulas: small, with the measures that a browser needs, its licence beside it."""

import json
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from latex2mathml.converter import convert

import make_font

FORMULA = re.compile(r"(?<!\\)\$\$?([^$`]+?)\$\$?|\{math\}`([^`]+)`")
LEAF = re.compile(r"<m(i|n|o|text)[^>]*>([^<]*)</m\1>")
BOOK = Path(__file__).parents[1] / "book"
PAGES = [*BOOK.glob("*.md"), *BOOK.glob("*.ipynb")]


def prose(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return text
    cells = json.loads(text)["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def written(page):
    """Return every character that a page's formulas show, single letters slanted."""
    found = set()
    for display, inline in FORMULA.findall(prose(page)):
        for kind, text in LEAF.findall(convert(display or inline)):
            text = re.sub(r"&#x(\w+);", lambda code: chr(int(code[1], 16)), text)
            is_single = kind == "i" and len(text) == 1
            found |= {make_font.slanted(text)} if is_single else set(map(ord, text))
    return found


def test_it_holds_what_formulas_are_written_with():
    font = TTFont(make_font.FILE)
    needed = set.union(*map(written, PAGES))
    assert len(needed) > 40
    missing = {chr(code) for code in needed - font.getBestCmap().keys()}
    assert missing <= {"\u00a0", "\u2003"}


def test_it_knows_where_indices_and_exponents_go():
    font = TTFont(make_font.FILE)
    constants = font["MATH"].table.MathConstants
    assert constants.SubscriptShiftDown.Value > 0
    assert constants.SuperscriptShiftUp.Value > 0
    assert make_font.FILE.stat().st_size < 25_000


def test_slanted_letters_by_hand():
    assert [make_font.slanted(letter) for letter in "aAh"] == [0x1D44E, 0x1D434, 0x210E]
    assert make_font.slanted("2") == ord("2")


def test_its_licence_stands_beside_it():
    licence = make_font.FILE.with_name("mathematics_licence.txt").read_text(encoding="ascii")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "STIX Fonts Project Authors" in licence


def test_a_foreign_package_is_refused(tmp_path):
    (tmp_path / "font.tgz").write_bytes(b"something else")
    with pytest.raises(ValueError, match="has the SHA-256"):
        make_font.main(tmp_path / "font.tgz")
