"""The explorer of a pooled photograph shows the largest and the mean of its blocks."""

import numpy as np

from convlib.explore import explore_pool_photo
from tests.drawn import bytes_of, panels, photos, texts
from tests.explore.compared import every_state
from tests.explore.keep_the_strongest.windows import EDGES


@every_state(explore_pool_photo, (EDGES, (0, 500)), (EDGES[:37, :90], (-20, 300)))
def test_photo_shows_both_pools_of_every_size(states, edges, limits):
    sizes = []
    for values, markup, says in states:
        size = values["size"]
        sizes.append(size)
        rows, columns = edges.shape[0] // size, edges.shape[1] // size
        blocks = edges[: rows * size, : columns * size].reshape(rows, size, columns, size)
        largest, mean = photos(states.drawing(values))
        np.testing.assert_array_equal(largest, bytes_of(blocks.max(axis=(1, 3)), *limits))
        np.testing.assert_array_equal(mean, bytes_of(blocks.mean(axis=(1, 3)), *limits))
        assert texts(markup) == ["largest", "mean"]
        heights = [height for panel in panels(markup) for _, _, height, _ in panel.images]
        np.testing.assert_allclose(heights, heights[0])
        assert says == (
            f"Windows of {size}×{size} leave {rows}×{columns} numbers. The strongest"
            f" is {blocks.max()} among the largest and"
            f" {blocks.mean(axis=(1, 3)).max():.0f} among the means."
        )
    assert sizes == [1, 2, 4, 8]
