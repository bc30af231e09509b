"""The explorer of a row's transform shows what NumPy's FFT computes."""

import re
from itertools import pairwise

import numpy as np
import pytest

from convlib.explore import explore_transform
from convlib.explore.waves.explore_transform import complex_text
from tests.drawn import filled, grids, panels
from tests.explore.compared import every_state


def value_of(text):
    """Compute a sentence's sum of pointers."""
    text = re.sub(r"(?<![\d.])q", "1q", text.replace("−", "-").replace("·", "*"))
    return eval(text.replace("q", "j"))


ROWS = [([3, 1, 2, 0],), ([2, -1, 0, 5],), ([3, 3, 2, 1, 0, 0, -4, 3],), ([1, 7],)]


@every_state(explore_transform, *ROWS)
def test_transform_adds_the_pointers_one_by_one(states, row):
    size = len(row)
    seen = []
    for values, markup, says in states:
        point, numbers = values["point"], values["numbers"]
        seen.append((point, numbers))
        shown = grids(markup)
        np.testing.assert_array_equal(shown["row"], [row])
        so_far = row[:numbers] + [0] * (size - numbers)
        wanted = np.fft.fft(so_far)[point]
        np.testing.assert_allclose(
            shown["sum: across, up"], [[wanted.real, wanted.imag]], atol=0.0501
        )
        start = f"Point {point}, {numbers} number{'' if numbers == 1 else 's'}: "
        assert says.startswith(start)
        *products, answer = says.removeprefix(start).removesuffix(".").split(" = ")
        assert answer == complex_text(wanted.round(6) + 0)
        for text in products:
            np.testing.assert_allclose(value_of(text), wanted, atol=1e-9)
        quarters_only = all(point * place * 4 % size == 0 for place in range(numbers))
        assert len(products) == quarters_only
    assert seen == [(m, n) for m in range(size) for n in range(1, size + 1)]


@every_state(explore_transform, *ROWS)
def test_chain_ends_where_the_transform_does(states, row):
    scales = []
    for values, markup, _ in states:
        point, numbers = values["point"], values["numbers"]
        tips = [np.fft.fft(row[:n] + [0] * (len(row) - n))[point] for n in range(numbers + 1)]
        chain = panels(markup)[-1]
        (level,), (upright,) = (
            [
                points[0][n]
                for colour, _, points in chain.lines
                if colour == "outside" and points[0][n] == points[1][n]
            ]
            for n in (0, 1)
        )
        ((_, down, right),) = chain.dots
        end = complex(right - upright, level - down)
        if abs(tips[-1]) > 1e-6:
            scales.append(abs(end) / abs(tips[-1]))
            np.testing.assert_allclose(end / scales[-1], tips[-1], atol=0.05)
            ((start, last),) = [
                points for colour, _, points in chain.lines if colour == "output edge"
            ]
            np.testing.assert_allclose([start, last], [(level, upright), (down, right)], atol=0.01)
        arrows = [points for colour, _, points in chain.lines if colour == "window edge"]
        moved = [(one, other) for one, other in pairwise(tips) if abs(other - one) > 1e-6]
        assert len(arrows) == len(moved)
        starts = [complex(start[1] - upright, level - start[0]) for start, _ in arrows]
        np.testing.assert_allclose(starts, [scales[-1] * one for one, _ in moved], atol=0.05)
        assert {j for i, j in filled(markup, "row", "window") if i == 0} == set(range(numbers))
    np.testing.assert_allclose(scales, scales[0], rtol=0.02)


@every_state(explore_transform, *ROWS)
def test_row_says_how_far_each_number_is_turned_back(states, row):
    for values, markup, _ in states:
        panel = panels(markup)[0]
        _, left = panel.corners["row"]
        place_of = {
            round(column - left - 0.5, 1): text
            for text, _, at, column, size in panel.texts
            if size == 14 and at > panel.corners["row"][0] + 2
        }
        turned = [values["point"] * place % len(row) for place in range(len(row))]
        texts = [f"{steps}/{len(row)}" if steps else "0" for steps in turned]
        assert place_of == dict(enumerate(texts))


@pytest.mark.parametrize("value", [0, 1, -1, 1j, -1j, 2j, 1 - 1j, -3 + 0.5j, 0.7071 - 0.7071j])
def test_pointer_is_written_as_across_and_up(value):
    np.testing.assert_allclose(value_of(complex_text(value)), value, atol=0.0501)
