"""The bench of numbers in a real JupyterLab: edited in the browser, read and set in Python."""

from tests.in_browser import run_cell

CELLS = [
    """\
from convlib.explore import bench_numbers
from convlib.samples import IMAGE, KERNEL
seen = []
bench = bench_numbers(IMAGE, KERNEL)
bench.observe(lambda change: seen.append(change.new[0, 0].item()), "output")
bench""",
    "bench",
    "print(bench.image[0].tolist(), bench.output[0].tolist(), seen, bench.error)",
    "bench.change(kernel=bench.image[:1, :1], stride=2)",
    "print(bench.state, bench.output is None, bench.error)",
]
READ = """bench => [...bench.querySelectorAll('.output-panel [role="row"]')]
    .map((row) => [...row.querySelectorAll('[role="gridcell"]')].map((cell) => cell.textContent))"""


def printed(page, number):
    cell = run_cell(page, number)
    cell.locator(".jp-OutputArea-output pre").wait_for()
    return cell.locator(".jp-OutputArea-output pre").inner_text().strip()


def output(bench):
    return bench.evaluate(READ)


def test_browser_and_python_share_the_bench(lab, lab_page):
    page = lab_page
    page.set_viewport_size({"width": 1300, "height": 3000})
    lab.open(page, "bench", *CELLS)
    run_cell(page, 0)
    run_cell(page, 1)
    one, two = page.locator(".bench.mounted").first, page.locator(".bench.mounted").nth(1)
    two.wait_for(timeout=60_000)
    assert output(one)[0] == output(two)[0] == ["12", "12", "17"]

    # Keys are the bench's, not JupyterLab's: "d d" and "x" would delete the cell.
    one.locator('[aria-label="image"] [aria-label="row 0, column 1: 3"]').click()
    page.keyboard.type("ddxab")
    page.wait_for_timeout(300)
    page.keyboard.type("7")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator(".jp-Notebook-cell").count() == len(CELLS)
    assert one.evaluate("bench => bench.contains(document.activeElement)")
    page.wait_for_function(
        "expected => document.querySelectorAll('.bench.mounted')[1].textContent.includes(expected)",
        arg="3·0 + 7·1",
    )
    assert output(one) == output(two)
    assert output(one)[0] == ["16", "12", "17"]
    assert printed(page, 2) == "[3, 7, 2, 1, 0] [16, 12, 17] [16] None"

    run_cell(page, 3)
    page.wait_for_function(
        """() => [...document.querySelectorAll('.bench.mounted .output-panel')]
            .every((panel) => panel.querySelectorAll('[role="gridcell"]').length === 9
                && panel.querySelector('[role="gridcell"]').textContent === "9")"""
    )
    two.locator('input[aria-label="stride"]').fill("0")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.bench.mounted .bench-sentence')]"
        ".every((s) => s.textContent === 'stride must be at least 1; got 0')"
    )
    assert printed(page, 4).endswith("True stride must be at least 1; got 0")
    two.locator('input[aria-label="stride"]').fill("2, 1")
    one.get_by_role("button", name="Undo", exact=True).click()
