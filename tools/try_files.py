"""Try what a change can break, in seconds: python tools/try_files.py FILE...

A chapter is run and its form checked. A file of the library takes its own tests, and the
chapters that show what it draws. Every file is looked at by the tools for form and spelling.
"""

import ast
import json
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[1]
OXLINT = str(Path(sysconfig.get_path("scripts"), "oxlint"))
PYTEST = [sys.executable, "-m", "pytest", "-q"]
NOTHING_RAN = 5
NBVAL = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with=tests/nbval.cfg"]
OF_EVERY_MODULE = ["tests/test_docstrings.py", "tests/test_imports.py"]
OF_EVERY_CHAPTER = ["tests/book/test_chapters.py", "tests/test_style.py"]
OF_OTHER_FILES = {
    r"requirements.*|pyproject\.toml": ["tests/test_requirements.py", "tests/test_wheel.py"],
    r"README\.md|Makefile": ["tests/test_readme.py"],
    r".*\.(md|css|js)": ["tests/test_style.py"],
    r"_toc\.yml": ["tests/book/test_chapters.py", "tests/test_readme.py"],
}
SHOWN_IN_CHAPTERS = ("explore", "exercises", "draw")


def mirrored(path, root=ROOT):
    """Find the tests of a Python file by its path, and whether they are its own.

    ``convlib/a/b/c.py`` has ``tests/a/b/test_c.py``, or ``tests/a/test_b_c.py``, or
    ``tests/test_a_b_c.py``; without one of these it shares those of ``convlib/a/b``, then ``a``.
    """
    folder, *parts = path.with_suffix("").parts
    if folder == "tests":
        return ([path.as_posix()], True) if path.name.startswith("test_") else ([], True)
    if folder in ("tools", "bench"):
        parts = [re.sub("^__init__$", folder, parts[-1])]
    parts = [part for part in parts if part != "__init__" and not part.startswith("_")]
    own = True
    while parts:
        last = re.sub("^(explore|draw|show)_", "", parts[-1])
        for home in ("tests", "tests/browser"):
            for depth in range(len(parts) - 1, -1, -1):
                above, rest = parts[:depth], parts[depth:-1]
                for name in dict.fromkeys([parts[-1], last]):
                    found = Path(home, *above, "_".join(["test", *rest, name]) + ".py")
                    if (root / found).exists():
                        return [found.as_posix()], own
            found = Path(home, *parts)
            if sorted((root / found).glob("test_*.py")):
                return [found.as_posix()], own and path.name == "__init__.py"
        parts.pop()
        own = False
    return [], True


def chapters_showing(path, root=ROOT):
    """List the chapters whose code names a function that the file defines."""
    if not path.parts[1:] or path.parts[1] not in SHOWN_IN_CHAPTERS:
        return []
    body = ast.parse((root / path).read_text(encoding="utf-8")).body
    names = [node.name for node in body if isinstance(node, ast.FunctionDef)]
    called = re.compile(rf"\b({'|'.join(names)})\(") if names else re.compile("(?!)")
    found = []
    for chapter in sorted(root.glob("book/*.ipynb")):
        cells = json.loads(chapter.read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        if called.search("\n".join(code)):
            found.append(chapter.relative_to(root).as_posix())
    return found


def style_commands(paths):
    """List the tools that look at these files."""
    python = [path for path in paths if path.endswith(".py")]
    cells = [path for path in paths if path.endswith(".ipynb")]
    scripts = [path for path in paths if path.endswith(".js")]
    prose = [path for path in paths if not path.endswith((".lock", ".gif", ".json", ".csv"))]
    ruff, codespell = [sys.executable, "-m", "ruff"], [sys.executable, "-m", "codespell_lib"]
    tools = [
        ([*ruff, "check", "--quiet"], python + cells),
        ([*ruff, "format", "--check", "--quiet"], python),
        ([OXLINT], scripts),
        (codespell, prose),
    ]
    return [[*tool, *files] for tool, files in tools if files]


def pytest_runs(paths, root=ROOT):
    """List the pytest runs, each a list of arguments, for these files."""
    whole, shared, chapters, edited = [], [], [], []
    for path in map(Path, paths):
        if path.suffix == ".ipynb":
            edited.append(path.as_posix())
        elif path.suffix == ".py":
            tests, own = mirrored(path, root)
            if own:
                whole += tests
            else:
                shared.append([*tests, "-k", path.stem])
            if path.parts[0] == "convlib":
                whole += [path.as_posix(), *OF_EVERY_MODULE]
                chapters += chapters_showing(path, root)
        else:
            for pattern, tests in OF_OTHER_FILES.items():
                whole += tests if re.fullmatch(pattern, path.name) else []
    runs = [[*dict.fromkeys(whole)]] if whole else []
    runs += shared
    if edited:
        names = " or ".join(Path(path).stem for path in edited)
        runs.append([*OF_EVERY_CHAPTER, "-k", names])
    if chapters := [*dict.fromkeys(edited + chapters)]:
        workers = ["-n", "logical", "--dist", "loadfile"] if len(chapters) > 1 else []
        runs.append([*NBVAL, *workers, *chapters])
    return runs


def run(command):
    print(f"$ {' '.join(command).replace(sys.executable, 'python')}", flush=True)
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def main(paths):
    paths = [path for path in map(relative, paths) if (ROOT / path).is_file()]
    if not paths:
        sys.exit("nothing to try: make try FILE=path")
    codes = [run(command) for command in style_commands(paths)]
    for arguments in pytest_runs(paths):
        code = run([*PYTEST, *arguments])
        if code == NOTHING_RAN and "-k" in arguments:  # no test names it: all that it shares
            code = run([*PYTEST, *arguments[: arguments.index("-k")]])
        codes.append(code)
    sys.exit(any(codes))


def relative(path):
    return Path(path).resolve().relative_to(ROOT).as_posix()


if __name__ == "__main__":
    main(sys.argv[1:])
