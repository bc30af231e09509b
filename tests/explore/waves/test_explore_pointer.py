"""The explorer of the turning pointer shows cosine and sine."""

import math

import numpy as np

from convlib.explore import explore_pointer
from tests.drawn import grids, panels
from tests.explore.compared import every_state


@every_state(explore_pointer, ((4, 8, 12),), ((6,),))
def test_pointer_shows_how_far_across_and_up_its_tip_stands(states, turns):
    seen = []
    for values, markup, says in states:
        steps, step = values["steps"], values["step"]
        seen.append((steps, step))
        angle = math.radians(360 * step / steps)
        shown = grids(markup)["across, up"]
        np.testing.assert_allclose(shown, [[math.cos(angle), math.sin(angle)]], atol=0.0501)
        across, up = says.removesuffix(" up.").split(" the tip is ")[1].split(" across and ")
        np.testing.assert_array_equal(
            [float(text.replace("−", "-")) for text in (across, up)], shown[0]
        )
        assert says.startswith(f"Step {step} of {steps}, {step}/{steps} of a turn:")
    assert seen == [(steps, step) for steps in turns for step in range(steps + 1)]


@every_state(explore_pointer, ((4, 8, 12),), ((6,),))
def test_pointer_stands_on_its_circle(states, turns):
    for values, markup, _ in states:
        angle = math.radians(360 * values["step"] / values["steps"])
        panel = panels(markup)[0]
        (level,), (upright,) = (
            [
                points[0][n]
                for colour, _, points in panel.lines
                if colour == "outside" and points[0][n] == points[1][n]
            ]
            for n in (0, 1)
        )
        middle = np.array([level, upright])
        ((_, _, circle),) = [line for line in panel.lines if len(line[2]) > 2]
        radius = np.hypot(*(np.array(circle) - middle).T)
        np.testing.assert_allclose(radius, radius[0], atol=0.01)
        tip = middle + radius[0] * np.array([-math.sin(angle), math.cos(angle)])
        ((colour, *dot),) = panel.dots
        assert colour == "output"
        np.testing.assert_allclose(dot, tip, atol=0.01)
        ((_, _, (start, neck)),) = [line for line in panel.lines if line[0] == "window edge"]
        np.testing.assert_allclose(start, middle, atol=0.01)
        assert np.hypot(*(tip - neck)) < 0.3
        ((_, _, height),) = [line for line in panel.lines if line[0] == "output edge"]
        np.testing.assert_allclose(height, [(level, tip[1]), tip], atol=0.01)
        ticks = [
            points for colour, _, points in panel.lines if colour == "line" and len(points) == 2
        ]
        assert len(ticks) == values["steps"]


@every_state(explore_pointer, ((4, 8, 12),), ((6,),))
def test_wave_shows_the_heights_of_all_steps_so_far(states, turns):
    for values, markup, _ in states:
        steps, step = values["steps"], values["step"]
        panel = panels(markup)[1]
        rows = {text: row for text, anchor, row, *_ in panel.texts if anchor == "end"}
        assert list(rows) == ["1", "0", "−1"]
        columns = [
            column
            for text, anchor, _, column, _ in panel.texts
            if text.isdigit() and anchor == "middle"
        ]
        assert len(columns) == steps + 1
        np.testing.assert_allclose(np.diff(columns), columns[1] - columns[0], atol=0.01)
        heights = [math.sin(math.radians(360 * n / steps)) for n in range(step + 1)]
        wanted = [
            (rows["0"] - height * (rows["0"] - rows["1"]), column)
            for height, column in zip(heights, columns, strict=False)
        ]
        np.testing.assert_allclose([dot[1:] for dot in panel.dots], wanted, atol=0.02)
        widths = [width for colour, width, _ in panel.lines if colour == "output edge"]
        assert widths == [1.2] * step + [2.4]


@every_state(explore_pointer, ((4, 8, 12),))
def test_pointer_writes_no_minus_before_a_zero(states, turns):
    for _, markup, says in states:
        assert "−0 " not in says
        assert ">−0<" not in markup


@every_state(explore_pointer, ((4,),))
def test_quarter_turns_are_exact(states, turns):
    tips = [grids(markup)["across, up"][0].tolist() for _, markup, _ in states]
    assert tips == [[1, 0], [0, 1], [-1, 0], [0, -1], [1, 0]]
