"""What holds for every explorer: all it draws lies on its panels, can be read, and is light."""

import base64
import re

import pytest

from convlib.draw.canvas import CELL, svg_panels
from convlib.explore.homes.page import explorer_html
from tests.drawn import PACKED, panels
from tests.explore.compared import all_compared

NARROW = 350  # pixels that a drawing has on a page 390 pixels wide
FRAMES_BUDGET = 120_000
IMAGE = re.compile(r'href="[^"]*"')
LETTER = 0.49  # its width on average, in font sizes
NEAR = 0.35  # cells that an estimate of a text's width may be off


def distinct():
    """One of the tests' explorers for each packed block."""
    return {str(states): states for states in all_compared()}.values()


def first_cases():
    """Each kind of explorer once, as a chapter shows it: the tests have those cases first."""
    return {states.name: states for states in reversed(list(distinct()))}.values()


@pytest.fixture(scope="module", params=distinct(), ids=lambda states: states.name)
def states(request):
    return request.param


def extent(text, anchor, column, size):
    width = LETTER * size * len(text) / CELL
    left = column - {"start": 0, "middle": width / 2, "end": width}[anchor]
    return left, left + width


def test_everything_lies_on_its_panel(states):
    for values, markup, _ in states:
        for panel in panels(markup):
            for text, anchor, row, column, size in panel.texts:
                left, right = extent(text, anchor, column, size)
                assert left >= -NEAR, (values, text)
                assert right <= panel.width + NEAR, (values, text)
                assert 0 < row < panel.height, (values, text)
            boxes = [
                (row, column, 1, width)
                for (_, row, column), width in zip(panel.squares, panel.widths, strict=True)
            ]
            boxes += [box[1:] for box in panel.frames + panel.borders + panel.blocks]
            boxes += panel.images
            boxes += [(row, column, 0, 0) for _, row, column in panel.dots]
            boxes += [(*point, 0, 0) for _, _, points in panel.lines for point in points]
            for row, column, height, width in boxes:
                assert -0.01 <= row <= panel.height - height + 0.01, values
                assert -0.01 <= column <= panel.width - width + 0.01, values


@pytest.mark.parametrize("states", first_cases(), ids=lambda states: states.name)
def test_texts_can_be_read_on_a_narrow_page(states):
    for values, markup, _ in states:
        for panel in panels(markup):
            scale = min(1, NARROW / (panel.width * CELL))
            smallest = min((size for *_, size in panel.texts), default=11)
            assert smallest * scale >= 10.95, values


def test_the_same_state_is_drawn_the_same_again(states):
    """What the page packed is what the frame draws when it is called out of turn."""
    packed = list(states)
    for values, markup, says in reversed(packed):
        drawing, sentence = states.explorer.frame(**values)
        assert sentence == says
        assert IMAGE.sub("", svg_panels(drawing)) == IMAGE.sub("", markup)


def test_frames_are_within_the_budget(states):
    packed = PACKED.search(explorer_html(states.explorer))[1]
    assert len(base64.b64decode(packed)) <= FRAMES_BUDGET
