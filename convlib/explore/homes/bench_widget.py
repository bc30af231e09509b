"""Show a Bench in Jupyter: the page's own scripts, its state shared with Python by anywidget."""

import anywidget
import numpy as np
import traitlets

from convlib.web.benches import bench_module, widget_style


class BenchWidget(anywidget.AnyWidget):
    """Hold the state of a bench as text, which all its views in the browser share."""

    _esm = bench_module()
    _css = widget_style()
    state = traitlets.Unicode().tag(sync=True)
    first = traitlets.Unicode().tag(sync=True)
    kind = traitlets.Unicode().tag(sync=True)
    given = traitlets.Dict().tag(sync=True)
    picture = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)


def widget_of(bench):
    """Return the widget of a bench, always the same one.

    Parameters
    ----------
    bench : Bench

    Returns
    -------
    BenchWidget
    """
    if not hasattr(bench, "_widget"):
        widget = BenchWidget(
            kind=bench.kind, given=bench.given(), state=bench.state, first=bench.first
        )
        bench.observe(lambda change: widget.set_trait("state", change["new"]), "state")
        if bench.kind == "picture":
            _share_picture(bench, widget)
        else:
            widget.observe(lambda change: bench.load(change["new"]), "state")
        bench._widget = widget
    return bench._widget


def _share_picture(bench, widget):
    """Keep the picture of a bench and of its widget the same, as bytes."""

    def show(image):
        widget.picture = {"shape": list(image.shape), "pixels": image.tobytes()}

    def load(change):
        pixels = np.frombuffer(widget.picture["pixels"], dtype=np.uint8)
        bench.load(widget.state, pixels.reshape(widget.picture["shape"]))

    show(bench.image)
    bench.observe(lambda change: show(change["new"]), "image")
    widget.observe(load, ["state", "picture"])
