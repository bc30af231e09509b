"""The picture of speed-ups shows ratios of the measured times."""

from convlib.draw.canvas import svg_panels
from convlib.explore import show_speedups
from tests.drawn import panels
from tests.explore.go_faster.measured import exponents_around, known, times
from tests.explore.go_faster.scales import assert_ranks


def test_speedups_are_ratios_of_times_per_output_number():
    loop = times("512² image, kernel 3")["core"] / 510**2
    ratios = {"loop": 1} | {
        way: loop / (time / 1022**2) for way, time in known(times("1024² image, kernel 3")).items()
    }
    texts = {way: f"{ratio:,.0f}" for way, ratio in ratios.items()}
    picture = show_speedups()
    listed = ", ".join(f"{way} {text}" for way, text in texts.items())
    assert picture.sentence == f"Times as fast as the loop: {listed}."
    (panel,) = panels(svg_panels(picture.drawing))
    powers = exponents_around(ratios.values())
    assert_ranks(panel, ratios, powers, "output edge", texts)
