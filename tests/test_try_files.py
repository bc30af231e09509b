"""`make try` finds the tests of a file by its path."""

import re
from pathlib import Path

import pytest

import try_files

TREE = [
    "tests/test_core.py",
    "tests/test_fast.py",
    "tests/fast/test_fft.py",
    "tests/draw/test_canvas.py",
    "tests/explore/waves/test_wave.py",
    "tests/explore/test_colour_filters.py",
    "tests/browser/test_explore_window.py",
    "tests/test_serve.py",
]


@pytest.fixture
def tree(tmp_path):
    for name in TREE:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("path", "tests", "own"),
    [
        ("convlib/core.py", "tests/test_core.py", True),
        ("convlib/fast/fft.py", "tests/fast/test_fft.py", True),
        ("convlib/fast/rows.py", "tests/test_fast.py", False),
        ("convlib/fast/__init__.py", "tests/test_fast.py", True),
        ("convlib/draw/canvas.py", "tests/draw/test_canvas.py", True),
        ("convlib/draw/words.py", "tests/draw", False),
        ("convlib/explore/waves/explore_wave.py", "tests/explore/waves/test_wave.py", True),
        ("convlib/explore/colour/filters.py", "tests/explore/test_colour_filters.py", True),
        ("convlib/explore/window.py", "tests/browser/test_explore_window.py", True),
        ("convlib/explore/waves/chirp.py", "tests/explore/waves", False),
        ("tests/test_core.py", "tests/test_core.py", True),
        ("tools/serve.py", "tests/test_serve.py", True),
    ],
)
def test_mirrored(tree, path, tests, own):
    assert try_files.mirrored(Path(path), tree) == ([tests], own)


@pytest.mark.parametrize("path", ["convlib/new.py", "tests/cases.py", "bench/run.py"])
def test_a_file_can_be_without_tests(tree, path):
    assert try_files.mirrored(Path(path), tree)[0] == []


def test_a_chapter_is_run_and_its_form_checked(tree):
    form, run = try_files.pytest_runs(["book/03_slide_window.ipynb"], tree)
    assert form[-2:] == ["-k", "03_slide_window"]
    assert run == [*try_files.NBVAL, "book/03_slide_window.ipynb"]


def test_a_method_that_shares_tests_takes_those_that_name_it(tree):
    whole, shared = try_files.pytest_runs(["convlib/fast/rows.py"], tree)
    assert "convlib/fast/rows.py" in whole  # its examples
    assert shared == ["tests/test_fast.py", "-k", "rows"]


def test_chapters_that_show_a_drawing_are_found(tree):
    for name in ("convlib/explore", "book"):
        (tree / name).mkdir(parents=True)
    (tree / "convlib/explore/window.py").write_text("def explore_window():\n    pass\n")
    cell = '{"cells": [{"cell_type": "%s", "source": ["explore_window(x)"]}]}'
    (tree / "book/one.ipynb").write_text(cell % "code")
    (tree / "book/two.ipynb").write_text(cell % "markdown")
    assert try_files.chapters_showing(Path("convlib/explore/window.py"), tree) == ["book/one.ipynb"]


def test_each_kind_of_file_has_its_tools():
    commands = try_files.style_commands(["a.py", "b.ipynb", "c.js", "d.md", "e.lock"])
    assert [command[-1] for command in commands] == ["b.ipynb", "a.py", "c.js", "d.md"]


def test_every_file_that_the_table_names_exists():
    lists = [*try_files.OF_OTHER_FILES.values(), try_files.OF_EVERY_CHAPTER]
    lists.append(try_files.OF_EVERY_MODULE)
    assert [path for paths in lists for path in paths if not (try_files.ROOT / path).exists()] == []


def test_contributing_names_commands_that_exist():
    makefile = (try_files.ROOT / "Makefile").read_text(encoding="utf-8")
    contributing = (try_files.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"(?:`|^)make ([a-z-]+)", contributing, re.MULTILINE))
    assert {"try", "mend", "test"} <= commands
    assert commands <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
