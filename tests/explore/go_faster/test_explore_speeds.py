"""The explorer of measured speeds shows the numbers of the file that `make bench` writes."""

import json

import numpy as np

from convlib.explore import explore_speeds, read_machine
from convlib.explore.go_faster.explore_costs import costs
from tests.drawn import panels
from tests.explore.compared import every_state
from tests.explore.go_faster.measured import FOLDER, exponents_around, known, megabytes, times
from tests.explore.go_faster.scales import assert_ranks, value_across

SHAPES = {  # output numbers, and multiply-adds for each
    "1024² image, kernel 3": (1022 * 1022, 3 * 3),
    "1024² image, kernel 5": (1020 * 1020, 5 * 5),
    "1024² image, kernel 9": (1016 * 1016, 9 * 9),
    "1024² image, kernel 15": (1010 * 1010, 15 * 15),
    "1024² image, kernel 31": (994 * 994, 31 * 31),
    "64 to 64 channels, 56×56, kernel 3": (64 * 56 * 56, 64 * 3 * 3),
    "64 to 64 channels, 56×56, kernel 5": (64 * 56 * 56, 64 * 5 * 5),
    "256 to 256 channels, 28×28, kernel 3": (256 * 28 * 28, 256 * 3 * 3),
    "128 channels, depthwise, 56×56, kernel 3": (128 * 56 * 56, 3 * 3),
}
DEPTHWISE = list(SHAPES)[-1]


def test_machine_is_the_one_of_the_file():
    assert read_machine() == json.loads((FOLDER / "machine.json").read_text(encoding="utf-8"))


@every_state(explore_speeds, ())
def test_speeds_are_multiply_adds_by_time(states):
    roof = read_machine()["rates"]["PRODUCTS"] / 10**9
    speeds = {
        work: {
            way: outputs * each / (time / 1000) / 10**9 for way, time in known(times(work)).items()
        }
        for work, (outputs, each) in SHAPES.items()
    }
    memory = {work: known(megabytes(work)) for work in SHAPES}
    every_speed = [roof] + [speed for ways in speeds.values() for speed in ways.values()]
    every_size = [size for ways in memory.values() for size in ways.values() if size]
    seen = []
    for values, markup, says in states:
        work = values["work"]
        seen.append(work)
        fast = {way: f"{speed:.3g}" for way, speed in speeds[work].items()}
        held = {way: f"{size:g}" for way, size in memory[work].items()}
        multiply_adds = SHAPES[work][0] * SHAPES[work][1]
        listed = [
            ", ".join(f"{way} {text}" for way, text in texts.items()) for texts in (fast, held)
        ]
        assert says == (
            f"{work}: {multiply_adds:,} multiply-adds."
            f" Billions a second: {listed[0]}. Megabytes held: {listed[1]}."
        )
        left, right = panels(markup)
        powers = exponents_around(every_speed)
        assert_ranks(left, speeds[work], powers, "output edge", fast)
        assert_ranks(right, memory[work], exponents_around(every_size), "kernel edge", held)
        ((start, end),) = [points for colour, _, points in left.lines if colour == "strong edge"]
        assert start[1] == end[1]
        across = value_across(left, powers)
        np.testing.assert_allclose(np.log10(across(start[1])), np.log10(roof), atol=0.01)
        assert f"roof of NumPy's product: {roof:.3g}" in [text for text, *_ in left.texts]
    assert seen == list(SHAPES)


def test_what_the_chapter_says_of_layers():
    roof = read_machine()["rates"]["PRODUCTS"] / 10**6
    layers = [work for work in SHAPES if " to " in work]
    for work in layers:
        ways = known(times(work))
        products = [ways[way] for way in ("windows", "im2col", "rows")]
        assert max(products) < ways["shifts"] / 10
        assert ways["PyTorch"] < min(products)
    outputs, each = SHAPES[layers[-1]]
    assert outputs * each / times(layers[-1])["PyTorch"] > roof
    for work in SHAPES:
        if "image" in work:
            ways = known(times(work))
            assert min(ways, key=ways.get) == "shifts"
            assert work != "1024² image, kernel 3" or max(ways, key=ways.get) == "PyTorch"


def test_what_the_chapter_says_of_the_depthwise_layer_and_of_memory():
    outputs, each = SHAPES[DEPTHWISE]
    ours = {way: ms for way, ms in known(times(DEPTHWISE)).items() if way != "PyTorch"}
    assert round(outputs * each / min(ours.values()) / 10**6, 1) == 2.0
    for kernel in (3, 5, 9, 15, 31):
        held = megabytes(f"1024² image, kernel {kernel}")
        counted = costs(1024, kernel)["bytes"]
        assert held["windows"] > counted["einsum windows"] == 0
        names = {"shifts": "shifts", "im2col": "patches", "rows": "row products"}
        assert all(held[way] < counted[name] / 10**6 for way, name in names.items())
