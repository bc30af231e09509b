"""Show the view of a network in Jupyter: the picture shared with Python by anywidget."""

import anywidget
import numpy as np
import traitlets

from convlib.web.networks import network_module, network_widget_style


class NetworkWidget(anywidget.AnyWidget):
    """Hold the network as text and the picture as bytes, which all views in the browser share."""

    _esm = network_module()
    _css = network_widget_style()
    packed = traitlets.Unicode().tag(sync=True)
    # What the browser sends is a memoryview.
    image = traitlets.Bytes().tag(sync=True, from_json=lambda value, _: bytes(value))


def widget_of(view):
    """Return the widget of a view, always the same one.

    Parameters
    ----------
    view : NetworkView

    Returns
    -------
    NetworkWidget
    """
    if not hasattr(view, "_widget"):
        widget = NetworkWidget(packed=view.packed(), image=view.image.tobytes())

        def read(change):
            numbers = np.frombuffer(change["new"], np.float32)
            view.change(image=numbers.reshape(view.image.shape))

        widget.observe(read, "image")
        view.observe(lambda change: widget.set_trait("image", change["new"].tobytes()), "image")
        view._widget = widget
    return view._widget
