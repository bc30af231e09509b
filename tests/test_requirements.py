"""The locks say exactly what is installed, and nothing about where it came from."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SETS = ["requirements", "requirements-test"]


def pins(path):
    """Return the name==version of every line that pins one."""
    lines = re.findall(r"^([\w.-]+==[^\s;]+)", path.read_text(), re.MULTILINE)
    return {line.lower().replace("_", "-") for line in lines}


def own_modules():
    """Name the modules and folders of modules that the tests find here."""
    files = [
        path for folder in ("book/_ext", "tests", "tools") for path in ROOT.glob(f"{folder}/*")
    ]
    modules = {path.stem for path in files if path.suffix == ".py" or path.is_dir()}
    return {"bench", "convlib", "tests"} | modules


def imported_packages(folder):
    """Return the packages, ours and Python's own apart, that a folder's files import."""
    modules = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                modules.add(node.module.split(".")[0])
    return modules - own_modules() - sys.stdlib_module_names


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


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("convlib", "requirements"),
        ("book/_ext", "requirements"),
        ("tools", "requirements-test"),
        ("tests", "requirements-test"),
        ("bench", "requirements-test"),
    ],
)
def test_everything_imported_is_locked(folder, name):
    locked = {pin.split("==")[0] for pin in pins(ROOT / f"{name}.lock")}
    distributions = packages_distributions()
    asked_for_by_name = {"torch", "tensorflow", "keras", "jax", "cv2"}
    for package in imported_packages(folder) - asked_for_by_name:
        names = {name.lower().replace("_", "-") for name in distributions.get(package, [package])}
        assert names & locked, f"{folder} imports {package}, which {name}.lock does not install"
