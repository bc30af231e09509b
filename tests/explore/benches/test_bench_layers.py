"""The bench of layers in Python: sizes, what a cell sees and reaches, what it says and refuses."""

import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from convlib import conv2d
from convlib.draw.canvas import svg_panels
from convlib.explore import bench_layers
from convlib.explore.benches.layers import Layer, fields, lengths, reached, ways
from convlib.grad import conv2d_backward

STACK = [("conv", 3, 1, 1), ("conv", 3, 2, 1), ("pool", 2, 2), ("conv", 3, 1, 1, 2)]
layer_lists = st.lists(
    st.builds(
        Layer,
        st.sampled_from(["conv", "pool"]),
        *(st.integers(name != "padding", 4) for name in ("size", "stride", "padding", "dilation")),
    ),
    min_size=1,
    max_size=5,
)


def options(layer):
    return {"stride": layer.stride, "padding": layer.padding, "dilation": layer.dilation}


def kernel(layer):
    return np.ones((layer.size,) * 2, dtype=int)


def fitting(length, layers):
    """Return the sizes of a stack, or leave the example out."""
    try:
        return lengths(length, layers)
    except ValueError:
        assume(False)


@given(st.integers(1, 16), layer_lists, st.data())
def test_ways_are_the_gradient_of_sums(length, layers, data):
    """With weights of one, a pixel's gradient counts the ways from the cell to the pixel."""
    sizes = fitting(length, layers)
    assume(max(sizes) <= 24)  # larger ones only take longer
    row, column = (data.draw(st.integers(0, sizes[-1] - 1)) for _ in range(2))
    dy = np.zeros((sizes[-1],) * 2, dtype=int)
    dy[row, column] = 1
    for layer, below in zip(reversed(layers), reversed(sizes[:-1])):
        x = np.zeros((below,) * 2, dtype=int)
        dy, _, _ = conv2d_backward(dy, x, kernel(layer), **options(layer))
    found = np.outer(ways(length, layers, row)[0], ways(length, layers, column)[0])
    np.testing.assert_array_equal(found, dy)


@given(st.integers(1, 16), layer_lists, st.data())
def test_reached_are_the_cells_that_a_pixel_changes(length, layers, data):
    fitting(length, layers)
    row, column = (data.draw(st.integers(0, length - 1)) for _ in range(2))
    x = np.zeros((length, length), dtype=int)
    x[row, column] = 1
    for layer in layers:
        x = np.minimum(conv2d(x, kernel(layer), **options(layer)), 1)
    found = np.outer(reached(length, layers, row)[-1], reached(length, layers, column)[-1])
    np.testing.assert_array_equal(found, x)


def test_fields_by_hand():
    layers = [Layer("conv", 3), Layer("pool", 2, 2), Layer("conv", 3, 1, 0, 2)]
    by_hand = [(1, 1), (1 + 2 * 1, 1), (3 + 1 * 1, 1 * 2), (4 + 2 * 2 * 2, 2)]
    assert fields(layers) == by_hand


@given(st.integers(30, 32), layer_lists)
def test_a_field_is_what_a_middle_cell_spans(length, layers):
    layers = [layer._replace(padding=0) for layer in layers]
    sizes = fitting(length, layers)
    (seen,) = np.nonzero(ways(length, layers, sizes[-1] // 2)[0])
    assert seen[-1] - seen[0] + 1 == fields(layers)[-1][0]


def test_sentences_by_hand():
    """Along a row: 0 sees 1 3; 2 3, 6 7; 3-7, 11-15; 2-8, 10-15. Column 0 as row 0."""
    bench = bench_layers(16, STACK)
    assert bench.lengths == [16, 16, 8, 4, 2]
    assert bench.picture().sentence == (
        "Row 0, column 0 of layer 4 sees 2×2 cells of layer 3, 4×4 cells of layer 2,"
        " 10×10 cells of layer 1 and 13×13 pixels (169 of 256)."
    )
    bench.place = 0, 15, 0
    assert bench.picture().sentence == (
        "Row 15, column 0 of the image reaches 2×2 cells of layer 1, 1×2 cells of layer 2,"
        " 1×1 cells of layer 3 and 1×1 cells of layer 4."
    )
    bench.place = 2, 3, 4
    assert bench.picture().sentence == (
        "Row 3, column 4 of layer 2 sees 3×3 cells of layer 1 and 5×5 pixels (25 of 256)"
        " and reaches 1×1 cells of layer 3 and 1×1 cells of layer 4."
    )


def test_still_marks_what_is_seen():
    drawn = svg_panels(
        bench_layers(5, [("conv", 3), ("conv", 2)], place=(2, 0, 1)).picture().drawing
    )
    panels = [panel.count("fill:var(--draw-window,") for panel in drawn.split("<svg")[1:]]
    assert panels == [4 * 4, 2 * 2, 0]


def test_text_is_stable_and_read_back():
    bench = bench_layers(16, STACK, place=(2, 3, 4))
    assert repr(bench).splitlines()[0] == (
        "Bench of layers: image 16×16, convolution 3×3, convolution 3×3, pool 2×2, convolution 3×3"
    )
    other = bench_layers(1, [("conv", 1)])
    other.load(bench.state)
    assert other.settings == bench.settings
    assert bench.state == "1;n=16;l=conv,3,1,1/conv,3,2,1/pool,2,2/conv,3,1,1,2;o=2,3,4"


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"length": 33}, ValueError, "length must be at most 32 on a bench; got 33"),
        ({"length": 0}, ValueError, "length must be at least 1; got 0"),
        ({"layers": []}, ValueError, "layers must be 1 to 5 on a bench; got 0"),
        ({"layers": [("conv", 1)] * 6}, ValueError, "layers must be 1 to 5 on a bench; got 6"),
        ({"layers": [("relu", 1)]}, ValueError, 'a layer must be "conv" or "pool"; got \'relu\''),
        ({"layers": [("conv", 1.5)]}, TypeError, "size must be an integer; got 1.5"),
        ({"layers": [("conv", 1, 0)]}, ValueError, "stride must be at least 1; got 0"),
        ({"layers": [("conv", 9)]}, ValueError, "size must be at most 7 on a bench; got 9"),
        ({"place": (5, 0, 0)}, ValueError, "place must be a layer up to 4, a row and a column;"),
        (
            {"layers": [("conv", 3), ("conv", 4)], "length": 5},
            ValueError,
            "layer 2: a window of 4×4 does not fit on 3×3 cells",
        ),
        (
            {"layers": [("conv", 3, 1, 1, 3)], "length": 4},
            ValueError,
            "layer 1: a window of 7×7 does not fit on 6×6 cells",
        ),
        (
            {"layers": [("pool", 3, 1, 2)]},
            ValueError,
            "layer 1: padding 2 is more than half of the pool window 3",
        ),
    ],
    ids=str,
)
def test_mistakes_are_raised_and_leave_the_bench(settings, error, message):
    bench = bench_layers(16, STACK)
    before = bench.state
    with pytest.raises(error, match=re.escape(message)):
        bench.change(**settings)
    assert bench.state == before


def test_a_stack_that_does_not_fit_is_not_loaded():
    bench = bench_layers(16, STACK)
    before = bench.state
    with pytest.raises(ValueError, match="layer 1: a window of 3×3 does not fit on 2×2 cells"):
        bench.load("1;n=2;l=conv,3")
    assert bench.state == before
