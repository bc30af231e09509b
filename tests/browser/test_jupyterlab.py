"""The explorers in a real JupyterLab page with a real kernel."""

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tests.drawn import grids

ROOT = Path(__file__).parents[2]
LATENCY_BUDGET = 150
START_LIMIT = 60
CELL = """\
from convlib.explore import explore_kernels, explore_window, show_progress
from convlib.samples import IMAGE, KERNEL, KERNELS, portrait
"""
COUNT = """\
import time
for step in show_progress(range(4)):
    time.sleep(1)
"""

# Presses are timed in the page, from the key to the change of the drawing.
WATCH = """() => {
    window.drawn = [];
    const area = document.querySelector(".jp-Notebook");
    area.addEventListener("keydown", () => { window.pressed = performance.now(); }, true);
    new MutationObserver((changes) => {
        const picture = document.querySelector(".jp-OutputArea .picture");
        if (changes.some(({target}) => target.contains(picture))) {
            window.drawn.push(performance.now() - window.pressed);
        }
    }).observe(area, {subtree: true, childList: true});
}"""
PICTURE = ".jp-OutputArea .picture"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab server whose folder holds one notebook for each test."""
    folder = tmp_path_factory.mktemp("lab")
    for name, line in [
        ("window", "explore_window(IMAGE, KERNEL)"),
        ("kernels", "explore_kernels(portrait(128), KERNELS)"),
        ("progress", COUNT),
    ]:
        notebook = new_notebook(cells=[new_code_cell(CELL + line)])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, folder / f"{name}.ipynb")
    port = free_port()
    # The kernel imports the library beside these tests, wherever another one is installed.
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
    }
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "jupyterlab",
            "--no-browser",
            "--allow-root",
            "--ip=127.0.0.1",
            f"--port={port}",
            f"--notebook-dir={folder}",
            "--IdentityProvider.token=",
            "--LabApp.news_url=",
            "--LabApp.check_for_updates_class="
            "jupyterlab.handlers.announcements.NeverCheckForUpdate",
        ],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/lab"
    wait_for(address, server)
    yield address
    server.terminate()
    server.wait(timeout=20)


def wait_for(address, server):
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end and server.poll() is None:
        try:
            return urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.3)
    raise TimeoutError(f"JupyterLab did not answer at {address}")


def run_cell(page, lab, name, shows=".picture svg"):
    page.goto(f"{lab}/tree/{name}.ipynb?reset")
    page.locator(".jp-Notebook .cm-content").first.click(timeout=60_000)
    page.locator('.jp-Toolbar [title*="Idle"], [data-status="idle"]').first.wait_for(
        state="attached", timeout=60_000
    )
    page.keyboard.press("Control+Enter")
    page.locator(f".jp-OutputArea {shows}").first.wait_for(timeout=60_000)


def shown(page):
    """Return the drawing's markup, as the page's own serialiser of XML writes it."""
    return page.locator(PICTURE).evaluate("""picture => [...picture.querySelectorAll("svg")]
        .map((svg) => new XMLSerializer().serializeToString(svg)).join("")""")


def press(page, key):
    """Press a key on the slider in focus and wait for the new drawing."""
    before = page.evaluate("window.drawn.length")
    page.keyboard.press(key)
    page.wait_for_function("count => window.drawn.length > count", arg=before)
    return page.evaluate("window.drawn.at(-1)")


def test_window_moves_with_a_kernel(browser, lab):
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    run_cell(page, lab, "window")
    page.evaluate(WATCH)
    rows, columns = page.locator(".noUi-handle").all()
    assert grids(shown(page))["output"].tolist() == [[12]]
    columns.focus()
    times = [press(page, key) for key in ["ArrowRight", "ArrowLeft"] * 8 + ["ArrowRight"] * 2]
    rows.focus()
    times += [press(page, key) for key in ["ArrowUp", "ArrowUp"]]
    output = grids(shown(page))["output"]
    assert output[0].tolist() == [12, 12, 17]
    sentence = page.locator('.jp-OutputArea [aria-live="polite"]').inner_text()
    assert sentence.startswith("Row 2, column 2: ")
    assert sentence.endswith(" = 14.")
    assert statistics.median(times) <= LATENCY_BUDGET
    page.close()


def test_photograph_changes_with_a_kernel(browser, lab):
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    run_cell(page, lab, "kernels")
    page.evaluate(WATCH)
    page.locator(".noUi-handle").focus()
    times = [press(page, "ArrowRight") for _ in range(7)]
    sentence = page.locator('.jp-OutputArea [aria-live="polite"]').inner_text()
    assert sentence.startswith("Kernel emboss: ")
    assert statistics.median(times) <= LATENCY_BUDGET
    page.close()


def test_progress_is_seen_while_the_cell_runs(browser, lab):
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    run_cell(page, lab, "progress", shows=".widget-hprogress")
    widths = []
    for done in range(1, 5):
        page.get_by_text(f"{done} of 4").wait_for(timeout=20_000)
        bar = page.locator(".widget-hprogress .progress-bar").bounding_box()
        widths.append(bar["width"] / done)
    np.testing.assert_allclose(widths, widths[0], rtol=0.02)
    page.close()
