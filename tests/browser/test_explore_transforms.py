"""Pictures of the transforms show what SciPy and plain arithmetic compute."""

import math

import numpy as np
import pytest
import scipy.fft
from scipy.ndimage import correlate

from convlib.draw import PALETTE
from convlib.explore import (
    explore_crossing,
    explore_spectrum,
    explore_waves,
    explore_wrap,
    show_sum,
)
from convlib.explore.svg import svg_markup
from convlib.samples import KERNELS, portrait
from tests.drawn import grids, painted

WIDE = portrait(64)[:24, :32]


def test_sum_shows_rows_where_they_start_and_their_sum():
    picture = show_sum("Blocks.", [[6, 5, 5, 2], [2, 7, -7, 2]], [0, 3], ["a", "b", "sum"])
    markup = svg_markup(picture.figure)
    shown = grids(markup)
    nan = np.nan
    np.testing.assert_array_equal(
        shown[""], [[6, 5, 5, 2, nan, nan, nan], [nan, nan, nan, 2, 7, -7, 2]])
    np.testing.assert_array_equal(shown["sum"], [[6, 5, 5, 2 + 2, 7, -7, 2]])
    assert painted(markup, "sum", "window") == {(0, 3)}
    assert all(f">{label}</text>" in markup for label in ("a", "b", "sum"))
    assert picture.sentence == "Blocks."


@pytest.mark.parametrize("signal, kernel, lengths",
                         [([3, 1, 2], [2, 1], (3, 6)), ([1, -2, 0, 5], [3, 0, -1], (4, 7))])
def test_wrap_shows_the_convolution_on_a_circle(signal, kernel, lengths, drive):
    around = len(kernel) - 1
    seen = []
    for values, markup, says in drive(explore_wrap(signal, kernel, lengths)):
        length, place = values["length"], values["place"]
        seen.append((length, place))
        full = np.zeros(3 * length, dtype=int)
        full[:len(signal) + around] = np.convolve(signal, kernel)
        output = full.reshape(3, length).sum(axis=0)
        circle = signal + [0] * (length - len(signal))
        shown = grids(markup)
        np.testing.assert_array_equal(shown["signal"], [circle[-around:] + circle])
        np.testing.assert_array_equal(shown["kernel, turned round"], [kernel[::-1]])
        np.testing.assert_array_equal(shown["output"], [output[:place + 1]])
        under = {(0, place + v) for v in range(len(kernel))}
        copies = {(0, v) for v in range(around)}
        assert painted(markup, "signal", "window") == under - copies
        assert painted(markup, "signal", "outside") == copies
        come_round = {(0, p) for p in range(min(around, place + 1))}
        assert painted(markup, "output", "strong") == come_round
        assert painted(markup, "output", "output") == {(0, p) for p in range(around, place + 1)}
        assert says.startswith(f"Length {length}, place {place}: ")
        assert f" = {output[place]}.".replace("-", "−") in says
        assert ("again" in says) == (place < around)
    assert seen == [(n, p) for n in range(lengths[0], lengths[1] + 1) for p in range(n)]


def test_wrap_sentence_names_the_places_met_again():
    sentence = explore_wrap([1, -2, 0, 5], [3, 0, -1], (4, 4)).picture(place=1).sentence
    assert sentence == ("Length 4, place 1: (−2)·3 + 1·0 + 5·(−1) = −11."
                        " Place −1 is place 3 again.")
    sentence = explore_wrap([1, -2, 0, 5], [3, 0, -1], (4, 4)).picture(place=0).sentence
    assert sentence.endswith("Places −2, −1 are places 2, 3 again.")


def drawn_photos(explorer, values):
    return [photo.get_array() for photo in explorer.picture(**values).figure.axes[0].images]


@pytest.mark.parametrize("photo, radii", [(portrait(128), [0, 1, 2, 4, 8, 16, 32, 64]),
                                          (WIDE, [0, 3, 16])])
def test_waves_keep_the_middle_of_the_spectrum(photo, radii, drive):
    rows, columns = photo.shape
    explorer = explore_waves(photo, radii)
    seen = []
    for values, _, says in drive(explorer):
        finest = values["finest"]
        seen.append(finest)
        transform = scipy.fft.fftshift(scipy.fft.fft2(photo))
        kept = np.zeros(photo.shape, dtype=bool)
        top, left = max(rows // 2 - finest, 0), max(columns // 2 - finest, 0)
        kept[top:rows // 2 + finest + 1, left:columns // 2 + finest + 1] = True
        spectrum, image = drawn_photos(explorer, values)
        size = np.log(1 + np.abs(transform)) / np.log(1 + np.abs(transform).max())
        np.testing.assert_allclose(spectrum, size * kept, atol=1e-6)
        expected = scipy.fft.ifft2(scipy.fft.ifftshift(transform * kept)).real
        np.testing.assert_allclose(image, expected, atol=1e-5)
        times = "1 time:" if finest == 1 else f"{finest} times:"
        assert f"at most {times} {kept.sum()} of {rows * columns} numbers" in says
    assert seen == radii


@pytest.mark.parametrize("photo", [portrait(64), WIDE])
def test_spectrum_shows_the_three_spectra_and_the_output(photo, drive):
    explorer = explore_spectrum(photo, KERNELS)
    chessboard = (-1) ** np.add.outer(np.arange(3), np.arange(3))
    seen = []
    for values, markup, says in drive(explorer):
        name = values["kernel"]
        seen.append(name)
        kernel = KERNELS[name]
        np.testing.assert_allclose(grids(markup)[name], kernel, atol=0.0051)
        output = correlate(photo.astype(float), kernel, mode="wrap", origin=-1)
        is_edge_detector = name in ("sobel x", "sobel y", "laplacian")
        strongest = np.log1p(photo.sum(dtype=float))
        before, product = (
            scipy.fft.fftshift(np.log1p(np.abs(scipy.fft.fft2(x))) / strongest)
            for x in (photo, output.round(6)))
        padded = np.zeros(photo.shape)
        padded[:3, :3] = kernel
        gain = scipy.fft.fftshift(np.abs(scipy.fft.fft2(padded)))
        drawn = drawn_photos(explorer, values)
        expected = [photo, abs(output) if is_edge_detector else output, before,
                    gain / gain.max(), product]
        for shown, wanted in zip(drawn, expected, strict=True):
            np.testing.assert_allclose(shown, wanted, atol=1e-4)
        middle, finest = abs(kernel.sum()), abs((kernel * chessboard).sum())
        found = says.rstrip(".").split("multiplied by ")[1].split(", the finest by ")
        np.testing.assert_allclose([float(x) for x in found], [middle, finest], atol=0.0051)
    assert seen == list(KERNELS)


def test_crossing_counts_multiplications(drive):
    explorer = explore_crossing()
    ahead = {}
    for values, markup, says in drive(explorer):
        image, kernel = values["image"], values["kernel"]
        through_fft = 6 * round(math.log2(image)) + 2
        shown = grids(markup)
        np.testing.assert_array_equal(shown["direct"], [[kernel * kernel]])
        np.testing.assert_array_equal(shown["FFT"], [[through_fft]])
        assert f"= {kernel * kernel} directly" in says
        assert f"= {through_fft} through the FFT" in says
        name = "the FFT" if through_fft < kernel * kernel else "the direct way"
        assert says.endswith(f": {name} is ahead.")
        ahead.setdefault(image, []).append(name)
    assert {image: names.index("the FFT") + 1 for image, names in ahead.items()} == {
        64: 7, 256: 8, 1024: 8, 4096: 9}


@pytest.mark.parametrize("kernel", [1, 2, 9, 31])
def test_crossing_draws_dots_at_the_counts(kernel):
    ax = explore_crossing().picture(image=256, kernel=kernel).figure.axes[0]
    dots = {dot.get_facecolor(): dot.center for dot in ax.patches}
    assert len(dots) == 2
    lines = {line.get_color(): line for line in ax.lines[4:]}
    for colour, count in (("window edge", kernel**2), ("output edge", 50)):
        line = lines[PALETTE[colour]]
        dot = next(center for face, center in dots.items()
                   if face == pytest.approx(tuple(int(PALETTE[colour][n:n + 2], 16) / 255
                                                  for n in (1, 3, 5)) + (1,)))
        np.testing.assert_allclose(np.interp(dot[0], *line.get_data()), dot[1])
        one, thousand = ax.lines[0].get_ydata()[0], ax.lines[3].get_ydata()[0]
        np.testing.assert_allclose((dot[1] - one) / (thousand - one),
                                   math.log(count) / math.log(1000))
