"""Build the chapters as notebooks that run in the reader's browser: a JupyterLite for the site.

JupyterLite keeps what a reader saves and shows it in place of the site's file of that name. So a
chapter's name ends with a digest of its content: a new edition is a new file, and what a reader
wrote in the old one stays beside it.
"""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

LIBRARY = Path(__file__).parents[2] / "convlib"
APP = "notebooks"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
FROM_WORKER = "../../../../"
"""The way from the kernel's worker, which resolves addresses of packages, to JupyterLite."""

REPACKED = ("ipywidgets", "anywidget", "psygnal", "typing_extensions", "comm")
"""What moves explorers and Pyodide may lack; all are Python alone."""

BUILT_WITH = ("jupyterlite-core", "jupyterlite-pyodide-kernel", "jupyterlab-myst", *REPACKED)
STARTUP = "convlib_startup.py"
STARTUP_CODE = "from convlib.web.running import adapt\n\nadapt()\ndel adapt\n"
SITE_PACKAGES = "/lib/python3.14/site-packages"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
DIGITS = 8
TO_PAGE = re.compile(r"\[([^][]+)\]\([\w/.]+\.md(?:#[^)]*)?\)")
"""A link to a page that is no notebook; JupyterLite has none of them, so its words stay alone."""


# ---------------------------------------------------------------- chapters


def live_name(path):
    """Return the name that a chapter's file has in JupyterLite."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:DIGITS]
    return f"{path.stem}-{digest}.ipynb"


def live_names(chapters):
    """Map the name of each chapter's file to its name in JupyterLite."""
    return {path.name: live_name(path) for path in chapters}


def live_notebook(text, names):
    """Return a chapter for JupyterLite: outputs shown, links to its neighbours alone."""
    for name, live in names.items():
        text = text.replace(f"]({name}", f"]({live}")
    text = TO_PAGE.sub(r"\1", text)
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["metadata"]["trusted"] = True
    return json.dumps(notebook, ensure_ascii=False)


# ---------------------------------------------------------------- wheels


def write_wheel(folder, name, version, files):
    """Write a wheel of pure Python, the same bytes for the same files; return its path."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        **files,
    }
    files[f"{info}/RECORD"] = "".join(
        f"{path},{_digest(c)}\n" for path, c in files.items()
    ).encode()
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)
    return wheel


def _digest(content):
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"sha256={digest},{len(content)}"


def library_files(data):
    """Return the library with its data, by the paths where it looks for them."""
    paths = sorted(
        path for path in LIBRARY.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    library = {path.relative_to(LIBRARY.parent).as_posix(): path.read_bytes() for path in paths}
    return {
        **library,
        STARTUP: STARTUP_CODE.encode(),
        **{path: get() for path, get in data.items()},
    }


def library_version(files):
    """Return the library's version; a digest in it keeps a browser from using an older copy."""
    digest = hashlib.sha256(repr(files).encode()).hexdigest()[:DIGITS]
    return f"{distribution('convlib').version}+{digest}"


def package_files(name):
    """Return what another machine's Python can use of an installed package, and its licence."""
    files = {}
    for path in distribution(name).files:
        is_record = ".dist-info" in path.parts[0] and not path.name.startswith("LICENSE")
        is_outside = {"..", "__pycache__"} & {*path.parts}
        if not is_record and not is_outside and path.suffix not in (".so", ".pyd", ".pyc"):
            files[path.as_posix()] = path.locate().read_bytes()
    return files


def write_wheels(folder, data):
    """Write the library's wheel and those of the packages that it needs; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    library = library_files(data)
    return [
        *(write_wheel(folder, n, distribution(n).version, package_files(n)) for n in REPACKED),
        write_wheel(folder, "convlib", library_version(library), library),
    ]


# ---------------------------------------------------------------- JupyterLite


def settings(wheels, pyodide):
    """Return JupyterLite's settings; a site with a Python of its own asks no other host."""
    kernel = {
        "pyodideUrl": pyodide,
        "disablePyPIFallback": pyodide.startswith("./"),
        "loadPyodideOptions": {
            "packages": ["numpy", *(f"{FROM_WORKER}pypi/{wheel.name}" for wheel in wheels)],
            "env": {"PYTHONSTARTUP": f"{SITE_PACKAGES}/{STARTUP}"},
        },
    }
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "Patch by Patch",
            "appUrl": "./tree",
            "faviconUrl": f"./{APP}/favicon.ico",
            "litePluginSettings": {KERNEL: kernel},
        },
    }


def build(folder, chapters, others, data, pyodide):
    """Build JupyterLite in a folder, unless its inputs are those of last time.

    Parameters
    ----------
    folder : Path
    chapters, others : list of Path
        The notebooks, and the files that they link to, all from one folder.
    data : dict of str to callable
        Path -> what returns the bytes of a file beside the library.
    pyodide : str
        The address of `pyodide.mjs`; "./" at its start stands for JupyterLite's folder.

    Returns
    -------
    Path
        The folder with the built site.
    """
    site, stamp = folder / "site", folder / "inputs.txt"
    inputs = digest_of_inputs(chapters, others, data, pyodide)
    if site.is_dir() and stamp.exists() and stamp.read_text() == inputs:
        return site
    shutil.rmtree(folder, ignore_errors=True)
    contents = folder / "contents"
    contents.mkdir(parents=True)
    names = live_names(chapters)
    for path in chapters:
        text = live_notebook(path.read_text("utf-8"), names)
        (contents / names[path.name]).write_text(text, encoding="utf-8")
    for path in others:
        target = contents / path.relative_to(chapters[0].parent)
        target.parent.mkdir(exist_ok=True)
        shutil.copy(path, target)
    wheels = write_wheels(folder / "pypi", data)
    (folder / "jupyter-lite.json").write_text(json.dumps(settings(wheels, pyodide)))
    config = {
        "apps": [APP, "tree"],
        "contents": [str(contents)],
        "output_dir": str(site),
        "cache_dir": str(folder / "cache"),
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
    }
    (folder / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": config}))
    command = [sys.executable, "-m", "jupyterlite_core", "build"]
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder / "config")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"JupyterLite could not be built:\n{done.stdout}{done.stderr}")
    stamp.write_text(inputs)
    return site


def digest_of_inputs(chapters, others, data, pyodide):
    """Return a digest of everything that the built site depends on."""
    digest = hashlib.sha256(repr((pyodide, [distribution(n).version for n in BUILT_WITH])).encode())
    for path in [Path(__file__), *chapters, *others]:
        digest.update(path.name.encode() + path.read_bytes())
    for path, content in library_files(data).items():
        digest.update(path.encode() + content)
    return digest.hexdigest()
