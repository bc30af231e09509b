"""The explorer of the register adds and counts as a plain loop that goes to memory, or does not."""

import numpy as np

from convlib.explore import explore_register
from convlib.samples import IMAGE, KERNEL
from tests.drawn import filled, grids, outlined, texts
from tests.explore.compared import every_state

OBLONG = np.arange(12).reshape(3, 4) * 5 % 7 - 3


class Memory:
    """One number that counts how often it is read and written."""

    def __init__(self, number):
        self.number, self.reads, self.writes = number, 0, 0

    def read(self):
        self.reads += 1
        return self.number

    def write(self, number):
        self.writes += 1
        self.number = number


def walk(pixels, weights, product, waits):
    """Add the first products as the loop does; return pixels and output in memory, and the sum."""
    pixels, output, total = [Memory(pixel) for pixel in pixels], Memory(0), 0
    for pixel, weight in list(zip(pixels, weights, strict=True))[:product]:
        if not waits:
            total = output.read()
        total += pixel.read() * weight
        if not waits:
            output.write(total)
    if waits and product == len(pixels):
        output.write(total)
    return pixels, output, total


def written(number):
    return str(number).replace("-", "−")


def factor(number):
    return f"({written(number)})" if number < 0 else str(number)


def counted(number, noun):
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@every_state(
    explore_register,
    (IMAGE, KERNEL),
    (OBLONG, np.array([[2, -1, 0]])),
    (OBLONG, np.array([[-3], [1]])),
    (OBLONG, np.array([[-2]])),
)
def test_the_sum_waits_where_it_is_said(states, image, kernel):
    height, width = kernel.shape
    places = [(u, v) for u in range(height) for v in range(width)]
    pixels = [int(image[u, v]) for u, v in places]
    weights = [int(kernel[u, v]) for u, v in places]
    seen = []
    for values, markup, says in states:
        waits, product = values["sum"] == "in a register", values["product"]
        seen.append((values["sum"], product))
        read, memory, total = walk(pixels, weights, product, waits)
        reads, writes = sum(pixel.reads for pixel in read) + memory.reads, memory.writes
        shown, u, v = grids(markup), *places[product - 1]
        np.testing.assert_array_equal(shown["image"], image)
        np.testing.assert_array_equal(shown["kernel"], kernel)
        assert shown["register"].tolist() == [[total]]
        assert filled(markup, "image", "window") == set(places)
        assert outlined(markup, "image") == {(u, v, 1, 1)}
        assert outlined(markup, "kernel", "kernel edge") == {(u, v, 1, 1)}
        assert shown["output"].tolist() == [[memory.number]]
        assert filled(markup, "output", "output") == ({(0, 0)} if memory.writes else set())
        arrows = [sign for sign in texts(markup) if sign in ("→", "⇄")]
        assert arrows == (["⇄"] if memory.reads else ["→"] if memory.writes else [])
        assert f"{counted(reads, 'read')}, {counted(writes, 'write')}" in texts(markup)
        pixel, weight = pixels[product - 1], weights[product - 1]
        terms = f"{written(total - pixel * weight)} + {factor(pixel)}·{factor(weight)}"
        assert says == (
            f"Sum {values['sum']}, product {product}: {terms} = {written(total)}."
            f" So far {counted(reads, 'read')} and {counted(writes, 'write')}."
        )
    products = range(1, len(places) + 1)
    assert seen == [(place, n) for place in ("in memory", "in a register") for n in products]


def test_counts_that_the_chapter_names():
    for waits, count in [(False, 27), (True, 10)]:
        read, memory, total = walk(IMAGE[:3, :3].ravel(), KERNEL.ravel(), 9, waits)
        assert sum(pixel.reads for pixel in read) + memory.reads + memory.writes == count
        assert memory.number == total == 12
