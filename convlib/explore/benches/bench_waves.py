"""Bench of waves: a map to draw waves on, and the picture that they add up to."""

from typing import NamedTuple

import numpy as np

from convlib.draw import beside, counted, number_text, photo_panel, sign_panel, squares_panel
from convlib.explore.engine import Picture
from convlib.explore.engine.bench import Bench, Setting
from convlib.shapes import integer

VERSION = "1"
FINEST = 8  # times that a wave goes up and down
SIDE = 64  # pixels of the picture, along each axis
EIGHTHS = 8
MOST = {"waves": 80, "strength": 5}
WIDTH = 6  # of map and picture, in cells of the other drawings


class Wave(NamedTuple):
    """One wave: how often it goes up and down each way, how strong it is, where it starts."""

    down: int
    right: int
    strength: int = 1
    start: int = 0  # eighths of a turn that the pointer has made in the top left corner


def bench_waves(waves=(), *, place=(0, 0)):
    """Draw waves on a map where the reader can change them, and see what they add up to.

    Parameters
    ----------
    waves : list of (int, int, int, int)
        How often each wave goes up and down from top to bottom and from left to right, from −8
        to 8; its strength, 1 to 5, 1 if left out; and how many eighths of a turn its pointer has
        made in the top left corner, 0 if left out.
    place : (int, int)
        Down and right of the place on the map that is chosen.

    Returns
    -------
    WavesBench
        `bench.waves` and `bench.place` are read and set as attributes; `bench.image` follows.

    Examples
    --------
    >>> bench = bench_waves([(0, 2), (3, 0, 2)])
    >>> bench.image.shape, float(bench.image[0, 0])
    ((64, 64), 3.0)
    """
    return WavesBench(waves=waves, place=place)


class WavesBench(Bench):
    """Waves on a map that the reader draws, and the picture that they add up to.

    Made by `bench_waves`, which says what its attributes are.
    """

    kind = "waves"
    waves, place = Setting(), Setting()

    @property
    def image(self):
        """The sum of the waves, an array of float of shape (64, 64)."""
        return self._results["image"]

    def checked(self, settings):
        """Return settings that a bench can hold: every wave once, in the order of the map."""
        waves = {}
        for given in settings["waves"]:
            wave = _checked_wave(given)
            if wave[:2] in waves:
                raise ValueError(f"waves must be different; got {wave[:2]} twice")
            waves[wave[:2]] = wave
        if len(waves) > MOST["waves"]:
            raise ValueError(f"waves must be at most {MOST['waves']}; got {len(waves)}")
        place = tuple(integer(number, "place", -FINEST) for number in settings["place"])
        if len(place) != 2 or max(place) > FINEST:
            raise ValueError(f"place must be two numbers from {-FINEST} to {FINEST}; got {place}")
        return {"waves": tuple(waves[key] for key in sorted(waves)), "place": place}

    def results(self, settings):
        """Add the waves up."""
        return {"image": summed(settings["waves"])}

    def written(self, settings):
        """Write settings as text: `1;w=0,2,1,0/3,0,2,0;o=3,0`."""
        parts = []
        if settings["waves"]:
            parts.append("w=" + "/".join(",".join(map(str, wave)) for wave in settings["waves"]))
        if any(settings["place"]):
            parts.append("o=" + ",".join(map(str, settings["place"])))
        return ";".join([VERSION, *parts])

    def read(self, state):
        """Read settings from text."""
        version, *parts = state.split(";")
        if version != VERSION:
            raise ValueError(f"state must be of version {VERSION}; got {state[:20]!r}")
        read = dict(part.split("=") for part in parts)
        waves = read["w"].split("/") if "w" in read else []
        return {
            "waves": [tuple(map(int, wave.split(","))) for wave in waves],
            "place": tuple(map(int, read.get("o", "0,0").split(","))),
        }

    def title(self):
        """Say in one line what lies on the bench."""
        return f"Bench of waves: {counted(len(self.waves), 'wave')}"

    def picture(self):
        """Draw the state as a still picture with its sentence."""
        marked = np.zeros((2 * FINEST + 1,) * 2, dtype=bool)
        for down, right, *_ in self.waves:
            marked[FINEST + down, FINEST + right] = marked[FINEST - down, FINEST - right] = True
        places = squares_panel(marked, width=WIDTH, title="map of waves", fill="strong")
        most = max(sum(wave.strength for wave in self.waves), 1)
        image = photo_panel(self.image, height=WIDTH, title="picture", limits=(-most, most))
        return Picture(beside(places, sign_panel("→", image), image), self.sentence())

    def sentence(self):
        """Say what stands at the chosen place, and how far the sum reaches."""
        down, right = self.place
        found = next((w for w in self.waves if w[:2] in (self.place, (-down, -right))), None)
        where = f"Down {number_text(down)}, right {number_text(right)}: "
        if found is None:
            told = "no wave"
        else:
            told = f"strength {found.strength}, starting at {found.start} eighths of a turn"
        if not self.waves:
            return f"{where}{told}. The picture is even."
        low, high = (number_text(float(f(self.image).round(6)) + 0.0) for f in (np.min, np.max))
        waves = counted(len(self.waves), "wave")
        return f"{where}{told}. {waves} in the picture, from {low} to {high}."


def summed(waves):
    """Add waves up, each as far across as the tips of its pointers stand.

    Parameters
    ----------
    waves : list of Wave

    Returns
    -------
    ndarray of float, shape (64, 64)

    Examples
    --------
    >>> summed([Wave(0, 8)])[0, :5].round(3) + 0
    array([ 1.   ,  0.707,  0.   , -0.707, -1.   ])
    """
    i, j = np.indices((SIDE, SIDE))
    image = np.zeros((SIDE, SIDE))
    for down, right, strength, start in waves:
        turns = (down * i + right * j) % SIDE / SIDE + start / EIGHTHS
        image += strength * np.cos(2 * np.pi * turns)
    return image


def _checked_wave(given):
    """Return a Wave of plain integers, named by the later one of its two places."""
    wave = Wave(*given)
    numbers = []
    for name, value in zip(Wave._fields, wave):
        least = {"strength": 1, "start": 0}.get(name, -FINEST)
        most = {"strength": MOST["strength"], "start": EIGHTHS - 1}.get(name, FINEST)
        value = integer(value, name, least)
        if value > most:
            raise ValueError(f"{name} must be at most {most}; got {value}")
        numbers.append(value)
    wave = Wave(*numbers)
    if wave[:2] < (0, 0):
        return wave._replace(down=-wave.down, right=-wave.right, start=-wave.start % EIGHTHS)
    return wave
