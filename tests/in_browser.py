"""What tests in a browser share: Chromium, JupyterLab, and an order that loads pages once."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from xdist.scheduler import LoadScopeScheduling

START_LIMIT = 60
PRESSES = 5
PRESS_LIMIT = 10_000
RUN_LIMIT = 120_000
SENT, RUN = re.compile(r"\[(\d+|\*)\]"), re.compile(r"\[\d+\]")
# Cheaper than asking this program about each request, and pages keep the browser's cache.
ONLY_THIS_MACHINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
LAB_SETTINGS = {
    "ServerApp.open_browser": "False",
    "ServerApp.allow_root": "True",
    "ServerApp.ip": "127.0.0.1",
    "IdentityProvider.token": "",
    "LabApp.expose_app_in_browser": "True",
    "LabApp.news_url": "",
    "LabApp.check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
}

AXE = Axe().axe_script
# Contrast, most of the work of axe, follows from an element's own look and the looks of those
# around it: of all that look alike, axe is asked about the three with the longest texts, and only
# about looks that it has not passed on another page.
VIOLATIONS = """async (passed) => {
    const look = ["color", "fontSize", "fontWeight", "opacity", "visibility", "position", "filter",
        "mixBlendMode", "textShadow", "backgroundColor", "backgroundImage"];
    const FIELDS = "input, select, textarea";
    const known = new Set(passed), alike = new Map();
    const hash = (text, [one, other]) => {
        for (let at = 0; at < text.length; at++) {
            one = Math.imul(one ^ text.charCodeAt(at), 0x85ebca6b);
            other = Math.imul(other ^ text.charCodeAt(at), 0xc2b2ae35);
        }
        return [one, other];
    };
    const sort = (element, around) => {
        const style = getComputedStyle(element);
        const { localName, className } = element, names = className.baseVal ?? className;
        const seen = [localName, names, ...look.map((name) => style[name])];
        const within = hash(seen.join(";"), around);
        const text = [...element.childNodes].filter((node) => node.nodeType === 3)
            .reduce((sum, node) => sum + node.data.trim().length, element.matches(FIELDS) ? 1 : 0);
        if (text && !known.has(`${within}`)) {
            if (!alike.has(`${within}`)) alike.set(`${within}`, []);
            alike.get(`${within}`).push([text, element]);
        }
        for (const child of element.children) sort(child, within);
    };
    sort(document.documentElement, [1, 2]);
    const asked = [...alike.values()].flatMap((elements) =>
        elements.sort(([one], [other]) => other - one).slice(0, 3).map(([, element]) => element));
    for (const element of asked) element.toggleAttribute("data-asked", true);
    axe.configure({ rules: [{ id: "color-contrast", selector: "[data-asked]" }] });
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    for (const element of asked) element.toggleAttribute("data-asked", false);
    return [violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`),
            [...alike.keys()]];
}"""
PASSED = set()

CLOSE_NOTEBOOKS = """() => Promise.all([...jupyterapp.shell.widgets("main")].map(async (widget) => {
    await widget.context?.sessionContext.shutdown();
    widget.dispose();
}))"""


@pytest.fixture(scope="session")
def browser():
    """Chromium that finds no other host, one for the whole run.

    Without one the tests fail and say how to get it.
    """
    from playwright.sync_api import sync_playwright

    from browser import FLAGS, HELP, find

    path = find()
    assert path, HELP
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=[*FLAGS, ONLY_THIS_MACHINE]
        )
        yield chromium
        chromium.close()


def paste_text(page, text):
    """Paste a text where the focus is."""
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def violations(page):
    """List what axe finds."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found, looks = page.evaluate(VIOLATIONS, list(PASSED))
    if not found:
        PASSED.update(looks)
    return found


class Lab:
    """A JupyterLab server and the folder that it serves, where its kernels run."""

    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        settings = LAB_SETTINGS | {"ServerApp.port": port, "ServerApp.root_dir": folder}
        # The kernel imports the library beside these tests, wherever another one is installed.
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "JUPYTER_CONFIG_DIR": str(folder / "config"),
            "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        }
        self.server = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyterlab"),
                *(f"--{name}={value}" for name, value in settings.items()),
            ],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.address = f"http://127.0.0.1:{port}/lab"

    def wait(self):
        end = time.monotonic() + START_LIMIT
        while time.monotonic() < end and self.server.poll() is None:
            try:
                return urllib.request.urlopen(self.address, timeout=5).close()
            except OSError:
                time.sleep(0.1)
        raise TimeoutError(f"JupyterLab did not answer at {self.address}")

    def open(self, page, name, *cells):
        """Write a notebook of these cells, open it in JupyterLab's page and wait for its kernel."""
        import nbformat
        from nbformat.v4 import new_code_cell, new_notebook

        notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, self.folder / f"{name}.ipynb")
        page.evaluate(
            "path => jupyterapp.commands.execute('docmanager:open', { path })", f"{name}.ipynb"
        )
        page.locator(".jp-Notebook .cm-content").first.click(timeout=60_000)
        page.locator('.jp-Toolbar [title*="Idle"], [data-status="idle"]').first.wait_for(
            state="attached", timeout=60_000
        )


def send_cell(page, number):
    """Send a cell of the open notebook to its kernel, and return it.

    A JupyterLab that is still laying the page out takes the focus, and the keys with it.
    """
    from playwright.sync_api import expect

    cell = page.locator(".jp-Notebook-cell").nth(number)
    for left in reversed(range(PRESSES)):
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        try:
            expect(cell.locator(".jp-InputPrompt")).to_have_text(SENT, timeout=PRESS_LIMIT)
            return cell
        except AssertionError:
            if not left:
                raise


def run_cell(page, number):
    """Run a cell of the open notebook, wait until it has been run, and return it."""
    from playwright.sync_api import expect

    cell = send_cell(page, number)
    expect(cell.locator(".jp-InputPrompt")).to_have_text(RUN, timeout=RUN_LIMIT)
    return cell


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """JupyterLab, one for all files of tests that have its name in theirs."""
    lab = Lab(tmp_path_factory.mktemp("lab"))
    lab.wait()
    yield lab
    lab.server.terminate()
    lab.server.wait(timeout=20)


@pytest.fixture(scope="session")
def lab_window(browser, lab):
    """JupyterLab in a page, which takes long to load, for one test after the other."""
    page = browser.new_page()
    # A JupyterLab that starts slowly asks which kernel to take: the one it names.
    page.add_locator_handler(
        page.locator(".jp-Dialog"), lambda dialog: dialog.locator(".jp-mod-accept").click()
    )
    page.goto(f"{lab.address}?reset")
    page.wait_for_function("() => window.jupyterapp?.restored.then(() => true)", timeout=60_000)
    yield page
    page.close()


@pytest.fixture
def lab_page(lab_window):
    """JupyterLab in a page, with no notebook open; nothing may go wrong until the test ends."""
    faults = []

    def on_error(error):
        faults.append(str(error))

    lab_window.on("pageerror", on_error)
    yield lab_window
    lab_window.evaluate(CLOSE_NOTEBOOKS)
    lab_window.remove_listener("pageerror", on_error)
    assert faults == []


class PageScheduling(LoadScopeScheduling):
    """Gives a worker all tests of a page, all tests in JupyterLab, or one other test.

    (xdist's own groups, `--dist=loadgroup`, stay unheard in pytest 9.2.)
    """

    def _split_scope(self, nodeid):
        page = re.search(r"\[(?:.*-)?((?:\w+/)?\w+\.html)", nodeid)
        return page[1] if page else "lab" if "jupyterlab" in nodeid else nodeid
