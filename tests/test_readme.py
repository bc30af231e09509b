"""What the README shows is what happens."""

import re
import subprocess
import sys
from pathlib import Path

import convlib

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def table_rows():
    rows = re.findall(r"^\| \[(.+?)\]\((.+?)\) \|.*\|(.*)\|$", README, re.MULTILINE)
    return [(title, path, re.findall(r"`(\w+)`", functions)) for title, path, functions in rows]


def test_example_prints_what_the_readme_says():
    example, answer = blocks("python")[0], blocks("text")[0]
    assert len(example.splitlines()) == 8
    run = subprocess.run(
        [sys.executable, "-c", example], capture_output=True, text=True, check=True
    )
    assert run.stdout == answer
    assert run.stderr == ""


def test_first_screen_has_all_of_it():
    first_screen = README.split("\n## ")[0]
    assert len(first_screen.splitlines()) <= 40
    assert re.search(r"!\[.+\]\(book/images/worked_example\.svg\)", first_screen)
    assert "make book" in first_screen
    assert "make test" in first_screen


def test_links_lead_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_commands_exist():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=`|   |$)", README, re.MULTILINE)) <= targets


def test_table_lists_every_chapter_and_function():
    rows = table_rows()
    chapters = [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("book/*.ipynb"))]
    assert [path for _, path, _ in rows] == chapters
    functions = {name for _, _, names in rows for name in names}
    assert functions == set(convlib.__all__)


def test_table_gives_every_chapter_its_title():
    for title, path, _ in table_rows():
        assert f'"# {title}' in (ROOT / path).read_text(encoding="utf-8")
