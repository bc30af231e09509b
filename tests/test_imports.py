"""Imports point one way only, and convlib loads neither matplotlib nor ipywidgets."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "convlib"
FILES = sorted(ROOT.rglob("*.py"))

# Each module may import only modules of the sets named after it.
OPERATIONS = ["shapes", "core", "fast", "grad", "nn"]
ALLOWED = {
    "shapes": set(),
    "samples": set(),
    "digits": set(),
    "core": {"shapes", "samples"},
    "fast": {"shapes", "samples", "core"},
    "grad": {"shapes", "samples", "core", "fast"},
    "nn": {"shapes", "samples", "core", "fast", "grad"},
    "tiles": {"__init__", "shapes"},
    "draw": set(),
    "web": {"draw"},
    "explore": {"shapes", "samples", "digits", "core", "fast", "grad", "nn", "draw", "web"},
    "exercises": {"shapes", "samples", "core", "fast", "grad", "nn", "draw"},
    "__init__": {"shapes", "samples", "core", "fast", "grad", "nn"},
}


# Inside `explore`, the engine knows no home, and the chapters' folders know not each other.
SHARED_BY_CHAPTERS = {"engine", "homes", "measured"}
ALLOWED_IN_EXPLORE = {
    "engine": set(),
    "measured": set(),
    "homes": {"engine"},
    "__init__": {"engine", "homes", "measured"},
}


def module_of(path, root=ROOT):
    """Return the name of the module or folder of `path` below convlib."""
    return path.relative_to(root).parts[0].removesuffix(".py")


def imported_modules(source, package):
    """Return the modules of convlib that a source file of `package` imports, at any depth.

    `package` holds the names of the folders from convlib to the file, convlib included.
    """
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("convlib.")}
        found |= {"__init__" for name in names if name == "convlib"}
    return found


def known(modules):
    """Keep what is a module; a name imported from convlib itself comes from `__init__`."""
    return {module if module in ALLOWED else "__init__" for module in modules}


def wrong_imports(source, path, root=ROOT):
    module = module_of(path, root)
    package = ["convlib", *path.relative_to(root).parts[:-1]]
    return known(imported_modules(source, package)) - ALLOWED[module] - {module}


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_imports_point_one_way(path):
    assert module_of(path) in ALLOWED, "a new module needs its place in ALLOWED"
    assert wrong_imports(path.read_text(), path) == set()


def wrong_imports_in_explore(source, path, root=ROOT / "explore"):
    """Return the folders of explore that a file in another one must not import."""
    folder = module_of(path, root)
    package = ["convlib", "explore", *path.relative_to(root).parts[:-1]]
    names = set(_explore_imports(source, package))
    allowed = ALLOWED_IN_EXPLORE.get(folder, SHARED_BY_CHAPTERS)
    return names - allowed - {folder}


def _explore_imports(source, package):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{base}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            if name.startswith("convlib.explore."):
                yield name.split(".")[2]


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.is_relative_to(ROOT / "explore")],
    ids=lambda path: str(path.relative_to(ROOT / "explore")),
)
def test_folders_of_explore_stay_apart(path):
    assert wrong_imports_in_explore(path.read_text(), path) == set()


@pytest.mark.parametrize(
    ("source", "file", "wrong"),
    [
        ("from convlib.explore.homes import page", "engine/explorer.py", {"homes"}),
        ("from convlib.explore import homes", "engine/explorer.py", {"homes"}),
        ("from convlib.explore.waves.spectra import f", "go_faster/memory.py", {"waves"}),
        ("from ..waves import spectra", "go_faster/memory.py", {"waves"}),
        ("from convlib.explore.waves.spectra import f", "waves/explore_waves.py", set()),
        ("from convlib.explore.engine import Explorer", "waves/explore_waves.py", set()),
    ],
)
def test_a_wrong_import_in_explore_is_found(source, file, wrong):
    assert wrong_imports_in_explore(source, ROOT / "explore" / file) == wrong


def test_drawings_are_listed_where_they_stand():
    from convlib import explore

    every = [name for names in explore.DRAWINGS.values() for name in names]
    assert len(every) == len(set(every)), "two drawings have one name"
    for folder, names in explore.DRAWINGS.items():
        files = (ROOT / "explore" / folder).glob("*_*.py")
        found = {
            path.stem for path in files if path.stem.startswith(("explore_", "show_", "bench_"))
        }
        assert set(names) == found, folder


def test_a_drawing_loads_no_other():
    program = """
import sys
from convlib.explore import explore_patch
folders = {name.split(".")[2] for name in sys.modules if name.startswith("convlib.explore.")}
print(sorted(folders))
"""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT.parent
    )
    assert run.stdout.strip() == "['engine', 'homes', 'match_patch', 'measured']"


@pytest.mark.parametrize(
    ("source", "file", "wrong"),
    [
        ("from convlib.fast import conv2d", "core.py", {"fast"}),
        ("import convlib.nn", "grad.py", {"nn"}),
        ("from convlib import conv2d", "draw.py", {"__init__"}),
        ("from convlib import core", "draw/grid.py", {"core"}),
        ("from . import core", "draw.py", {"core"}),
        ("from ..core import conv2d", "draw/grid.py", {"core"}),
        ("def f():\n    from .explore import Explorer", "exercises.py", {"explore"}),
        ("from .grid import draw_grid", "draw/arrows.py", set()),
        ("from convlib.draw.grid import draw_grid", "draw/arrows.py", set()),
        ("from convlib.core import conv2d\nimport numpy", "fast/windows.py", set()),
        ("from convlib import samples", "explore.py", set()),
    ],
)
def test_a_wrong_import_is_found(source, file, wrong):
    assert wrong_imports(source, ROOT / file) == wrong


def test_convlib_loads_no_drawing_library():
    program = """
import sys
import convlib, convlib.samples
heavy = {"matplotlib", "ipywidgets", "IPython", "PIL", "scipy", "torch", "dask", "numba"}
print(sorted(heavy & set(sys.modules)))
"""
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT.parent,
    )
    assert run.stdout.strip() == "[]"


def test_public_names():
    import convlib

    assert convlib.__all__ == [
        "conv_step",
        "output_size",
        "pad",
        "flip",
        "conv2d",
        "pool_step",
        "maxpool",
        "avgpool",
        "conv_transpose2d",
    ]
    assert all(callable(getattr(convlib, name)) for name in convlib.__all__)
