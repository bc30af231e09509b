"""The bench of pictures in a real JupyterLab: changed in the browser, read and set in Python."""

import io

import numpy as np
from PIL import Image

from convlib.samples import KERNELS, portrait
from tests.in_browser import run_cell

CELLS = [
    """\
import numpy as np
from convlib.explore import bench_picture
from convlib.samples import KERNELS, portrait
seen = []
bench = bench_picture(portrait(64), KERNELS["sobel x"])
bench.observe(lambda change: seen.append(change.new[0, 0].item()), "output")
bench""",
    "bench",
    "print(bench.bias, bench.output.shape, bench.output[0, 0], len(seen) > 0, bench.error)",
    'bench.change(kernel=KERNELS["identity"], strength=-1, bias=255)',
    "print(bench.image.shape, bench.image.sum().item(), bench.output.shape)",
    "bench.image = np.arange(12, dtype=np.uint8).reshape(3, 4)",
]
CANVASES = '[...document.querySelectorAll(".bench.mounted .output-photo canvas")]'
OUTPUTS = f"""() => {CANVASES}.map((canvas) => {{
    const {{ width, height }} = canvas;
    const copy = Object.assign(document.createElement("canvas"), {{ width, height }})
        .getContext("2d");
    copy.drawImage(canvas, 0, 0);
    const {{ data }} = copy.getImageData(0, 0, width, height);
    return [height, width, [...data].filter((_, n) => n % 4 === 1)];
}})"""
SIZES = f"([height, width]) => {CANVASES}.every((c) => c.height === height && c.width === width)"
AGREE = """text => [...document.querySelectorAll(".bench.mounted .bench-sentence")]
    .filter((sentence) => sentence.textContent.includes(text)).length === 2"""


def printed(page, number):
    cell = run_cell(page, number)
    cell.locator(".jp-OutputArea-output pre").wait_for()
    return cell.locator(".jp-OutputArea-output pre").inner_text().strip()


def outputs(page):
    return [np.array(data).reshape(height, width) for height, width, data in page.evaluate(OUTPUTS)]


def test_browser_and_python_share_the_bench(lab, lab_page):
    page = lab_page
    page.set_viewport_size({"width": 1300, "height": 4000})
    lab.open(page, "pictures", *CELLS)
    run_cell(page, 0)
    run_cell(page, 1)
    one, two = page.locator(".bench.mounted").first, page.locator(".bench.mounted").nth(1)
    two.wait_for(timeout=60_000)
    x = portrait(64).astype(int)
    sobel = KERNELS["sobel x"]
    first = (x[:3, :3] * sobel).sum()

    # Set in one view: seen in the other, and read in Python. The arrow keys are the bench's own.
    one.locator(".picture-photo").focus()
    page.keyboard.press("Control+Home")
    one.get_by_label("bias", exact=True).fill("100")
    page.wait_for_function(AGREE, arg=f" + 100 = {first + 100}")
    a, b = outputs(page)
    np.testing.assert_array_equal(a, b)
    assert printed(page, 2) == f"100 (62, 62) {first + 100} True None"

    # Set in Python: seen in both.
    run_cell(page, 3)
    page.wait_for_function(AGREE, arg=f" + 255 = {255 - x[1, 1]}")
    for output in outputs(page):
        np.testing.assert_array_equal(output, 255 - x[1:-1, 1:-1])

    # A picture brought to the second view goes to Python and to the first.
    file = io.BytesIO()
    pixels = np.arange(20 * 30 * 3, dtype=np.uint8).reshape(20, 30, 3)
    Image.fromarray(pixels).save(file, format="PNG")
    two.locator("input[type=file]").set_input_files(
        {"name": "own.png", "mimeType": "image/png", "buffer": file.getvalue()}
    )
    page.wait_for_function(SIZES, arg=[18, 28])
    assert "goes to your own kernel and nowhere else" in two.locator(".bench-note").inner_text()
    assert printed(page, 4) == f"(3, 20, 30) {pixels.sum()} (18, 28)"

    run_cell(page, 5)
    page.wait_for_function(SIZES, arg=[1, 2])
    for output in outputs(page):
        np.testing.assert_array_equal(output, [[255 - 5, 255 - 6]])
    one.get_by_role("button", name="Reset").click()
    page.wait_for_function(SIZES, arg=[62, 62])
