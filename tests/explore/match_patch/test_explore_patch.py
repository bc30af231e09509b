"""The explorer of one patch shows what plain arithmetic gives."""

import numpy as np

from convlib.explore import explore_patch
from convlib.samples import IMAGE, KERNEL
from tests.drawn import filled, grids, outlined
from tests.explore.compared import every_state
from tests.explore.match_patch.steps import EVEN, WIDE, assert_shows_the_step, cells_under


@every_state(explore_patch, (IMAGE, KERNEL), (WIDE, EVEN))
def test_patch_shows_image_patch_kernel_products_and_sum(states, image, kernel):
    places = set()
    for values, markup, says in states:
        row, column = values["row"], values["column"]
        places.add((row, column))
        np.testing.assert_array_equal(grids(markup)["image"], image)
        assert_shows_the_step(markup, says, cells_under(kernel, image, row, column), kernel)
        assert says.startswith(f"Row {row}, column {column}: ")
        under = {(row + u, column + v) for u, v in np.ndindex(kernel.shape)}
        assert filled(markup, "image", "window") == under
        assert filled(markup, "image", "paper") == set(np.ndindex(image.shape)) - under
        assert outlined(markup, "image") == {(row, column, *kernel.shape)}
        assert filled(markup, "patch", "window") == set(np.ndindex(kernel.shape))
    rows = len(image) - len(kernel) + 1
    columns = len(image[0]) - len(kernel[0]) + 1
    assert places == set(np.ndindex(rows, columns))


def test_first_patch_of_the_worked_example_is_twelve():
    says = explore_patch(IMAGE, KERNEL).picture(row=0, column=0).sentence
    assert 3 * 0 + 3 * 1 + 2 * 2 + 0 * 2 + 0 * 2 + 1 * 0 + 3 * 0 + 1 * 1 + 2 * 2 == 12
    assert says == ("Row 0, column 0: 3·0 + 3·1 + 2·2 + 0·2 + 0·2 + 1·0 + 3·0 + 1·1 + 2·2 = 12.")
