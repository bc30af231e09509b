"""The explorer of Winograd's patches covers every output once."""

import numpy as np
from scipy.signal import correlate2d

from convlib.explore import explore_patches
from convlib.samples import IMAGE, KERNEL
from tests.drawn import filled, grids, outlined, painted
from tests.explore.compared import every_state

TALL = np.arange(42).reshape(6, 7)


@every_state(
    explore_patches,
    (IMAGE, KERNEL, 2),
    (IMAGE[:, :4], KERNEL, 2),
    (IMAGE, KERNEL, 3),
    (TALL, KERNEL, 4),
)
def test_patches_give_every_output_once(states, image, kernel, step):
    rows, columns = image.shape
    wanted = correlate2d(image, kernel, mode="valid")
    seen, given = [], set()
    for values, markup, says in states:
        top, left = values["row"] * step, values["column"] * step
        seen.append((values["row"], values["column"]))
        shown = grids(markup)
        np.testing.assert_array_equal(shown["image"][:rows, :columns], image)
        assert not shown["image"][rows:].any()
        assert not shown["image"][:, columns:].any()
        patch = {(i, j) for i in range(top, top + step + 2) for j in range(left, left + step + 2)}
        inside = {(i, j) for i, j in patch if i < rows and j < columns}
        assert painted(markup, "image", "window") == inside
        block = {(i, j) for i in range(top, top + step) for j in range(left, left + step)}
        assert not block & given
        given |= block
        output = {
            place for place in given if place[0] < wanted.shape[0] and place[1] < wanted.shape[1]
        }
        assert painted(markup, "output", "output") == output
        filled_up = set(np.ndindex(shown["image"].shape)) - set(np.ndindex(image.shape))
        assert filled(markup, "image", "outside") == filled_up
        size = step + len(kernel) - 1
        assert outlined(markup, "image") == {(top, left, size, size)}
        beyond = {(i, j) for i, j in filled(markup, "output", "outside")}
        assert beyond.isdisjoint(np.ndindex(wanted.shape))
        assert outlined(markup, "output", "output edge") == {(top, left, step, step)}
        for i, j in output:
            assert shown["output"][i, j] == wanted[i, j]
        assert says == (
            f"Patch {values['row']}, {values['column']} reads rows {top} to"
            f" {top + step + 1}, columns {left} to {left + step + 1}, and gives rows"
            f" {top} to {top + step - 1}, columns {left} to {left + step - 1}."
        )
    assert output == set(np.ndindex(wanted.shape))
    assert seen == [
        (i, j)
        for i in range(-(-wanted.shape[0] // step))
        for j in range(-(-wanted.shape[1] // step))
    ]
