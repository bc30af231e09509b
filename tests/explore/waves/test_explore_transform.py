"""The explorer of a row's transform shows what NumPy's FFT computes."""

import re

import numpy as np
import pytest

from convlib.draw.canvas import svg_panels
from convlib.explore.waves.explore_transform import complex_text, explore_transform
from tests.drawn import grids


def value_of(text):
    """Compute a sentence's sum of pointers."""
    text = re.sub(r"(?<![\d.])q", "1q", text.replace("−", "-").replace("·", "*"))
    return eval(text.replace("q", "j"))


@pytest.mark.parametrize("row", [[3, 1, 2, 0], [2, -1, 0, 5], [3, 3, 2, 1, 0, 0, -4, 3], [1, 7]])
def test_transform_adds_the_pointers_one_by_one(row):
    explorer = explore_transform(row)
    size = len(row)
    seen = []
    for values in explorer.states():
        point, numbers = values["point"], values["numbers"]
        seen.append((point, numbers))
        figure, says = explorer.frame(**values)
        shown = grids(svg_panels(figure))
        np.testing.assert_array_equal(shown["row"], [row])
        so_far = row[:numbers] + [0] * (size - numbers)
        wanted = np.fft.fft(so_far)[point]
        np.testing.assert_allclose(shown["sum: across, up"], [[wanted.real, wanted.imag]],
                                   atol=0.0501)
        start = f"Point {point}, {numbers} number{'' if numbers == 1 else 's'}: "
        assert says.startswith(start)
        *products, answer = says.removeprefix(start).removesuffix(".").split(" = ")
        assert answer == complex_text(wanted.round(6) + 0)
        for text in products:
            np.testing.assert_allclose(value_of(text), wanted, atol=1e-9)
        quarters_only = all(point * place * 4 % size == 0 for place in range(numbers))
        assert len(products) == quarters_only
    assert seen == [(m, n) for m in range(size) for n in range(1, size + 1)]


@pytest.mark.parametrize("value", [0, 1, -1, 1j, -1j, 2j, 1 - 1j, -3 + 0.5j, 0.7071 - 0.7071j])
def test_pointer_is_written_as_across_and_up(value):
    np.testing.assert_allclose(value_of(complex_text(value)), value, atol=0.0501)


def test_row_says_how_far_each_number_is_turned_back():
    markup = svg_panels(explore_transform([3, 1, 2, 0]).frame(point=3, numbers=4)[0])
    places = [markup.index(f">{text}</text>") for text in ("3/4", "2/4", "1/4")]
    assert places == sorted(places)
