"""The explorer of the turning pointer shows cosine and sine."""

import math

import numpy as np
import pytest

from convlib.draw.canvas import svg_panels
from convlib.explore.waves.explore_pointer import explore_pointer
from tests.drawn import grids


@pytest.mark.parametrize("turns", [(4, 8, 12), (6,)])
def test_pointer_shows_how_far_across_and_up_its_tip_stands(turns):
    explorer = explore_pointer(turns)
    seen = []
    for values in explorer.states():
        steps, step = values["steps"], values["step"]
        seen.append((steps, step))
        figure, says = explorer.frame(**values)
        angle = math.radians(360 * step / steps)
        shown = grids(svg_panels(figure))["across, up"]
        np.testing.assert_allclose(shown, [[math.cos(angle), math.sin(angle)]], atol=0.0501)
        across, up = says.removesuffix(" up.").split(" the tip is ")[1].split(" across and ")
        np.testing.assert_array_equal(
            [float(text.replace("−", "-")) for text in (across, up)], shown[0])
        assert says.startswith(f"Step {step} of {steps}, {step}/{steps} of a turn:")
    assert seen == [(steps, step) for steps in turns for step in range(steps + 1)]


def test_pointer_writes_no_minus_before_a_zero():
    explorer = explore_pointer()
    for values in explorer.states():
        figure, says = explorer.frame(**values)
        assert "−0 " not in says
        assert ">−0<" not in svg_panels(figure)


def test_quarter_turns_are_exact():
    explorer = explore_pointer((4,))
    tips = [grids(svg_panels(explorer.frame(steps=4, step=step)[0]))["across, up"][0].tolist()
            for step in range(5)]
    assert tips == [[1, 0], [0, 1], [-1, 0], [0, -1], [1, 0]]
