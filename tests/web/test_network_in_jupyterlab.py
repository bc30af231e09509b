"""The view of a network in a real JupyterLab: drawn in the browser, read and set in Python."""

import numpy as np

from convlib.digits import load_digits
from tests.in_browser import run_cell
from tests.web.test_bench_in_jupyterlab import printed
from tests.web.test_pad import stroke

CELLS = [
    """\
import numpy as np
from convlib.digits import load_digits
from convlib.explore import explore_network
from convlib.nn import Dense, Flatten, Network
view = explore_network()
view""",
    "view",
    "print(view.image.shape, float(view.image.sum()), int(view.scores.argmax()))",
    "view.image = load_digits().x_test[5]",
    "explore_network(Network(Flatten(), Dense(12, 3, rng=0)), np.ones((3, 4)))",
]
SUM = """view => view.network.picture.data.reduce((total, ink) => total + ink, 0)"""


def test_browser_and_python_share_the_picture(lab, lab_page):
    page = lab_page
    page.set_viewport_size({"width": 1300, "height": 3000})
    lab.open(page, "network", *CELLS)
    run_cell(page, 0)
    run_cell(page, 1)
    view, other = page.locator(".network.mounted").first, page.locator(".network.mounted").nth(1)
    other.wait_for(timeout=60_000)
    view.get_by_role("button", name="Clear the pad").click()
    stroke(page, (14, 4), (14, 24))
    # Keys are the pad's, not JupyterLab's: "d d" and "x" would delete the cell.
    page.keyboard.type("ddxab")
    assert page.locator(".jp-Notebook-cell").count() == len(CELLS)
    view.get_by_text("It reads 1: ").first.wait_for()
    # What the other view shows, Python has been sent.
    other.get_by_text("It reads 1: ").first.wait_for()
    ink = view.evaluate(SUM)
    shape, total, digit = printed(page, 2).rsplit(maxsplit=2)
    assert (shape, digit) == ("(1, 28, 28)", "1")
    np.testing.assert_allclose(float(total), ink, rtol=1e-5)

    run_cell(page, 3)
    expected = load_digits().x_test[5].sum()
    page.wait_for_function(
        f"expected => Math.abs(({SUM})(document.querySelector('.network')) - expected) < 0.01",
        arg=float(expected),
    )
    assert view.locator(".reads-digit").inner_text() == "0"
    other.get_by_text("It reads 0: ").first.wait_for()
    run_cell(page, 4)
    own = page.locator(".network.mounted").nth(2)
    own.wait_for(timeout=60_000)
    assert own.locator(".maps-layer .head").all_inner_texts()[0] == "Input"
