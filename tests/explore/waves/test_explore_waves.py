"""The explorer of a photograph as a sum of waves shows what SciPy's transform gives."""

import numpy as np
import scipy.fft

from convlib.explore import explore_waves
from convlib.samples import portrait
from tests.drawn import photos
from tests.explore.compared import every_state

WIDE = portrait(64)[:24, :32]


@every_state(explore_waves, (portrait(128), [0, 1, 2, 4, 8, 16, 32, 64]), (WIDE, [0, 3, 16]))
def test_waves_keep_the_middle_of_the_spectrum(states, photo, radii):
    rows, columns = photo.shape
    transform = scipy.fft.fftshift(scipy.fft.fft2(photo))
    seen = []
    for values, _, says in states:
        finest = values["finest"]
        seen.append(finest)
        kept = np.zeros(photo.shape, dtype=bool)
        top, left = max(rows // 2 - finest, 0), max(columns // 2 - finest, 0)
        kept[top : rows // 2 + finest + 1, left : columns // 2 + finest + 1] = True
        spectrum, image = photos(states.drawing(values))
        size = np.log(1 + np.abs(transform)) / np.log(1 + np.abs(transform).max())
        # Levels of grey are whole: half a level, and what rounding to six decimals costs.
        np.testing.assert_allclose(spectrum, 255 * size * kept, rtol=0, atol=0.51)
        expected = scipy.fft.ifft2(scipy.fft.ifftshift(transform * kept)).real
        np.testing.assert_allclose(image, np.clip(expected, 0, 255), rtol=0, atol=0.51)
        assert not spectrum[~kept].any()
        times = "1 time:" if finest == 1 else f"{finest} times:"
        assert f"at most {times} {kept.sum()} of {rows * columns} numbers" in says
    assert seen == radii
