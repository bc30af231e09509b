"""The bench of waves in Python: their sum, their places on the map, what is said and refused."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convlib.draw.canvas import svg_panels
from convlib.explore import bench_waves

WAVES = [(0, 2), (3, 0, 2, 1), (-1, 2)]
wave_lists = st.dictionaries(
    st.tuples(st.integers(0, 8), st.integers(1, 8)),
    st.tuples(st.integers(1, 5), st.integers(0, 7)),
    max_size=6,
)


@given(wave_lists)
def test_the_transform_finds_the_waves(drawn):
    """Each wave is half of its strength at both of its places, turned as it started."""
    waves = [(*place, *rest) for place, rest in drawn.items()]
    found = np.fft.fft2(bench_waves(waves).image) / 64**2
    expected = np.zeros((64, 64), dtype=complex)
    for down, right, strength, start in waves:
        turned = strength / 2 * np.exp(2j * np.pi * start / 8)
        expected[down, right] += turned
        expected[-down, -right] += turned.conjugate()
    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_a_wave_has_one_name_of_two():
    bench = bench_waves([(-1, 2, 3, 1), (0, -4, 1, 0)])
    assert [tuple(wave) for wave in bench.waves] == [(0, 4, 1, 0), (1, -2, 3, 7)]
    np.testing.assert_allclose(bench.image, bench_waves([(1, -2, 3, 7), (0, 4)]).image)


def test_sentences():
    assert bench_waves().sentence() == "Down 0, right 0: no wave. The picture is even."
    bench = bench_waves(WAVES, place=(-3, 0))
    assert bench.sentence() == (
        "Down −3, right 0: strength 2, starting at 1 eighths of a turn."
        " 3 waves in the picture, from −3.85 to 3.97."
    )


def test_still_marks_both_places_of_a_wave():
    drawn = svg_panels(bench_waves(WAVES).picture().drawing)
    assert drawn.count("fill:var(--draw-strong,") == 2 * len(WAVES)
    assert svg_panels(bench_waves([(0, 0)]).picture().drawing).count("fill:var(--draw-strong,") == 1


def test_text_is_stable_and_read_back():
    bench = bench_waves(WAVES, place=(1, -2))
    assert bench.state == "1;w=0,2,1,0/1,-2,1,0/3,0,2,1;o=1,-2"
    other = bench_waves()
    assert other.state == "1"
    other.load(bench.state)
    assert other.settings == bench.settings
    assert repr(bench).startswith("Bench of waves: 3 waves\nDown 1, right −2: ")


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"waves": [(9, 0)]}, ValueError, "down must be at most 8; got 9"),
        ({"waves": [(0, -9)]}, ValueError, "right must be at least -8; got -9"),
        ({"waves": [(0, 1, 0)]}, ValueError, "strength must be at least 1; got 0"),
        ({"waves": [(0, 1, 6)]}, ValueError, "strength must be at most 5; got 6"),
        ({"waves": [(0, 1, 1, 8)]}, ValueError, "start must be at most 7; got 8"),
        ({"waves": [(0.5, 1)]}, TypeError, "down must be an integer; got 0.5"),
        ({"waves": [(1, 2), (-1, -2)]}, ValueError, "waves must be different; got (1, 2) twice"),
        ({"place": (9, 0)}, ValueError, "place must be two numbers from -8 to 8; got (9, 0)"),
        (
            {"waves": [(i, j) for i in range(1, 9) for j in range(-8, 9)]},
            ValueError,
            "waves must be at most 80; got 136",
        ),
    ],
    ids=str,
)
def test_mistakes_are_raised_and_leave_the_bench(settings, error, message):
    bench = bench_waves(WAVES)
    before = bench.state
    with pytest.raises(error, match=re.escape(message)):
        bench.change(**settings)
    assert bench.state == before
