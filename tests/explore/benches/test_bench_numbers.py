"""The bench of numbers in Python: what it computes, refuses, tells and shows."""

import re

import numpy as np
import pytest

from convlib import avgpool, conv2d, flip, maxpool
from convlib.explore import bench_numbers
from convlib.explore.homes import PAGE_VARIABLE
from convlib.samples import IMAGE, KERNEL, KERNELS, POOL_IMAGE
from tests.drawn import filled, grids, outlined


def markup(bench):
    """Return the drawing of a bench without what surrounds it."""
    from convlib.draw.canvas import svg_panels

    return svg_panels(bench.picture().drawing)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, conv2d(IMAGE, KERNEL)),
        ({"stride": 2, "bias": 3}, conv2d(IMAGE, KERNEL, 3, stride=2)),
        ({"flipped": True}, conv2d(IMAGE, flip(KERNEL))),
        ({"padding": "same", "dilation": 2}, conv2d(IMAGE, KERNEL, padding="same", dilation=2)),
        ({"pool": "max"}, maxpool(IMAGE, 2)),
        ({"pool": "max", "size": 3, "stride": 1}, maxpool(IMAGE, 3, stride=1)),
        (
            {"pool": "mean", "padding": 1, "count_include_pad": False},
            avgpool(IMAGE, 2, padding=1, count_include_pad=False),
        ),
        ({"pool": "mean", "ceil_mode": True}, avgpool(IMAGE, 2, ceil_mode=True)),
    ],
    ids=str,
)
def test_output_and_still(settings, expected):
    bench = bench_numbers(IMAGE, KERNEL, **settings)
    np.testing.assert_array_equal(bench.output, expected)
    shown = grids(markup(bench))
    np.testing.assert_allclose(shown["output"], expected, atol=0.005)
    kernel = [] if bench.pool else ["kernel, flipped" if bench.flipped else "kernel"]
    assert sorted(shown) == ["image", *kernel, "output"]


def test_still_shows_padding_and_the_window():
    bench = bench_numbers(IMAGE, KERNEL, padding=((1, 0), (0, 2)), place=(0, 4))
    drawn = markup(bench)
    np.testing.assert_array_equal(grids(drawn)["image"], np.pad(IMAGE, ((1, 0), (0, 2))))
    assert outlined(drawn, "image") == {(0, 4, 3, 3)}
    assert filled(drawn, "image", "window") == {(i, j) for i in range(3) for j in range(4, 7)}
    assert outlined(drawn, "output", "output edge") == {(0, 4, 1, 1)}


def test_text_is_stable():
    lines = repr(bench_numbers(IMAGE, KERNEL)).splitlines()
    assert lines[0] == "Bench of numbers: image 5×5, kernel 3×3, output 3×3"
    assert lines[1].startswith("Row 0, column 0: 3·0 + 3·1 + ")
    assert re.fullmatch(r"\[drawing [0-9a-f]{8}\]", lines[2])


def test_setting_values_changes_what_follows():
    bench = bench_numbers(IMAGE, KERNEL)
    image = IMAGE.copy()
    image[0, 0] = 50
    bench.image = image
    np.testing.assert_array_equal(bench.output, conv2d(image, KERNEL))
    bench.change(kernel=KERNELS["box blur"], padding=1)
    np.testing.assert_allclose(bench.output, conv2d(image, KERNELS["box blur"], padding=1))
    bench.change(pool="max", stride=None, padding=0)
    np.testing.assert_array_equal(bench.output, maxpool(image, 2))


def test_arrays_are_the_bench_s_own():
    image = IMAGE.copy()
    bench = bench_numbers(image, KERNEL)
    image[0, 0] = 99
    assert bench.image[0, 0] == 3
    with pytest.raises(ValueError, match="read-only"):
        bench.image[0, 0] = 5


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"stride": 0}, ValueError, "stride must be at least 1; got 0"),
        ({"stride": 1.5}, TypeError, "stride must be an integer; got 1.5"),
        ({"kernel": np.ones((6, 6))}, ValueError, "kernel (6, 6) does not fit image (5, 5); pad"),
        ({"kernel": np.ones((8, 1))}, ValueError, "kernel must be at most (7, 7) on a bench;"),
        ({"image": np.ones((3, 13))}, ValueError, "image must be at most (12, 12) on a bench;"),
        ({"image": np.ones(3)}, ValueError, "image must have rows and columns; got shape (3,)"),
        ({"image": [[1]]}, TypeError, "image must be a NumPy array; got list"),
        ({"image": np.array([[2**53]])}, ValueError, "image must stay below 2**53 on a bench"),
        ({"pool": "min"}, ValueError, 'pool must be None, "max" or "mean"; got \'min\''),
        ({"pool": "max", "size": 8}, ValueError, "size must be at most 7; got (8, 8)"),
        ({"pool": "max", "padding": 2}, ValueError, "padding 2 at the top is more than half"),
        ({"bias": "a"}, TypeError, "bias must be a number; got 'a'"),
    ],
    ids=str,
)
def test_mistakes_are_raised_and_leave_the_bench(settings, error, message):
    bench = bench_numbers(IMAGE, KERNEL)
    before = bench.state
    with pytest.raises(error, match=re.escape(message)):
        bench.change(**settings)
    assert bench.state == before
    with pytest.raises(error, match=re.escape(message)):
        bench_numbers(**{"image": IMAGE, "kernel": KERNEL} | settings)


def test_observers_are_told():
    bench = bench_numbers(IMAGE, KERNEL)
    outputs, everything = [], []
    bench.observe(lambda change: outputs.append(change.new.tolist()), "output")
    bench.observe(everything.append)
    bench.stride = 2
    bench.stride = 2
    assert outputs == [[[12, 17], [9, 14]]]
    assert [(c["name"], c["old"]) for c in everything if c.name == "stride"] == [("stride", 1)]
    assert {change.name for change in everything} == {"stride", "output", "state"}
    assert everything[0].owner is bench
    bench.unobserve(everything.append)


def test_an_observer_can_be_taken_away():
    bench, seen = bench_numbers(IMAGE, KERNEL), []

    def handler(change):
        seen.append(change.name)

    bench.observe(handler, ["bias", "output"])
    bench.bias = 1
    bench.unobserve(handler)
    bench.bias = 2
    assert seen == ["bias", "output"]


@pytest.mark.filterwarnings("ignore:invalid value")
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"stride": (2, 1), "padding": ((1, 0), (0, 2)), "dilation": 2, "bias": -0.1},
        {"padding": "same", "flipped": True, "place": (1, 2)},
        {"pool": "max", "size": (2, 3), "stride": 2, "ceil_mode": True, "padding": (1, 0)},
        {"pool": "mean", "count_include_pad": False, "padding": 1},
    ],
    ids=str,
)
@pytest.mark.parametrize("image", [IMAGE, IMAGE / 3, np.where(IMAGE == 3, np.nan, -np.inf)])
def test_text_of_the_state_carries_everything(settings, image):
    bench = bench_numbers(image, KERNELS["box blur"], **settings)
    other = bench_numbers(POOL_IMAGE, KERNEL)
    other.load(bench.state)
    assert other.state == bench.state
    np.testing.assert_array_equal(other.output, bench.output)
    assert {n: v for n, v in other.settings.items() if n not in ("image", "kernel")} == {
        n: v for n, v in bench.settings.items() if n not in ("image", "kernel")
    }


def test_a_state_that_cannot_be_computed_has_no_output():
    bench, seen = bench_numbers(IMAGE, KERNEL), []
    bench.observe(lambda change: seen.append(change.new), ["output", "error"])
    bench.load("1;x=1,2/3,4;k=1;s=0")
    assert bench.output is None
    assert bench.error == "stride must be at least 1; got 0"
    assert seen == [None, "stride must be at least 1; got 0"]
    assert repr(bench).splitlines()[0].endswith("output none")
    bench.stride = 1
    assert bench.output.tolist() == [[1, 2], [3, 4]]
    assert bench.error is None


def test_on_a_page_a_bench_is_its_still_and_its_state(monkeypatch):
    monkeypatch.setenv(PAGE_VARIABLE, "1")
    bench = bench_numbers(IMAGE, KERNEL, padding=((0, 1), (0, 0)))
    bundle = bench._repr_mimebundle_()
    html = bundle["text/html"]
    assert set(bundle) == {"text/plain", "image/svg+xml", "text/html"}
    assert f'data-state="{bench.state}"' in html
    assert "<svg" in html
    assert bench.picture().sentence in html


def test_in_jupyter_all_views_share_one_widget(monkeypatch):
    pytest.importorskip("anywidget")
    monkeypatch.delenv(PAGE_VARIABLE, raising=False)
    bench = bench_numbers(IMAGE, KERNEL)
    views = [bench._repr_mimebundle_() for _ in range(2)]
    ids = [view["application/vnd.jupyter.widget-view+json"]["model_id"] for view in views]
    assert ids[0] == ids[1]
    assert views[0]["text/plain"] == repr(bench)
    bench.stride = 2
    assert bench._widget.state == bench.state
    bench._widget.state = "1;x=5;k=2"
    assert bench.output.tolist() == [[10]]


def test_without_anywidget_the_still_stands(monkeypatch):
    monkeypatch.delenv(PAGE_VARIABLE, raising=False)
    monkeypatch.setattr("convlib.explore.homes.bench.find_spec", lambda name: None)
    assert set(bench_numbers(IMAGE, KERNEL)._repr_mimebundle_()) == {"text/plain", "image/svg+xml"}


# ---------------------------------------------------------------- answers on the page of benches


def test_one_weight_of_four_makes_the_6_a_0():
    output = conv2d(IMAGE, KERNEL)
    assert output[2, 1] == 6
    ways = {}
    for place in np.ndindex(3, 3):
        for weight in range(-20, 21):
            changed = KERNEL.copy()
            changed[place] = weight
            if conv2d(IMAGE, changed)[2, 1] == 0:
                ways[place] = KERNEL[place], weight
    assert ways == {(0, 0): (0, -6), (0, 1): (1, -2), (0, 2): (2, -1), (1, 2): (0, -3)}
    assert bench_numbers(IMAGE, KERNEL, stride=(2, 1)).output.tolist() == output[[0, 2]].tolist()
    assert output[[0, 2]].tolist() == [[12, 12, 17], [9, 6, 14]]


def test_what_the_pool_passes_on():
    largest, places = maxpool(POOL_IMAGE, 2, return_indices=True)
    assert largest.tolist() == [[7, 8], [6, 9]]
    kept = np.isin(np.arange(16), places).reshape(4, 4)
    assert kept.sum() == 16 - 12
    np.testing.assert_array_equal(maxpool(np.where(kept, POOL_IMAGE, 0), 2), largest)
    output, places = maxpool(POOL_IMAGE, 2, stride=1, return_indices=True)
    assert output.tolist() == [[7, 8, 8], [7, 6, 9], [6, 6, 9]]
    assert [(place // 4).tolist() for place in places[output == 6]] == [1, 3, 3]
    assert len(np.unique(places)) == 5
    raised = POOL_IMAGE + 4 * (POOL_IMAGE == 9)
    assert (maxpool(raised, 2) - largest).tolist() == [[0, 0], [0, 4]]
    assert (avgpool(raised, 2) - avgpool(POOL_IMAGE, 2)).tolist() == [[0, 0], [0, 1]]
