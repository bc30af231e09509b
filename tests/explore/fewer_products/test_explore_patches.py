"""The explorer of Winograd's patches covers every output once."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from convlib.draw.canvas import svg_panels
from convlib.explore.fewer_products.explore_patches import explore_patches
from convlib.samples import IMAGE, KERNEL
from tests.drawn import grids, painted


@pytest.mark.parametrize(("image", "step"), [(IMAGE, 2), (IMAGE[:, :4], 2), (IMAGE, 3),
                                         (np.arange(42).reshape(6, 7), 4)])
def test_patches_give_every_output_once(image, step):
    explorer = explore_patches(image, KERNEL, step)
    rows, columns = image.shape
    wanted = correlate2d(image, KERNEL, mode="valid")
    seen, given = [], set()
    for values in explorer.states():
        top, left = values["row"] * step, values["column"] * step
        seen.append((values["row"], values["column"]))
        figure, says = explorer.frame(**values)
        markup = svg_panels(figure)
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
        output = {place for place in given
                  if place[0] < wanted.shape[0] and place[1] < wanted.shape[1]}
        assert painted(markup, "output", "output") == output
        for i, j in output:
            assert shown["output"][i, j] == wanted[i, j]
        assert says == (f"Patch {values['row']}, {values['column']} reads rows {top} to"
                        f" {top + step + 1}, columns {left} to {left + step + 1}, and gives rows"
                        f" {top} to {top + step - 1}, columns {left} to {left + step - 1}.")
    assert output == set(np.ndindex(wanted.shape))
    assert seen == [(i, j) for i in range(-(-wanted.shape[0] // step))
                    for j in range(-(-wanted.shape[1] // step))]
