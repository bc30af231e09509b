"""Show an Explorer with real widgets, drawn on demand by the running kernel."""

from html import escape

import ipywidgets as widgets

from convlib.draw.canvas import svg_panels
from convlib.explore.engine import Explorer
from convlib.web import style

PLAY_INTERVAL = 700
"""Milliseconds between two frames while playing."""


def bundle(thing):
    """Return the widget view of an `Explorer` by its mime type; a `Picture` needs none."""
    if not isinstance(thing, Explorer):
        return {}
    return LiveView(thing).view._repr_mimebundle_()


class LiveView:
    """Connect an Explorer's sliders to its drawing.

    Parameters
    ----------
    explorer : Explorer

    Attributes
    ----------
    controls : dict of str to ipywidgets.Widget
        The slider, or the pair of buttons, of each name.
    picture, sentence : ipywidgets.HTML
        The drawing as SVG, and what it shows in a live region.
    view : ipywidgets.VBox
        All of it.
    """

    def __init__(self, explorer):
        self.explorer = explorer
        self.controls = {}
        for name, choices in explorer.choices_at(explorer.settle({})).items():
            self.controls[name] = _control(name, choices, explorer.words(name))
        self.picture = widgets.HTML()
        self.sentence = widgets.HTML()
        rows = [widgets.HTML(f"<style>{style()}</style>"), self.picture, *self.controls.values()]
        self.play = None
        if explorer.play:
            self.play = widgets.Play(interval=PLAY_INTERVAL, description="Play")
            self.play.observe(self._on_change, "value")
            rows.insert(2, self.play)
        for control in self.controls.values():
            control.observe(self._on_change, "value")
        self.view = widgets.VBox([*rows, self.sentence])
        self._update()

    def values(self):
        """Return the state that the sliders show."""
        return {name: control.value for name, control in self.controls.items()}

    def _on_change(self, change):
        if change["owner"] is self.play:
            self._set(self.explorer.play_states(self.values())[change["new"]])
        self._update()

    def _update(self):
        """Fit every slider's range to the sliders before it, draw, and let Play go on from here."""
        chosen = self.explorer.settle(self.values())
        for name, choices in self.explorer.choices_at(chosen).items():
            self._fit(self.controls[name], choices, chosen[name])
        drawing, sentence = self.explorer.frame(**chosen)
        label = f'<div class="picture" role="img" aria-label="{escape(sentence)}">'
        self.picture.value = f"{label}{svg_panels(drawing)}</div>"
        self.sentence.value = f'<p aria-live="polite">{escape(sentence)}</p>'
        if self.explorer.play:
            states = self.explorer.play_states(chosen)
            self._quietly(self.play, max=len(states) - 1)
            self._quietly(self.play, value=states.index(chosen))

    def _set(self, values):
        for name, value in values.items():
            self._quietly(self.controls[name], value=value)

    def _fit(self, control, choices, value):
        if isinstance(choices, range):
            if (control.min, control.max, control.value) != (choices[0], choices[-1], value):
                self._quietly(control, min=min(control.min, choices[0]), max=choices[-1])
                self._quietly(control, value=value, min=choices[0])
        elif list(control.options) != choices:
            self._quietly(control, options=choices, value=value)

    def _quietly(self, control, **traits):
        """Change a slider, or Play, without drawing for it."""
        control.unobserve(self._on_change, "value")
        for trait, value in traits.items():
            setattr(control, trait, value)
        control.observe(self._on_change, "value")


def _control(name, choices, words):
    label = name.replace("_", " ")
    if isinstance(choices, range):
        return widgets.IntSlider(
            value=choices[0], min=choices[0], max=choices[-1], description=label
        )
    if len(words) == 2:
        return widgets.ToggleButtons(options=choices, description=label)
    return widgets.SelectionSlider(options=choices, description=label)
