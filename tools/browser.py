"""Find a Chromium for the browser tests, or install one: python tools/browser.py

In this order: the system's own, Debian's package where this user may install it,
Playwright's own. Prints where it is.
"""

import os
import shutil
import subprocess
import sys

LIGHT = "chromium-headless-shell"  # without windows, a new page costs a third
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HELP = (
    "No browser for the tests. Install Chromium or Chrome so that one of\n"
    f"  {', '.join(NAMES)}\nis on the PATH, or run: python -m playwright install chromium"
)


def system_browser():
    """Return the path of the system's Chromium, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def playwright_browser():
    """Return the path of the Chromium that Playwright has downloaded, or None."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def find():
    """Return the path of a browser, or None."""
    return system_browser() or playwright_browser()


def install():
    """Install a browser the first way that works."""
    may_use_apt = shutil.which("apt-get") and os.geteuid() == 0
    if may_use_apt:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update"], check=False)
        for package in (LIGHT, "chromium"):
            if not find():
                subprocess.run(
                    ["apt-get", "install", "--yes", "--no-install-recommends", package],
                    env=environment,
                    check=False,
                )
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main():
    if not find():
        install()
    sys.exit(HELP) if find() is None else print(f"Browser tests use {find()}")


if __name__ == "__main__":
    main()
