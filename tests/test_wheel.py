"""A wheel of convlib works beside NumPy alone, and with the extras in every chapter."""

import os
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import numpy as np
import pytest
from flit_core.buildapi import build_wheel

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted(ROOT.glob("book/*.ipynb"))
EXTRAS = ("dask", "distributed", "ipywidgets")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder that holds the wheel's files and nothing else."""
    built, folder = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        wheel = built / build_wheel(built)
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*install, "--target", folder, wheel], check=True)
    return folder


@pytest.fixture(scope="module")
def numpy_alone(tmp_path_factory):
    """A folder that holds NumPy and nothing else."""
    folder = tmp_path_factory.mktemp("numpy")
    home = Path(np.__file__).parents[1]
    for name in ("numpy", "numpy.libs"):
        if (home / name).exists():
            (folder / name).symlink_to(home / name, target_is_directory=True)
    return folder


def run(program, *folders, arguments=(), isolated=True):
    """Run a program that finds the modules of these folders, and no others if isolated."""
    start = f"import sys\nsys.path[:0] = {[str(folder) for folder in folders]!r}\n"
    options = ["-I", "-S", "-Werror"] if isolated else ["-I"]
    done = subprocess.run(
        [sys.executable, *options, "-c", start + textwrap.dedent(program), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=folders[0],
        env={**os.environ, "MPLBACKEND": "agg"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_file_of_the_library_is_in_the_wheel(installed):
    def files(folder):
        paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
        return {path for path in paths if not {"__pycache__", ".ipynb_checkpoints"} & {*path.parts}}

    assert files(installed / "convlib") == files(ROOT / "convlib")


def test_numpy_is_enough_for_the_definition_and_every_fast_method(installed, numpy_alone):
    program = """
        import doctest, importlib, pkgutil
        from importlib.util import find_spec

        import convlib

        assert convlib.__file__.startswith(sys.path[0]), convlib.__file__
        for name in ("dask", "ipywidgets", "matplotlib", "PIL", "IPython", "scipy", "pytest"):
            assert find_spec(name) is None, name
        names = ["convlib.shapes", "convlib.core", "convlib.fast"]
        fast = importlib.import_module("convlib.fast")
        names += [info.name for info in pkgutil.walk_packages(fast.__path__, "convlib.fast.")]
        for name in ("loops", "vectors"):  # are what Numba compiles, and import it
            names.remove("convlib.fast." + name)
        tried = 0
        for name in names:
            result = doctest.testmod(importlib.import_module(name), raise_on_error=False)
            assert not result.failed, name
            tried += result.attempted
        print(len(names), tried)
    """
    modules, tried = map(int, run(program, installed, numpy_alone).split())
    assert modules > 10
    assert tried > 10


DRAWINGS = """
    import doctest, importlib, pkgutil

    class Hidden:
        def find_spec(self, name, path=None, target=None):
            if name.partition(".")[0] in hidden:
                raise ModuleNotFoundError(f"{name} is not installed", name=name)

    hidden = sys.argv[1:]
    sys.meta_path.insert(0, Hidden())
    import convlib
    assert convlib.__file__.startswith(sys.path[0]), convlib.__file__
    import convlib.explore
    of_chapter_10 = {"show_progress"}
    for folder, names in convlib.explore.DRAWINGS.items():
        for name in set(names) - of_chapter_10:
            module = importlib.import_module(f"convlib.explore.{folder}.{name}")
            result = doctest.testmod(module, raise_on_error=False)
            assert result.attempted and not result.failed, name
            print(name)
"""


def test_drawings_work_without_dask_and_widgets(installed):
    drawn = run(DRAWINGS, installed, arguments=EXTRAS, isolated=False).split()
    assert len(drawn) > 40


IMPORTS = """
    import ast, json
    from pathlib import Path

    import convlib
    assert convlib.__file__.startswith(sys.path[0]), convlib.__file__
    for path in sys.argv[1:]:
        for cell in json.loads(Path(path).read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                body = ast.parse("".join(cell["source"])).body
                lines = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
                exec(compile(ast.Module(lines, []), path, "exec"), {})
"""


def test_chapters_import_what_the_wheel_has(installed):
    run(IMPORTS, installed, arguments=CHAPTERS, isolated=False)


def test_extras_are_what_the_book_requires():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert project["dependencies"] == ["numpy"]
    together = {name for extra, names in extras.items() if extra != "book" for name in names}
    assert extras["book"] == [f"convlib[{','.join(name for name in extras if name != 'book')}]"]
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert all(f"\n{name}==" in pinned for name in together | {"numpy"})
