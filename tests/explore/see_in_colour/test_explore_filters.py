"""The explorer of filters shows what SciPy computes, map by map."""

import numpy as np

from convlib.explore import explore_filters
from tests.drawn import filled, grids, outlined, texts
from tests.explore.compared import every_state
from tests.explore.see_in_colour.sums import (
    FILTERS,
    NAMES,
    assert_shows,
    assert_shows_channels,
    blank_after,
    sum_of,
    sums_by_channel,
    written,
)


@every_state(explore_filters, *FILTERS)
def test_filters_show_their_kernels_sums_and_maps_so_far(states, image, weight, bias):
    sums = np.array([sums_by_channel(image, kernel) for kernel in weight])
    output = sums.sum(axis=1) + bias[:, np.newaxis, np.newaxis]
    names = NAMES[len(image)]
    seen = []
    for values, markup, says in states:
        place = values["filter"], values["row"], values["column"]
        shown = grids(markup)
        o, row, column = place
        seen.append(place)
        framed = range(len(image))
        assert_shows_channels(markup, image, weight[o], (row, column), framed)
        for c, name in enumerate(names):
            np.testing.assert_array_equal(shown[f"{name} sum"], [[sums[o, c, row, column]]])
        so_far = blank_after(output, *place)
        for f in range(len(weight)):
            np.testing.assert_array_equal(shown[f"bias {f}"], [[bias[f]]])
            assert filled(markup, f"bias {f}", "kernel") == ({(0, 0)} if f == o else set())
            frames = {(0, 0, 1, 1)} if f == o else set()
            assert outlined(markup, f"bias {f}", "kernel edge") == frames
            if f > o:
                assert f"map {f}" not in shown
                continue
            assert_shows(shown[f"map {f}"], so_far[f])
            is_at_work = f == o
            cells = {(row, column)} if is_at_work else set()
            assert filled(markup, f"map {f}", "output") == cells
            frames = {(row, column, 1, 1)} if is_at_work else set()
            assert outlined(markup, f"map {f}", "output edge") == frames
        added = sums[o, :, row, column]
        assert says == (
            f"Filter {o}, row {row}, column {column}: the channel sums"
            f" {sum_of(added)} and the bias {written(bias[o])}"
            f" make {written(output[place])}."
        )
        total = f"{sum_of([*added, bias[o]])} = {written(output[place])}"
        assert total in texts(markup)
    assert seen == list(np.ndindex(output.shape))
