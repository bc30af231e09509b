"""The committed moving picture is what the drawing code draws."""

import moving_picture
import numpy as np
import pytest
from PIL import Image, ImageSequence

from convlib.samples import IMAGE, KERNEL


def decoded(file):
    """Return the pixels (N, H, W, 3) and the durations of a GIF's frames."""
    with Image.open(file) as gif:
        frames = [(np.asarray(frame.convert("RGB"), dtype=int), frame.info["duration"])
                  for frame in ImageSequence.Iterator(gif)]
        assert gif.info["loop"] == 0
    pixels, durations = zip(*frames)
    return np.stack(pixels), list(durations)


def assert_same_pictures(drawn, committed):
    """A palette of few colours and another machine's font edges are forgiven, a digit is not."""
    assert drawn.shape == committed.shape
    differs = np.abs(drawn - committed).max(axis=-1) > 48
    assert differs.mean(axis=(1, 2)).max() < 1e-4, "run python tools/moving_picture.py"


def freshly_drawn():
    return np.stack([np.asarray(frame, dtype=int) for frame in moving_picture.frames()])


def test_committed_frames_are_what_the_code_draws():
    committed, durations = decoded(moving_picture.FILE)
    places = (len(IMAGE) - len(KERNEL) + 1) ** 2
    assert committed.shape[0] == places == 9
    assert durations == [800] * 8 + [3200]
    assert_same_pictures(freshly_drawn(), committed)


def test_every_frame_shows_another_place():
    committed, _ = decoded(moving_picture.FILE)
    assert len({frame.tobytes() for frame in committed}) == len(committed)


def test_file_is_small_and_written_the_same_again(tmp_path):
    for name in ("once.gif", "twice.gif"):
        moving_picture.write(tmp_path / name)
    once = (tmp_path / "once.gif").read_bytes()
    assert once == (tmp_path / "twice.gif").read_bytes()
    assert len(once) < 150_000
    assert moving_picture.FILE.stat().st_size < 150_000


def test_one_wrong_digit_is_noticed(monkeypatch):
    changed = IMAGE.copy()
    changed[4, 4] += 2
    committed, _ = decoded(moving_picture.FILE)
    monkeypatch.setattr(moving_picture, "IMAGE", changed)
    with pytest.raises(AssertionError, match="moving_picture"):
        assert_same_pictures(freshly_drawn(), committed)
