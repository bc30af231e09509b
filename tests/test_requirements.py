"""The locks say exactly what is installed, and nothing about where it came from."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SETS = ["requirements", "requirements-test"]


def pins(path):
    """Return the name==version of every line that pins one."""
    lines = re.findall(r"^([\w.-]+==[^\s;]+)", path.read_text(), re.MULTILINE)
    return {line.lower().replace("_", "-") for line in lines}


@pytest.mark.parametrize("name", SETS)
def test_lock_holds_every_requirement(name):
    assert pins(ROOT / f"{name}.txt") <= pins(ROOT / f"{name}.lock")


@pytest.mark.parametrize("name", SETS)
def test_requirements_are_exact(name):
    for line in (ROOT / f"{name}.txt").read_text().splitlines():
        assert re.match(r"[\w-]+==[\w.]+( |$)|#|-r |$", line), line


@pytest.mark.parametrize("name", SETS)
def test_every_locked_package_has_hashes_and_no_address(name):
    text = (ROOT / f"{name}.lock").read_text()
    packages = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(packages) == len(re.findall("==", re.sub(";.*", "", text)))
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in text
    assert "--index-url" not in text


def test_tests_run_on_what_the_book_runs_on():
    assert pins(ROOT / "requirements.lock") <= pins(ROOT / "requirements-test.lock")
