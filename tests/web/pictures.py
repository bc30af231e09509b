"""Read a bench of pictures on a page, and use it the way a hand does."""

import numpy as np

from convlib.explore.benches.bench_picture import WEIGHTS
from convlib.samples import KERNELS, photograph, portrait
from tests.in_browser import paste_text

PORTRAIT = portrait(64)
COLOUR = photograph()[::8, ::8].transpose(2, 0, 1)
REDNESS = WEIGHTS["redness"]
SOBEL = KERNELS["sobel x"]


def shown(page):
    """Read the output, every digit."""
    data, shape = page.evaluate(
        """() => { const { shown } = document.querySelector(".bench").bench;
        return [[...shown.output.data], shown.shape]; }"""
    )
    return np.array(data).reshape(shape)


def painted(page, name):
    """Read the colours of a picture's pixels, (H, W, 3)."""
    data, height, width = page.evaluate(
        """name => {
        const canvas = document.querySelector(`.${name}-photo canvas`);
        const { width, height } = canvas;
        const copy = Object.assign(document.createElement("canvas"), { width, height })
            .getContext("2d", { willReadFrequently: true });
        copy.drawImage(canvas, 0, 0);
        const { data } = copy.getImageData(0, 0, width, height);
        return [[...data], height, width];
    }""",
        name,
    )
    return np.array(data, dtype=np.uint8).reshape(height, width, 4)[..., :3]


def told(page):
    return page.evaluate("document.querySelector('.bench').bench.told")


def place(page):
    return tuple(page.evaluate("document.querySelector('.bench').bench.place()"))


def sentence(page):
    return page.locator(".bench-sentence").first.inner_text()


def note(page):
    return page.locator(".bench-note").first.inner_text()


def slide(page, name, value):
    """Move a slider the way a hand does: input events, then one change."""
    page.get_by_label(name, exact=True).evaluate(
        """(input, value) => {
        input.value = value;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.dispatchEvent(new Event("change", { bubbles: true }));
    }""",
        str(value),
    )


def weight(page, grid, i, j):
    return page.locator(f'[role="grid"][aria-label="{grid}"] [aria-label^="row {i}, column {j}:"]')


def write(page, grid, i, j, text):
    weight(page, grid, i, j).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def paste(page, grid, i, j, text):
    weight(page, grid, i, j).focus()
    paste_text(page, text)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def at(page, name, i, j):
    """Return where a pixel's middle is on the screen."""
    box = page.locator(f".{name}-photo canvas").bounding_box()
    size = page.locator(f".{name}-photo canvas").evaluate("c => [c.height, c.width]")
    return (
        box["x"] + (j + 0.5) / size[1] * box["width"],
        box["y"] + (i + 0.5) / size[0] * box["height"],
    )


def frame(page, name):
    """Return the frame of a picture in its pixels: row, column, height, width."""
    canvas = page.locator(f".{name}-photo canvas").bounding_box()
    box = page.locator(f".{name}-photo .photo-frame").bounding_box()
    size = page.locator(f".{name}-photo canvas").evaluate("c => [c.height, c.width]")
    pixel = canvas["height"] / size[0]
    sides = (box["y"] - canvas["y"], box["x"] - canvas["x"], box["height"], box["width"])
    return tuple(round(side / pixel, 1) for side in sides)
