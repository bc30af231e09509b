"""The pictures of traffic and of times show what counting and the committed table give."""

import csv
from pathlib import Path

import convlib
from convlib.draw.canvas import svg_panels
from convlib.explore import explore_rivals, explore_traffic, read_machine, show_rewritings
from tests.drawn import panels, texts
from tests.explore.compared import every_state
from tests.explore.go_faster import measured
from tests.explore.go_faster.scales import assert_ranks

TABLE = Path(convlib.__file__).parent / "explore/measured/compiled.csv"
IMAGE = "512² image, kernel 3"
LAYER = "64 to 64 channels, 56×56, kernel 3"
DEPTHWISE = "128 channels, depthwise, 56×56, kernel 3"


def times(work):
    """Return the milliseconds of each way to do one piece of work."""
    with open(TABLE, encoding="utf-8") as file:
        return {line[2]: float(line[3]) for line in csv.reader(file) if line[0] == work}


@every_state(explore_traffic, ())
def test_traffic_is_counted(states):
    seen = []
    for values, markup, says in states:
        kernel = values["kernel"]
        seen.append(kernel)
        reads = {"sum in memory": 0, "sum in a register": 0, "four filters together": 0}
        for _ in range(kernel * kernel):
            reads["sum in memory"] += 2  # the pixel and the sum; the sum is written below
            reads["sum in a register"] += 1
            reads["four filters together"] += 1
        writes = {"sum in memory": kernel**2, "sum in a register": 1, "four filters together": 4}
        work = {name: kernel**2 * (4 if "four" in name else 1) for name in reads}
        shown = {name: f"{100 * (reads[name] + writes[name]) / work[name]:.0f}" for name in reads}
        listed = ", ".join(f"{name} {text}" for name, text in shown.items())
        assert says == f"Kernel {kernel}×{kernel}, for 100 multiply-adds: {listed}."
        assert {*shown, *shown.values()} <= set(texts(markup))
    assert seen == [1, 3, 5, 7]


def test_rewritings_are_ratios_to_the_loop_in_python():
    loop = measured.times(IMAGE)["core"]
    ratios = {"in Python": 1} | {way: loop / time for way, time in times(IMAGE).items()}
    shown = {way: f"{ratio:,.0f}" for way, ratio in ratios.items()}
    picture = show_rewritings()
    listed = ", ".join(f"{way} {text}" for way, text in shown.items())
    assert picture.sentence == f"Times as fast as the loop in Python: {listed}."
    (panel,) = panels(svg_panels(picture.drawing))
    powers = measured.exponents_around(ratios.values())
    assert_ranks(panel, ratios, powers, "output edge", shown)


@every_state(explore_rivals, ())
def test_rivals_are_measured_times(states):
    seen = []
    every = [time for work in (LAYER, DEPTHWISE) for time in times(work).values()]
    for values, markup, says in states:
        work = values["work"]
        seen.append(work)
        shown = {way: f"{time:.3g}" for way, time in times(work).items()}
        listed = ", ".join(f"{way} {text}" for way, text in shown.items())
        assert says == f"{work}: milliseconds: {listed}."
        (panel,) = panels(markup)
        powers = measured.exponents_around(every)
        assert_ranks(panel, times(work), powers, "output edge", shown)
    assert seen == [LAYER, DEPTHWISE]


def test_what_the_chapter_says_of_times():
    ways, loop = times(IMAGE), measured.times(IMAGE)["core"]
    names = ("as written", "four loops", "columns outside", "columns inside", "written out")
    speedups = [f"{loop / ways[name]:,.0f}" for name in names]
    assert speedups == ["117", "1,267", "880", "11,936", "22,329"]
    assert 9 < ways["four loops"] / ways["columns inside"] < 10
    assert round(ways["columns outside"] / ways["four loops"], 1) == 1.4
    assert 13 < ways["columns outside"] / ways["columns inside"] < 14
    assert ways["written out"] < ways["compiled"] < ways["columns inside"]
    limit = 1000 * 8 * 510 * 510 / read_machine()["rates"]["BANDWIDTH"]
    assert 1.4 < ways["written out"] / limit < 1.6
    larger = measured.times("1024² image, kernel 3")["PyTorch"]
    assert ways["PyTorch"] / (510 * 510) < larger / (1022 * 1022)
    layer, depthwise = times(LAYER), times(DEPTHWISE)
    assert f"{layer['compiled']:.3g} {depthwise['compiled']:.3g}" == "1.84 0.488"
    assert layer["compiled"] < 0.7 * layer["im2col"]
    assert 0.9 < layer["winograd4"] / layer["compiled"] < 1.1
    assert 4 < depthwise["im2col"] / depthwise["compiled"] < 5
    assert 0.8 < depthwise["compiled"] / depthwise["PyTorch"] < 1.1
