"""Show an Explorer with real widgets, drawn on demand by the running kernel."""

from html import escape

import ipywidgets as widgets

from convlib.explore.svg import svg_markup

PLAY_INTERVAL = 700
"""Milliseconds between two frames while playing."""


class LiveView:
    """Connect an Explorer's sliders to its drawing.

    Parameters
    ----------
    explorer : convlib.explore.Explorer

    Attributes
    ----------
    controls : dict of str to ipywidgets.Widget
        The slider of each name.
    picture, sentence : ipywidgets.HTML
        The drawing as SVG, and what it shows in a live region.
    view : ipywidgets.VBox
        All of it.
    """

    def __init__(self, explorer):
        self.explorer = explorer
        self.controls = {}
        chosen = {}
        for name in explorer.sliders:
            choices = explorer.choices(name, chosen)
            self.controls[name] = _slider(name, choices)
            chosen[name] = choices[0]
        self.picture = widgets.HTML()
        self.sentence = widgets.HTML()
        rows = [self.picture, *self.controls.values(), self.sentence]
        self.play = None
        if explorer.play:
            self.play = widgets.Play(interval=PLAY_INTERVAL, description="Play")
            self.play.observe(self._on_change, "value")
            rows.insert(1, self.play)
        for control in self.controls.values():
            control.observe(self._on_change, "value")
        self.view = widgets.VBox(rows)
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
        chosen = {}
        for name, control in self.controls.items():
            choices = self.explorer.choices(name, chosen)
            nearest = choices[-1] if isinstance(choices, range) else choices[0]
            value = control.value if control.value in choices else nearest
            self._fit(control, choices, value)
            chosen[name] = value
        figure, sentence = self.explorer.frame(**chosen)
        self.picture.value = svg_markup(figure, f'aria-label="{escape(sentence)}" width="100%"')
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


def _slider(name, choices):
    label = name.replace("_", " ")
    if isinstance(choices, range):
        return widgets.IntSlider(value=choices[0], min=choices[0], max=choices[-1],
                                 description=label)
    return widgets.SelectionSlider(options=choices, description=label)
