"""The committed moving picture is what the drawing code draws."""

import re

import moving_picture

from convlib.samples import IMAGE, KERNEL
from tests.drawn import grids

FRAME = re.compile(r'<g class="frame" style="animation-delay:([\d.]+)s">(.*?)</g></g>', re.DOTALL)


def test_committed_file_is_what_the_code_draws():
    assert moving_picture.FILE.read_text(encoding="utf-8") == moving_picture.markup(), (
        "run python tools/moving_picture.py"
    )


def test_every_frame_shows_the_output_up_to_one_place_more():
    frames = FRAME.findall(moving_picture.markup())
    places = (len(IMAGE) - len(KERNEL) + 1) ** 2
    assert len(frames) == places == 9
    for number, (delay, frame) in enumerate(frames):
        output = grids(frame)["output"]
        assert float(delay) == number
        assert (output == output).sum() == number + 1


def test_each_frame_is_seen_while_no_other_is():
    rules = moving_picture.markup()
    seconds = float(re.search(r"animation:show ([\d.]+)s", rules)[1])
    shown, stays = (
        float(re.search(rf"@keyframes {name}{{0%{{visibility:visible}}([\d.]+)%", rules)[1])
        for name in ("show", "stay")
    )
    assert abs(seconds * shown / 100 - 1) < 0.001
    assert abs(seconds * stays / 100 - (seconds - 8)) < 0.001


def test_file_is_small():
    assert moving_picture.FILE.stat().st_size < 150_000
