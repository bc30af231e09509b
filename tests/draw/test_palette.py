"""One table of colours: readable in both themes, and the same for Python and style sheets."""

import re

import numpy as np
import pytest

from convlib.draw.palette import PALETTE, declarations, variable

THEMES = ["light", "dark"]
FILLS = ["paper", "outside", "window", "kernel", "output", "strong"]
EDGES = ["window edge", "kernel edge", "output edge", "strong edge", "red", "green", "blue"]


def contrast(one, other):
    """Return the ratio of two colours' luminances, as WCAG defines it."""

    def luminance(colour):
        channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return np.dot(linear, [0.2126, 0.7152, 0.0722])

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_and_white_is_the_largest():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("fill", FILLS)
def test_numbers_stand_out_from_every_fill(fill, theme):
    assert contrast(PALETTE["ink"][theme], PALETTE[fill][theme]) >= 7


@pytest.mark.parametrize(
    ("fill", "theme"),
    [
        ("paper", "light"),
        ("paper", "dark"),
        ("outside", "light"),
        ("outside", "dark"),
        ("window", "light"),
        ("window", "dark"),
        ("strong", "light"),
        ("strong", "dark"),
    ],
)
def test_quiet_texts_can_be_read_where_they_stand(fill, theme):
    """The columns of one row are quiet: on paper, on zeros, in windows, and where none sees."""
    assert contrast(PALETTE["quiet"][theme], PALETTE[fill][theme]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("edge", EDGES)
def test_edges_can_be_read_as_text_on_paper(edge, theme):
    assert contrast(PALETTE[edge][theme], PALETTE["paper"][theme]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("fill", ["window", "kernel", "output", "strong"])
def test_edges_are_seen_around_their_own_fill(fill, theme):
    assert contrast(PALETTE[f"{fill} edge"][theme], PALETTE[fill][theme]) >= 3


@pytest.mark.parametrize("grey", range(0, 256, 5))
@pytest.mark.parametrize("theme", THEMES)
def test_numbers_on_pixels_can_be_read_on_every_grey(grey, theme):
    """No colour reaches 4.5 on every grey: where black and white are equal both have 4.4."""
    colour = "on dark pixel" if grey < 0.46 * 255 else "on light pixel"
    assert contrast(PALETTE[colour][theme], f"#{grey:02x}{grey:02x}{grey:02x}") >= 4.2


@pytest.mark.parametrize("theme", THEMES)
def test_fills_differ_from_each_other(theme):
    assert len({PALETTE[fill][theme] for fill in FILLS}) == len(FILLS)


def test_every_colour_is_written_in_six_digits():
    for colours in PALETTE.values():
        assert list(colours) == THEMES
        assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours.values())


@pytest.mark.parametrize("theme", THEMES)
def test_declarations_give_every_variable_its_value(theme):
    found = dict(re.findall(r"(--draw-[a-z-]+):(#[0-9a-f]{6});", declarations(theme)))
    assert found == {
        f"--draw-{name.replace(' ', '-')}": colours[theme] for name, colours in PALETTE.items()
    }


def test_variable_falls_back_on_the_light_value():
    for name, colours in PALETTE.items():
        assert variable(name) == f"var(--draw-{name.replace(' ', '-')},{colours['light']})"


def test_unknown_colour_is_refused():
    with pytest.raises(KeyError, match="purple"):
        variable("purple")
