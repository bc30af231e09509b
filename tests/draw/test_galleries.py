"""Pictures of a gallery stand in rows, as one reads."""

import numpy as np

from convlib.draw import gallery_panel, inked
from convlib.draw.canvas import svg_panels
from tests.drawn import panels, photos


def test_more_is_darker_and_what_lies_beyond_is_clipped():
    values = [-9, -2, 0, 2, 9]
    assert inked(np.array(values), (-2, 2)).tolist() == [255, 255, 127, 0, 0]


def test_pictures_stand_as_one_reads_and_the_rest_is_white():
    pictures = np.arange(5, dtype=np.uint8)[:, np.newaxis, np.newaxis] * np.ones(
        (1, 2, 3), np.uint8
    )
    panel = gallery_panel(pictures, columns=3, width=9)
    (whole,) = photos(panel)
    assert whole[0].tolist() == whole[1].tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert whole[2].tolist() == whole[3].tolist() == [3, 3, 3, 4, 4, 4, 255, 255, 255]
    assert next(iter(panel.grids.values())).height == 2 * 9 / 3 * 2 / 3


def test_a_strip_of_paper_under_each_line_parts_grey_pictures():
    panel = gallery_panel(np.full((4, 2, 2), 127, np.uint8), columns=2, width=6)
    (drawn,) = panels(svg_panels(panel))
    lines = [
        [points for colour, _, points in drawn.lines if colour == name]
        for name in ("paper", "line")
    ]
    assert len(lines[0]) == 2
    assert lines[0] == lines[1]
    assert [colour for colour, *_ in drawn.lines] == ["paper", "paper", "line", "line"]
