"""Read the tables of *Know the conventions*, run either side of a row, and keep what libraries say.

    python tests/conventions.py

writes what the libraries at hand answer to conventions_answers.json; the answers of the others
stay. The file stands in for a library where it is not installed.
"""

import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import nbformat
import numpy as np

from convlib import avgpool, conv2d, flip, maxpool
from convlib.grad import conv_transpose2d

ROOT = Path(__file__).parents[1]
CHAPTER = ROOT / "book/know_the_conventions.ipynb"
FILE = Path(__file__).with_name("conventions_answers.json")
MODULES = {
    "NumPy": "numpy",
    "SciPy": "scipy",
    "PyTorch": "torch",
    "TensorFlow": "tensorflow",
    "Keras": "keras",
    "JAX": "jax",
    "ONNX": "onnx",
    "OpenCV": "cv2",
}
CHANNELS_LAST = {"TensorFlow", "Keras"}


class Row(NamedTuple):
    library: str
    does: str
    there: str
    here: str


def read_rows(chapter=CHAPTER):
    """List the rows of all tables that have code on both sides."""
    rows = []
    for cell in nbformat.read(chapter, as_version=4).cells:
        title = re.match(r"### (\w+)", cell.source)
        if title:
            found = re.findall(r"^\| (.+?) \| `(.+?)` \| `(.+?)` \|$", cell.source, re.MULTILINE)
            rows += [Row(title[1], *row) for row in found]
    return rows


def installed(library):
    return find_spec(MODULES[library]) is not None


def first(batch):
    return batch.transpose(0, 3, 1, 2)


def last(batch):
    return batch.transpose(0, 2, 3, 1)


def numbers(*shape):
    """Return small whole numbers, always the same for a shape."""
    return np.random.default_rng(len(shape)).integers(-4, 5, shape).astype(np.float64)


def arrays(library):
    """Return what the tables call x, k, batch, w, wt and photo, laid out for a library."""
    found = {
        "x": numbers(5, 6),
        "k": numbers(3, 3) + 1,
        "batch": numbers(2, 4, 6, 7),
        "w": numbers(6, 4, 3, 3),
        "wt": numbers(4, 5, 3, 3),
        "photo": (numbers(5, 6) * 3 + 20).astype(np.uint8),
    }
    if library in CHANNELS_LAST:
        found["batch"] = last(found["batch"])
        found["w"] = found["w"].transpose(2, 3, 1, 0)
        found["wt"] = found["wt"].transpose(2, 3, 1, 0)
    if library == "JAX":
        found["wt"] = found["wt"].transpose(2, 3, 0, 1)
    return found


def run_here(row):
    names = {
        "np": np,
        "conv2d": conv2d,
        "conv_transpose2d": conv_transpose2d,
        "flip": flip,
        "maxpool": maxpool,
        "avgpool": avgpool,
        "first": first,
        "last": last,
    }
    return eval(row.here, names | arrays(row.library))


def run_there(row):
    found = arrays(row.library)
    names = {"np": np, "last": last} | found | names_of(row.library, found)
    return np.asarray(eval(row.there, names))


def names_of(library, found):
    """Import a library, and return the names under which its rows call it."""
    if library == "SciPy":
        from scipy import ndimage, signal

        return {"ndimage": ndimage, "signal": signal}
    if library == "PyTorch":
        import torch

        tensors = {name: torch.from_numpy(found[name]) for name in ("batch", "w", "wt")}
        return {"F": torch.nn.functional} | tensors
    if library == "TensorFlow":
        import tensorflow

        return {"tf": tensorflow}
    if library == "Keras":
        import keras

        return {"keras": keras}
    if library == "JAX":
        import jax

        jax.config.update("jax_enable_x64", True)
        return {"jax": jax, "lax": jax.lax}
    if library == "ONNX":
        return {name: onnx_node(name) for name in ("Conv", "MaxPool", "AveragePool")}
    if library == "OpenCV":
        import cv2

        return {"cv2": cv2}
    return {}


def onnx_node(operator):
    """Return a function that runs one node of ONNX's reference implementation."""
    from onnx import TensorProto, helper
    from onnx.reference import ReferenceEvaluator

    def run(*inputs, **attributes):
        names = [f"input{number}" for number in range(len(inputs))]
        node = helper.make_node(operator, names, ["y"], **attributes)
        values = [helper.make_tensor_value_info(n, TensorProto.DOUBLE, None) for n in [*names, "y"]]
        graph = helper.make_graph([node], "row", values[:-1], values[-1:])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)])
        return ReferenceEvaluator(model).run(None, dict(zip(names, inputs, strict=True)))[0]

    return run


def key(row):
    return f"{row.library}: {row.there}"


def committed_answers():
    return json.loads(FILE.read_text())


def main():
    rows = read_rows()
    kept = committed_answers() if FILE.exists() else {}
    answers = {}
    for row in rows:
        if installed(row.library):
            y = run_there(row)
            answers[key(row)] = {"shape": y.shape, "numbers": np.round(y, 9).ravel().tolist()}
        elif key(row) in kept:
            answers[key(row)] = kept[key(row)]
        else:
            print(f"no answer yet: {key(row)}")
    lines = [f"{json.dumps(name)}: {json.dumps(answers[name])}" for name in answers]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
