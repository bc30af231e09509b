"""Show an explorer's picture in Jupyter, and tell Python what the reader points at."""

import anywidget
import traitlets

from convlib.web import picture_module


class PictureWidget(anywidget.AnyWidget):
    """Hold the picture of a state.

    What the reader points at comes as a message, the wanted values by the sliders' names.

    Attributes
    ----------
    shown : dict
        The picture as markup, the sentence that labels it, and the value and the choices of each
        slider.
    """

    _esm = picture_module()
    shown = traitlets.Dict().tag(sync=True)
