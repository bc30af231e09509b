"""The explorers of order, vectors and shares show what plain loops visit."""

import numpy as np

from convlib import conv2d
from convlib.explore import explore_order, explore_threads, explore_vectors
from convlib.samples import IMAGE, KERNEL, photograph
from tests.drawn import filled, grids, outlined, texts
from tests.explore.compared import every_state

SQUARE = np.arange(9).reshape(3, 3)
OBLONG = np.arange(8).reshape(2, 4) * 3 - 7
CHAPTER = conv2d(IMAGE, KERNEL)
PHOTO = conv2d(photograph()[:28:4, :32:4, 0].astype(int), KERNEL)


def visited(shape, order):
    """Return the places of two loops one after the other, and their positions in memory."""
    rows, columns = map(range, shape)
    if order == "rows outside":
        places = [(i, j) for i in rows for j in columns]
    else:
        places = [(i, j) for j in columns for i in rows]
    return places, [i * shape[1] + j for i, j in places]


@every_state(explore_order, (SQUARE,), (OBLONG,), (CHAPTER,))
def test_order_is_that_of_the_loops(states, output):
    seen = []
    for values, markup, says in states:
        order, turn = values["order"], values["turn"]
        seen.append((order, turn))
        places, positions = visited(output.shape, order)
        (row, column), position = places[turn], positions[turn]
        shown = grids(markup)
        np.testing.assert_array_equal(shown["output"], output)
        np.testing.assert_array_equal(shown["memory"], [output.ravel()])
        assert filled(markup, "output", "output") == set(places[: turn + 1])
        assert outlined(markup, "output") == {(row, column, 1, 1)}
        assert filled(markup, "memory", "output") == {(0, p) for p in positions[: turn + 1]}
        step = f"a step of {position - positions[turn - 1]:+}" if turn else "the first"
        step = step.replace("-", "−")
        assert step in texts(markup)
        assert says == (
            f"{order.capitalize()}, turn {turn}: row {row}, column {column},"
            f" position {position} in memory, {step}."
        )
    turns = range(output.size)
    assert seen == [(order, t) for order in ("rows outside", "columns outside") for t in turns]


def test_positions_that_the_chapter_lists():
    assert visited((3, 3), "columns outside")[1] == [0, 3, 6, 1, 4, 7, 2, 5, 8]


@every_state(explore_vectors, (18,), (7,))
def test_vectors_take_turns(states, columns):
    seen = []
    for values, markup, says in states:
        places = values["places"]
        seen.append(places)
        line, left = [], list(range(columns))
        while len(left) >= places:
            line.append(left[:places])
            left = left[places:]
        for colour, first in (("output", 0), ("window", 1)):
            wanted = {(0, j) for vector in line[first::2] for j in vector}
            assert filled(markup, "output row", colour) == wanted
        assert filled(markup, "output row", "paper") == {(0, j) for j in left}
        turns = len(line) + len(left)
        assert f"{turns} turns of the loop" in texts(markup)
        vectors = "1 vector" if len(line) == 1 else f"{len(line)} vectors"
        start = f"Vectors of {places}: {columns} columns take {vectors}"
        assert says.startswith((f"{start},", f"{start}:"))
        assert says.endswith(f": {turns} turns.")
        assert (f"{len(left)} columns are left, one by one" in says) == bool(left)
    assert seen == [1, 4, 8, 16]


def test_turns_that_the_chapter_names():
    turns = [18 // places + 18 % places for places in (1, 4, 8, 16)]
    assert turns == [18, 6, 4, 3]


@every_state(explore_threads, (np.arange(30).reshape(5, 6),), (PHOTO,), (np.ones((2, 3), int),))
def test_rows_are_shared_out(states, output):
    seen = []
    for values, markup, says in states:
        threads = values["threads"]
        seen.append(threads)
        size = max(-(-len(output) // threads), 1)
        dealt = [row // size for row in range(len(output))]
        for share, colour in enumerate(("output", "window", "kernel", "image")):
            rows = [row for row in range(len(output)) if dealt[row] == share]
            cells = {(row, j) for row in rows for j in range(output.shape[1])}
            assert filled(markup, "output", colour) == cells
            if len(rows) == 1:
                assert f" row {rows[0]}" in says
            elif rows:
                assert f" rows {rows[0]} to {rows[-1]}" in says
        longest = max(dealt.count(share) for share in dealt)
        assert says.endswith(f"The longest share is {longest} of {len(output)} rows.")
        assert f"{longest} of {len(output)} rows" in texts(markup)
    assert seen == [1, 2, 3, 4]
