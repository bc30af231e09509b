"""The chapters as notebooks elsewhere: in JupyterLite, on Binder and in Colab."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "book" / "_ext"))

import live_site
from notebook_menu import chapters, elsewhere
from run_cells import FILES

from convlib.web.cells import PYODIDE

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    return live_site.write_wheels(tmp_path_factory.mktemp("wheels"), FILES)


def names_in(wheel):
    with zipfile.ZipFile(wheel) as packed:
        return set(packed.namelist())


def test_a_new_edition_of_a_chapter_has_a_new_name(tmp_path):
    one, other = tmp_path / "one.ipynb", tmp_path / "other.ipynb"
    one.write_text("1")
    other.write_text("2")
    before = live_site.live_names([one, other])
    one.write_text("3")
    after = live_site.live_names([one, other])
    assert before["one.ipynb"] != after["one.ipynb"]
    assert before["other.ipynb"] == after["other.ipynb"]


def test_links_lead_to_live_neighbours():
    names = live_site.live_names(chapters())
    for path in chapters():
        text = live_site.live_notebook(path.read_text("utf-8"), names)
        assert not [name for name in names if f"]({name}" in text]


def test_outputs_are_shown_before_a_cell_is_run():
    notebook = json.loads(live_site.live_notebook(chapters()[0].read_text("utf-8"), {}))
    code = [cell["metadata"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(metadata["trusted"] for metadata in code)


def test_the_library_brings_its_scripts_and_data(wheels):
    names = names_in(wheels[-1])
    assert {"convlib/web/pointing.js", "convlib/web/bench.css", live_site.STARTUP} <= names
    assert set(FILES) <= names
    assert not [name for name in names if "__pycache__" in name]
    assert wheels[-1].stat().st_size <= 3_500_000


def test_the_same_library_gives_the_same_wheel(wheels, tmp_path):
    again = live_site.write_wheels(tmp_path, FILES)
    assert [w.name for w in again] == [w.name for w in wheels]
    assert [w.read_bytes() for w in again] == [w.read_bytes() for w in wheels]
    changed = live_site.write_wheels(tmp_path, FILES | {"more": lambda: b""})
    assert changed[-1].name != wheels[-1].name


def test_repacked_packages_bring_their_licence(wheels):
    for wheel in wheels[:-1]:
        assert [name for name in names_in(wheel) if ".dist-info/" in name and "LICENSE" in name]


def test_a_chapter_of_another_name_is_another_input(tmp_path):
    def digest(path):
        return live_site.digest_of_inputs([path], [], {}, "")

    one = tmp_path / "one.ipynb"
    one.write_text("1")
    before = digest(one)
    assert digest(one) == before
    assert digest(one.rename(tmp_path / "other.ipynb")) != before


def test_repacked_packages_are_python_alone(wheels, tmp_path):
    for wheel in wheels[:-1]:
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(tmp_path)
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import psygnal, anywidget"
    program += "; print(psygnal.__file__, psygnal._signal.__file__, anywidget.__version__)"
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True)
    package, module, version = done.stdout.split()
    assert package.startswith(str(tmp_path))
    assert module.endswith("_signal.py")
    assert f"anywidget=={version}" in (ROOT / "requirements.txt").read_text()


def test_a_site_with_its_own_python_asks_no_other_host(wheels):
    def kernel(pyodide):
        data = live_site.settings(wheels, pyodide)["jupyter-config-data"]
        return data["litePluginSettings"][live_site.KERNEL]

    own, official = kernel("./python.mjs"), kernel("https://python.example/python.mjs")
    assert own["disablePyPIFallback"]
    assert not official["disablePyPIFallback"]
    assert "://" not in json.dumps(own)


def test_notebooks_and_pages_have_the_same_pyodide():
    folder = Path(sys.prefix, "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension")
    scripts = [path.read_text("utf-8") for path in folder.glob("static/*.js")]
    assert any(f'"{PYODIDE}pyodide.mjs"' in script for script in scripts)


def test_binder_and_colab_open_a_file_of_the_repository():
    path = "book/02_match_patch.ipynb"
    assert elsewhere("", "main", path) == {}
    assert elsewhere("https://github.com/someone/patches.git", "main", path) == {
        "binder": f"https://mybinder.org/v2/gh/someone/patches/main?urlpath=lab/tree/{path}",
        "colab": f"https://colab.research.google.com/github/someone/patches/blob/main/{path}",
    }


def test_binder_installs_what_the_book_locks():
    script = ROOT / "binder" / "postBuild"
    assert os.access(script, os.X_OK)
    lines = script.read_text().splitlines()
    makefile = (ROOT / "Makefile").read_text()
    installs = [line.split("pip install ")[1] for line in lines if "pip install" in line]
    assert len(installs) == 2
    for options in installs:
        words = options.replace("--requirement", "-r").split()
        assert any(set(words) <= set(line.split()) for line in makefile.splitlines()), options
    assert (ROOT / "binder" / "runtime.txt").read_text() == "python-3.11\n"
