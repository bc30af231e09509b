"""Small explorers with every kind of slider, for the tests of engine, homes and script."""

from convlib.draw import grid_panel
from convlib.explore import Explorer


def product(a, b, word="plain"):
    """Draw one product and say it."""
    return grid_panel([[a * b]], title="product"), f"{word}: {a} times {b} is {a * b}."


def triangle():
    """Three sliders; the second reaches as far as the first, the third has two words."""
    return Explorer(product, play=("a", "b"), a=(1, 3), b=lambda a: (0, a), word=["plain", "<b>"])


def opened():
    """Open at another state than the first: at the second number and the second word."""
    opens_at = {"a": 2, "word": "<b>"}
    return Explorer(product, opens_at=opens_at, a=(1, 3), b=[4, 5], word=["plain", "<b>"])


def tangle():
    """Every slider but the first depends on earlier ones, in each of the ways there are.

    Ranges that begin late, lists with gaps and equal distances, words that come and go, and
    words of which now one and now two are possible.
    """
    gaps = {1: [1, 4, 8], 2: [6], 3: [2, 3, 10]}
    words = {0: ["few"], 1: ["few", "many"], 2: ["many", "none"]}

    def frame(size, start, jump, word, side):
        says = f"{size}, {start}, {jump}, {word}, {side}"
        return grid_panel([[size, start, jump]], title=f"{word} {side}"), f"{says}."

    return Explorer(
        frame,
        play=("start", "jump"),
        size=(1, 3),
        start=lambda size: (size, 5 - size) if size < 3 else (1, 4),
        jump=lambda size, start: gaps[size],
        word=lambda size, start, jump: words[(size + start) % 3],
        side=lambda size, **earlier: ["left"] if size == 2 else ["left", "right"],
    )


def moves(explorer):
    """List what happens where a reader moves one slider: state, name, new value.

    A slider offers what is possible in the state where it is moved.
    """
    return [
        (state, name, value)
        for state in explorer.states()
        for name, choices in explorer.choices_at(state).items()
        for value in choices
        if value != state[name]
    ]
